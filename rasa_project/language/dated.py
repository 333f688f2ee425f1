"""Findings that count only for a while: a course of cipro, an operation, a long flight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasa_project.language.lexicon import Entry
from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message, distance
from rasa_project.language.times import Kind, Span

_REACH = 10
_RECENT = {"recent", "recently", "just", "lately"}
_LONG_AGO = {"child", "kid", "teenager", "years", "decades", "decade"}


@dataclass(frozen=True)
class Dated:
    """What a dated finding stands for.

    Attributes:
        entry: The entry that holds; None when it is too old to count.
        certain: Whether its time is known well enough.
        time: The stretch of time that dates it, if any.
    """

    entry: Entry | None
    certain: bool
    time: Span | None = None


def date_finding(message: Message, hit: Hit, entries: Mapping[str, Entry]) -> Dated:
    """Decides what a finding with ``within_days`` stands for."""
    entry = hit.entry
    time = time_of(message, hit)
    going_on, over = _going_on(message, hit)
    if entry.now_is is not None and going_on and not over:
        return Dated(entries.get(entry.now_is) or _made(entry.now_is), True, time)
    if time is not None:
        started = time.kind in (Kind.AGO, Kind.SINCE, Kind.DAY)
        if started and entry.within_days is not None and time.days > entry.within_days:
            older = entries.get(entry.older) if entry.older else None
            return Dated(older, True, time)
        return Dated(entry, True, time)
    words = message.words[max(0, hit.start - 6) : hit.end + 6]
    if (_LONG_AGO & set(words) and "years" in words) or (
        {"as", "a"} <= set(words) and _LONG_AGO & set(words)
    ):
        return Dated(entries.get(entry.older) if entry.older else None, True)
    if (going_on and not over) or _RECENT & set(words) or entry.undated == "present":
        return Dated(entry, True)
    if entry.now_is is not None and over:
        return Dated(entry, True)
    doubt = entries.get(entry.now_is) or _made(entry.now_is) if entry.now_is else entry
    return Dated(doubt, False)


def _made(label: str) -> Entry:
    fact, _, value = label.partition(".")
    return Entry(fact, value, history=True)


def time_of(message: Message, hit: Hit) -> Span | None:
    """The stretch of time that dates a finding: the nearest one of its clause."""
    found: list[tuple[int, int, Span]] = []
    for order, time in enumerate(message.times):
        if time.kind in (Kind.AHEAD, Kind.EACH, Kind.LATER) or time.unit in (
            "minute",
            "minutes",
            "hour",
            "hours",
        ):
            continue
        if not message.same_clause(hit.start, time.start):
            continue
        words = distance((hit.start, hit.end), (time.start, time.end))
        if words <= _REACH:
            found.append((words, order, time))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _going_on(message: Message, hit: Hit) -> tuple[bool, bool]:
    """Whether words around say it goes on now, and whether they say it is over."""

    def near(cues: Sequence[Hit]) -> bool:
        return any(
            message.same_clause(cue.start, hit.start)
            and distance((cue.start, cue.end), (hit.start, hit.end)) <= 4
            for cue in cues
        )

    return near(message.cues("now")), near(message.cues("finished"))
