"""The plan in the PDF: rows under their headings, each exercise beside its drawing."""

import io
from collections.abc import Mapping
from typing import Any

from rasa_project.advice.drawings import Drawing
from rasa_project.summary.pdf_page import SummaryPage
from rasa_project.summary.plan_part import plan_groups

_INDENT = 3.0
_GAP = 3.0
_WIDTH, _WIDE = 17.0, 44.0
"""Width of a drawing in millimetres: of an exercise, and of the pain guide, which holds words."""


def put_plan(page: SummaryPage, plan: Mapping[str, Any], size: float) -> None:
    """Writes the plan.

    Args:
        page: Where to.
        plan: The ``plan`` event; it has ``rows``.
        size: Of the letters, in points.
    """
    page.put(f"{plan.get('title', '')}. {plan.get('lead', '')}".strip(), size)
    for heading, rows in plan_groups(plan):
        _heading(page, heading, size)
        for row in rows:
            words = f"{row.what}: {row.text}"
            if row.drawing:
                _drawn(page, row.drawing, words, size)
            else:
                page.put(f"- {words}", size, indent=_INDENT)
    _heading(page, plan.get("stop_title", ""), size)
    for line in plan.get("stop_if", ()):
        page.put(f"- {line}", size, indent=_INDENT)
    page.ln(1)
    page.put(plan.get("review", ""), size, "B")


def _heading(page: SummaryPage, text: str, size: float) -> None:
    page.ln(0.8)
    if page.will_page_break(4 * size * 0.48):
        page.add_page()
    page.put(text, size + 0.5, "B")


def _drawn(page: SummaryPage, drawing: Drawing, words: str, size: float) -> None:
    width = _WIDE if drawing.width > 200 else _WIDTH
    indent = _INDENT + width + _GAP
    high = max(width * drawing.height / drawing.width, page.height_of(words, size, indent))
    if page.will_page_break(high):
        page.add_page()
    top = page.get_y()
    # A PDF has no colour of the text around a picture.
    svg = drawing.svg.replace("currentColor", "#000000").encode()
    page.image(io.BytesIO(svg), x=page.l_margin + _INDENT, y=top, w=width, alt_text=drawing.label)
    page.set_y(top)
    page.put(words, size, indent=indent)
    page.set_y(max(page.get_y(), top + high) + 0.8)
