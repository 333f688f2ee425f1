"""The plan in the summary's page: rows under their headings, each exercise with its drawing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from rasa_project.advice.drawings import Drawing, default_drawings

_WIDTH, _WIDE = 120, 250
"""Width of a drawing in pixels: of an exercise, and of the pain guide, which holds words."""


@dataclass(frozen=True)
class PlanRow:
    """One row of a plan.

    Attributes:
        what: What it is about.
        text: Dose and note in one.
        drawing: The drawing, or None.
    """

    what: str
    text: str
    drawing: Drawing | None


def plan_groups(plan: Mapping[str, Any]) -> Iterator[tuple[str, tuple[PlanRow, ...]]]:
    """Headings with their rows; nothing for a plan that has only a text."""
    for heading, rows in groupby(plan.get("rows", ()), key=lambda row: row.get("group", "")):
        yield heading, tuple(_row(row) for row in rows)


def plan_html(plan: Mapping[str, Any]) -> str:
    """The plan as a section.

    Args:
        plan: The ``plan`` event; it has ``rows``.
    """
    groups = "".join(
        f'<div class="group"><h3>{escape(heading)}</h3>{_list(map(_item, rows))}</div>'
        for heading, rows in plan_groups(plan)
    )
    stop = _list(f"<li>{escape(line)}</li>" for line in plan.get("stop_if", ()))
    return (
        f'<section class="plan"><h2>{escape(plan.get("title", ""))}</h2>'
        f"<p>{escape(plan.get('lead', ''))}</p>"
        f'<div class="groups">{groups}'
        f'<div class="group stop"><h3>{escape(plan.get("stop_title", ""))}</h3>{stop}</div></div>'
        f"<p><strong>{escape(plan.get('review', ''))}</strong></p></section>"
    )


def sized(drawing: Drawing) -> str:
    """The SVG with a width and height of its own: it stays small where no style sheet comes."""
    width = _WIDE if drawing.width > 200 else _WIDTH
    height = round(width * drawing.height / drawing.width)
    return drawing.svg.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)


def _row(row: Mapping[str, Any]) -> PlanRow:
    text = " ".join(part for part in (row.get("dose", ""), row.get("note", "")) if part)
    return PlanRow(row["what"], text, default_drawings().get(row.get("drawing", "")))


def _item(row: PlanRow) -> str:
    words = f"<strong>{escape(row.what)}:</strong> {escape(row.text)}"
    if row.drawing is None:
        return f"<li>{words}</li>"
    return f'<li class="drawn">{sized(row.drawing)}<div>{words}</div></li>'


def _list(items: Iterator[str]) -> str:
    return f"<ul>{''.join(items)}</ul>"
