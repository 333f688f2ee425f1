"""Numbers in lay words: "20-30", "six or seven", "a couple of", "half an", "1 and a half"."""

from collections.abc import Sequence
from dataclasses import dataclass

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    word: 10 * (index + 2)
    for index, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_WORDS = {word: float(index) for index, word in enumerate(_ONES)} | {
    word: float(value) for word, value in _TENS.items()
}
_RANGE = {"-", "–", "—", "to", "or", "/", "~"}
_ROUGH = {"about", "around", "roughly", "maybe", "like", "nearly", "almost", "approximately"}


@dataclass(frozen=True)
class Number:
    """A number said with words ``start`` up to ``end``; a range has ``low`` below ``high``."""

    low: float
    high: float
    start: int
    end: int


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at a word, ranges taken whole ("six or seven", "20-30")."""
    first = _simple(words, at)
    if first is None:
        return None
    value, end = first
    if end < len(words) and words[end] in _RANGE:
        after = end + 1
        while after < len(words) and words[after] in _ROUGH:
            after += 1
        second = _simple(words, after)
        # "4/10" is a score and "2-1" no range: only a rising pair is one.
        is_score = words[end] == "/" and second is not None and second[0] in (10, 100)
        if second is not None and second[0] > value and not is_score:
            return Number(value, second[0], at, second[1])
    return Number(value, value, at, end)


def _simple(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """One number without a range: its value and where it ends."""
    if at >= len(words):
        return None
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    value: float | None = None
    end = at + 1
    if word[0].isdigit():
        try:
            value = float(word)
        except ValueError:  # digits of other scripts that are no decimal digits
            return None
        if following == "½":
            value, end = value + 0.5, at + 2
    elif word in _WORDS:
        value = _WORDS[word]
        if word in _TENS and following in _WORDS and 0 < _WORDS[following] < 10:
            value, end = value + _WORDS[following], at + 2
        elif word in _TENS and following == "-" and at + 2 < len(words):
            unit = _WORDS.get(words[at + 2], 0)
            if 0 < unit < 10:
                value, end = value + unit, at + 3
    elif word in ("a", "an", "one") or word in ("couple", "few", "several", "half", "dozen"):
        return _vague(words, at)
    if value is None:
        return None
    if words[end : end + 3] in (["and", "a", "half"], ("and", "a", "half")):
        return value + 0.5, end + 3
    return value, end


def _vague(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "a couple of", "a few", "half a", "a good half", "an"."""
    here = at
    if words[here] in ("a", "an"):
        here += 1
        while here < len(words) and words[here] in ("good", "solid", "full", "whole", "little"):
            here += 1
    word = words[here] if here < len(words) else ""
    sizes = {"couple": 2.0, "few": 3.0, "several": 3.0, "dozen": 12.0, "half": 0.5}
    if word not in sizes:
        return (1.0, here) if words[at] in ("a", "an") else None
    end = here + 1
    while end < len(words) and words[end] in ("of", "a", "an", "good"):
        end += 1
    return sizes[word], end
