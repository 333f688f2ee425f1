"""Kilometres a week and the longest run, before and now: "from 30 to 55k a week"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rasa_project.language.message import Message
from rasa_project.language.value_words import phrases, value_words
from rasa_project.language.values.common import Value, whole, word_at
from rasa_project.language.values.lengths import (
    UNITS,
    Length,
    is_about_running,
    is_kind,
    is_long,
    is_weekly,
    lengths,
    rises,
    said_when,
    stands_without_unit,
)

_MOST = {"weekly_km": 400.0, "longest_run": 300.0}
_BETWEEN, _PARTNER_REACH, _MULTIPLE_REACH = 7, 14, 10
_FROM = {"about", "like", "around", "maybe", "roughly"}


def read_distances(message: Message) -> Iterator[Value]:
    """Weekly distance and longest run, in km; a rise in them is a change of training."""
    words = message.words
    if not any(word in UNITS for word in words) and not phrases("distances.longest").anywhere(
        words
    ):
        return
    found = lengths(message)
    change = _change(message, found)
    if change is not None:
        yield from _values(*change)
        before, now = change
        if now.high * _factor(now, before) > before.high * _factor(before, now):
            yield Value(
                "training_change", "mileage", min(before.start, now.start), max(before.end, now.end)
            )
        return
    for kind in ("weekly", "long"):
        before_now = _separate(message, found, kind)
        if before_now is not None:
            yield from _values(*before_now)


def _factor(one: Length, other: Length | None) -> float:
    return one.factor or (other.factor if other and other.factor else 1.0)


def _values(before: Length | None, now: Length | None) -> Iterator[Value]:
    for one, other, name in ((before, now, "before"), (now, before, "now")):
        if one is None:
            continue
        kind = "longest_run" if one.long else "weekly_km"
        km = whole(one.high * _factor(one, other))
        if 0 <= km <= _MOST[kind]:
            yield Value(f"{kind}_{name}", km, one.start, one.end)


def _change(message: Message, found: Sequence[Length]) -> tuple[Length, Length] | None:
    """ "From 30 to 55k a week", "40k/week up from 25", "doubled to 40k a week"."""
    for index, one in enumerate(found):
        change = _range(message, one) or _doubled(message, one)
        if change is None and index + 1 < len(found):
            change = _two(message, one, found[index + 1])
        if change is not None:
            return change
    return None


def _range(message: Message, one: Length) -> tuple[Length, Length] | None:
    """ "From 30 to 55k": read as one number with a lower and an upper end."""
    words = message.words
    near = words[max(0, one.start - 6) : one.start]
    if one.low == one.high or not {"to", "-", "till"} & set(words[one.start : one.end]):
        return None
    if not rises(near) or not (one.factor or is_about_running(message, one)):
        return None
    long = is_long(message, one)
    return replace(one, high=one.low, long=long), replace(one, long=long)


def _two(message: Message, one: Length, two: Length) -> tuple[Length, Length] | None:
    """ "From 60 km to 30", "28 from 18"."""
    words = message.words
    near, between = words[max(0, one.start - 6) : one.start], words[one.end : two.start]
    if len(between) > _BETWEEN or not message.same_sentence(one.start, two.start):
        return None
    if not (one.factor or two.factor or is_about_running(message, two)):
        return None
    weekly = is_weekly(words, one.end) or is_weekly(words, two.end)
    long = not weekly and (is_long(message, one) or is_long(message, two))
    one, two = replace(one, long=long), replace(two, long=long)
    if "to" in between and not {"from", "used"} & set(between) and rises(near):
        return one, two
    came_from = between[-1:] == ["from"] or (between[-2:-1] == ["from"] and between[-1] in _FROM)
    if came_from and (one.factor or two.factor or rises(near)):
        return two, one
    return None


def _doubled(message: Message, one: Length) -> tuple[Length, Length] | None:
    """ "Doubled to 40k a week"."""
    words, times = message.words, value_words().numbers["distances.times"]
    near = words[max(0, one.start - 5) : one.start]
    said = [times[word] for word in near if word in times]
    if not one.factor or not said or near[-1:] != ["to"] or not is_weekly(words, one.end):
        return None
    return replace(one, high=one.high / said[0]), one


def _separate(
    message: Message, found: Sequence[Length], kind: str
) -> tuple[Length | None, Length | None] | None:
    """ "10 miles a week before, 25 now", "longest used to be 12k, just did 24"."""
    anchor = next((one for one in found if one.high >= 1 and is_kind(message, one, kind)), None)
    if anchor is None:
        return None
    anchor = replace(anchor, long=kind == "long", when=said_when(message, anchor, kind))
    partner = _partner(message, anchor, found, kind) or _multiple(message, anchor)
    if partner is None:
        return (anchor, None) if anchor.when == "before" else (None, anchor)
    partner = replace(partner, long=anchor.long)
    first, second = (anchor, partner) if anchor.start < partner.start else (partner, anchor)
    if first.when == "now" or (second.when == "before" and first.when != "before"):
        return second, first
    return first, second


def _partner(message: Message, anchor: Length, found: Sequence[Length], kind: str) -> Length | None:
    """The other number of a before and now, near the anchor."""
    words = message.words
    for one in found:
        apart = abs(message.sentence[one.start] - message.sentence[anchor.start])
        gap = max(one.start - anchor.end, anchor.start - one.end)
        if one.start == anchor.start or apart > 1 or gap > _PARTNER_REACH or one.high < 1:
            continue
        if kind == "weekly" and is_long(message, one) and not is_weekly(words, one.end):
            continue
        when = said_when(message, one, kind)
        if (
            not when
            and word_at(words, one.start - 1) == "to"
            and rises(words[max(0, one.start - 5) : one.start])
        ):
            when = "now"
        fits = stands_without_unit(words, one) if one.factor is None else True
        if fits and (when or (one.factor is not None and is_kind(message, one, kind))):
            return replace(one, when=when)
    return None


def _multiple(message: Message, anchor: Length) -> Length | None:
    """ "At present double of that"."""
    words, times = message.words, value_words().numbers["distances.times"]
    for at in range(anchor.end, min(len(words), anchor.end + _MULTIPLE_REACH)):
        if words[at] not in times or word_at(words, at + 1) == "marathon":
            continue
        around = {*words[at + 1 : at + 4], *words[max(0, at - 3) : at]}
        if around & {"that", "it", "now", "present"}:
            high = anchor.high * times[words[at]]
            return Length(high, high, at, at + 1, anchor.factor, when="now")
    return None
