"""Counted stretches: "3 weeks", "a couple of months", "day 4", "6/52", "for weeks"."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from spacy.lang.en.stop_words import STOP_WORDS

from rasa_project.language.numbers import Number, number_at, unit_named
from rasa_project.language.times.months import ORDINALS
from rasa_project.language.times.span import SEPARATORS, Kind, Span, said_before, word_at
from rasa_project.language.value_words import phrases, value_words

_SHORTER = 0.75
_GOES_ON = {"", ".", ",", "now", "of", "with", "already", "like"}
_SMALL = {"second", "seconds", "minute", "minutes", "hour", "hours"}


def counted(words: Sequence[str], at: int) -> Span | None:
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
    if number is None and word in ("last", "past", "next") and unit_named(word_at(words, at + 1)):
        number = Number(1.0, 1.0, at, at + 1)
        if unit_named(words[at + 1]) == "weekend":
            return None  # the day tells
    if number is None:
        return None
    unit_at = number.end
    while unit_at < number.end + 2 and word_at(words, unit_at) in phrases("when.unit_fillers"):
        unit_at += 1
    unit = unit_named(word_at(words, unit_at))
    if not unit or (unit in ("second", "ans") and word in ("a", "the", "last")):
        return None
    days = value_words().units[unit]
    low, high = number.low, number.high
    end = unit_at + 1
    if word_at(words, end) == "'s":
        end += 1
    half = _half_after(words, end)
    if half:
        low, high, end = low + 0.5, high + 0.5, end + half
    elif word_at(words, end) == "and":
        more = number_at(words, end + 1)
        if more is not None and unit_named(word_at(words, more.end)):
            extra = more.high * value_words().units[unit_named(words[more.end])] / (days or 1)
            low, high, end = low + extra, high + extra, more.end + 1
        elif more is not None and more.high in (0.25, 0.5):
            low, high, end = low + more.high, high + more.high, more.end
    article = word in ("a", "an") and unit_at == at + 1
    kind = _kind(words, at, end, article and not half, unit in _SMALL)
    if word == "next":
        kind = Kind.AHEAD
    if days >= 1 and _less(words, at):
        low *= _SHORTER
    return Span(low * days, kind, at, end, unit, high * days)


def _less(words: Sequence[str], at: int) -> bool:
    """ "Less than a week", "under a month"."""
    return word_at(words, at - 1) in ("under", "within") or tuple(words[max(0, at - 2) : at]) in (
        ("less", "than"),
        ("not", "even"),
    )


def shorthand(words: Sequence[str], at: int) -> Span | None:
    """ "6/52", "3/7", "2/12": weeks, days and months as clinicians note them."""
    if not words[at].isdecimal() or word_at(words, at + 1) != "/":
        return None
    days = {"52": 7.0, "7": 1.0, "12": 30.0}.get(word_at(words, at + 2))
    noted = word_at(words, at - 1) in ("x", "for") or word_at(words, at + 3) in ("hx", "history")
    if days is None or not noted:
        return None
    length = days * float(words[at])
    return Span(length, Kind.FOR, at, at + 3, "weeks", length)


def ordinal_day(words: Sequence[str], at: int) -> Span | None:
    """ "Third day now", "second week of this"."""
    unit = word_at(words, at + 1)
    if words[at] not in ORDINALS or unit not in ("day", "week", "month"):
        return None
    if word_at(words, at - 1) in ("every", "each") or word_at(words, at + 2) not in _GOES_ON:
        return None
    days = ORDINALS[words[at]] * value_words().units[unit]
    return Span(days, Kind.DAY, at, at + 2, unit, days)


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
    if unit_named(word_at(words, number.end)) or word_at(words, number.end) in ("/", "km", "out"):
        return None
    if not words[number.start][0].isdigit() and number.low > 12:
        return None
    days = value_words().units[words[at]]
    return Span(number.low * days, Kind.DAY, at, number.end, words[at], number.high * days)


def _kind(words: Sequence[str], start: int, end: int, article: bool, small: bool) -> Kind:
    after = word_at(words, end)
    then = word_at(words, end + 1)
    if _is_ago(after) or (after in ("or", "give", "roughly") and "ago" in words[end : end + 5]):
        return Kind.AGO
    if after == "before" and then in ("", ".", ",", "and", "!", ",,", "now", "?"):
        return Kind.AGO  # "start 5 month before"
    if said_before(words, start, {"before"}) and word_at(words, start - 2) != "day":
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
    if article and word_at(words, start - 1) in ("x", "times"):
        return Kind.EACH
    if after in ("/", "per", "each", "every", "weekly", "a", "out"):
        return Kind.EACH
    if said_before(words, start, {"every", "each", "per", "/"}) or word_at(words, start - 1) in (
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
    if tuple(words[max(0, start - 2) : start]) in (("going", "on"), ("goin", "on")):
        return Kind.FOR
    if said_before(words, start, phrases("when.for")):
        return Kind.FOR
    if after in ("now", "straight", "running", "already", "nonstop", "solid", "strong", "deep"):
        return Kind.FOR
    lead = word_at(words, start - 1)
    alone = not lead or lead in SEPARATORS or lead in phrases("when.before_fillers")
    return Kind.EACH if article and not small and not alone else Kind.BARE


def _is_ago(word: str) -> bool:
    """Whether a word after a length says that it lies back, a slip allowed."""
    if word in phrases("when.ago"):
        return True
    return len(word) in (3, 4) and word not in STOP_WORDS and OSA.distance(word, "ago") == 1


def plural(words: Sequence[str], at: int) -> Span | None:
    """ "for weeks", "months now", "years ago"."""
    plurals = value_words().plurals
    if words[at] not in plurals:
        return None
    days = plurals[words[at]]
    after = word_at(words, at + 1)
    if _is_ago(after):
        return Span(days, Kind.AGO, at, at + 2, words[at])
    if after in ("now", "already") or said_before(words, at, {"for", "been", "many", "of"}):
        return Span(days, Kind.FOR, at, at + 1, words[at])
    return None
