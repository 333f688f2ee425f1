"""Numbers, ages, places: the findings that are values rather than phrases."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message, distance
from rasa_project.language.numbers import Number, number_at
from rasa_project.language.times import Kind, Span

_MILE_KM = 1.609344
_NOT_AGE_UNITS = set(
    [
        "minute",
        "minutes",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "km",
        "mile",
        "miles",
        "kg",
        "pounds",
        "pound",
        "lbs",
        "feet",
        "foot",
        "ft",
        "cm",
        "m",
        "inches",
        "percent",
        "%",
        "/",
        "out",
        "times",
        "of",
        "k",
        "reps",
        "sets",
        "steps",
        "step",
        "%",
        "or",
        "to",
        "degrees",
        "°",
    ]
)
_POSTAL = re.compile(
    r"(?<![a-z0-9])([abceghj-nprstvxy]\d[abceghj-nprstv-z])"
    r"(?:[ -]?\d[abceghj-nprstv-z]\d)?(?![a-z0-9])",
    re.IGNORECASE,
)
_OTHER_DATES = set(
    [
        "took",
        "taken",
        "finished",
        "completed",
        "shot",
        "injection",
        "surgery",
        "operation",
        "vaccine",
        "bought",
        "flight",
        "flew",
        "trip",
        "vacation",
        "cortisone",
        "antibiotics",
        "antibiotic",
        "scan",
        "mri",
        "xray",
        "appointment",
        "pregnant",
        "birth",
        "born",
        "married",
        "retired",
        "moved",
    ]
)
"""Words that show a time dates something else than the complaint."""

_NOT_DURATION = {"pregnant", "old", "postpartum", "post", "off", "rest", "break"}
_NOT_DURATION_PAIRS = (["of", "rest"], ["of", "physio"], ["of", "resting"], ["of", "running"])


@dataclass(frozen=True)
class Value:
    """A value for a fact, and its words ``start`` up to ``end``."""

    fact: str
    value: str | int | float
    start: int
    end: int


def read_values(message: Message, used_times: Sequence[Span]) -> Iterator[Value]:
    """Every value in the message.

    Args:
        message: The message.
        used_times: Times that belong to a finding of history ("cipro 2 months ago").
    """
    readers: tuple[Callable[[Message], Iterator[Value]], ...] = (
        _ages, _pains, _weekly_distances, _goal,
    )  # fmt: skip
    stiff = list(_stiffness(message))
    yield from stiff
    for reader in readers:
        yield from reader(message)
    taken = {at for value in stiff for at in range(value.start, value.end)}
    yield from _duration(message, used_times, taken)


def postal_area(text: str) -> tuple[str, int, int] | None:
    """The first three characters of a Canadian postal code, with their span.

    The rest of the code would point at a house; it is not kept.
    """
    match = _POSTAL.search(text)
    if match is None:
        return None
    return match.group(1).upper(), match.start(1), match.end(1)


def age_band(age: float) -> str:
    """The protocol's age band of an age in years."""
    for below, band in ((8, "u8"), (16, "8_15"), (18, "16_17"), (40, "18_39"), (60, "40_59")):
        if age < below:
            return band
    return "60p"


def _number_spans(words: Sequence[str]) -> Iterator[Number]:
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
        else:
            yield number
            at = number.end


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _ages(message: Message) -> Iterator[Value]:
    """ "I'm 66", "45 years old", "45yo", "age 45", "in my 50s", "turned 60", "45M"."""
    words = message.words
    for number in _number_spans(words):
        age, start, end = number.low, number.start, number.end
        if number.low != number.high or not 1 <= age <= 110 or age != int(age):
            continue
        if words[start] in ("a", "an"):
            continue
        after, then = _word(words, end), _word(words, end + 1)
        old_at = end + (1 if after == "-" else 0)
        unit, old = _word(words, old_at), _word(words, old_at + 1)
        if old == "-":
            old = _word(words, old_at + 2)
        before = [_word(words, start - 2), _word(words, start - 1)]
        said = (
            (unit in ("year", "years") and old in ("old", "young", "of"))
            or (after in ("yo", "y") or (after == "y" and then == "o"))
            or before[1] in ("age", "aged")
            or before == ["age", "is"]
            or before == ["just", "turned"]
            or before[1] == "turned"
            or (before[1] == ":" and before[0] == "age")
        )
        bare = (
            before[1] in ("am", "is", "'s")
            and after not in _NOT_AGE_UNITS
            and unit not in ("year", "years")
        )
        person = before[0] in (
            "i",
            "he",
            "she",
            "son",
            "daughter",
            "who",
            "kid",
            "and",
            "wife",
            "husband",
            "dad",
            "mom",
        )
        if said or (
            bare
            and person
            and (
                after
                in (
                    "",
                    ",",
                    ".",
                    "and",
                    "now",
                    "!",
                    ";",
                    "m",
                    "f",
                    "male",
                    "female",
                    "but",
                    "\n",
                    "today",
                    "this",
                    "with",
                )
                or (
                    before[0] in ("i",)
                    and age >= 12
                    and after in ("female", "male", "runner", "guy", "woman")
                )
            )
        ):
            yield Value(
                "age_band",
                age_band(age),
                start,
                old_at + 2 if said and unit in ("year", "years") else end,
            )
            continue
        if after in ("m", "f") and age >= 12 and before[1] in ("", "am", ",", "."):
            yield Value("age_band", age_band(age), start, end + 1)
    for at, word in enumerate(words):
        if word in (
            "20",
            "30",
            "40",
            "50",
            "60",
            "70",
            "80",
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
        ):
            decade = {
                "twenties": 20,
                "thirties": 30,
                "forties": 40,
                "fifties": 50,
                "sixties": 60,
                "seventies": 70,
                "eighties": 80,
            }
            age = decade.get(word) or (int(word) if _word(words, at + 1) in ("s", "'s") else 0)
            if (age and "my" in words[max(0, at - 3) : at]) or (
                age and "his" in words[max(0, at - 3) : at]
            ):
                yield Value("age_band", age_band(age), at, at + 1)


def _pains(message: Message) -> Iterator[Value]:
    """ "4/10 pushing off", "about a 4", "9 out of 10 at rest"."""
    words = message.words
    rest, push = message.cues("rest"), message.cues("push")
    for number in _number_spans(words):
        score, end = number.high, number.end
        out_of = _word(words, end) == "/" and _word(words, end + 1) in ("10", "ten")
        out_of = out_of or (
            _word(words, end) == "out"
            and _word(words, end + 1) == "of"
            and _word(words, end + 2) in ("10", "ten")
        )
        if not 0 <= score <= 10:
            continue
        if out_of:
            end += 2 if words[end] == "/" else 3
        elif not _plain_score(words, number, message):
            continue
        place = (number.start, end)
        at_rest = _closest(message, place, rest)
        pushing = _closest(message, place, push)
        fact = "rest_nrs" if at_rest < pushing else "push_off_nrs"
        yield Value(fact, _whole(score), number.start, end)


def _plain_score(words: Sequence[str], number: Number, message: Message) -> bool:
    """ "pain is about a 4", "a 6 when I push off": a number that can only be a score."""
    after = _word(words, number.end)
    if (after in _NOT_AGE_UNITS and after != "or") or words[number.start] in (
        "a",
        "an",
        "one",
        "half",
    ):
        return False
    before = [_word(words, at) for at in range(max(0, number.start - 4), number.start)]
    if before[-1:] == ["a"] and _word(words, number.end) in (
        "",
        ",",
        ".",
        "when",
        "at",
        "pushing",
        "on",
        "walking",
        "running",
        "but",
        "and",
        "now",
        "for",
        "resting",
        "if",
        "!",
        "with",
    ):
        return bool(message.cues("pain") or message.cues("push"))
    near = set(before[-3:])
    return (
        bool(near & {"pain", "hurts", "level", "score", "nrs"})
        and bool(near & {"is", "at", "level", "score", "nrs", ":", "around", "about", "a"})
        and after in ("", ",", ".", "when", "at", "pushing", "on", "but", "and", "if", "!")
    )


def _closest(message: Message, place: tuple[int, int], cues: Sequence[Hit]) -> float:
    near = [
        distance(place, (cue.start, cue.end))
        + (0 if message.same_clause(cue.start, place[0]) else 6)
        for cue in cues
        if message.same_sentence(cue.start, place[0])
    ]
    return min(near, default=99)


def _stiffness(message: Message) -> Iterator[Value]:
    """Minutes of morning stiffness; a range gives its upper end."""
    stiff, first_thing = message.cues("stiff"), message.cues("first_thing")
    for time in message.times:
        if time.unit not in ("minute", "minutes", "hour", "hours", "second", "seconds"):
            continue
        if time.kind is Kind.AGO or time.days * 1440 > 24 * 60:
            continue
        place = (time.start, time.end)
        near = [
            cue
            for cue in (*stiff, *first_thing)
            if message.same_sentence(cue.start, time.start)
            and distance(place, (cue.start, cue.end)) <= 9
        ]
        if (near and any(cue in stiff for cue in near)) or (near and len(message.words) <= 14):
            minutes = min(round(time.days * 1440), 180)
            yield Value("stiffness_min", minutes, time.start, time.end)
            return
    words = message.words
    for at, word in enumerate(words):
        denial = word in ("no", "not", "never", "without")
        if (denial and _word(words, at + 1) in ("stiff", "stiffness")) or (
            denial and _word(words, at + 1) == "morning" and _word(words, at + 2) == "stiffness"
        ):
            yield Value("stiffness_min", 0, at, min(at + 3, len(words)))
            return


def _weekly_distances(message: Message) -> Iterator[Value]:
    """ "from 30 to 55k a week", "was doing 30k a week, now 55"."""
    words = message.words
    for at, word in enumerate(words):
        if word != "from":
            continue
        first = number_at(words, at + 1)
        if first is None:
            continue
        low, high, end = first.low, first.high, first.end
        unit = _word(words, end)
        if low == high:
            middle = end + (1 if unit in ("km", "mile") else 0)
            middle += 2 if words[middle : middle + 2] in (["a", "week"], ["per", "week"]) else 0
            if _word(words, middle) not in ("to", "up", "-"):
                continue
            second_at = middle + (2 if _word(words, middle) == "up" else 1)
            second = number_at(words, second_at)
            if second is None:
                continue
            high, end = second.high, second.end
            unit = _word(words, end) if _word(words, end) in ("km", "mile") else unit
        if unit not in ("km", "mile"):
            continue
        factor = _MILE_KM if unit == "mile" else 1.0
        tail = set(words[end : end + 6]) | set(words[max(0, at - 6) : at])
        if "long" in tail or "longest" in tail:
            before, now = "longest_run_before", "longest_run_now"
        else:
            before, now = "weekly_km_before", "weekly_km_now"
        yield Value(before, _whole(low * factor), at, end + 1)
        yield Value(now, _whole(high * factor), at, end + 1)
        if high > low:
            yield Value("training_change", "mileage", at, end + 1)
        return
    for number in _number_spans(words):
        unit = _word(words, number.end)
        each = words[number.end + 1 : number.end + 3]
        weekly = each[:1] == ["/"] or each in (
            ["a", "week"],
            ["per", "week"],
            ["each", "week"],
            ["every", "week"],
        )
        if unit in ("km", "mile") and (weekly or _word(words, number.end + 1) == "weekly"):
            factor = _MILE_KM if unit == "mile" else 1.0
            earlier = {"was", "were", "used", "before", "previously"} & set(
                words[max(0, number.start - 5) : number.start]
            )
            fact = "weekly_km_before" if earlier else "weekly_km_now"
            yield Value(fact, _whole(number.high * factor), number.start, number.end + 1)


def _goal(message: Message) -> Iterator[Value]:
    """Weeks until an event: "marathon in 6 weeks"."""
    events = {
        "marathon",
        "race",
        "half",
        "10k",
        "event",
        "ultra",
        "triathlon",
        "tournament",
        "ironman",
        "season",
        "5k",
    }
    for time in message.times:
        if time.kind is Kind.AHEAD and time.days >= 1 and events & set(message.words):
            yield Value("goal_weeks", round(time.days / 7), time.start, time.end)
            return


def _duration(message: Message, used_times: Sequence[Span], taken: set[int]) -> Iterator[Value]:
    """Days since it started: of all times said, the one that dates the complaint."""
    rested = message.cues("rested")
    pops = [
        hit
        for hit in message.findings
        if hit.entry.label
        in ("onset.sudden_pop", "onset.fall_or_blow", "onset.fall_height", "onset.sudden_no_pop")
    ]
    options: list[tuple[int, Span]] = []
    for order, time in enumerate(message.times):
        if time in used_times or taken & set(range(time.start, time.end)):
            continue
        if time.kind in (Kind.AHEAD, Kind.EACH) or time.unit in (
            "minute",
            "minutes",
            "second",
            "seconds",
        ):
            continue
        after = message.words[time.end : time.end + 2]
        if (after[:1] and after[0] in _NOT_DURATION) or after in _NOT_DURATION_PAIRS:
            continue
        if time.unit in ("hour", "hours") and time.kind is not Kind.AGO:
            continue
        if time.unit in ("night", "nights", "year") and time.kind is Kind.BARE:
            continue
        place = (time.start, time.end)
        resting = any(
            message.same_clause(cue.start, time.start)
            and distance(place, (cue.start, cue.end)) <= 3
            for cue in rested
        )
        if resting:
            continue
        clause = {
            word for at, word in enumerate(message.words) if message.same_clause(at, time.start)
        }
        inside = any(
            hit.start <= time.start and time.end <= hit.end
            for hit in message.findings
            if hit.entry.fact != "onset"
        )
        if inside or clause & _OTHER_DATES:
            continue
        near_pop = any(message.same_clause(pop.start, time.start) for pop in pops)
        if (
            time.kind is Kind.BARE
            and len(message.words) > 6
            and not near_pop
            and not (message.cues("pain") or message.cues("stiff") or pops)
        ):
            continue
        rank = (
            0
            if near_pop
            else {Kind.DAY: 1, Kind.SINCE: 2, Kind.AGO: 2, Kind.FOR: 2}.get(time.kind, 3)
        )
        options.append((rank * 100 + order, time))
    if options:
        time = min(options, key=lambda option: option[0])[1]
        yield Value("duration_days", int(time.days), time.start, time.end)


def _whole(number: float) -> int | float:
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
