"""Postal areas in a message: "M4K 1A1", "m six j", "MIP 3B4"."""

import re
from collections.abc import Iterator

from rasa_project.clinics.places import default_finder
from rasa_project.language.message import Message
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import Value

_FIRST, _THIRD = "abceghj-nprstvxy", "abceghj-nprstv-z"
_COMPACT = re.compile(
    rf"(?<![a-z0-9])([{_FIRST}])(\d)([{_THIRD}])(?:[\s-]?(\d)([a-z](?:\d|(?![a-z0-9])))?)?(?![a-z0-9])",
    re.IGNORECASE,
)
_MISREAD = re.compile(
    rf"(?<![a-z0-9])([{_FIRST}])([io])([{_THIRD}])[\s-]?([0-9io])[a-z]([0-9io])(?![a-z0-9])",
    re.IGNORECASE,
)
_SPACED = re.compile(
    rf"(?<![a-z0-9'])([klmnp])[\s-]+(\d|zero|oh|o|one|two|three|four|five|six|seven|eight|nine)[\s-]+([{_THIRD}])(?![a-z0-9'])",
    re.IGNORECASE,
)
_POSTAL_WORD = re.compile(r"postal|\bzip\b|\bcode\b", re.IGNORECASE)
_DIGITS = {
    word: str(digit)
    for digit, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
} | {"oh": "0", "o": "0"}
_ONTARIO = "KLMNP"
_SHORT = 5
"""A message of so few words needs no word for a postal code beside it."""


def read_postal_area(message: Message) -> Value | None:
    """The first three characters of a postal code; the rest would point at a house."""
    for match, area, sure in _codes(message.text):
        if not sure and not _has_postal_cue(message, match.start()):
            continue
        start = next(i for i, token in enumerate(message.tokens) if token.end > match.start(1))
        end = next(i for i, token in enumerate(message.tokens) if token.end >= match.end(3)) + 1
        return Value("area", area, start, end)
    return None


def _codes(text: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Codes in a text, their area, and whether nothing else can be meant."""
    for match in _COMPACT.finditer(text):
        area = "".join(match.group(1, 2, 3)).upper()
        whole = match.group(5) is not None
        partly = match.group(4) is not None and area[0] in _ONTARIO
        slang = area.lower() in phrases("areas.not_postal")
        if slang and not whole and not _POSTAL_WORD.search(text):
            continue
        yield match, area, whole or ((partly or default_finder().knows_area(area)) and not slang)
    for match in _MISREAD.finditer(text):
        if match.group(4).isdigit() or match.group(5).isdigit():
            digit = {"i": "1", "o": "0"}[match.group(2).lower()]
            yield match, f"{match.group(1)}{digit}{match.group(3)}".upper(), True
    for match in _SPACED.finditer(text):
        digit = _DIGITS.get(match.group(2).lower(), match.group(2))
        area = f"{match.group(1)}{digit}{match.group(3)}".upper()
        if default_finder().knows_area(area):
            yield match, area, match.group(1).lower() == "m" and not match.group(2).isdigit()


def _has_postal_cue(message: Message, at: int) -> bool:
    before = [token.norm for token in message.tokens if token.end <= at][-6:]
    return (
        any(word in phrases("areas.postal_cues") for word in before) or len(message.words) <= _SHORT
    )
