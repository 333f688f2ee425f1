"""Days said by name: yesterday, weekdays, the weekend; and every other named day in one place."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rasa_project.language.numbers import may_begin, number_at
from rasa_project.language.times.feasts import holiday_at, holiday_names, season_at
from rasa_project.language.times.kinds import close_name, day_kind, short_month
from rasa_project.language.times.months import ORDINALS, day_of_month_at, month_at, year_at
from rasa_project.language.times.span import Kind, Span, said_before, word_at
from rasa_project.language.value_words import Phrases, phrases, value_words

_WEEKENDS = {"weekend", "wkend", "wknd", "weeknd", "fds"}


def day_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """The day named at a word, resolved against the message's date; None if there is none.

    Args:
        words: Normalised words of a message.
        at: Where to look.
        today: The message's date.
    """
    if not _may_begin(words[at]):
        return None
    return (
        _named(words, at, today)
        or holiday_at(words, at, today)
        or month_at(words, at, today)
        or day_of_month_at(words, at, today)
        or _weekday(words, at, today)
        or _weekdays_ago(words, at, today)
        or season_at(words, at, today)
        or _weekend(words, at, today)
        or year_at(words, at, today)
    )


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Whether a named day can begin with a word, by the word alone; most words are done here."""
    known = value_words()
    return (
        may_begin(word)
        or any(word in names.firsts for names in (*_names(), holiday_names()))
        or word in known.seasons
        or word in _WEEKENDS
        or word in ORDINALS
        or close_name(word, "weekdays") is not None
        or close_name(word, "months") is not None
        or short_month(word) is not None
    )


@lru_cache(maxsize=1)
def _names() -> tuple[Phrases, Phrases]:
    return Phrases(value_words().named), Phrases(value_words().since_named)


def _named(words: Sequence[str], at: int, today: date) -> Span | None:
    named, since_named = _names()
    length = named.at(words, at)
    if length:
        said = " ".join(words[at : at + length])
        unit = "this" if said.startswith("this ") or said.startswith("earlier") else ""
        days = value_words().named[said]
        unit = "today" if days == 0 else unit
        return Span(days, day_kind(words, at), at, at + length, unit, days)
    if word_at(words, at - 1) == "since":
        length = since_named.at(words, at)
        if length:
            days = value_words().since_named[" ".join(words[at : at + length])]
            return Span(days, Kind.SINCE, at, at + length, "", days)
    return None


def _weekday(words: Sequence[str], at: int, today: date) -> Span | None:
    word = words[at]
    day = close_name(word, "weekdays")
    if day is None or word.endswith("days") or word == "marks":
        return None
    before, after = word_at(words, at - 1), word_at(words, at + 1)
    led = said_before(words, at, phrases("when.day_leads"))
    doubtful = word in phrases("when.short_days") and not (led and before != "the")
    if doubtful and (
        before in phrases("when.not_before_short_day")
        or (after and after not in phrases("when.after_short_day"))
        or word == "mon"
    ):
        return None
    back = (today.weekday() - day) % 7 or 7
    ahead = (day - today.weekday()) % 7 or 7
    end = at + 1
    if after in ("night", "morning", "afternoon", "evening", "gone", "past"):
        end += 1
    if (word_at(words, end), word_at(words, end + 1)) == ("before", "last"):
        back, end = back + 7, end + 2
    elif word_at(words, end) == "week":
        back, end = back + 7, end + 1
    if said_before(words, at, phrases("when.next")):
        return Span(0, Kind.EACH, at, end, "weekday", 0, ahead)
    return Span(back, day_kind(words, at), at, end, "weekday", back, ahead)


def _weekdays_ago(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Two Fridays ago"."""
    number = number_at(words, at)
    if number is None or not word_at(words, number.end).endswith("days"):
        return None
    day = close_name(words[number.end], "weekdays")
    if day is None or word_at(words, number.end + 1) not in ("ago", "back"):
        return None
    back = ((today.weekday() - day) % 7 or 7) + 7 * (number.low - 1)
    return Span(back, Kind.AGO, at, number.end + 2, "weekday", back)


def _weekend(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "On the weekend", "last weekend": its Saturday."""
    if words[at] not in _WEEKENDS:
        return None
    back = (today.weekday() - 5) % 7
    if word_at(words, at - 1) in ("long", "next", "every", "each", "a", "coming"):
        coming = word_at(words, at - 1) == "next"
        return (
            Span(0, Kind.EACH, at, at + 1, "weekend", 0, 12 - today.weekday()) if coming else None
        )
    if word_at(words, at - 1) == "last" and back <= 1:
        back += 7
    if (word_at(words, at + 1), word_at(words, at + 2)) == ("before", "last"):
        return Span(back + 7, day_kind(words, at), at, at + 3, "weekend", back + 7)
    return Span(back, day_kind(words, at), at, at + 1, "weekend", back, (5 - today.weekday()) % 7)
