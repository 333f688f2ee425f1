"""The summary as plain text: headings in capitals, lists with dashes."""

from rasa_project.summary.content import Summary
from rasa_project.summary.handover import handover, outcome_rows
from rasa_project.summary.layout import Line, blocks, head, rules_line
from rasa_project.summary.words import words

_RULE = "-" * 60


def to_text(summary: Summary) -> str:
    """The visitor's part, then the therapist's page."""
    parts = [words()["title"].upper(), "\n".join(head(summary))]
    for block in blocks(summary):
        lines = [block.heading.upper(), *map(text_line, block.parts)]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, *_handover(summary)]) + "\n"


def text_line(part: str | Line) -> str:
    """A paragraph as it is, or a list's line with a dash."""
    if isinstance(part, str):
        return part
    lead = f"{part.lead}: " if part.lead else ""
    said = f" ({words()['said'].format(quote=part.quote)})" if part.quote else ""
    return f"- {lead}{part.text}{said}"


def _handover(summary: Summary) -> list[str]:
    rows = [f"{row.heading}: {row.text}" for row in outcome_rows(summary)]
    lead = [words()["reference"].format(reference=summary.reference), *rows, rules_line(summary)]
    parts = [
        _RULE,
        words()["therapist"].upper(),
        "\n".join([words()["therapist_note"], *(line for line in lead if line)]),
    ]
    for heading, found in handover(summary).sections():
        parts.append("\n".join([heading.upper(), *(f"{r.heading}: {r.text}" for r in found)]))
    return parts
