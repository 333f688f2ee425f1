"""Numbers in lay words: "20-30", "six or seven", "a couple of", "half an", "1 and a half"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from spacy.lang.en.stop_words import STOP_WORDS

from rasa_project.language.value_words import value_words

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
    word: 10.0 * index
    for index, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_WORDS = {word: float(index) for index, word in enumerate(_ONES)} | _TENS | {"fourty": 40.0}
_RANGE = {"-", "–", "—", "to", "or", "/", "~", "maybe", "till"}
_WEAK_RANGE = {",", ",,"}
_ROUGH = {
    "about", "around", "roughly", "maybe", "like", "nearly", "almost", "approximately", "even",
    "possibly", "perhaps", "more", "a",
}  # fmt: skip
_FRACTIONS = {("1", "/", "2"): 0.5, ("3", "/", "4"): 0.75, ("1", "/", "4"): 0.25}
_SIZES = {
    "couple": 2.0, "few": 3.0, "several": 3.0, "handful": 4.0, "dozen": 12.0, "half": 0.5,
    "quarter": 0.25,
}  # fmt: skip
_ARTICLES = {"a", "an", "one", "best", "better", "most"}
_MARKS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True)
class Number:
    """A number said with words ``start`` up to ``end``; a range has ``low`` below ``high``."""

    low: float
    high: float
    start: int
    end: int


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at a word, ranges taken whole ("six or seven", "20-30").

    Args:
        words: Normalised words.
        at: Where to look.
    """
    first = _simple(words, at) if at < len(words) and may_begin(words[at]) else None
    if first is None:
        return None
    value, end = first
    # "20ish", "3 or so", "3+"
    while _word(words, end) in ("ish", "+", "odd") or _says(words, end, "or", "so"):
        end += 2 if words[end] == "or" else 1
    second = _second(words, at, value, end)
    if second is not None:
        return Number(value, second[0], at, second[1])
    return Number(value, value, at, end)


def number_spans(words: Sequence[str]) -> tuple[Number, ...]:
    """Every number in the words, left to right, without overlaps."""
    return _number_spans(tuple(words))


@lru_cache(maxsize=4)  # every reader of values asks for those of the same message
def _number_spans(words: tuple[str, ...]) -> tuple[Number, ...]:
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is not None and number.end > at:
            found.append(number)
            at = number.end
        else:
            at += 1
    return tuple(found)


@lru_cache(maxsize=8192)
def may_begin(word: str) -> bool:
    """Whether a number can begin with a word, by the word alone."""
    return (
        word[0].isdigit()
        or word in _MARKS
        or word in _WORDS
        or word in _SIZES
        or word in _ARTICLES
        or misspelt_number(word) is not None
        or bool(_close_size(word))
    )


def _second(words: Sequence[str], at: int, value: float, end: int) -> tuple[float, int] | None:
    """The upper end of a range that began with ``value``, and where it ends."""
    joiner = _word(words, end)
    weak = joiner in _WEAK_RANGE
    if joiner in _RANGE or weak or (joiner == "and" and _word(words, at - 1) == "between"):
        after = end + 1
        while _word(words, after) in _ROUGH and not _says(words, after, "a", "half"):
            after += 1
    else:
        after = end  # "2 3 weeks"
        weak = True
    second = _simple(words, after)
    if second is None or second[0] <= value or words[after] in ("a", "an"):
        return None
    # "4/10" is a score; a comma, or nothing, joins only what one unit follows: "20, 30 min".
    if joiner == "/" and second[0] in (10, 100):
        return None
    if weak and words[at] in ("a", "an"):
        return None
    if weak and not (
        is_unit(_word(words, second[1])) and value >= 1 and second[0] <= max(4 * value, value + 10)
    ):
        return None
    return second


def _simple(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """One number without a range: its value and where it ends."""
    word = _word(words, at)
    if not word:
        return None
    value: float | None = None
    end = at + 1
    if word[0].isdigit():
        fraction = _FRACTIONS.get(tuple(words[at : at + 3]))  # type: ignore[arg-type]
        if fraction and (is_unit(_word(words, at + 3)) or _word(words, at + 3) in ("of", "an")):
            return fraction, _skip(words, at + 3, ("of", "a", "an"))
        try:
            value = float(word)
        except ValueError:  # digits of other scripts that are no decimal digits
            return None
        if _word(words, end) in _MARKS:
            value, end = value + _MARKS[words[end]], end + 1
        elif tuple(words[end : end + 3]) in _FRACTIONS:  # "1 1/2 hours"
            value, end = value + _FRACTIONS[tuple(words[end : end + 3])], end + 3  # type: ignore[index]
    elif word in _MARKS:
        return _MARKS[word], _skip(words, end, ("of", "a", "an"))
    elif word in _ARTICLES or _size(word, words, at):
        vague = _vague(words, at)
        if vague is not None:
            return vague
        value = 1.0 if word == "one" else None
    else:
        spelt = _spelt(words, at)
        if spelt is None:
            return None
        value, end = spelt
    if value is None:
        return None
    if _word(words, end) == "hundred":
        value, end = value * 100, end + 1
    elif value == 3 and _word(words, end) in ("quarter", "quarters"):
        return 0.75, _skip(words, end + 1, ("of", "a", "an"))
    return _and_a_half(words, value, end)


def _and_a_half(words: Sequence[str], value: float, end: int) -> tuple[float, int]:
    if _says(words, end, "and", "a", "half"):
        return value + 0.5, end + 3
    if _says(words, end, "and", "half"):
        return value + 0.5, end + 2
    return value, end


def _spelt(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "Twenty-five", and before a unit a number word with a slip in it ("thre weeks")."""
    word = words[at]
    value = _WORDS.get(word)
    if value is None:
        close = misspelt_number(word)
        following = _word(words, at + 1)
        if close is None or not (
            is_unit(following) or following in ("out", "/", "-") or following in _WORDS
            or misspelt_number(following) is not None
        ):  # fmt: skip
            return None
        word, value = close, _WORDS[close]
    end = at + 1
    if word in _TENS:
        ones_at = end + 1 if _word(words, end) == "-" else end
        ones = _word(words, ones_at)
        ones_value = _WORDS.get(ones) or _WORDS.get(misspelt_number(ones) or "", 0.0)
        if 0 < ones_value < 10:
            return value + ones_value, ones_at + 1
    return value, end


def _vague(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "A couple of", "a good half", "an", "the better part of an", "most of an"."""
    here = _skip(words, at, ("a", "an", "one"))
    part = 1.0
    if _word(words, here) in ("best", "better", "most", "good"):
        stop = here + 1 + (_word(words, here + 1) == "part")
        if _word(words, stop) == "of" and _word(words, stop + 1) in ("a", "an", "one", "half"):
            part, here = 0.85, _skip(words, stop, ("of", "a", "an", "one"))
            if _word(words, here) not in _SIZES:
                return part, here
    here = _skip(words, here, ("good", "solid", "full", "whole", "little", "bare", "quick"))
    size = _size(_word(words, here), words, here)
    if not size:
        return (1.0, here) if words[at] in ("a", "an") else None
    return _SIZES[size] * part, _skip(words, here + 1, ("of", "a", "an", "good", "-"))


def _size(word: str, words: Sequence[str], at: int) -> str:
    """The word of amount at a place, with a slip in it before what it counts; empty if none."""
    if word in _SIZES:
        return word
    following = _word(words, at + 1)
    if not (is_unit(following) or following in ("a", "an", "of")):
        return ""
    return _close_size(word)


@lru_cache(maxsize=4096)
def _close_size(word: str) -> str:
    if len(word) < 4 or word in value_words().real_words:
        return ""
    close = [
        name
        for name in ("half", "couple", "several")
        if name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1
    ]
    return close[0] if close else ""


@lru_cache(maxsize=4096)
def misspelt_number(word: str) -> str | None:
    """The number word that a word is a slip of: same first letter, one letter wrong."""
    if len(word) < 4 or not word.isalpha() or word in _WORDS or word in value_words().real_words:
        return None
    close = [
        name
        for name in _WORDS
        if len(name) > 3 and name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1
    ]
    return close[0] if len(close) == 1 else None


@lru_cache(maxsize=4096)
def unit_named(word: str) -> str:
    """The unit of time a word names, with one slip allowed ("wekes", "wkx"); empty if none."""
    known = value_words()
    if word in known.units:
        return word
    if len(word) < 3 or not word.isalpha() or word in known.real_words or word in STOP_WORDS:
        return ""
    allowed = 1 if len(word) < 6 else 2
    names = {name: name for name in known.units if len(name) > 3}
    names.update(known.short_units)
    close = [
        (OSA.distance(name, word, score_cutoff=allowed), -len(name), unit)
        for name, unit in names.items()
        if name[0] == word[0] and abs(len(name) - len(word)) <= 1
    ]
    best = min((item for item in close if item[0] <= allowed), default=None)
    return best[2] if best else ""


def is_unit(word: str) -> bool:
    """Whether a word names a unit of time."""
    return bool(unit_named(word))


def _skip(words: Sequence[str], at: int, fillers: Sequence[str]) -> int:
    while at < len(words) and words[at] in fillers:
        at += 1
    return at


def _says(words: Sequence[str], at: int, *phrase: str) -> bool:
    return tuple(words[at : at + len(phrase)]) == phrase


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
