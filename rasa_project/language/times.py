"""Stretches of time in lay words, resolved against the message's date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from rasa_project.language.numbers import Number, number_at, unit_named
from rasa_project.language.value_words import value_words

_UNIT_FILLERS = {
    "more", "full", "solid", "long", "bad", "-", "whole", "good", "or", "so", "odd", "ish", "straight",
}  # fmt: skip
_BEFORE_FILLERS = {
    "the", "about", "around", "like", "roughly", "maybe", "over", "a", "good", "only", "just", "nearly",
    "almost", "uh", "um", "approximately", "probably", "say", "under", "another", "well", "past", "bout",
    "abt", "~", "approx", "close", "least", "x", "some", "these", "more", "than", "up",
}  # fmt: skip
_FOR = {
    "for", "past", "last", "been", "now", "going", "during", "depuis", "x", "from", "these", "pendant", "desde",
    "goin", "hace", "has",
}  # fmt: skip
_AGO = {"ago", "back", "agoo", "aog", "prior", "previous", "passé", "passe"}


_SMALL = {"second", "seconds", "minute", "minutes", "hour", "hours"}


class Kind(Enum):
    """How a stretch of time is said."""

    AGO = "ago"  # "3 weeks ago", "yesterday", "on Nov 3"
    FOR = "for"  # "for 3 weeks", "the past 3 weeks"
    SINCE = "since"  # "since monday"
    AHEAD = "ahead"  # "in 6 weeks", "6 weeks away"
    EACH = "each"  # "a week", "every 2 days"
    LATER = "later"  # "2 weeks after", "ten days later"
    DAY = "day"  # "day 1"
    BARE = "bare"  # "3 weeks"


@dataclass(frozen=True)
class Span:
    """A stretch of time.

    Attributes:
        days: Its length, or days back from the message; of a range the shorter end, since new
            pain is triaged with more care than old pain.
        kind: How it was said.
        start: Its first word.
        end: One past its last word.
        unit: The unit it was counted in; ``today`` and ``this`` for "today" and "this week".
        most: Of a range the longer end, in days.
        ahead: Days until a date or weekday comes next, for one that could lie ahead.
    """

    days: float
    kind: Kind
    start: int
    end: int
    unit: str = ""
    most: float = 0.0
    ahead: int | None = None


def spans(words: Sequence[str], at: date) -> list[Span]:
    """Every stretch of time in the words, left to right, without overlaps.

    Args:
        words: Normalised words of a message.
        at: The message's date.
    """
    from rasa_project.language.dates import day_at

    found: list[Span] = []
    here = 0
    while here < len(words):
        span = day_at(words, here, at) or _counted(words, here) or _plural(words, here)
        if span is None:
            here += 1
            continue
        here = max(span.end, here + 1)
        last = found[-1] if found else None
        if last and last.kind is Kind.AGO and last.unit in ("week", "weeks") and (
            span.unit == "weekday" and span.start - last.end <= 2
        ):  # fmt: skip
            found.pop()  # "a week ago Saturday"
            days = last.days + span.days % 7
            span = replace(span, days=days, most=days, start=last.start, kind=Kind.AGO)
        elif last and last.kind is Kind.AGO and span.unit == "today" and span.start - last.end <= 1:
            found.pop()  # "a week ago today"
            span = replace(last, end=span.end)
        found.append(span)
    return found


def said_before(words: Sequence[str], start: int, options: frozenset[str] | set[str]) -> bool:
    """Whether one of these words stands right before a place, fillers skipped."""
    here = start - 1
    while here >= 0 and words[here] in _BEFORE_FILLERS and words[here] not in options:
        here -= 1
    return here >= 0 and words[here] in options


def _counted(words: Sequence[str], at: int) -> Span | None:
    """ "3 weeks", "a couple of months", "day 1", "a week and a half"."""
    word = words[at]
    if word in ("day", "week", "month"):
        day = _day_number(words, at)
        if day is not None:
            return day
    # "month and half", "week and a half" without an article
    if word in ("hour", "week", "month", "year") and _half_after(words, at + 1):
        number: Number | None = Number(1, 1, at, at)
    else:
        number = number_at(words, at)
    if number is None and word in ("last", "past", "next") and unit_named(_word(words, at + 1)):
        number = Number(1.0, 1.0, at, at + 1)
    if number is None:
        return None
    unit_at = number.end
    while unit_at < number.end + 2 and _word(words, unit_at) in _UNIT_FILLERS:
        unit_at += 1
    unit = unit_named(_word(words, unit_at))
    if not unit or (unit in ("second", "an", "season", "ans") and word in ("a", "the", "last")):
        return None
    days = value_words().units[unit]
    low, high = number.low, number.high
    end = unit_at + 1
    if _word(words, end) == "'s":
        end += 1
    half = _half_after(words, end)
    if half:
        low, high, end = low + 0.5, high + 0.5, end + half
    elif _word(words, end) == "and":
        more = number_at(words, end + 1)
        if more is not None and unit_named(_word(words, more.end)):
            extra = more.high * value_words().units[unit_named(words[more.end])] / (days or 1)
            low, high, end = low + extra, high + extra, more.end + 1
        elif more is not None and more.high in (0.25, 0.5):
            low, high, end = low + more.high, high + more.high, more.end
    article = word in ("a", "an") and unit_at == at + 1
    kind = _kind(words, at, end, article and not half, unit in _SMALL)
    if word == "next":
        kind = Kind.AHEAD
    return Span(low * days, kind, at, end, unit, high * days)


def _half_after(words: Sequence[str], at: int) -> int:
    """How many words "and a half" takes, if it stands there."""
    if tuple(words[at : at + 3]) == ("and", "a", "half"):
        return 3
    return 2 if tuple(words[at : at + 2]) == ("and", "half") else 0


def _day_number(words: Sequence[str], at: int) -> Span | None:
    """ "Day 4", "week 3": counted from the start."""
    number = number_at(words, at + 1)
    if number is None or number.start == number.end or words[number.start] in ("a", "an", "one"):
        return None
    if unit_named(_word(words, number.end)) or _word(words, number.end) in ("/", "km", "out"):
        return None
    if not words[number.start][0].isdigit() and number.low > 12:
        return None
    days = value_words().units[words[at]]
    return Span(number.low * days, Kind.DAY, at, number.end, words[at], number.high * days)


def _kind(words: Sequence[str], start: int, end: int, article: bool, small: bool) -> Kind:
    after = _word(words, end)
    then = _word(words, end + 1)
    if after in _AGO or (after in ("or", "give", "roughly") and "ago" in words[end : end + 5]):
        return Kind.AGO
    if after == "before" and then in ("", ".", ",", "and", "!", ",,", "now", "?"):
        return Kind.AGO  # "start 5 month before"
    if said_before(words, start, {"before"}) and _word(words, start - 2) != "day":
        return Kind.AGO  # "before two weeks"
    if after in ("later", "after", "afterwards", "before", "into") or (
        after == "in" and then not in ("a", "the", "total", "my", "bed")
    ):
        return Kind.LATER
    if said_before(words, start, {"after", "within", "apres"}):
        return Kind.LATER
    if small and after in ("until", "till", "til", "every", "each", "left", "before", "out", "a"):
        return Kind.BARE
    if after in ("away", "out", "until", "till", "left", "til") or (after, then) in (
        ("to", "go"), ("from", "now"), ("from", "today"), ("off", "."), ("off", ","), ("off", ""),
    ):  # fmt: skip
        return Kind.AHEAD
    if article and _word(words, start - 1) in ("x", "times"):
        return Kind.EACH
    if after in ("/", "per", "each", "every", "weekly", "a", "out"):
        return Kind.EACH
    if said_before(words, start, {"every", "each", "per", "/"}) or _word(words, start - 1) in (
        "km",
        "times",
        "mile",
    ):
        return Kind.EACH
    if said_before(words, start, {"since"}):
        return Kind.SINCE
    if said_before(words, start, {"in"}) and not {"past", "last", "now"} & set(
        words[max(0, start - 2) : start]
    ):
        return Kind.AHEAD
    if said_before(words, start, _FOR):
        return Kind.FOR
    if after in ("now", "straight", "running", "already", "nonstop", "solid", "strong", "deep"):
        return Kind.FOR
    return Kind.EACH if article and not small else Kind.BARE


def _plural(words: Sequence[str], at: int) -> Span | None:
    """ "for weeks", "months now", "years ago"."""
    plurals = value_words().plurals
    if words[at] not in plurals:
        return None
    days = plurals[words[at]]
    after = _word(words, at + 1)
    if after in _AGO:
        return Span(days, Kind.AGO, at, at + 2, words[at])
    if after in ("now", "already") or said_before(words, at, {"for", "been", "many", "of"}):
        return Span(days, Kind.FOR, at, at + 1, words[at])
    return None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
