"""Letter paper for the PDF: the fonts, the foot, and what is written on it."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fpdf import FPDF, XPos, YPos
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from rasa_project.summary.handover import Row
from rasa_project.summary.words import words

_FAMILY = "summary"
_MARGIN_MM = 12
_LINE = 0.48  # height of a line in millimetres for each point of the letters
_FIRST_COLUMN = 0.2  # of the width
_PAGES = "{number of pages}"
# Marks that only change how the one before them looks: nothing is lost without them.
_INVISIBLE = "\u200b\u200c\u200d\ufe0e\ufe0f"


class TooManyPages(Exception):
    """A draft went over its number of pages."""


class SummaryPage(FPDF):
    """Letter paper with the reference code and page number at the foot.

    Args:
        reference: The code.
        most: For a draft: the number of pages beyond which it is given up.
    """

    def __init__(self, reference: str, most: int | None = None) -> None:
        super().__init__(format="letter")
        self._reference = reference
        self._most = most
        self.family = _FAMILY if _fonts() else "helvetica"
        for style, file in (_fonts() or {}).items():
            self.add_font(_FAMILY, style, str(file))
        self.alias_nb_pages(_PAGES)
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(True, margin=_MARGIN_MM + 4)

    def footer(self) -> None:
        """The foot of a page; called by fpdf2."""
        self.set_y(-_MARGIN_MM)
        self.set_font(self.family, "", 8)
        foot = words()["page"].format(reference=self._reference, page=self.page_no(), pages=_PAGES)
        self.cell(0, 5, foot, align="C")

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """Begins a page.

        Raises:
            TooManyPages: The draft has no more.
        """
        if self._most is not None and self.page_no() >= self._most:
            raise TooManyPages
        super().add_page(*args, **kwargs)

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

    def height_of(self, text: str, size: float, indent: float) -> float:
        """How high :meth:`put` would be, in millimetres."""
        self.set_font(self.family, "", size)
        height: Any = self.multi_cell(
            self.epw - indent, size * _LINE, self._spelt(text), align="L",
            dry_run=True, output=MethodReturnValue.HEIGHT,
        )  # fmt: skip
        return float(height)

    def put_columns(self, lines: Sequence[str], size: float) -> None:
        """Two columns of short lines; ``size`` in points."""
        self.set_font(self.family, "", size)
        with self.text_columns(
            ncols=2, gutter=5, balance=True, text_align="L", line_height=_LINE * 2.7
        ) as columns:
            columns.write("\n".join(self._spelt(line) for line in lines))

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
