"""Kilometres a week and the longest run, before and now: "from 30 to 55k a week"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasa_project.language.message import Message
from rasa_project.language.numbers import Number, number_at, number_spans
from rasa_project.language.value_words import phrases, value_words
from rasa_project.language.values.common import Value, whole, word_at

_KM = {"km": 1.0, "k": 1.0, "ks": 1.0, "mile": 1.609344, "mi": 1.609344}
_NEAR = 8
_UNITLESS_BEFORE = {
    "be",
    "was",
    "were",
    "is",
    "to",
    "from",
    "now",
    "did",
    "at",
    "do",
    "doing",
    "like",
    "about",
    "around",
    "are",
    "only",
    "of",
}
_UNITLESS_AFTER = {
    "now", "before", "b4", "previously", "currently", "lately", "", ",", ".", ",,", "these", "!", "and", "so", "it", "i", "is", "my", "but", "just",
    "a", "per", "/", "then", "at", "which", "last", "in",
}  # fmt: skip
_MOST_WEEKLY, _MOST_LONG = 400.0, 300.0


@dataclass(frozen=True)
class _Distance:
    """A distance said with words ``start`` up to ``end``; ``factor`` None without a unit."""

    low: float
    high: float
    start: int
    end: int
    factor: float | None
    weekly: bool = False
    long: bool = False
    when: str = ""  # "before" or "now"


def read_distances(message: Message) -> Iterator[Value]:
    """Weekly distance and longest run, in km; a rise in them is a change of training."""
    words = message.words
    if not any(word in _KM for word in words) and not phrases("distances.longest").anywhere(words):
        return
    pair = _change(message)
    if pair is not None:
        yield from _values(*pair, rise=True)
        return
    yield from _separate(message)


def _values(before: _Distance | None, now: _Distance | None, rise: bool = False) -> Iterator[Value]:
    anchor = now or before
    assert anchor is not None
    kind, most = ("longest_run", _MOST_LONG) if anchor.long else ("weekly_km", _MOST_WEEKLY)
    factor = next((one.factor for one in (now, before) if one and one.factor), 1.0)
    for one, name in ((before, "before"), (now, "now")):
        if one is not None:
            km = whole(one.high * (one.factor or factor))
            if 0 <= km <= most:
                yield Value(f"{kind}_{name}", km, one.start, one.end)
    if rise and before is not None and now is not None:
        if now.high * (now.factor or factor) > before.high * (before.factor or factor):
            yield Value("training_change", "mileage", before.start, now.end)


def _distances(message: Message) -> list[_Distance]:
    """Every number that is, or could be, a distance."""
    words = message.words
    found = []
    for number in number_spans(words):
        if words[number.start] in (
            "a",
            "an",
            "half",
            "couple",
            "few",
            "several",
            "most",
            "best",
            "better",
        ):
            continue
        if word_at(words, number.start - 1) == "b":
            continue  # "b4"
        unit_at = number.end + (word_at(words, number.end) in ("-", "ish", "odd"))
        factor = _KM.get(word_at(words, unit_at))
        end = unit_at + 1 if factor else number.end
        found.append(_Distance(number.low, number.high, number.start, end, factor))
    return found


def _is_weekly(words: Sequence[str], end: int) -> bool:
    at = end + (word_at(words, end) in ("total", "or", "of", "running"))
    return bool(at < len(words) and phrases("distances.weekly").at(words, at)) or (
        word_at(words, end) == "/" and word_at(words, end + 1)[:1] == "w"
    )


def _is_long(message: Message, start: int, end: int) -> bool:
    """Whether the nearest word of distance around is one of the longest run."""
    words = message.words
    return any(
        message.same_sentence(first, start) and max(first - end, start - last) <= _NEAR
        for first, last in phrases("distances.longest").find(words)
    )


def _is_other(message: Message, one: _Distance) -> bool:
    """Cycling, a drive, the dog: no running distance."""
    words = message.words
    first, last = max(0, one.start - 4), min(len(words), one.end + 4)
    near = [
        at
        for at, _ in phrases("distances.other_doing").find(words, first, last)
        if message.same_clause(at, one.start)
    ]
    run = any(
        words[at] in ("run", "running", "ran", "runs", "jog", "mileage")
        for at in range(first, last)
    )
    daily = words[one.end : one.end + 2] in (
        ["a", "day"],
        ["per", "day"],
        ["every", "day"],
        ["each", "day"],
    )
    return (
        bool(near and not run)
        or daily
        or word_at(words, one.end) in ("daily", "race", "away", "an", "per")
    )


def _change(message: Message) -> tuple[_Distance, _Distance] | None:
    """ "From 30 to 55k a week", "40k/week up from 25", "doubled to 40k a week"."""
    words = message.words
    found = _distances(message)
    for index, one in enumerate(found):
        near = words[max(0, one.start - 6) : one.start]
        if (
            one.low < one.high
            and _joins_with(words, one) in ("to", "-", "till")
            and ({"from"} & set(near) or _rises(near))
        ):
            if not one.factor and not _about_running(message, one):
                continue
            if _is_other(message, one) or _unit_is_other(words, one):
                continue
            long = _is_long(message, one.start, one.end)
            return replace(one, high=one.low, long=long), replace(one, long=long)
        if index + 1 >= len(found):
            continue
        two = found[index + 1]
        between = words[one.end : two.start]
        if two.start - one.end > 7 or not message.same_sentence(one.start, two.start):
            continue
        if _is_other(message, two) or _unit_is_other(words, two) or _unit_is_other(words, one):
            continue
        if not (one.factor or two.factor or _about_running(message, two)):
            continue
        long = _is_long(message, one.start, two.end) and not (
            _is_weekly(words, two.end) or _is_weekly(words, one.end)
        )
        if (
            "to" in between
            and "from" not in between
            and ("from" in near or _rises(near))
            and "used" not in between
        ):
            return replace(one, long=long), replace(two, long=long)
        if between[-1:] == ["from"] or between[-2:] in (
            ["from", "about"],
            ["from", "like"],
            ["from", "around"],
            ["from", "maybe"],
        ):
            if one.factor or two.factor or _rises(near):
                return replace(two, long=long), replace(one, long=long)
    for one in found:
        near = words[max(0, one.start - 5) : one.start]
        times = [
            value_words().numbers["distances.times"][word]
            for word in near
            if word in value_words().numbers["distances.times"]
        ]
        if one.factor and times and near[-1:] == ["to"] and _is_weekly(words, one.end):
            return replace(one, high=one.high / times[0]), one
    return None


def _joins_with(words: Sequence[str], one: _Distance) -> str:
    first = number_at(words[: one.end], one.start)
    joined = [
        word
        for word in words[one.start : (first.end if first else one.end)]
        if word in ("to", "-", "till", "or", "/")
    ]
    return joined[-1] if joined else ""


def _rises(near: Sequence[str]) -> bool:
    return bool(
        {
            "went",
            "jumped",
            "bumped",
            "upped",
            "increased",
            "ramped",
            "raised",
            "go",
            "going",
            "jump",
            "up",
            "built",
            "gone",
            "dropped",
            "cut",
            "reduced",
            "down",
        }
        & set(near)
    )


def _about_running(message: Message, one: _Distance) -> bool:
    """Whether words of the same clause are about running distance, for numbers without a unit."""
    words = message.words
    return any(message.same_sentence(at, one.start) and abs(at - one.start) <= _NEAR for at, _ in (
        *phrases("distances.longest").find(words),
        *((at, end) for at, end in phrases("distances.run").find(words) if words[at] in ("mileage", "distance", "volume", "weekly")),
    )) or _is_weekly(words, one.end)  # fmt: skip


def _unit_is_other(words: Sequence[str], one: _Distance) -> bool:
    """Whether the number counts something else: minutes, classes, days."""
    after = word_at(words, one.end)
    return not one.factor and (
        after in value_words().units
        or after in phrases("ages.units")
        and after not in ("to", "from", "or", "in", "km")
    )


def _separate(message: Message) -> Iterator[Value]:
    """ "10 miles a week before, 25 now", "longest used to be 12k, just did 24"."""
    words = message.words
    found = [
        one
        for one in _distances(message)
        if not _is_other(message, one) and not _unit_is_other(words, one)
    ]
    for kind in ("weekly", "long"):
        anchors = [
            one
            for one in found
            if (one.factor or kind == "long") and _is_kind(message, one, kind) and one.high >= 1
        ]
        if not anchors:
            continue
        anchor = replace(anchors[0], long=kind == "long")
        partner = _partner(message, anchor, found, kind) or _multiple(message, anchor)
        anchor = replace(anchor, when=_when(message, anchor, kind))
        if partner is None:
            yield from _values(*((anchor, None) if anchor.when == "before" else (None, anchor)))
            continue
        partner = replace(
            partner, long=anchor.long, when=partner.when or _when(message, partner, kind)
        )
        first, second = (anchor, partner) if anchor.start < partner.start else (partner, anchor)
        if first.when == "now" or (second.when == "before" and first.when != "before"):
            first, second = second, first
        yield from _values(first, second)


def _is_kind(message: Message, one: _Distance, kind: str) -> bool:
    words = message.words
    if kind == "long":
        if not one.factor and not _fits_without_unit(words, one):
            return False
        return _is_long(message, one.start, one.end) and not _is_weekly(words, one.end)
    if _is_weekly(words, one.end):
        return True
    each = {("each", "week"), ("every", "week"), ("per", "week"), ("a", "week")}
    before = words[max(0, one.start - 7) : one.start]
    return (
        any(pair in each for pair in zip(before, before[1:], strict=False))
        or bool({"mileage", "volume"} & set(before[-5:]))
        or "weekly" in before[-4:]
    )


def _fits_without_unit(words: Sequence[str], one: _Distance) -> bool:
    return word_at(words, one.start - 1) in _UNITLESS_BEFORE and (
        word_at(words, one.end) in _UNITLESS_AFTER
        or word_at(words, one.end) in ("now", "last", "on")
    )


def _partner(
    message: Message, anchor: _Distance, found: Sequence[_Distance], kind: str
) -> _Distance | None:
    """The other number of a before and now, near the anchor."""
    words = message.words
    for one in found:
        if (
            one.start == anchor.start
            or abs(message.sentence[one.start] - message.sentence[anchor.start]) > 1
        ):
            continue
        gap = max(one.start - anchor.end, anchor.start - one.end)
        if gap > 14 or one.high < 1:
            continue
        said = _when(message, one, kind)
        if one.factor is None and not (
            _fits_without_unit(words, one) or (said and word_at(words, one.end) in _UNITLESS_AFTER)
        ):
            continue
        if one.factor is None and not said:
            continue
        if one.factor is not None and not (said or _is_kind(message, one, kind)):
            continue
        if (
            kind == "weekly"
            and _is_long(message, one.start, one.end)
            and not _is_weekly(words, one.end)
        ):
            continue
        return one
    return None


def _multiple(message: Message, anchor: _Distance) -> _Distance | None:
    """ "At present double of that"."""
    words = message.words
    times = value_words().numbers["distances.times"]
    for at in range(anchor.end, min(len(words), anchor.end + 10)):
        if words[at] in times and {"that", "it", "now", "of"} & set(words[at + 1 : at + 4]) | (
            {"now", "present"} & set(words[max(0, at - 3) : at])
        ):
            if words[at] == "half" and "marathon" in words[at : at + 2]:
                continue
            number = Number(
                anchor.high * times[words[at]], anchor.high * times[words[at]], at, at + 1
            )
            return _Distance(number.low, number.high, at, at + 1, anchor.factor, when="now")
    return None


def _when(message: Message, one: _Distance, kind: str) -> str:
    """Whether words near a distance say "before" or "now"; the nearest decide."""
    words = message.words
    best: list[tuple[float, str]] = []
    for name in ("before", "now"):
        for start, end in phrases(f"distances.{name}").find(
            words, max(0, one.start - 7), min(len(words), one.end + 6)
        ):
            if not message.same_sentence(start, one.start) or (start < one.end and one.start < end):
                continue
            gap = one.start - end if end <= one.start else start - one.end + 0.5
            between = words[end : one.start] if end <= one.start else words[one.end : start]
            if start >= one.end and any(word[0].isdigit() for word in words[end : end + 4]):
                gap += 4  # "6 miles, now it is 10": the word belongs to the next number
            gap += 3 * sum(
                word in (",", "but", "and", ",,") or word[0].isdigit() for word in between
            )
            if kind == "long" and words[start] in ("was", "were", "been") and end - start == 1:
                gap += 4
            best.append((gap, name))
    return min(best)[1] if best else ""
