"""The short notation in which authors write sentences with their labels; see ``GUIDE.md``.

``python -m bench.language.notation AUTHOR=SPLIT=FILE ...`` prints the JSON lines of
``lay_assertion.jsonl``.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AT = "2026-11-24"
"""The date every author was told to write at."""

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


class NotationError(ValueError):
    """A line breaks the notation; the message names it."""


def sentences(path: Path, author: str, split: str) -> Iterator[dict[str, Any]]:
    """The sentences of one author.

    Args:
        path: The author's file.
        author: A short name; ids are made of it.
        split: ``dev`` or ``test``.

    Raises:
        NotationError: A line breaks the notation.
    """
    register, number = "", 0
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            if match := re.match(r"#\s*register:\s*(\w+)", line):
                register = match.group(1)
            continue
        if not line.strip():
            continue
        head, marker, text = line.partition("::")
        if not marker or not text.strip():
            raise NotationError(f"{path.name}:{at}: no sentence after '::'")
        number += 1
        screen = re.match(r"\s*\{(\w+)\}", head)
        labels = head[screen.end() :] if screen else head
        yield {
            "id": f"{author}-{number:03}",
            "text": text.strip(),
            **({"screen": screen.group(1)} if screen else {}),
            "at": AT,
            "author": author,
            "register": register,
            "split": split,
            "facts": [
                _fact(one, f"{path.name}:{at}") for one in _BETWEEN.split(labels.strip()) if one
            ],
        }


def _fact(written: str, where: str) -> dict[str, Any]:
    match = _LABEL.fullmatch(written.strip())
    if match is None:
        raise NotationError(f"{where}: label {written!r}")
    optional, marks, fact, kind, value, _ = match.groups()
    assertion, temporality, experiencer = "present", "current", "self"
    for mark in marks:
        marked = _MARKS[mark]
        assertion = marked[0] if marked[0] != "present" else assertion
        temporality = marked[1] if marked[1] != "current" else temporality
        experiencer = marked[2] if marked[2] != "self" else experiencer
    made: dict[str, Any] = {"fact": fact}
    number = (
        re.fullmatch(r"(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?", value) if kind == "=" else None
    )
    if number:
        made |= {"low": float(number[1]), "high": float(number[2] or number[1])}
    else:
        made["value"] = value
    made |= {"assertion": assertion, "experiencer": experiencer, "temporality": temporality}
    return made | ({"optional": True} if optional else {})


def main(arguments: list[str]) -> None:
    """Prints the JSON lines of every author named."""
    for argument in arguments:
        author, split, file = argument.split("=", 2)
        for sentence in sentences(Path(file), author, split):
            print(json.dumps(sentence, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
