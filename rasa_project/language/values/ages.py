"""Age, as the protocol's band: "I'm 66", "my 9 yr old", "in my forties", ", 29,"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from rasa_project.language.message import Message
from rasa_project.language.numbers import Number, is_unit, number_spans
from rasa_project.language.value_words import phrases
from rasa_project.language.values.ages_alone import YEARS, Age, decades, numbers_alone
from rasa_project.language.values.common import SEPARATORS, Value, begins, stops, word_at

_BANDS = ((8, "u8"), (16, "8_15"), (18, "16_17"), (40, "18_39"), (60, "40_59"))
_OLD = {"old", "olds", "young", "age", "o", "odl", "ol"}
_ADVERBS = {
    "only", "just", "now", "about", "like", "turning", "officially", "around", "roughly",
    "still", "um", "uh", "almost",
}  # fmt: skip
_NOT_NOW = {"when", "since", "until", "till", "before"}
_POSSESSED = {
    "sons", "daughters", "moms", "dads", "mums", "husbands", "wifes", "kids", "lads", "mothers",
    "fathers", "partners", "boys", "girls",
}  # fmt: skip
_WHO = ("son", "daughter", "husband", "mother", "father", "wife")
_COMPLETED = {"completed", "complete", "have", "having", "attained", "got"}
_YOUNGEST_TYPING, _TEENS, _OLDEST = 8, 12, 110


def age_band(age: float) -> str:
    """The protocol's age band of an age in years."""
    return next((band for below, band in _BANDS if age < below), "60p")


def read_ages(message: Message) -> Iterator[Value]:
    """The ages said of the patient; whose they are the people rules tell."""
    words = message.words
    found = [*_born(message), *decades(words)]
    for number in number_spans(words):
        age = _age(words, number)
        if age is not None and age > 0:
            found.append((age, number.start, number.end + (word_at(words, number.end) in YEARS)))
    for age, start, end in found or numbers_alone(words):
        yield Value("age_band", age_band(age), start, end)


def _born(message: Message) -> Iterator[Age]:
    """ "Born in 1961"."""
    for time in message.times:
        lead = message.words[max(0, time.start - 4) : time.start]
        if time.unit in ("year", "date") and {"born", "dob"} & set(lead):
            yield time.days / 365.25, time.start, time.end


def _age(words: Sequence[str], number: Number) -> float | None:
    """The age a number stands for; None if it is none."""
    start, end, age = number.start, number.end, float(int(number.low))
    if number.high != number.low or not 1 <= age <= _OLDEST or not _is_count(words[start]):
        return None
    if word_at(words, start - 1) in ("/", "$", "#", "day", "week", "size"):
        return None
    if _is_of_a_thing(words, end):
        return None
    nearly = phrases("ages.nearly").before(words, start)
    first = start - nearly
    led = phrases("ages.before").before(words, start)
    if word_at(words, start - 1) == "of" and not nearly and not led:
        # "Runner of 41 years"
        of_years = word_at(words, end) in YEARS and age >= _TEENS
        return age if of_years and word_at(words, start - 2) in phrases("ages.sex") else None
    if word_at(words, end) == "here" and age >= _TEENS and begins(words, start):
        return age  # "62 here"
    if _has_years_old(words, end):
        thing = word_at(words, start - 2) in phrases("ages.things") or word_at(
            words, start - 2
        ) in phrases("ages.not_people")
        return None if thing or _is_past(words, first) else age - bool(nearly)
    if number.low != age and not (_is_person_is(words, start) and stops(words, end)):
        return None
    if _is_years_of_life(words, start, end) and age >= _TEENS:
        return age
    if _is_person_and_years(words, start, end):
        return age
    sexed = _is_sexed(words, start, end)
    after = word_at(words, end)
    if not led and (after in phrases("ages.units") or is_unit(after)) and not sexed:
        return None
    if led and (after in YEARS or not is_unit(after)):
        return None if _is_past(words, start - led) else age - (words[start - 1] == "turning")
    if nearly and age > _TEENS and _is_person_is(words, first, bare=True):
        return age - 1
    if (age < _YOUNGEST_TYPING and word_at(words, start - 1) in ("am", "im")) or after[
        :1
    ].isdigit():
        return None  # "I'm 6 2" is a height
    if _is_person_is(words, start) or sexed or _is_at_age(words, start, end, age):
        return age
    if after == "i" and word_at(words, end + 1) == "am" and age >= _TEENS and begins(words, start):
        return age  # "Seventy-two I am"
    return None


def _is_count(word: str) -> bool:
    return word not in ("a", "an", "half", "few", "couple", "several", "most", "quarter")


def _has_years_old(words: Sequence[str], end: int) -> bool:
    """Whether "years old", "yo", "-year-old", "y/o" follows."""
    at = end
    while word_at(words, at) == "-":
        at += 1
    if word_at(words, at) == "old" or word_at(words, at) == "yo":
        return True
    if word_at(words, at) not in YEARS:
        return False
    at += 1
    while word_at(words, at) in ("-", "/", ".", "s"):
        at += 1
    return word_at(words, at) in _OLD or (word_at(words, at), word_at(words, at + 1)) == (
        "of",
        "age",
    )


def _is_of_a_thing(words: Sequence[str], end: int) -> bool:
    """ "A 10 year old injury", "2 year old shoes", "my 20 year olds"."""
    if not _has_years_old(words, end):
        return False
    at = end
    while at < min(len(words), end + 6) and words[at] not in ("old", "yo", "olds"):
        at += 1
    return word_at(words, at) == "olds" or phrases("ages.things").anywhere(
        words, min(at + 1, len(words)), min(len(words), at + 3)
    )


def _is_years_of_life(words: Sequence[str], start: int, end: int) -> bool:
    """ "I completed 67 years in March", "I have 34 years", "j'ai 40 ans": English of newcomers."""
    if word_at(words, end) not in YEARS or word_at(words, start - 1) not in _COMPLETED | {
        "ai",
        "tengo",
    }:
        return False
    return stops(words, end + 1) or word_at(words, end + 1) in ("in", "this", "last", "now", "and")


def _is_person_and_years(words: Sequence[str], start: int, end: int) -> bool:
    """ "My daughter 11 year, she ...", "my mother 68,"."""
    stop = end + (word_at(words, end) in YEARS)
    if word_at(words, start - 1) == "me" and begins(words, start - 1):
        return stops(words, stop)
    if stop > end and _is_person_is(words, start):
        return stops(words, stop)
    return _is_people(word_at(words, start - 1)) and (
        stops(words, stop)
        or word_at(words, stop) in ("and", "with", "she", "he", "has", "is", "have")
    )


def _is_past(words: Sequence[str], start: int) -> bool:
    """Whether words before make it an age gone by: "diagnosed at age 30"."""
    for at in range(start - 1, max(-1, start - 4), -1):
        if words[at] in SEPARATORS or words[at] in ("am", "is", "'s", "now"):
            return False
        if words[at] in phrases("ages.past"):
            return True
    return False


@lru_cache(maxsize=2048)
def _is_people(word: str) -> bool:
    """Whether a word names someone, a slip allowed in the commonest ("my sno is 9")."""
    if word in phrases("ages.people"):
        return True
    if len(word) < 3 or word in (
        "sun",
        "soon",
        "song",
        "sin",
        "wire",
        "wise",
        "life",
        "wide",
        "ton",
        "won",
        "on",
        "so",
        "one",
    ):
        return False
    return any(
        name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1 for name in _WHO
    )


def _is_person_is(words: Sequence[str], start: int, bare: bool = False) -> bool:
    """ "I am 34", "my son is 11", "my mother's eighty-six", "daughters 7"; ``bare``: also "he"."""
    at = start - 1
    while word_at(words, at) in _ADVERBS:
        at -= 1
    verb, who, lead = word_at(words, at), word_at(words, at - 1), word_at(words, at - 2)
    if verb in ("am", "'m", "im"):
        return (who == "i" and lead not in _NOT_NOW) or begins(words, at)
    if verb in ("is", "'s", "are"):
        if who in ("he", "she", "they"):
            return lead not in _NOT_NOW
        if who in phrases("ages.not_people"):
            return False
        return _is_people(who) or who == "who"
    if bare:
        return verb in ("i", "he", "she", "will", "'ll") or begins(words, at + 1)
    return verb in _POSSESSED


def _is_sexed(words: Sequence[str], start: int, end: int) -> bool:
    """ "45M", "34 f", "52 female", "a 55 man", "F52", "male, 34"."""
    if len(words[start]) < 2 or words[start] in ("one", "two", "three", "four", "five", "six"):
        return False
    before = start - 1 - (word_at(words, start - 1) in (",", "/", "-"))
    if word_at(words, before) in ("f", "m", "male", "female", "homme", "femme"):
        lead = word_at(words, before - 1)
        if begins(words, before) or lead in ("am", "a", "year", "is"):
            return True
    at = end + (word_at(words, end) in ("/", "-"))
    sex = word_at(words, at)
    if sex not in phrases("ages.sex"):
        return False
    if (
        sex == "m"
        and not stops(words, at + 1)
        and word_at(words, at + 1) in phrases("ages.after_metres")
    ):
        return False
    lead = word_at(words, start - 1)
    return begins(words, start) or lead in (
        "am", "is", "a", "so", "hey", "hi", "hello", "and", "here", "'s", "old", "ok", "um",
        "well",
    )  # fmt: skip


def _is_at_age(words: Sequence[str], start: int, end: int, age: float) -> bool:
    """ "At 71 I'm hardly likely to be", "not bad at 63": an age now, not "retired at 65"."""
    if word_at(words, start - 1) != "at" or age < 18:
        return False
    lead = word_at(words, start - 2)
    if phrases("ages.at_lead").before(words, start - 1) and age >= 40:
        return True
    if lead and lead not in SEPARATORS | {"and", "but", "because", "so"}:
        return False
    following = (word_at(words, end), word_at(words, end + 1))
    return following[0] in ("my", "you", "everything") or (
        following[0] == "i" and following[1] not in phrases("ages.past")
    )
