"""Ages without a word for age: "in my forties", "left side, 29"."""

from collections.abc import Iterator, Sequence

from rasa_project.language.numbers import may_begin, number_spans
from rasa_project.language.value_words import phrases, value_words
from rasa_project.language.values.common import begins, stops, word_at

YEARS = {"year", "years", "yo", "y", "ans", "anos", "yrs", "yr", "yer", "yers", "annees", "anni"}
_VAGUE = {"something", "ish", "odd"}
_OWNERS = {"my", "his", "her", "their"}
_LEADS = {"am", "'s", "is", "early", "late", "mid", "middle", "-", "a"}
_FEVER = {"fever", "temp", "temperature", "thermometer", "degrees"}
_YOUNGEST_CHILD, _YOUNGEST, _OLDEST = 5, 16, 100
_LONG = 8
"""A number alone between marks is an age only in a message of more words than this."""

Age = tuple[float, int, int]
"""An age, its first word, and one past its last."""


def decades(words: Sequence[str]) -> Iterator[Age]:
    """ "In my forties", "mid 50s", "thirty-something"."""
    names = value_words().numbers["ages.decades"]
    for at, word in enumerate(words):
        if word not in names and not may_begin(word):
            continue
        age, end = names.get(word, 0.0), at + 1
        something = end + (word_at(words, end) == "-")
        vague = word_at(words, something) in ("something", "ish", "odd")
        if not age and len(word) == 2 and word.isdecimal() and word[1] == "0":
            if word_at(words, end) in ("s", "'s"):
                age, end = float(word) + 5, end + 1
            elif vague:
                age, end = float(word) + 5, something + 1
        elif not age and vague:
            plural = {"forty": "forties"}.get(word, f"{word[:-1]}ies")
            age, end = names.get(plural, 0.0), something + 1
        near = words[max(0, at - 4) : at]
        mine = {"my", "his", "her", "their"} & set(near) or near[-1:] in (
            ["am"], ["'s"], ["is"], ["early"], ["late"], ["mid"], ["middle"], ["-"], ["a"],
        )  # fmt: skip
        fresh = begins(words, at) and (
            word_at(words, end) in phrases("ages.sex")
            or word_at(words, end) == "here"
            or end == len(words)
        )
        if age and (mine or fresh) and "over" not in near and not _was_then(words, at):
            yield age, at, end


def _was_then(words: Sequence[str], at: int) -> bool:
    """Whether the sentence up to a word tells of the past: "diagnosed with it in my thirties"."""
    for here in range(at - 1, max(-1, at - 12), -1):
        if words[here] in (".", "!", "?", ";", "\n") or words[here] in ("am", "now"):
            return False
        if words[here] in phrases("ages.past") and words[here] not in ("from", "got"):
            return True
    return False


def numbers_alone(words: Sequence[str]) -> Iterator[Age]:
    """A number alone between marks in a longer message: "left side, 29", "63 and used to run"."""
    if len(words) <= _LONG:
        return
    child = any(word in phrases("ages.children") for word in words)
    youngest = _YOUNGEST_CHILD if child else _YOUNGEST
    for number in number_spans(words):
        age, start, end = number.low, number.start, number.end
        if number.high != age or age != int(age) or not youngest <= age <= _OLDEST:
            continue
        if not begins(words, start) or (words[start].isdigit() and len(words[start]) > 2):
            continue
        if 35 <= age <= 42 and _FEVER & set(words[max(0, start - 6) : start]):
            continue
        after, then = word_at(words, end), word_at(words, end + 1)
        coming = after == "next" and then in ("birthday", "month", "week", "year")
        stop = end + (after in YEARS)
        alone = stops(words, stop) or (
            after in ("with", "and", "but", "so", "who") and not then[:1].isdigit()
        )
        if (
            not (alone or coming)
            or word_at(words, start - 1) in ("-", "(", ":")
            or after in ("-", ":", ")")
        ):
            continue
        # "20, 30 min" and "3, 4, 5": a list of numbers holds no age.
        if word_at(words, stop) in (",", ",,") and word_at(words, stop + 1)[:1].isdigit():
            continue
        if word_at(words, start - 1) == "," and word_at(words, start - 2)[:1].isdigit():
            continue
        yield age - coming, start, end
        return
