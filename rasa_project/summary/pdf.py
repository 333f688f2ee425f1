"""The summary as a PDF on letter paper."""

from collections.abc import Callable, Sequence

from rasa_project.summary.content import Summary
from rasa_project.summary.handover import handover, outcome_rows
from rasa_project.summary.layout import blocks, head, rules_line
from rasa_project.summary.pdf_page import SummaryPage, TooManyPages
from rasa_project.summary.pdf_plan import put_plan
from rasa_project.summary.plain import text_line
from rasa_project.summary.words import words

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of letters on the therapist's page, in points: the largest with which it fits."""
_VISITOR_SIZES = (9.5, 8.5, 8.0)
"""The same for the visitor's part and both sides of one sheet; the last where none does."""

_LONG = 10
"""Lists of more lines than this stand in two columns."""


def to_pdf(summary: Summary) -> bytes:
    """A PDF: the visitor's part, then the therapist's page on one sheet of its own.

    A mark that the font lacks, such as a rare emoji, is written as its name.
    """
    page = SummaryPage(summary.reference)
    page.set_title(words()["title"])
    page.set_lang("en-CA")
    page.set_creation_date(summary.created_at)
    page.add_page()
    _visitor(page, summary, _fitting(_visitor, summary, _VISITOR_SIZES, 2))
    size = _fitting(_handover, summary, _SIZES, 1)
    page.add_page()
    _handover(page, summary, size)
    return bytes(page.output())


def _visitor(page: SummaryPage, summary: Summary, size: float) -> None:
    page.put(words()["title"], 16, "B")
    for line in head(summary):
        page.put(line, size - 0.5)
    for block in blocks(summary):
        page.ln(size / 4)
        page.put(block.heading, size + 2, "B")
        if block.plan:
            put_plan(page, block.plan, size)
            continue
        if len(block.parts) > _LONG and not block.important:
            page.put_columns([text_line(part) for part in block.parts], size - 1)
            continue
        for part in block.parts:
            if isinstance(part, str):
                page.put(part, size)
                page.ln(0.8)
            else:
                page.put(text_line(part), size, indent=3)


def _fitting(
    part: Callable[[SummaryPage, Summary, float], None],
    summary: Summary,
    sizes: Sequence[float],
    most: int,
) -> float:
    """The largest size of letters, in points, with which a part fits so many pages."""
    return next((size for size in sizes if _fits(part, summary, size, most)), sizes[-1])


def _fits(
    part: Callable[[SummaryPage, Summary, float], None], summary: Summary, size: float, most: int
) -> bool:
    draft = SummaryPage(summary.reference, most)
    draft.add_page()
    try:
        part(draft, summary, size)
    except TooManyPages:
        return False
    return True


def _handover(page: SummaryPage, summary: Summary, size: float) -> None:
    page.put(words()["therapist"], 13, "B")
    lead = [words()["reference"].format(reference=summary.reference), rules_line(summary)]
    for line in (*lead, words()["therapist_note"]):
        if line:
            page.put(line, size)
    page.ln(1.5)
    page.put_rows(outcome_rows(summary), size)
    for heading, rows in handover(summary).sections():
        page.ln(1.5)
        page.put(heading, size + 1.5, "B")
        page.put_rows(rows, size)
