"""The summary as one HTML page that needs nothing else, to read, print and hand over."""

from functools import lru_cache
from html import escape
from pathlib import Path

from rasa_project.summary.content import Summary
from rasa_project.summary.handover import handover, outcome_rows
from rasa_project.summary.layout import Block, Line, blocks, head, rules_line
from rasa_project.summary.plan_part import plan_html
from rasa_project.summary.words import words


def to_html(summary: Summary) -> str:
    """One page: no script, nothing from elsewhere; printable on letter paper."""
    title = escape(words()["title"])
    heads = "".join(f"<p>{escape(line)}</p>" for line in head(summary))
    body = "".join(map(_block, blocks(summary)))
    return (
        '<!doctype html><html lang="en-CA"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{_style()}</style></head><body>"
        f"<main><header><h1>{title}</h1>{heads}</header>{body}</main>"
        f"{_handover(summary)}</body></html>\n"
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _block(block: Block) -> str:
    if block.plan:
        return plan_html(block.plan)
    parts, listed = [], []
    for part in block.parts:
        if isinstance(part, Line):
            listed.append(f"<li>{_line(part)}</li>")
            continue
        parts += _list(listed)
        listed = []
        parts.append(f"<p>{escape(part)}</p>")
    kind = ' class="important"' if block.important else ""
    inside = "".join([*parts, *_list(listed)])
    return f"<section{kind}><h2>{escape(block.heading)}</h2>{inside}</section>"


def _list(items: list[str]) -> list[str]:
    return [f"<ul>{''.join(items)}</ul>"] if items else []


def _line(line: Line) -> str:
    lead = f"<strong>{escape(line.lead)}:</strong> " if line.lead else ""
    if not line.quote:
        return lead + escape(line.text)
    before, after = (escape(part) for part in words()["said"].split("“{quote}”"))
    said = f'({before}<q dir="auto">{escape(line.quote)}</q>{after})'
    return f'{lead}{escape(line.text)} <span class="said">{said}</span>'


def _handover(summary: Summary) -> str:
    lead = [words()["reference"].format(reference=summary.reference), rules_line(summary)]
    heads = "".join(f"<p>{escape(line)}</p>" for line in lead if line)
    tables = [_table("", outcome_rows(summary))]
    tables += [_table(heading, rows) for heading, rows in handover(summary).sections()]
    return (
        f'<aside class="handover"><header><h1>{escape(words()["therapist"])}</h1>{heads}'
        f"<p>{escape(words()['therapist_note'])}</p></header>{''.join(tables)}</aside>"
    )


def _table(heading: str, rows) -> str:
    lines = "".join(
        f'<tr><th scope="row">{escape(row.heading)}</th><td dir="auto">{escape(row.text)}</td></tr>'
        for row in rows
    )
    title = f"<h2>{escape(heading)}</h2>" if heading else ""
    return f"{title}<table>{lines}</table>" if lines else ""
