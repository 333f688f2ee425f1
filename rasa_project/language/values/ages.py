"""Age, as the protocol's band: "I'm 66", "my 9 yr old", "in my forties", ", 29,"."""

from collections.abc import Iterator, Sequence

from rasa_project.language.message import Message
from rasa_project.language.numbers import Number, number_spans
from rasa_project.language.value_words import phrases, value_words
from rasa_project.language.values.common import SEPARATORS, Value, is_fragment, word_at

_BANDS = ((8, "u8"), (16, "8_15"), (18, "16_17"), (40, "18_39"), (60, "40_59"))
_YEARS = {"year", "years", "yo", "y", "ans", "anos", "yrs", "yr", "yer", "yers", "annees"}
_OLD = {"old", "olds", "young", "of", "age", "o", "odl", "ol"}
_AM = {"am", "is", "'s", "are", "'m", "was"}
_FRAGMENT_FROM = 16
_FEVER = {"fever", "temp", "temperature", "thermometer", "degrees"}
_LONG = 8
"""A number alone between commas is an age only in a message of more words than this."""


def age_band(age: float) -> str:
    """The protocol's age band of an age in years."""
    return next((band for below, band in _BANDS if age < below), "60p")


def read_ages(message: Message) -> Iterator[Value]:
    """The ages said of the patient; other people's are for the people rules to set apart."""
    words = message.words
    found = False
    for number in number_spans(words):
        age = _age(message, number)
        if age is not None:
            found = True
            yield Value("age_band", age_band(age), number.start, number.end)
    yield from _decades(words)
    if not found:
        yield from _fragments(message)


def _age(message: Message, number: Number) -> float | None:
    """The age a number stands for; None if it is none."""
    words, start, end = message.words, number.start, number.end
    age = number.low
    if (
        number.high != number.low
        or not 1 <= age <= 110
        or words[start] in ("a", "an", "half", "few", "couple")
    ):
        return None
    if age != int(age):
        age = int(age)
        if not _has_years(words, end):
            return None
    before = word_at(words, start - 1)
    if (
        before in ("/", "$", "#")
        or _is_of_a_thing(words, end)
        or before in ("day", "week", "size", "of")
    ):
        return None
    nearly = phrases("ages.nearly").before(words, start)
    if nearly and word_at(words, start - nearly - 1) not in (
        "i",
        "am",
        "is",
        "he",
        "she",
        "'s",
        "",
        ",",
        ".",
        "and",
        "are",
        "my",
    ):
        nearly = 0
    first = start - nearly
    if _has_years(words, end):
        return None if _is_past(words, first, loose=False) else age - bool(nearly)
    after = word_at(words, end)
    if after in phrases("ages.units") and not _is_sex(message, start, end):
        return None
    if nearly and before not in ("close", "almost", "nearly", "to") and 14 <= age:
        if phrases("ages.nearly").before(words, start) and word_at(words, start - nearly - 1) in (
            "i",
            "am",
            "is",
            "he",
            "she",
            "'s",
            "",
            ",",
            ".",
        ):
            return None if after in SEPARATORS and before == "on" else age - 1
    if phrases("ages.before").before(words, start):
        return (
            None
            if _is_past(words, start - phrases("ages.before").before(words, start), loose=False)
            else age
        )
    if _is_person_is(words, first):
        return age - bool(nearly)
    if _is_sex(message, start, end) or _sex_before(words, start):
        return age
    if before in phrases("ages.people") and (is_end(words, end) or after in ("and", "with")):
        return age
    if _is_at_age(words, start, end, age):
        return age
    if (
        after == "i"
        and word_at(words, end + 1) == "am"
        and age >= 12
        and (not before or before in SEPARATORS)
    ):
        return age  # "Seventy-two I am"
    if before == "have" and word_at(words, start - 2) == "i" and after in ("years", "year"):
        return age if is_end(words, end + 1) and age >= 14 else None
    return None


def is_end(words: Sequence[str], at: int) -> bool:
    """Whether a stretch of words ends there."""
    return at >= len(words) or words[at] in SEPARATORS


def _has_years(words: Sequence[str], end: int) -> bool:
    """Whether "years old", "yo", "-year-old", "y/o" follows."""
    at = end + (word_at(words, end) == "-")
    if word_at(words, at) in ("yo", "y.o", "yrold", "yearold"):
        return True
    if word_at(words, at) not in _YEARS:
        return word_at(words, at) == "old" and word_at(words, end) != "-"
    at += 1
    while word_at(words, at) in ("-", "/", "."):
        at += 1
    return word_at(words, at) in _OLD and not (
        word_at(words, at) == "of" and word_at(words, at + 1) != "age"
    )


def _is_of_a_thing(words: Sequence[str], end: int) -> bool:
    """ "A 10 year old injury", "2 year old shoes", "my 20 year olds"."""
    if not _has_years(words, end):
        return False
    at = end
    while at < min(len(words), end + 6) and words[at] not in ("old", "yo"):
        at += 1
    following = words[at + 1 : at + 3]
    return word_at(words, at) == "olds" or bool(phrases("ages.things").find(following))


def _is_past(words: Sequence[str], start: int, loose: bool) -> bool:
    """Whether words before make it an age gone by: "diagnosed at age 30"."""
    near = words[max(0, start - (4 if loose else 3)) : start]
    for index, word in enumerate(near):
        if word in SEPARATORS:
            near = near[index + 1 :]
            break
    if "am" in near or "is" in near or "'s" in near:
        return False
    return any(word in phrases("ages.past") for word in near)


def _is_person_is(words: Sequence[str], start: int) -> bool:
    """ "I am 34", "my son is 11", "my mother's eighty-six", "daughters 7"."""
    at = start - 1
    while word_at(words, at) in (
        "only",
        "just",
        "now",
        "about",
        "like",
        "a",
        "almost",
        "turning",
        "officially",
        "around",
    ):
        at -= 1
    verb = word_at(words, at)
    if verb in ("am", "'m"):
        return word_at(words, at - 1) == "i" and word_at(words, at - 2) not in (
            "when",
            "since",
            "until",
        )
    if verb in ("is", "'s", "are"):
        who = word_at(words, at - 1)
        if who in ("he", "she", "they"):
            return word_at(words, at - 2) not in ("when", "since", "until")
        if who in phrases("ages.not_people"):
            return False
        return who in phrases("ages.people") or (who == "who")
    return verb in (
        "sons",
        "daughters",
        "moms",
        "dads",
        "mums",
        "husbands",
        "wifes",
        "kids",
        "lads",
        "mothers",
        "fathers",
    )


def _is_sex(message: Message, start: int, end: int) -> bool:
    """ "45M", "34F", "52 female", "68 yo gal" at the start of a stretch or after "I am a"."""
    words = message.words
    after = word_at(words, end)
    at = end + (after in ("/", "-", "yo", "year"))
    sex = word_at(words, at)
    if sex not in phrases("ages.sex"):
        return False
    before = word_at(words, start - 1)
    if sex in ("m", "f") and message.tokens[start].end > message.tokens[end].start and False:
        return False
    if sex in ("m",) and not is_end(words, at + 1) and word_at(words, at + 1) not in (
        "in", "and", "with", "here", "ok", "from", "runner", "left", "right", "my", "who", "both", "so", "w", "near", "been", "had", "heel", "achilles", "has", "calf", "live", "no",
    ):  # fmt: skip
        return False
    fresh = (
        not before
        or before in SEPARATORS
        or before
        in ("am", "is", "a", "so", "hey", "hi", "hello", "and", "here", "im", "'s", "old", "ok")
    )
    return fresh and number_is_adult_or_teen(words, start)


def number_is_adult_or_teen(words: Sequence[str], start: int) -> bool:
    """Whether a number stands before a word of sex as an age, not as a count ("2 boys")."""
    return len(words[start]) > 1 and words[start] not in (
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    )


def _sex_before(words: Sequence[str], start: int) -> bool:
    """ "F52", "male, 34", "female 52"."""
    at = start - 1 - (word_at(words, start - 1) in (",", "/", "-"))
    return (
        word_at(words, at) in ("f", "m", "male", "female", "homme", "femme")
        and (
            at == 0
            or word_at(words, at - 1) in SEPARATORS
            or word_at(words, at - 1) in ("am", "a", "year")
        )
        and len(words[start]) > 1
    )


def _is_at_age(words: Sequence[str], start: int, end: int, age: float) -> bool:
    """ "At 71 I'm hardly likely to be": an age now, not "retired at 65"."""
    if word_at(words, start - 1) != "at" or age < 18:
        return False
    if word_at(words, start - 2) and word_at(words, start - 2) not in SEPARATORS | {
        "and",
        "but",
        "because",
        "so",
    }:
        return False
    following = words[end : end + 3]
    return (
        following[:2] == ["i", "am"]
        or following[:1] in (["my"], ["you"], ["everything"])
        or (
            following[:1] == ["i"]
            and word_at(words, end + 1)
            in ("can", "do", "still", "have", "should", "would", "feel", "guess", "know")
        )
    )


def _decades(words: Sequence[str]) -> Iterator[Value]:
    """ "In my forties", "mid 50s", "in her early sixties"."""
    names = value_words().numbers["ages.decades"]
    for at, word in enumerate(words):
        age = names.get(word, 0.0)
        end = at + 1
        if (
            not age
            and word in ("20", "30", "40", "50", "60", "70", "80", "90")
            and word_at(words, at + 1) in ("s", "'s", "something", "ish")
        ):
            age, end = float(word) + 5, at + 2
        elif not age and word in (
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
        ):
            if word_at(words, at + 1) in ("something", "ish") or (
                word_at(words, at + 1),
                word_at(words, at + 2),
            ) == ("-", "something"):
                age, end = names[{"forty": "forties"}.get(word, word[:-1] + "ies")], at + 2
        elif (
            not age
            and word in ("20", "30", "40", "50", "60", "70", "80")
            and (word_at(words, at + 1), word_at(words, at + 2)) == ("-", "something")
        ):
            age, end = float(word) + 5, at + 3
        if not age:
            continue
        near = words[max(0, at - 4) : at]
        mine = {"my", "his", "her", "their", "our"} & set(near) or (
            near[-1:] and near[-1] in ("am", "'s", "is", "early", "late", "mid", "middle", "a")
        )
        if not mine or "over" in near or "the" in near[-1:]:
            continue
        if _is_past(words, max(0, at - 2), loose=True) or "since" in near or "when" in near:
            continue
        yield Value("age_band", age_band(age), at, end)


def _fragments(message: Message) -> Iterator[Value]:
    """A number alone between marks in a longer message: "left side, 29"."""
    words = message.words
    if len(words) <= _LONG:
        return
    for number in number_spans(words):
        age, start, end = number.low, number.start, number.end
        if number.high != age or age != int(age) or not _FRAGMENT_FROM <= age <= 100:
            continue
        if words[start].isdigit() and len(words[start]) != 2:
            continue
        if 35 <= age <= 42 and _FEVER & set(words[max(0, start - 6) : start]):
            continue
        stop = end + (word_at(words, end) in _YEARS)
        boundary = is_fragment(words, start, stop)
        birthday = word_at(words, end) in ("next", "last") and word_at(words, end + 1) == "birthday"
        sexed = word_at(words, end) in ("with", "and") and is_fragment(words, start, start + 1)
        role = word_at(words, end) in phrases("ages.sex") and (
            start == 0 or words[start - 1] in SEPARATORS
        )
        if not (boundary or birthday or sexed or role):
            continue
        if word_at(words, start - 1) in ("-", "(") or word_at(words, end) in ("-", ":", ")"):
            continue
        # "20, 30 min" and "3, 4, 5": a list of numbers holds no age.
        if word_at(words, start - 2)[:1].isdigit() or (
            word_at(words, end) == "," and word_at(words, end + 1)[:1].isdigit()
        ):
            if word_at(words, end + 1) and word_at(words, end + 1)[:1].isdigit():
                continue
        yield Value("age_band", age_band(age - birthday), start, end)
        return
