"""How a named day was said, and the names of days and months with slips in them."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from rasa_project.language.times.span import Kind, said_before
from rasa_project.language.value_words import phrases, value_words


def day_kind(words: Sequence[str], at: int) -> Kind:
    """Whether a named day ends "since ..." or "until ...", or stands by itself."""
    here = at - 1
    while (
        here > 0
        and here > at - 5
        and words[here] in phrases("when.between_since")
        and words[here] not in phrases("when.since")
    ):
        here -= 1
    if here >= 0 and words[here] in phrases("when.since"):
        return Kind.SINCE
    if said_before(words, at, phrases("when.up_to")):
        return Kind.EACH
    return Kind.AGO


@lru_cache(maxsize=8192)
def close_name(word: str, table: str) -> int | None:
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
        if len(name) > 5
        and name[0] == word[0]
        and OSA.distance(name, word, score_cutoff=allowed) <= allowed
    }
    return close.pop() if len(close) == 1 else None


def short_month(word: str) -> int | None:
    """A short month name with a slip in it: "in jne"."""
    if len(word) < 3 or word in value_words().real_words or word in phrases("when.between_since"):
        return None
    close = {
        number
        for name, number in value_words().months.items()
        if 4 <= len(name) <= 5
        and name[0] == word[0]
        and OSA.distance(name, word, score_cutoff=1) <= 1
    }
    return close.pop() if len(close) == 1 else None
