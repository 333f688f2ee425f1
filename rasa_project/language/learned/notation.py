"""The short notation in which sentences are written down with their labels.

One line a sentence, ``LABELS :: TEXT``; what the labels mean is in ``bench/language/GUIDE.md``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError

_MARKS = {
    "": ("present", "current", "self"),
    "-": ("absent", "current", "self"),
    "?": ("uncertain", "current", "self"),
    "<": ("present", "past", "self"),
    "~": ("present", "hypothetical", "self"),
    "@": ("present", "current", "other"),
}
_LABEL = re.compile(r"(\()?([-?<~@]*)([a-z0-9_]+)([.=])(.+?)(\))?")
_BETWEEN = re.compile(r"\s+(?=\(?[-?<~@]*[a-z0-9_]+[.=])")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?")


def sentences(path: Path) -> Iterator[dict[str, Any]]:
    """The sentences of a file.

    Args:
        path: A text file in the notation.

    Yields:
        ``text``, ``register``, ``facts`` (each with ``fact``, ``value`` or ``low`` and ``high``,
        ``assertion``, ``experiencer``, ``temporality``, and ``optional`` where careful readers
        could differ), and ``screen`` when it answers one.

    Raises:
        DataError: The file cannot be read, or a line breaks the notation.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(path, "", f"cannot be read: {error.strerror}") from error
    register = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            if match := re.match(r"#\s*register:\s*(\w+)", line):
                register = match.group(1)
            continue
        if not line.strip():
            continue
        head, marker, text = line.partition("::")
        if not marker or not text.strip():
            raise DataError(path, f"line {number}", "no sentence after '::'")
        screen = re.match(r"\s*\{(\w+)\}", head)
        labels = head[screen.end() :] if screen else head
        yield {
            "text": text.strip(),
            "register": register,
            **({"screen": screen.group(1)} if screen else {}),
            "facts": [_fact(path, number, one) for one in _BETWEEN.split(labels.strip()) if one],
        }


def _fact(path: Path, line: int, written: str) -> dict[str, Any]:
    match = _LABEL.fullmatch(written.strip())
    if match is None:
        raise DataError(path, f"line {line}", f"{written!r} is no label")
    optional, marks, fact, kind, value, _ = match.groups()
    assertion, temporality, experiencer = _MARKS[""]
    for mark in marks:
        marked = _MARKS[mark]
        assertion = marked[0] if marked[0] != "present" else assertion
        temporality = marked[1] if marked[1] != "current" else temporality
        experiencer = marked[2] if marked[2] != "self" else experiencer
    made: dict[str, Any] = {"fact": fact}
    number = _NUMBER.fullmatch(value) if kind == "=" else None
    if number:
        made |= {"low": float(number[1]), "high": float(number[2] or number[1])}
    else:
        made["value"] = value
    made |= {"assertion": assertion, "experiencer": experiencer, "temporality": temporality}
    return made | ({"optional": True} if optional else {})
