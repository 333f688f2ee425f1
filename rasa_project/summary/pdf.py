"""The summary as a PDF on letter paper."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF, XPos, YPos
from fpdf.fonts import TTFFont

from rasa_project.summary.content import Summary
from rasa_project.summary.layout import Line, blocks, head, words

_FAMILY = "summary"
_MARGIN_MM = 15
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

    def write_block(self, text: str, size: float, style: str = "", indent: float = 0) -> None:
        """A paragraph across the page; ``size`` in points, ``indent`` in millimetres."""
        self.set_font(self.family, style, size)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, size * 0.48, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def to_pdf(summary: Summary) -> bytes:
    """A PDF; a mark that the font lacks, such as a rare emoji, is written as its name."""
    page = _Page(summary.reference)
    page.set_title(words()["title"])
    page.set_lang("en-CA")
    page.set_creation_date(summary.created_at)
    page.add_page()
    shows = page.shows()

    def put(text: str, size: float, style: str = "", indent: float = 0) -> None:
        page.write_block(_spelt(text, shows), size, style, indent)

    put(words()["title"], 16, "B")
    for line in head(summary):
        put(line, 9)
    for block in blocks(summary):
        page.ln(2.5)
        put(block.heading, 11.5, "B")
        for paragraph in block.paragraphs:
            put(paragraph, 9.5)
            page.ln(0.8)
        for item in block.lines:
            put(_line(item), 9.5, indent=3)
    return bytes(page.output())


def _line(line: Line) -> str:
    said = f" ({words()['said'].format(quote=line.quote)})" if line.quote else ""
    return f"- {line.text}{said}"


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
