"""Numbers that are distances run, and what the words around say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from rasa_project.language.message import Message
from rasa_project.language.numbers import is_unit, number_spans, unit_named
from rasa_project.language.value_words import phrases, value_words
from rasa_project.language.values.common import SEPARATORS, word_at

UNITS = {"km": 1.0, "k": 1.0, "ks": 1.0, "mile": 1.609344, "mi": 1.609344}
"""Unit -> kilometres."""

_NEAR = 8
_NO_NUMBER = {"a", "an", "half", "couple", "few", "several", "most", "best", "better"}
_RUN = {"run", "running", "ran", "runs", "jog", "mileage"}
_EACH = {("each", "week"), ("every", "week"), ("per", "week"), ("a", "week")}
_COUNTS = {"times", "x", "days", "runs", "classes", "sessions"}
_LINKS = {"to", "from", "or", "km"}
_CROSSING = {",", ",,", "but", "and"}
_WAS = {"was", "were", "been"}
_WAS_ALONE, _PAST_A_NUMBER, _PAST_A_CLAUSE = 4.0, 4.0, 3.0


@dataclass(frozen=True)
class Length:
    """A distance said with words ``start`` up to ``end``.

    Attributes:
        low: The number; of a range its lower end.
        high: Of a range its upper end.
        start: First word.
        end: One past the last, the unit among them.
        factor: Kilometres of its unit; None without one.
        long: Whether it is of the longest run, not of a week.
        when: ``before``, ``now`` or empty.
    """

    low: float
    high: float
    start: int
    end: int
    factor: float | None
    long: bool = False
    when: str = ""


def lengths(message: Message) -> list[Length]:
    """Every number that is, or could be, a distance run."""
    words = message.words
    found = []
    for number in number_spans(words):
        if words[number.start] in _NO_NUMBER or word_at(words, number.start - 1) == "b":
            continue  # "b4"
        unit_at = number.end + (word_at(words, number.end) in ("-", "ish", "odd"))
        factor = _factor(word_at(words, unit_at))
        end = unit_at + 1 if factor else number.end
        one = Length(number.low, number.high, number.start, end, factor)
        if not _counts_something_else(words, one) and not _is_other(message, one):
            found.append(one)
    return found


@lru_cache(maxsize=2048)
def _factor(word: str) -> float | None:
    """Kilometres of a unit, a slip allowed in "miles"."""
    if word in UNITS or len(word) < 4 or word in value_words().real_words:
        return UNITS.get(word)
    slips = min(OSA.distance(word, name) for name in ("mile", "miles"))
    return UNITS["mile"] if word[0] == "m" and slips <= (1 if len(word) < 5 else 2) else None


def _counts_something_else(words: Sequence[str], one: Length) -> bool:
    after = word_at(words, one.end)
    return (
        not one.factor
        and after not in _LINKS
        and (is_unit(after) or after in phrases("ages.units"))
    )


def _is_other(message: Message, one: Length) -> bool:
    """Cycling, a drive, the dog, a race: no distance of training."""
    words = message.words
    first, last = max(0, one.start - 4), min(len(words), one.end + 4)
    near = phrases("distances.other_doing").find(words, first, last)
    if any(message.same_clause(at, one.start) for at, _ in near) and not _RUN & set(
        words[first:last]
    ):
        return True
    after = (word_at(words, one.end), word_at(words, one.end + 1))
    return (
        after[0] in ("daily", "race", "away", "an")
        or after[1] == "day"
        or (after[0] == "per" and after[1] != "week")
    )


def is_weekly(words: Sequence[str], end: int) -> bool:
    """Whether "a week", "/wk" or the like follows."""
    at = end + (word_at(words, end) in ("total", "or", "of", "running"))
    if word_at(words, end) == "/":
        return word_at(words, end + 1)[:1] == "w"
    if word_at(words, at) in ("a", "per", "each") and unit_named(word_at(words, at + 1)) == "week":
        return True
    return at < len(words) and bool(phrases("distances.weekly").at(words, at))


def is_long(message: Message, one: Length) -> bool:
    """Whether words for the longest run stand near."""
    return any(
        message.same_sentence(first, one.start) and max(first - one.end, one.start - last) <= _NEAR
        for first, last in phrases("distances.longest").find(message.words)
    )


def is_about_running(message: Message, one: Length) -> bool:
    """Whether a number without a unit is of running distance all the same."""
    near = message.words[max(0, one.start - _NEAR) : one.end + _NEAR]
    return (
        is_long(message, one)
        or is_weekly(message.words, one.end)
        or bool({"mileage", "distance", "volume", "weekly"} & set(near))
    )


def is_kind(message: Message, one: Length, kind: str) -> bool:
    """Whether a distance is of a week (``weekly``) or of the longest run (``long``)."""
    words = message.words
    if kind == "long":
        fits = one.factor or stands_without_unit(words, one)
        return bool(fits) and is_long(message, one) and not is_weekly(words, one.end)
    if not one.factor:
        return False
    if is_weekly(words, one.end):
        return True
    if word_at(words, one.end) in ("each", "every", "at"):
        return False  # "10k each time"
    before = words[max(0, one.start - 7) : one.start]
    leads = zip(["", *before], before, before[1:], strict=False)
    return (
        any((first, second) in _EACH and lead not in _COUNTS for lead, first, second in leads)
        or bool({"mileage", "volume"} & set(before[-5:]))
        or "weekly" in before[-4:]
    )


def stands_without_unit(words: Sequence[str], one: Length) -> bool:
    """Whether a number can do without its unit: "now its 10", "used to be forty"."""
    before, after = word_at(words, one.start - 1), word_at(words, one.end)
    ends = not after or after in SEPARATORS or after in phrases("distances.unitless_after")
    return ends and (before in phrases("distances.unitless_before") or after in ("now", "before"))


def rises(near: Sequence[str]) -> bool:
    """Whether words before say that a distance changed: "went from", "upped"."""
    return any(word in phrases("distances.rise") for word in near)


def said_when(message: Message, one: Length, kind: str) -> str:
    """Whether words near a distance say ``before`` or ``now``; the nearest decide."""
    words = message.words
    best: list[tuple[float, str]] = []
    first, last = max(0, one.start - 7), min(len(words), one.end + 6)
    for name in ("before", "now"):
        for start, end in phrases(f"distances.{name}").find(words, first, last):
            if (start < one.end and one.start < end) or not message.same_sentence(start, one.start):
                continue
            leads = end <= one.start
            between = words[end : one.start] if leads else words[one.end : start]
            gap = len(between) + (0.0 if leads else 0.5)
            gap += _PAST_A_CLAUSE * sum(w in _CROSSING or w[0].isdigit() for w in between)
            of_next = not leads and any(word[0].isdigit() for word in words[end : end + 4])
            if of_next and {",", ",,"} & set(between):
                continue  # "40 k a week, was 25"
            if of_next:
                gap += _PAST_A_NUMBER  # "6 miles, now it is 10": the word is of the next number
            if kind == "long" and end - start == 1 and words[start] in _WAS:
                gap += _WAS_ALONE  # "my longest was 16k" may be yesterday's
            best.append((gap, name))
    return min(best)[1] if best else ""
