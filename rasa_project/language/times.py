"""Stretches of time in lay words, resolved against the message's date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from rasa_project.language.numbers import number_at

_UNIT_DAYS = {
    "day": 1.0, "days": 1.0, "night": 1.0, "nights": 1.0, "week": 7.0, "weeks": 7.0,
    "fortnight": 14.0, "fortnights": 14.0, "month": 30.44, "months": 30.44, "year": 365.25,
    "years": 365.25, "minute": 1 / 1440, "minutes": 1 / 1440, "hour": 1 / 24, "hours": 1 / 24,
    "second": 0.0, "seconds": 0.0, "weekend": 7.0, "weekends": 7.0,
}  # fmt: skip
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SEASONS = {
    "spring": (3, 20),
    "summer": (6, 21),
    "fall": (9, 22),
    "autumn": (9, 22),
    "winter": (12, 21),
}
# Canadian holidays people date things by: (month, weekday or day, which; 0 is a fixed day).
_HOLIDAYS = {
    ("labor", "day"): (9, 0, 1), ("labour", "day"): (9, 0, 1), ("thanksgiving",): (10, 0, 2),
    ("canada", "day"): (7, 1, 0), ("family", "day"): (2, 0, 3), ("christmas",): (12, 25, 0),
    ("xmas",): (12, 25, 0), ("boxing", "day"): (12, 26, 0), ("new", "years"): (1, 1, 0),
    ("new", "year", "'s"): (1, 1, 0), ("halloween",): (10, 31, 0), ("victoria", "day"): (5, 0, -25),
}  # fmt: skip
_NAMED = {
    ("today",): 0, ("tonight",): 0, ("just", "now"): 0, ("right", "now"): None,
    ("this", "morning"): 0, ("this", "afternoon"): 0, ("this", "evening"): 0,
    ("earlier", "today"): 0, ("yesterday",): 1, ("last", "night"): 1,
    ("the", "day", "before", "yesterday"): 2, ("day", "before", "yesterday"): 2,
    ("last", "week"): 7, ("last", "month"): 30, ("last", "year"): 365, ("a", "while", "back"): None,
    ("the", "other", "day"): 3, ("last", "weekend"): 7, ("the", "weekend"): 3,
    ("this", "week"): 3, ("this", "month"): 15,
}  # fmt: skip
# Only the plural: read as the shortest stretch the words can mean, since new pain is triaged
# with more care than old pain.
_PLURALS = {"days": 3, "weeks": 14, "months": 60, "years": 730, "ages": 60}


class Kind(Enum):
    """How a stretch of time is said."""

    AGO = "ago"  # "3 weeks ago", "yesterday"
    FOR = "for"  # "for 3 weeks", "the past 3 weeks"
    SINCE = "since"  # "since monday"
    AHEAD = "ahead"  # "in 6 weeks", "6 weeks away"
    EACH = "each"  # "a week", "every 2 days"
    DAY = "day"  # "day 1"
    BARE = "bare"  # "3 weeks"


@dataclass(frozen=True)
class Span:
    """A stretch of time: words ``start`` up to ``end``, its length and how it was said."""

    days: float
    kind: Kind
    start: int
    end: int
    unit: str = ""


def spans(words: Sequence[str], at: date) -> list[Span]:
    """Every stretch of time in the words, left to right, without overlaps."""
    found: list[Span] = []
    here = 0
    while here < len(words):
        span = _named(words, here, at) or _counted(words, here) or _plural(words, here)
        if span is None:
            here += 1
        else:
            found.append(span)
            here = max(span.end, here + 1)
    return found


def _starts(words: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(words[at : at + len(phrase)]) == phrase


def _before(words: Sequence[str], start: int, *options: str) -> bool:
    """Whether one of these words stands right before, fillers skipped."""
    here = start - 1
    fillers = (
        "the",
        "about",
        "around",
        "like",
        "roughly",
        "maybe",
        "at",
        "over",
        "a",
        "good",
        "only",
        "just",
        "nearly",
        "almost",
    )
    while here >= 0 and words[here] in fillers and words[here] not in options:
        here -= 1
    return here >= 0 and words[here] in options


def _named(words: Sequence[str], at: int, today: date) -> Span | None:
    kind = Kind.SINCE if _before(words, at, "since", "from") else Kind.AGO
    for phrase, days in _NAMED.items():
        if _starts(words, at, phrase):
            return Span(days, kind, at, at + len(phrase)) if days is not None else None
    word = words[at]
    if word in _WEEKDAYS and _before(words, at, "since", "on", "last", "this", "from", "started"):
        days = (today.weekday() - _WEEKDAYS.index(word)) % 7 or 7
        return Span(days, kind, at, at + 1)
    if word in _SEASONS and _before(words, at, "since", "last", "in", "this", "from"):
        return Span(_days_since(today, *_SEASONS[word]), kind, at, at + 1)
    month = _MONTHS.index(word) if word in _MONTHS else -1
    if month >= 0 and _before(
        words, at, "since", "in", "last", "from", "early", "late", "mid", "of", "on"
    ):
        day, end = 1, at + 1
        number = number_at(words, end) if end < len(words) else None
        if number is not None and 1 <= number.low <= 28 and number.low == int(number.low):
            day, end = int(number.low), number.end
        return Span(_days_since(today, month + 1, day), kind, at, end)
    for phrase, (month, day, which) in _HOLIDAYS.items():
        if _starts(words, at, phrase) and _before(
            words, at, "since", "on", "at", "around", "after", "last", "before", "over"
        ):
            return Span(_days_since_holiday(today, month, day, which), kind, at, at + len(phrase))
    return None


def _days_since(today: date, month: int, day: int) -> int:
    then = date(today.year, month, day)
    if then > today:
        then = date(today.year - 1, month, day)
    return (today - then).days


def _days_since_holiday(today: date, month: int, day: int, which: int) -> int:
    """``which`` 0: day of the month; 1, 2, 3: that Monday; -25: the Monday before the 25th."""
    for year in (today.year, today.year - 1):
        if which == 0:
            then = date(year, month, day)
        elif which < 0:
            last = date(year, month, -which - 1)
            then = last - timedelta(days=last.weekday())
        else:
            first = date(year, month, 1)
            then = first + timedelta(days=(-first.weekday()) % 7 + 7 * (which - 1))
        if then <= today:
            return (today - then).days
    return 0


def _counted(words: Sequence[str], at: int) -> Span | None:
    """ "3 weeks", "a couple of months", "day 1", "a week and a half"."""
    if words[at] in ("day", "week", "month") and at + 1 < len(words) and words[at + 1][0].isdigit():
        number = number_at(words, at + 1)
        if number is not None and not _UNIT_DAYS.get(_word(words, number.end)):
            return Span(number.low * _UNIT_DAYS[words[at]], Kind.DAY, at, number.end, words[at])
    number = number_at(words, at)
    if number is None and words[at] in ("last", "past") and _word(words, at + 1) in _UNIT_DAYS:
        number_end, amount = at + 1, 1.0
    elif number is not None:
        number_end, amount = number.end, number.high
    else:
        return None
    unit_at = number_end + (
        1 if _word(words, number_end) in ("more", "full", "solid", "long", "bad", "-") else 0
    )
    unit = _word(words, unit_at)
    if unit not in _UNIT_DAYS:
        return None
    end = unit_at + 1
    if tuple(words[end : end + 3]) == ("and", "a", "half"):
        amount, end = amount + 0.5, end + 3
    elif _word(words, end) == "and":
        more = number_at(words, end + 1)
        if more is not None and _word(words, more.end) in _UNIT_DAYS:
            amount += more.high * _UNIT_DAYS[words[more.end]] / (_UNIT_DAYS[unit] or 1)
            end = more.end + 1
    kind = _kind(words, at, end, only_article=words[at] in ("a", "an") and unit_at == at + 1)
    return Span(amount * _UNIT_DAYS[unit], kind, at, end, unit)


def _kind(words: Sequence[str], start: int, end: int, only_article: bool) -> Kind:
    after = _word(words, end)
    if after in ("ago", "back") or (after == "or" and "ago" in words[end : end + 3]):
        return Kind.AGO
    if after in ("away", "out", "until", "till", "left"):
        return Kind.AHEAD
    if _before(words, start, "every", "each", "per", "/") or _word(words, start - 1) in (
        "km",
        "times",
        "x",
    ):
        return Kind.EACH
    if _before(words, start, "in") and not {"past", "last"} & set(words[max(0, start - 2) : start]):
        return Kind.AHEAD
    if _before(
        words, start, "for", "past", "last", "been", "now", "going", "over", "since", "during"
    ):
        return Kind.FOR
    if after in ("now", "straight", "running", "already"):
        return Kind.FOR
    return Kind.EACH if only_article else Kind.BARE


def _plural(words: Sequence[str], at: int) -> Span | None:
    """ "for weeks", "months now", "years ago"."""
    word = words[at]
    if word not in _PLURALS:
        return None
    if _word(words, at + 1) in ("ago", "back"):
        return Span(_PLURALS[word], Kind.AGO, at, at + 2)
    if _word(words, at - 1) in ("for", "been") or _word(words, at + 1) == "now":
        return Span(_PLURALS[word], Kind.FOR, at, at + 1)
    return None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
