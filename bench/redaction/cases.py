"""Reads the marked messages of ``{test,dev,late}.jsonl``; ``GUIDE.md`` says what is marked."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from rasa_project.transcripts.redaction.spans import KINDS, Span

HERE = Path(__file__).parent
_MARK = re.compile(
    r"\[([^\[\]]+)\]\(([a-z_]+)(\??)\)|\[([^\[\]]*\[[^\[\]]*\][^\[\]]*)\]\((email)\)"
)


@dataclass(frozen=True)
class Case:
    """One message.

    Attributes:
        id: Unique in its file.
        text: As the visitor typed it.
        marked: What must be redacted.
        optional: What may be redacted or left.
    """

    id: str
    text: str
    marked: tuple[Span, ...]
    optional: tuple[Span, ...]


def parse(id: str, marked: str) -> Case:
    """Takes the marks out of a message.

    Raises:
        ValueError: A mark names a kind that does not exist.
    """
    text, end = "", 0
    found: dict[bool, list[Span]] = {True: [], False: []}
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        inside, kind = mark.group(1) or mark.group(4), mark.group(2) or mark.group(5)
        if kind not in KINDS:
            raise ValueError(f"{id}: {kind!r} is none of {', '.join(KINDS)}")
        found[bool(mark.group(3))].append(Span(kind, len(text), len(text) + len(inside)))
        text += inside
    return Case(id, text + marked[end:], tuple(found[False]), tuple(found[True]))


def read(part: str) -> list[Case]:
    """The messages of one part, ``test``, ``dev`` or ``late``."""
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [parse(**json.loads(line)) for line in lines]
