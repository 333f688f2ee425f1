"""Days said by name: yesterday, weekdays, dates, months, seasons, holidays."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from rapidfuzz.distance import OSA

from rasa_project.language.numbers import number_at
from rasa_project.language.times import Kind, Span, said_before
from rasa_project.language.value_words import Holiday, Phrases, value_words

_SINCE = {"since", "from", "sicne", "sinc", "snice", "depuis", "desde", "siince", "sine", "ever"}
_UP_TO = {"until", "till", "til", "by", "before"}
_NEXT = {"next", "coming", "upcoming", "every", "each"}
_MONTH_LEADS = _SINCE | _UP_TO | {
    "in", "last", "early", "late", "mid", "middle", "end", "of", "on", "back", "this", "around", "during", "en", "started",
    "was", "throughout", "was",
}  # fmt: skip
_BETWEEN_SINCE = {
    "last", "mid", "early", "late", "end", "of", "the", "beginning", "start", "around", "about", "this", "past", "like", "middle",
    "maybe", "roughly", "at", "back", "in", "on", "since", "bout", "probably", "way", "sometime", "just", "right", "before", "after",
}  # fmt: skip
_DAY_LEADS = _SINCE | {
    "on", "last", "this", "past", "started", "happened", "was", "of", "back", "around", "by", "next", "coming", "every",
    "each", "til", "till", "until", "is", "early", "late", "before",
}  # fmt: skip
_SEASON_LEADS = _SINCE | {
    "last",
    "in",
    "this",
    "early",
    "late",
    "mid",
    "end",
    "during",
    "past",
    "over",
    "of",
    "all",
    "beginning",
    "start",
}
_HOLIDAY_LEADS = _SINCE | {
    "on", "at", "around", "after", "last", "before", "over", "in", "during", "was", "this", "started", "until", "till", "by",
    "like", "since", "right",
}  # fmt: skip
_SHORT_DAYS = {"mon", "wed", "sat", "sun", "fri", "tue", "thu", "thur", "weds"}
_PERSON = {
    "i",
    "he",
    "she",
    "we",
    "they",
    "am",
    "been",
    "was",
    "were",
    "just",
    "'m",
    "the",
    "is",
    "when",
    "and",
    "have",
    "you",
}
_DAY_ENDS = {
    "", ",", ".", "!", "?", ",,", ")", "-", ";", "and", "night", "morning", "afternoon", "evening", "after", "at", "so", "but",
    "while", "now", "when", "gone", "n", "am", "pm", "in", "playing", "then", "aft", "...", "(", "past",
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}


def day_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """The day named at a word, resolved against the message's date; None if there is none.

    Args:
        words: Normalised words of a message.
        at: Where to look.
        today: The message's date.
    """
    return (
        _named(words, at, today)
        or _holiday(words, at, today)
        or _month(words, at, today)
        or _weekday(words, at, today)
        or _weekdays_ago(words, at, today)
        or _season(words, at, today)
        or _weekend(words, at, today)
        or _year(words, at, today)
    )


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _kind(words: Sequence[str], at: int) -> Kind:
    here = at - 1
    while (
        here > 0 and here > at - 5 and words[here] in _BETWEEN_SINCE and words[here] not in _SINCE
    ):
        here -= 1
    if here >= 0 and words[here] in _SINCE:
        return Kind.SINCE
    if said_before(words, at, _UP_TO):
        return Kind.EACH
    return Kind.AGO


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
        return Span(days, _kind(words, at), at, at + length, unit, days)
    if _word(words, at - 1) == "since":
        length = since_named.at(words, at)
        if length:
            days = value_words().since_named[" ".join(words[at : at + length])]
            return Span(days, Kind.SINCE, at, at + length, "", days)
    return None


def _weekday(words: Sequence[str], at: int, today: date) -> Span | None:
    word = words[at]
    day = _close(word, "weekdays")
    if day is None or word.endswith("days") or word == "marks":
        return None
    before, after = _word(words, at - 1), _word(words, at + 1)
    led = said_before(words, at, _DAY_LEADS)
    if word in _SHORT_DAYS and not (led and before != "the"):
        if before in _PERSON or after not in _DAY_ENDS or (word == "mon" and not led):
            return None
    back = (today.weekday() - day) % 7 or 7
    ahead = (day - today.weekday()) % 7 or 7
    end = at + 1
    if after in ("night", "morning", "afternoon", "evening", "gone", "past"):
        end += 1
    if (_word(words, end), _word(words, end + 1)) == ("before", "last"):
        back, end = back + 7, end + 2
    elif _word(words, end) == "week":
        back, end = back + 7, end + 1
    if said_before(words, at, _NEXT):
        return Span(0, Kind.EACH, at, end, "weekday", 0, ahead)
    return Span(back, _kind(words, at), at, end, "weekday", back, ahead)


def _weekdays_ago(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Two Fridays ago"."""
    number = number_at(words, at)
    if number is None or not _word(words, number.end).endswith("days"):
        return None
    day = _close(words[number.end], "weekdays")
    if day is None or _word(words, number.end + 1) not in ("ago", "back"):
        return None
    back = ((today.weekday() - day) % 7 or 7) + 7 * (number.low - 1)
    return Span(back, Kind.AGO, at, number.end + 2, "weekday", back)


def _weekend(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "On the weekend", "last weekend": its Saturday."""
    if words[at] not in ("weekend", "wkend", "wknd", "weeknd", "fds"):
        return None
    back = (today.weekday() - 5) % 7
    if _word(words, at - 1) in ("long", "next", "every", "each", "a", "coming"):
        return (
            None
            if _word(words, at - 1) != "next"
            else Span(0, Kind.EACH, at, at + 1, "weekend", 0, 7 - back)
        )
    if _word(words, at - 1) == "last" and back <= 1:
        back += 7
    if (_word(words, at + 1), _word(words, at + 2)) == ("before", "last"):
        return Span(back + 7, _kind(words, at), at, at + 3, "weekend", back + 7)
    return Span(back, _kind(words, at), at, at + 1, "weekend", back, (5 - today.weekday()) % 7)


def _month(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Nov 3rd", "3 november", "the third of November", "in july", "end of September"."""
    start, day, end = at, 0, at
    number = _day_of_month(words, at)
    if number is not None:
        day, end = number
        end += _word(words, end) == "of"
    led = (
        said_before(words, start, _MONTH_LEADS) or _word(words, start - 1) == "-" or len(words) <= 3
    )
    month = _close(_word(words, end), "months")
    if month is None and led:
        month = _short_month(_word(words, end))
    if month is None:
        return None
    word = words[end]
    after = end + 1
    if not day:
        following = _day_of_month(words, after + (_word(words, after) == "the"))
        if following is not None and not _is_counted(words, following[1]):
            day, after = following
    if not day and not led:
        return None
    if (
        word == "may"
        and not day
        and _word(words, after) in ("be", "have", "not", "need", "also", "i")
    ):
        return None
    year_said = _year_number(_word(words, after))
    if year_said:
        after += 1
    part = _part_of_month(words, start)
    then = _past(today, month, day or part, year_said)
    if not day and (then.year, then.month) == (today.year, today.month):
        then = (
            date(today.year, today.month, max(1, min(part, today.day) // 2 or 1))
            if part >= 15
            else then
        )
    days = (today - then).days
    coming = _coming(today, month, day or 15)
    kind = _kind(words, start)
    if said_before(words, start, _NEXT):
        kind = Kind.EACH
    return Span(
        days, kind, start, after, "date", days, None if year_said else (coming - today).days
    )


def _is_counted(words: Sequence[str], at: int) -> bool:
    """Whether the number before a word counts something, so that it is no day of the month."""
    return _word(words, at) in value_words().units or _word(words, at) in (
        "km",
        "mile",
        "/",
        "kg",
        "out",
        "year",
    )


def _part_of_month(words: Sequence[str], at: int) -> int:
    near = set(words[max(0, at - 3) : at])
    if near & {"early", "beginning", "start"}:
        return 5
    return 26 if near & {"late", "end"} else 15


def _day_of_month(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A day from 1 to 31 and where it ends: "3rd", "3", "third", "twenty first"."""
    word = _word(words, at)
    if word in _ORDINALS:
        return _ORDINALS[word], at + 1
    if word in ("twenty", "thirty") and _word(words, at + 1) in _ORDINALS:
        return (20 if word == "twenty" else 30) + _ORDINALS[words[at + 1]], at + 2
    if not word or not (word[0].isdigit() or word.isalpha()) or word in ("a", "an"):
        return None
    number = number_at(words, at)
    if number is None or number.low != int(number.low) or not 1 <= number.low <= 31:
        return None
    if number.low != number.high:
        return None
    end = number.end
    return int(number.low), end + (_word(words, end) in ("st", "nd", "rd", "th"))


def _season(words: Sequence[str], at: int, today: date) -> Span | None:
    dates = value_words().seasons.get(words[at])
    if dates is None or not said_before(words, at, _SEASON_LEADS):
        return None
    # "Since the fall" may be the tumble; "in the fall", "since fall" and "last fall" are not.
    if (
        words[at] == "fall"
        and _word(words, at - 1) in ("the", "a")
        and _word(words, at - 2) in _SINCE
    ):
        return None
    first = _past(today, dates[0], dates[1], 0)
    last = date(first.year + (dates[2] < dates[0]), dates[2], dates[3])
    near = set(words[max(0, at - 3) : at])
    if last > today:
        # Still going on: most likely begun in its first part. "Last winter" is the one before.
        if "last" in near:
            middle = (today - first).days + 320
        else:
            middle = max(1, round((today - first).days * 2 / 3))
    else:
        share = (
            0.85
            if near & {"early", "beginning", "start"}
            else 0.1
            if near & {"late", "end"}
            else 0.5
        )
        middle = (today - last).days + round((last - first).days * share)
    return Span(middle, _kind(words, at), at, at + 1, "season", middle)


def _year(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Since 2019", "in 2024"."""
    year = _year_number(words[at])
    if not year or not said_before(words, at, _SINCE | {"in", "back"}) or year > today.year:
        return None
    days = max(1, (today - date(year, 7, 1)).days)
    return Span(days, _kind(words, at), at, at + 1, "year", days)


def _year_number(word: str) -> int:
    return int(word) if len(word) == 4 and word.isdecimal() and 1950 <= int(word) <= 2099 else 0


@lru_cache(maxsize=1)
def _holidays() -> tuple[Phrases, dict[str, Holiday]]:
    by_name = {name: one for one in value_words().holidays for name in one.names}
    return Phrases(by_name), by_name


def _holiday(words: Sequence[str], at: int, today: date) -> Span | None:
    names, by_name = _holidays()
    length = names.at(words, at)
    if not length:
        return None
    # "New year" and "pride" are words too; a full name with "day" or "night" needs no lead.
    said = " ".join(words[at : at + length])
    alone = said.endswith((" day", " night")) or said == "halloween" or len(words) <= 3
    if not alone and not said_before(words, at, _HOLIDAY_LEADS):
        return None
    holiday = by_name[said]
    days = min(
        (
            gap
            for year in (today.year, today.year - 1)
            for then in _falls(holiday, year)
            if (gap := (today - then).days) >= 0
        ),
        default=None,
    )
    if days is None:
        return None
    ahead = min(
        (
            gap
            for year in (today.year, today.year + 1)
            for then in _falls(holiday, year)
            if (gap := (then - today).days) > 0
        ),
        default=None,
    )
    return Span(days, _kind(words, at), at, at + length, "date", days, ahead)


def _falls(holiday: Holiday, year: int) -> list[date]:
    """The days a holiday falls on in a year."""
    values = holiday.values
    if holiday.rule == "dates":
        return [day for day in values if day.year == year]
    if holiday.rule == "easter":
        return [easter(year) + timedelta(days=values[0])]
    if holiday.rule == "on":
        return [date(year, values[0], values[1])]
    if holiday.rule == "monday_by":
        last = date(year, values[0], values[1])
        return [last - timedelta(days=last.weekday())]
    first = date(year, values[0], 1)
    return [first + timedelta(days=(values[1] - first.weekday()) % 7 + 7 * (values[2] - 1))]


def _past(today: date, month: int, day: int, year: int) -> date:
    """The last time a day of the year came, or that of the year said."""
    then = _date(year or today.year, month, day)
    return _date(today.year - 1, month, day) if then > today else then


def _coming(today: date, month: int, day: int) -> date:
    then = _date(today.year, month, day)
    return _date(today.year + 1, month, day) if then <= today else then


def _date(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - timedelta(days=1)).day))


@lru_cache(maxsize=8192)
def _close(word: str, table: str) -> int | None:
    """The weekday or month a word names, with a slip or two in a long name."""
    names = value_words().weekdays if table == "weekdays" else value_words().months
    if word in names:
        return names[word]
    if len(word) < 5 or not word.isalpha() or word in value_words().real_words:
        return None
    allowed = 1 if len(word) < 8 else 2
    close = {
        number
        for name, number in names.items()
        if len(name) > 4
        and name[0] == word[0]
        and OSA.distance(name, word, score_cutoff=allowed) <= allowed
    }
    return close.pop() if len(close) == 1 else None


def _short_month(word: str) -> int | None:
    """A short month name with a slip in it: "in jne"."""
    if len(word) < 3 or word in value_words().real_words or word in _BETWEEN_SINCE:
        return None
    close = {
        number
        for name, number in value_words().months.items()
        if 4 <= len(name) <= 5
        and name[0] == word[0]
        and OSA.distance(name, word, score_cutoff=1) <= 1
    }
    return close.pop() if len(close) == 1 else None
