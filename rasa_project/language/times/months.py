"""Dates, months and years: "Nov 3rd", "in july", "since 2019"."""

from collections.abc import Sequence
from datetime import date

from rasa_project.language.numbers import number_at
from rasa_project.language.times.calendar import coming_day, past_day
from rasa_project.language.times.kinds import close_name, day_kind, short_month
from rasa_project.language.times.span import Kind, Span, said_before, word_at
from rasa_project.language.value_words import phrases, value_words

_ON = {"on", "since", "from"}
_YEAR_LEADS = {"in", "back", "born", "dob"}
ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ),
        start=1,
    )
}  # fmt: skip
"""Word -> day of the month."""


def month_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Nov 3rd", "3 november", "the third of November", "in july", "end of September"."""
    start, day, end = at, 0, at
    number = _day_of_month(words, at)
    if number is not None:
        day, end = number
        end += word_at(words, end) == "of"
    led = (
        said_before(words, start, phrases("when.month_leads"))
        or word_at(words, start - 1) == "-"
        or len(words) <= 3
    )
    month = close_name(word_at(words, end), "months")
    if month is None and led:
        month = short_month(word_at(words, end))
    if month is None:
        return None
    word = words[end]
    after = end + 1
    if not day:
        following = _day_of_month(words, after + (word_at(words, after) == "the"))
        if following is not None and not _is_counted(words, following[1]):
            day, after = following
    if not day and not led:
        return None
    if (
        word == "may"
        and not day
        and word_at(words, after) in ("be", "have", "not", "need", "also", "i")
    ):
        return None
    year_said = _year_number(word_at(words, after))
    if year_said:
        after += 1
    part = _part_of_month(words, start)
    then = past_day(today, month, day or part, year_said)
    this_month = (then.year, then.month) == (today.year, today.month)
    if not day and this_month and part >= 15:
        then = date(today.year, today.month, max(1, min(part, today.day) // 2))
    days = (today - then).days
    if days < 0:  # "March 2027"
        return Span(-days, Kind.AHEAD, start, after, "date", -days)
    coming = coming_day(today, month, day or 15)
    kind = day_kind(words, start)
    if said_before(words, start, phrases("when.next")):
        kind = Kind.EACH
    return Span(
        days, kind, start, after, "date", days, None if year_said else (coming - today).days
    )


def day_of_month_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Since the 12th", "since 10/15"."""
    if not words[at].isdecimal() or not 1 <= int(words[at]) <= 31:
        return None
    if not (said_before(words, at, phrases("when.since")) or word_at(words, at - 2) in _ON):
        return None
    day, after = int(words[at]), at + 1
    if word_at(words, after) in ("th", "st", "nd", "rd"):
        month = today.month if day <= today.day else (today.month - 2) % 12 + 1
        days = (today - past_day(today, month, day, 0)).days
        return Span(days, day_kind(words, at), at, after + 1, "date", days)
    other = word_at(words, after + 1)
    if word_at(words, after) != "/" or not other.isdecimal() or not 1 <= int(other) <= 31:
        return None
    # Only where it can be read in one way: "10/15", "15/10".
    if (day > 12) == (int(other) > 12):
        return None
    month, day = (int(other), day) if day > 12 else (day, int(other))
    days = (today - past_day(today, month, day, 0)).days
    return Span(days, day_kind(words, at), at, after + 2, "date", days)


def _is_counted(words: Sequence[str], at: int) -> bool:
    """Whether the number before a word counts something, so that it is no day of the month."""
    return word_at(words, at) in value_words().units or word_at(words, at) in (
        "km", "mile", "/", "kg", "out", "year",
    )  # fmt: skip


def _part_of_month(words: Sequence[str], at: int) -> int:
    near = set(words[max(0, at - 3) : at])
    if near & {"early", "beginning", "start"}:
        return 5
    return 26 if near & {"late", "end"} else 15


def _day_of_month(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A day from 1 to 31 and where it ends: "3rd", "3", "third", "twenty first"."""
    word = word_at(words, at)
    if word in ORDINALS:
        return ORDINALS[word], at + 1
    if word in ("twenty", "thirty") and word_at(words, at + 1) in ORDINALS:
        return (20 if word == "twenty" else 30) + ORDINALS[words[at + 1]], at + 2
    if not word or not (word[0].isdigit() or word.isalpha()) or word in ("a", "an"):
        return None
    number = number_at(words, at)
    if number is None or number.low != int(number.low) or not 1 <= number.low <= 31:
        return None
    if number.low != number.high:
        return None
    end = number.end
    return int(number.low), end + (word_at(words, end) in ("st", "nd", "rd", "th"))


def year_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Since 2019", "in 2024"."""
    year = _year_number(words[at])
    if not year or not _year_led(words, at) or year > today.year:
        return None
    days = max(1, (today - date(year, 7, 1)).days)
    return Span(days, day_kind(words, at), at, at + 1, "year", days)


def _year_number(word: str) -> int:
    return int(word) if len(word) == 4 and word.isdecimal() and 1950 <= int(word) <= 2099 else 0


def _year_led(words: Sequence[str], at: int) -> bool:
    """Whether a number of four digits is a year: "since 2019", not "2019 steps"."""
    return said_before(words, at, phrases("when.since")) or said_before(words, at, _YEAR_LEADS)
