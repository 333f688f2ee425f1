"""The summary as a PDF on letter paper."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fpdf import FPDF, XPos, YPos
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from rasa_project.summary.content import Summary
from rasa_project.summary.handover import Row, handover, outcome_rows
from rasa_project.summary.layout import blocks, head, rules_line
from rasa_project.summary.plain import text_line
from rasa_project.summary.words import words

_FAMILY = "summary"
_MARGIN_MM = 15
_LINE = 0.48  # height of a line in millimetres for each point of the letters
_FIRST_COLUMN = 0.2  # of the width
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of letters on the therapist's page, in points: the largest with which it fits."""

_PAGES = "{number of pages}"
# Marks that only change how the one before them looks: nothing is lost without them.
_INVISIBLE = "\u200b\u200c\u200d\ufe0e\ufe0f"


class _Page(FPDF):
    """Letter paper with the reference code and page number at the foot."""

    def __init__(self, reference: str) -> None:
        super().__init__(format="letter")
        self._reference = reference
        self.family = _FAMILY if _fonts() else "helvetica"
        for style, file in (_fonts() or {}).items():
            self.add_font(_FAMILY, style, str(file))
        self.alias_nb_pages(_PAGES)
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(True, margin=_MARGIN_MM + 5)

    def footer(self) -> None:
        self.set_y(-_MARGIN_MM)
        self.set_font(self.family, "", 8)
        foot = words()["page"].format(reference=self._reference, page=self.page_no(), pages=_PAGES)
        self.cell(0, 5, foot, align="C")

    def shows(self) -> Callable[[str], bool]:
        """Whether the font has a mark."""
        font = self.fonts.get(self.family)
        if not isinstance(font, TTFFont):
            return _in_latin_1
        known = font.cmap
        return lambda mark: ord(mark) in known

    def put(self, text: str, size: float, style: str = "", indent: float = 0) -> None:
        """A paragraph across the page; ``size`` in points, ``indent`` in millimetres."""
        self.set_font(self.family, style, size)
        self.set_x(self.l_margin + indent)
        self.multi_cell(
            0, size * _LINE, self._spelt(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def put_rows(self, rows: Sequence[Row], size: float) -> None:
        """Two columns with a thin line under each row; ``size`` in points."""
        width = self.epw * _FIRST_COLUMN
        for row in rows:
            heading, text = self._spelt(row.heading), self._spelt(row.text)
            self.set_font(self.family, "", size)
            height: Any = self.multi_cell(
                self.epw - width, size * _LINE, text, dry_run=True, output=MethodReturnValue.HEIGHT
            )
            if self.will_page_break(height):
                self.add_page()
            top = self.get_y()
            self.set_x(self.l_margin + width)
            self.multi_cell(
                self.epw - width, size * _LINE, text, align="L",
                new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            )  # fmt: skip
            bottom = self.get_y()
            self.set_y(top)
            self.set_font(self.family, "B", size)
            self.multi_cell(
                width - 2, size * _LINE, heading, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
            bottom = max(bottom, self.get_y()) + 0.4
            self.set_draw_color(210)
            self.line(self.l_margin, bottom, self.l_margin + self.epw, bottom)
            self.set_y(bottom + 0.4)

    def _spelt(self, text: str) -> str:
        return _spelt(text, self.shows())


def to_pdf(summary: Summary) -> bytes:
    """A PDF: the visitor's part, then the therapist's page on one sheet of its own.

    A mark that the font lacks, such as a rare emoji, is written as its name.
    """
    page = _Page(summary.reference)
    page.set_title(words()["title"])
    page.set_lang("en-CA")
    page.set_creation_date(summary.created_at)
    page.add_page()
    _visitor(page, summary)
    size = next((s for s in _SIZES if _pages_of_handover(summary, s) == 1), _SIZES[-1])
    page.add_page()
    _handover(page, summary, size)
    return bytes(page.output())


def _visitor(page: _Page, summary: Summary) -> None:
    page.put(words()["title"], 16, "B")
    for line in head(summary):
        page.put(line, 9)
    for block in blocks(summary):
        page.ln(2.5)
        page.put(block.heading, 11.5, "B")
        for part in block.parts:
            if isinstance(part, str):
                page.put(part, 9.5)
                page.ln(0.8)
            else:
                page.put(text_line(part), 9.5, indent=3)


def _pages_of_handover(summary: Summary, size: float) -> int:
    """On how many pages the therapist's part comes at a size of letters, in points."""
    draft = _Page(summary.reference)
    draft.add_page()
    _handover(draft, summary, size)
    return int(draft.page_no())


def _handover(page: _Page, summary: Summary, size: float) -> None:
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


def _in_latin_1(mark: str) -> bool:
    return ord(mark) < 256


def _spelt(text: str, shows: Callable[[str], bool]) -> str:
    return "".join(_mark(mark, shows) for mark in unicodedata.normalize("NFC", text))


def _mark(mark: str, shows: Callable[[str], bool]) -> str:
    if mark in _INVISIBLE:
        return ""
    if mark in "\n\t" or shows(mark):
        return mark
    plain = {"•": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
    return plain.get(mark) or f"[{unicodedata.name(mark, f'U+{ord(mark):04X}').lower()}]"


@lru_cache(maxsize=1)
def _fonts() -> dict[str, Path] | None:
    """DejaVu Sans as it comes with matplotlib; None when that is not installed."""
    found = find_spec("matplotlib")
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    files = {"": folder / "DejaVuSans.ttf", "B": folder / "DejaVuSans-Bold.ttf"}
    return files if all(file.exists() for file in files.values()) else None
