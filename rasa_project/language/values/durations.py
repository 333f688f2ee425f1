"""Days since the complaint began: of all times said, the one that dates it.

Every time in a message dates something: the pain, a course of pills, a flight, a rest, a fever. The
words nearest to it tell which. Words about the complaint and words about other matters stand in
``values.yml``; the findings of the lexicon count with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasa_project.language.message import Message
from rasa_project.language.times import Kind, Span
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import SEPARATORS, Value, word_at

_SMALL_UNITS = {"minute", "minutes", "second", "seconds"}
_HOURS = {"hour", "hours", "heures"}
_CROSSING = {
    ",": 3.0, ",,": 2.0, "(": 2.0, ")": 2.0, "-": 2.0, ":": 1.0, "but": 4.0, "then": 4.0, "though": 4.0, "however": 4.0,
    "and": 2.0, "because": 2.0, "when": 1.5, "while": 2.0, "if": 3.0, "after": 2.0, "before": 2.0, "so": 2.0,
    "for": 0.5, "since": 0.5,
}  # fmt: skip
_SINCE_REACH = 10
_FARTHEST = 25.0
_THEN = {"then", "that"}
_RECENT_DAYS = 35
"""How far back "basketball on Sunday" may lie to be the start without a word that says so."""


@dataclass(frozen=True)
class _Head:
    """Words that a time may belong to.

    Attributes:
        start: First word.
        end: One past the last.
        kind: ``complaint``, ``event`` (it happened once) or ``other``.
        weight: Added to the distance; weak heads yield to near ones.
    """

    start: int
    end: int
    kind: str
    weight: float = 0.0


@dataclass(frozen=True)
class _Option:
    rank: float
    days: float
    time: Span


def read_duration(message: Message, used_times: Sequence[Span], taken: set[int]) -> Iterator[Value]:
    """The duration of the complaint, if a time in the message dates it.

    Args:
        message: The message.
        used_times: Times that date findings of history.
        taken: Words that are part of another value.
    """
    heads = _heads(message)
    options: list[_Option] = []
    for order, time in enumerate(message.times):
        if time in used_times and not _is_since(message, time):
            continue
        if taken & set(range(time.start, time.end)) or not _can_date(message, time):
            continue
        option = _option(message, time, heads)
        if option is not None:
            options.append(replace(option, rank=option.rank + order / 100))
    options += _composed(message, heads)
    if not options:
        options += _since_then(message, heads)
    if options:
        best = min(options, key=lambda option: option.rank)
        yield Value("duration_days", int(best.days), best.time.start, best.time.end)


def _heads(message: Message) -> list[_Head]:
    """Every head in the message; of overlapping ones the longest, others before complaints."""
    words = message.words
    found = [
        _Head(start, end, kind, 0.5 if kind == "complaint" and end - start == 1 else 0.0)
        for kind in ("other", "event", "complaint")
        for start, end in phrases(f"durations.{kind}").find(words)
    ]
    for hit in message.findings:
        fact = hit.entry.fact
        for name, kind in (
            ("complaint_facts", "complaint"), ("event_facts", "event"), ("weak_facts", "complaint"), ("other_facts", "other"),
        ):  # fmt: skip
            if fact in phrases(f"durations.{name}"):
                gradual = kind == "event" and hit.entry.value in ("gradual", "unsure")
                found.append(
                    _Head(
                        hit.start,
                        hit.end,
                        "complaint" if gradual else kind,
                        2.0 if name == "weak_facts" else 0.0,
                    )
                )
    for cue in (*message.cues("pain"), *message.cues("stiff")):
        near = words[max(0, cue.start - 4) : cue.start + 4]
        elsewhere = _other_part(near)
        found.append(_Head(cue.start, cue.end, "other" if elsewhere else "complaint"))
    for cue in message.cues("rested"):
        if cue.end - cue.start > 1 or words[cue.start] not in ("off", "rest", "tried", "break"):
            found.append(_Head(cue.start, cue.end, "other", 0.5))
    kept: list[_Head] = []
    rank = {"other": 0, "event": 1, "complaint": 2}
    for head in sorted(found, key=lambda h: (-(h.end - h.start), rank[h.kind], h.weight)):
        if not any(other.start < head.end and head.start < other.end for other in kept):
            kept.append(head)
    return kept


_OTHER_PARTS = {
    "back",
    "chest",
    "knee",
    "knees",
    "hip",
    "hips",
    "shoulder",
    "neck",
    "head",
    "tooth",
    "stomach",
    "eye",
    "eyes",
}
_OWN_PARTS = {
    "heel",
    "heels",
    "achilles",
    "calf",
    "calves",
    "foot",
    "feet",
    "ankle",
    "ankles",
    "tendon",
    "leg",
    "sole",
    "arch",
}


def _other_part(near: Sequence[str]) -> bool:
    other = [
        at for at, word in enumerate(near) if word in _OTHER_PARTS and word_at(near, at + 1) != "of"
    ]
    if "back" in near and {"my", "lower", "low", "me", "his", "her"}.isdisjoint(near):
        other = [at for at in other if near[at] != "back"]
    return bool(other) and not _OWN_PARTS & set(near)


def _can_date(message: Message, time: Span) -> bool:
    """Whether a time is of a kind and in a place that can date a complaint at all."""
    words = message.words
    if time.kind in (Kind.AHEAD, Kind.LATER) or time.unit in _SMALL_UNITS:
        return False
    if time.kind is Kind.EACH and time.unit not in ("year", "month"):
        return False
    if time.unit in _HOURS and time.kind not in (Kind.AGO, Kind.SINCE):
        return False
    if time.unit in ("night", "nights") and time.kind is Kind.BARE:
        return False
    if time.kind in (Kind.BARE, Kind.FOR, Kind.EACH, Kind.DAY) or time.unit.endswith("s"):
        at = time.end + (word_at(words, time.end) in ("-", "of", "the"))
        for here in (time.end, at):
            if here < len(words) and phrases("durations.not_after").at(words, here):
                return False
        if phrases("durations.not_before").before(words, time.start):
            return False
        start = time.start
        while start > 0 and words[start - 1] in (
            "about",
            "like",
            "only",
            "for",
            "a",
            "the",
            "around",
            "just",
            "over",
        ):
            start -= 1
        if start != time.start and phrases("durations.not_before").before(words, start):
            return False
    if time.kind is Kind.EACH:
        return False
    sentence = _sentence(message, time.start)
    if phrases("durations.over").anywhere(words, *sentence):
        return False
    inside = any(
        hit.start <= time.start
        and time.end <= hit.end
        and hit.entry.fact not in ("onset", "zones", "trend", "history")
        for hit in message.findings
    )
    return not inside


def _sentence(message: Message, at: int) -> tuple[int, int]:
    number = message.sentence[at]
    start = end = at
    while start > 0 and message.sentence[start - 1] == number:
        start -= 1
    while end < len(message.words) and message.sentence[end] == number:
        end += 1
    return start, end


def _since_start(message: Message, time: Span) -> int | None:
    """The "since" that governs a time: "since I got back from Delhi on Thursday"."""
    words = message.words
    for at in range(time.start - 1, max(-1, time.start - _SINCE_REACH), -1):
        if (
            words[at] in SEPARATORS
            or words[at] in ("but", "then")
            or not message.same_sentence(at, time.start)
        ):
            return None
        if words[at] == "and" and at < time.start - 1:
            return None
        if words[at] in ("since", "depuis", "desde"):
            return at
        if any(other is not time and other.start <= at < other.end for other in message.times):
            return None
    return None


def _is_since(message: Message, time: Span) -> bool:
    return time.kind is Kind.SINCE or _since_start(message, time) is not None


def _option(message: Message, time: Span, heads: Sequence[_Head]) -> _Option | None:
    """What a time says about the start of the complaint; None when it dates something else."""
    words = message.words
    since = _since_start(message, time) if time.kind in (Kind.SINCE, Kind.AGO, Kind.BARE) else None
    kind = Kind.SINCE if since is not None else time.kind
    place = (since if since is not None else time.start, time.end)
    mine = _best(message, place, heads, ("complaint", "event"))
    other = _best(message, place, heads, ("other",))
    if _stands_alone(message, time, place):
        return _fragment(message, time, kind, heads)
    if mine is None or mine[0] > _FARTHEST:
        if other is None and len(words) <= 9 and kind not in (Kind.AGO,) and time.unit != "today":
            return _Option(40, time.days, time)
        return _activity_day(message, time, heads, other)
    cost, head = mine
    if other is not None and other[0] < cost:
        return _activity_day(message, time, heads, other)
    if time.unit == "today" and kind is not Kind.SINCE and head.kind != "event":
        return None
    if time.unit == "this" and kind is not Kind.SINCE and head.kind != "event":
        return None
    rank = {Kind.SINCE: 10, Kind.FOR: 10, Kind.DAY: 12, Kind.AGO: 14}.get(kind, 18)
    if head.kind == "event":
        rank = 5 if cost <= 8 else 9
    elif kind is Kind.AGO and time.unit in ("today", "weekday", "", "weekend") and time.days <= 7:
        rank = 22
    return _Option(rank + min(cost, 20) / 10, time.days, time)


def _best(
    message: Message, place: tuple[int, int], heads: Sequence[_Head], kinds: Sequence[str]
) -> tuple[float, _Head] | None:
    found = [
        (_cost(message, place, head), head.start, head)
        for head in heads
        if head.kind in kinds
        and message.same_sentence(head.start, place[0])
        and not (place[0] <= head.start < place[1])
    ]
    best = min(found, key=lambda item: item[:2], default=None)
    return None if best is None else (best[0], best[2])


def _cost(message: Message, place: tuple[int, int], head: _Head) -> float:
    """How far a head is from a time: words between, more where a clause ends in between."""
    words = message.words
    before = head.end <= place[0]
    between = range(head.end, place[0]) if before else range(place[1], head.start)
    cost = head.weight + (0.0 if before else 1.5)
    if not before and place[0] in (0,) or word_at(words, place[0] - 1) in SEPARATORS:
        cost -= 1.0
    cost += sum(1 + _CROSSING.get(words[at], 0.0) for at in between)
    return cost + 4.0 * sum(
        1 for time in message.times if between.start <= time.start < between.stop
    )


def _stands_alone(message: Message, time: Span, place: tuple[int, int]) -> bool:
    """Whether the time's own stretch between marks has nothing but the time and fillers."""
    words, fillers = message.words, phrases("durations.fillers")
    start, end = place
    while start > 0 and words[start - 1] not in SEPARATORS and words[start - 1] in fillers:
        start -= 1
    while end < len(words) and words[end] not in SEPARATORS and words[end] in fillers:
        end += 1
    return (start == 0 or words[start - 1] in SEPARATORS) and (
        end == len(words) or words[end] in SEPARATORS
    )


def _fragment(message: Message, time: Span, kind: Kind, heads: Sequence[_Head]) -> _Option | None:
    """ "..., 5 weeks." or "That was Sunday.": belongs to what was said before it."""
    if time.unit == "today" and len(message.words) > 6:
        return None
    first, last = _sentence(message, time.start)
    alone = all(
        time.start <= at < time.end
        or message.words[at] in phrases("durations.fillers")
        or any(other.start <= at < other.end for other in message.times)
        for at in range(first, last)
    )
    point = kind is Kind.AGO
    if alone:
        if len(message.words) == last - first:
            return _Option(30, time.days, time)
        named = any(h.kind in ("complaint", "event") for h in heads)
        said = {"that", "this", "happened", "it", "started"} & set(message.words[first:last])
        if named and (said or not point):
            return _Option(6 if said else 15, time.days, time)
        return None
    # Back over the stretches of the sentence to the first that has a head.
    stop = time.start
    for at in range(time.start - 1, first - 2, -1):
        if at >= first and message.words[at] not in SEPARATORS:
            continue
        inside = [h for h in heads if at < h.start and h.end <= stop]
        if inside:
            kinds = {h.kind for h in inside}
            if kinds == {"other"}:
                if kind is not Kind.SINCE and not point:
                    stop = max(at, first)
                    continue
                return None
            nearest = max(inside, key=lambda h: (h.kind != "other", h.end))
            return _Option(8 if nearest.kind == "event" else 15, time.days, time)
        stop = max(at, first)
    after = [h for h in heads if time.end <= h.start < last]
    own = min((h for h in after if h.kind != "other"), key=lambda h: h.start, default=None)
    other = min((h for h in after if h.kind == "other"), key=lambda h: h.start, default=None)
    if own is not None and (other is None or own.start < other.start):
        return _Option(16 if own.kind == "complaint" else 8, time.days, time)
    return None


def _activity_day(
    message: Message, time: Span, heads: Sequence[_Head], other: tuple[float, _Head] | None
) -> _Option | None:
    """ "Basketball on Sunday, came down on someone's foot": a day, and what happened on it.

    Only a day not long past, in a sentence that has what happened or hurts after it, and nothing of
    another matter beside it.
    """
    if time.kind is not Kind.AGO or time.days > _RECENT_DAYS or time.unit == "this":
        return None
    if other is not None and other[0] <= 3:
        return None
    _, last = _sentence(message, time.start)
    following = [h for h in heads if time.end <= h.start < last and h.kind != "other"]
    if any(h.kind == "event" for h in following):
        return _Option(9, time.days, time)
    if time.unit != "today" and any(message.words[at] == "since" for at in range(time.end, last)):
        return _Option(20, time.days, time)
    if time.unit == "weekday" and following:
        return _Option(28, time.days, time)
    return None


def _composed(message: Message, heads: Sequence[_Head]) -> list[_Option]:
    """ "It began about a week after I flew home on Nov 8": the one time counted from the other."""
    options = []
    for time in message.times:
        if time.kind is not Kind.LATER or time.unit in _SMALL_UNITS | _HOURS:
            continue
        anchors = [
            other
            for other in message.times
            if other.kind in (Kind.AGO, Kind.SINCE)
            and other.days > time.days
            and other.unit not in ("today", "this")
            and message.same_sentence(other.start, time.start)
        ]
        mine = _best(message, (time.start, time.end), heads, ("complaint", "event"))
        if (
            len(anchors) == 1
            and mine is not None
            and mine[0] <= 10
            and word_at(message.words, time.end) != "before"
        ):
            options.append(_Option(4, anchors[0].days - time.days, time))
    return options


def _since_then(message: Message, heads: Sequence[_Head]) -> list[_Option]:
    """ "I finished it a month ago and since then both have ached", "... and sore ever since"."""
    words = message.words
    for at, word in enumerate(words):
        after = word_at(words, at + 1)
        if word != "since" or not (
            after in _THEN
            or not after
            or after in SEPARATORS
            or after in ("and", "now", "though", "but")
        ):
            continue
        place = (at, at + 1 + (after in _THEN))
        mine = _best(message, place, heads, ("complaint", "event"))
        times = [
            time
            for time in message.times
            if time.end <= at
            and time.kind is Kind.AGO
            and time.unit not in ("today", "this")
            and message.sentence[at] - message.sentence[time.start] <= 1
        ]
        if mine is not None and mine[0] <= 12 and times:
            return [_Option(11, times[-1].days, times[-1])]
    return []
