"""The widget's files as they are served: modules joined, comments taken off, hashed, zipped.

The sources under ``rasa_project/widget/`` are plain modules that a browser could run as they are.
A visitor on a slow phone is better off with one small file than with twenty, so at the start the
server joins them. Nothing is renamed or rewritten.
"""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rjsmin import jsmin

from rasa_project.errors import DataError
from rasa_project.settings import ROOT

WIDGET = ROOT / "rasa_project" / "widget"
STABLE = "/widget/v1"
"""Every address of version 1 of the tag begins so; the loader's never changes."""

ENTRIES = ("panel.js", "frame.js")
"""The modules that the loader fetches: each is served with all that it imports."""

EXTRAS = ("callback.js", "location.js", "summary.js", "check.js")
"""Modules that the panel fetches when they are needed; they share the panel's own modules."""

_BUNDLED = "bundled.js"
_LOADER_MARK = "/* files */ {}"
_BUNDLED_MARK = "/* bundled */ {}"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+\.js)";\n', re.MULTILINE)
_IMPORT_FROM = re.compile(r'^(import \{[^}]*\} from )"\./[a-z_]+\.js";', re.MULTILINE)
_ANY_IMPORT = re.compile(r"^(import [^(]|export [{*]|export default).*", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |function|class |const |let )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_LINE_END = re.compile(r"\s*\n\s*")
_NESTED = re.compile(r"`[^`]*\$\{[^}`]*`")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_BLANKS = re.compile(r"\s*([{};,>])\s*")
_SVG_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class File:
    """One served file.

    Attributes:
        body: Its bytes.
        zipped: The same, gzipped.
        media_type: Its content type.
        digest: SHA-256 of the body.
    """

    body: bytes
    zipped: bytes
    media_type: str
    digest: bytes

    @classmethod
    def of(cls, text: str, media_type: str) -> "File":
        """Makes the file of a text."""
        body = text.encode()
        zipped = gzip.compress(body, 9, mtime=0)
        return cls(body, zipped, f"{media_type}; charset=utf-8", hashlib.sha256(body).digest())

    @property
    def hash(self) -> str:
        """The digest as the ``integrity`` attribute wants it, after ``sha256-``."""
        return base64.b64encode(self.digest).decode()


class WidgetFiles:
    """The loader, and the versioned files that it fetches when a visitor opens the chat.

    Args:
        bundled: What the panel knows without the server: its data files, as JSON can hold them.
        loader: What the loader knows: the card for when nothing can be reached, clinics' phones.
        folder: The sources.

    Raises:
        DataError: A module breaks the rules that joining rests on; the message says which.
    """

    def __init__(
        self, bundled: Mapping[str, Any], loader: Mapping[str, Any], folder: Path = WIDGET
    ) -> None:
        css = squeezed(_CSS_COMMENT.sub("", _read(folder, "panel.css")))
        svg = _LINE_END.sub("", _SVG_COMMENT.sub("", _read(folder, "heel_map.svg")))
        extras = {name: _script(extra(folder, name)) for name in EXTRAS}
        known = {**bundled, "css": css, "svg": svg, "hashes": _hashes(extras)}
        given = {_BUNDLED: (_BUNDLED_MARK, _json(known))}
        entries = {name: _script(joined(folder, name, given)) for name in ENTRIES}
        self.versioned = {**entries, **extras}
        self.icon = File.of(_read(folder, "icon.svg"), "image/svg+xml")
        together = hashlib.sha256(b"".join(file.digest for file in self.versioned.values()))
        self.version = together.hexdigest()[:12]
        source = _read(folder, "loader.js")
        if source.count(_LOADER_MARK) != 1:
            raise DataError(folder / "loader.js", _LOADER_MARK, "must stand in it once")
        known = {"version": self.version, "hashes": _hashes(entries), **loader}
        self.loader = _script(source.replace(_LOADER_MARK, _json(known)))


def joined(folder: Path, entry: str, given: Mapping[str, tuple[str, str]]) -> str:
    """Joins a module and all that it imports into one module, what is imported first.

    All that any of them exports remains exported.

    Args:
        folder: Where the modules are.
        entry: The module to begin at.
        given: Module -> (mark, text that replaces it).

    Raises:
        DataError: An import of another form than ``import { a } from "./b.js";``, a circle, or
            one name declared by two modules.
    """
    order: list[str] = []
    sources: dict[str, str] = {}
    _visit(folder, entry, (), order, sources)
    owners: dict[str, str] = {}
    parts = []
    for name in order:
        source = _IMPORT.sub("", sources[name])
        other = _ANY_IMPORT.search(source)
        if other:
            raise DataError(
                folder / name, other.group().strip(), 'write import { a } from "./b.js"'
            )
        if name in given:
            mark, text = given[name]
            if source.count(mark) != 1:
                raise DataError(folder / name, mark, "must stand in it once")
            source = source.replace(mark, text)
        for declared in _DECLARED.findall(_EXPORT.sub("", source)):
            if declared in owners:
                raise DataError(folder / name, declared, f"{owners[declared]} declares it too")
            owners[declared] = name
        parts.append(source)
    return "".join(parts)


def extra(folder: Path, name: str) -> str:
    """A module of its own that takes what it imports from the joined panel."""
    return _IMPORT_FROM.sub(r'\1"./panel.js";', _read(folder, name))


def squeezed(css: str) -> str:
    """Takes out blanks that mean nothing; no text in the sheet may hold ``: `` or ``;``."""
    return _CSS_BLANKS.sub(r"\1", css).replace(": ", ":").replace(";}", "}").strip()


def _visit(
    folder: Path, name: str, above: tuple[str, ...], order: list[str], sources: dict[str, str]
) -> None:
    if name in above:
        raise DataError(folder / name, " -> ".join([*above, name]), "the imports run in a circle")
    if name in sources:
        return
    source = _read(folder, name)
    for imported in _IMPORT.findall(source):
        _visit(folder, imported, (*above, name), order, sources)
    sources[name] = source
    order.append(name)


def _read(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(folder / name, "", f"cannot be read: {error.strerror}") from error


def _script(source: str) -> File:
    nested = _NESTED.search(source)
    if nested:
        # The library would take the blanks out of the inner one.
        raise DataError(WIDGET, nested.group(), "no template text within another: use + or a name")
    return File.of(str(jsmin(source)), "text/javascript")


def _hashes(files: Mapping[str, File]) -> dict[str, str]:
    return {name: file.hash for name, file in files.items()}


def _json(value: Any) -> str:
    # "</" cannot end a script that somebody puts into a page; the rest is plain JavaScript.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
