"""Reads and checks the line drawings under ``data/clinical/drawings/``.

Each is an SVG in one style: lines in the colour of the text around it, a name for screen readers,
and nothing that could load, run or restyle anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from rasa_project.errors import DataError
from rasa_project.settings import DATA

FOLDER = DATA / "clinical" / "drawings"
LARGEST = 4096
"""Bytes of one drawing: they travel over phone networks."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = {"svg", "g", "path", "circle", "rect", "text"}
_ATTRIBUTES = {
    "viewBox", "role", "aria-label", "fill", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "stroke-dasharray", "transform", "d", "cx", "cy", "r",
    "x", "y", "width", "height", "rx", "font-size", "font-weight", "font-family", "text-anchor",
}  # fmt: skip
# Any other colour would vanish on a dark page or on a printer.
_COLOURS = {"none", "currentColor"}


@dataclass(frozen=True)
class Drawing:
    """One drawing.

    Attributes:
        id: The file's name without its ending.
        label: What it shows, in words.
        svg: The file's text.
        width: Of its coordinate system.
        height: Likewise.
    """

    id: str
    label: str
    svg: str
    width: float
    height: float


def load_drawings(folder: Path = FOLDER) -> Mapping[str, Drawing]:
    """Loads every drawing of a folder, by id.

    Raises:
        DataError: A file is no plain SVG of the one style, is too large, or has no label; the
            error names the file and the element.
    """
    return MappingProxyType({file.stem: _drawing(file) for file in sorted(folder.glob("*.svg"))})


@lru_cache(maxsize=1)
def default_drawings() -> Mapping[str, Drawing]:
    """The project's own drawings, read once."""
    return load_drawings()


def _drawing(file: Path) -> Drawing:
    text = file.read_text(encoding="utf-8")
    if len(text.encode()) > LARGEST:
        raise DataError(file, "", f"larger than {LARGEST} bytes; draw it with fewer points")
    if "<!" in text or "<?" in text:
        raise DataError(file, "", "only elements: no comment, doctype or instruction")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (our own file, without a doctype)
    except ElementTree.ParseError as error:
        raise DataError(file, "", f"is not well-formed: {error}") from error
    if root.tag != f"{_NAMESPACE}svg":
        raise DataError(file, root.tag, "the root must be svg in the namespace of SVG")
    for element in root.iter():
        _check(file, element)
    label = root.get("aria-label", "").strip()
    if root.get("role") != "img" or not label:
        raise DataError(file, "svg", 'needs role="img" and an aria-label')
    try:
        _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    except ValueError:
        raise DataError(file, "svg", "needs a viewBox of four numbers") from None
    return Drawing(file.stem, label, text.strip(), width, height)


def _check(file: Path, element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(_NAMESPACE)
    if name not in _SHAPES:
        raise DataError(file, name, f"only {', '.join(sorted(_SHAPES))} may be used")
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES:
            raise DataError(file, f"{name} {key}", "this attribute may not be used")
        if key in ("fill", "stroke") and value not in _COLOURS:
            raise DataError(file, f"{name} {key}", f"must be one of {', '.join(sorted(_COLOURS))}")
