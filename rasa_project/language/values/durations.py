"""Days since the complaint began: of all times said, the one that dates it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rasa_project.language.message import Message
from rasa_project.language.times import Kind, Span
from rasa_project.language.value_words import phrases
from rasa_project.language.values.anchors import SINCE_WORDS, counted_from_another, since_then
from rasa_project.language.values.common import SEPARATORS, Value, word_at
from rasa_project.language.values.dating import Option, sentence
from rasa_project.language.values.fragments import fragment, stands_alone
from rasa_project.language.values.heads import COMPLAINT, EVENT, OTHER, Head, find_heads, nearest

_SMALL_UNITS = {"minute", "minutes", "second", "seconds"}
_HOURS = {"hour", "hours", "heures"}
_DAY_OR_NIGHT = {"day", "night", "nights"}
_SINCE_REACH = 10
_FARTHEST = 25.0
_NEAR_EVENT = 8.0
_BESIDE, _USED_REACH = 4.0, 10.0
_SHORT = 9
_OLDEST_DAYS = 40 * 365
_LONG_AGO_DAYS = 365
_RECENT_DAYS = 35
"""How far back "basketball on Sunday" may lie to be the start without a word that says so."""
_ONLY_EVENTS = {"today", "this", "weekday", "weekend", "year", "", *_HOURS}
"""Points in time near enough to be when a thing was noticed: they date only what happened."""
_OUTER = {"about", "like", "only", "for", "a", "the", "around", "just", "over", "almost"}
_OPEN_FINDINGS = {
    "next_day_worse",
    "onset",
    "zones",
    "trend",
    "history",
    "training_change",
    "swelling",
}
_RANKS = {Kind.SINCE: 10.0, Kind.FOR: 10.0, Kind.DAY: 12.0, Kind.AGO: 14.0}


def read_duration(message: Message, used_times: Sequence[Span], taken: set[int]) -> Iterator[Value]:
    """The duration of the complaint, if a time in the message dates it.

    Args:
        message: The message.
        used_times: Times that date findings of history; they date the complaint as well only when
            its words stand beside them.
        taken: Words that are part of another value.
    """
    if not message.times:
        return
    heads = find_heads(message)
    options: list[Option] = []
    for order, time in enumerate(message.times):
        if taken & set(range(time.start, time.end)):
            continue
        if _was_well_until(message, time):
            options.append(Option(6, time.days, time))
            continue
        if not _can_date(message, time):
            continue
        option = _option(message, time, heads, used=time in used_times)
        if option is not None and option.days <= _OLDEST_DAYS:
            options.append(replace(option, rank=option.rank + order / 100))
    options += counted_from_another(message, heads)
    options = options or since_then(message, heads)
    if options:
        best = min(options, key=lambda option: option.rank)
        yield Value("duration_days", int(best.days), best.time.start, best.time.end)


def _can_date(message: Message, time: Span) -> bool:
    """Whether a time is of a kind and in a place that can date a complaint at all."""
    words, start, end = message.words, time.start, time.end
    if time.kind in (Kind.AHEAD, Kind.LATER, Kind.EACH) or time.unit in _SMALL_UNITS:
        return False
    if time.unit in _HOURS and (
        time.kind not in (Kind.AGO, Kind.SINCE) or word_at(words, start - 1) in ("a", "an", "the")
    ):
        return False  # "since a 6 hour drive"
    if time.kind is Kind.BARE and time.unit in _DAY_OR_NIGHT and words[start] in ("one", "a", "1"):
        return False  # "it was just there one day"
    if time.unit in ("night", "nights") and time.kind is Kind.BARE:
        return False
    if time.kind in (Kind.BARE, Kind.FOR, Kind.DAY) or time.unit.endswith("s"):
        after = end + (word_at(words, end) in ("-", "of", "the"))
        if any(
            at < len(words) and phrases("durations.not_after").at(words, at) for at in (end, after)
        ):
            return False
        outer = start
        while outer > 0 and words[outer - 1] in _OUTER:
            outer -= 1
        if any(phrases("durations.not_before").before(words, at) for at in {start, outer}):
            return False
    whole = sentence(message, start)
    if any(phrases(f"durations.{name}").anywhere(words, *whole) for name in ("over", "questions")):
        return False
    # "After hills it is angry for 2 days" is the day after, "calf pain for 2 days" is not.
    if {"after", "next"} & set(words[max(0, start - 8) : start]) and any(
        hit.entry.fact == "next_day_worse" and hit.start <= start < hit.end
        for hit in message.findings
    ):
        return False
    return _since_start(message, time) is not None or not any(
        hit.start <= start and end <= hit.end and hit.entry.fact not in _OPEN_FINDINGS
        for hit in message.findings
    )


def _was_well_until(message: Message, time: Span) -> bool:
    """ "I was fine until Thursday", "no pain till two weeks ago"."""
    words, at = message.words, time.start
    while at > 0 and words[at - 1] in _OUTER:
        at -= 1
    if word_at(words, at - 1) not in ("until", "till", "til") or (time.ahead is None and (
        time.kind is not Kind.AGO and time.unit not in ("", "today")
    )):  # fmt: skip
        return False
    return phrases("durations.well").anywhere(words, max(0, at - 6), at - 1)


def _since_start(message: Message, time: Span) -> int | None:
    """The "since" that governs a time: "since I got back from Delhi on Thursday"."""
    words = message.words
    for at in range(time.start - 1, max(-1, time.start - 1 - _SINCE_REACH), -1):
        if words[at] in SINCE_WORDS and message.same_sentence(at, time.start):
            return at
        ends = words[at] in SEPARATORS or words[at] in ("but", "then")
        if ends or (words[at] == "and" and at < time.start - 1):
            return None
        if any(
            other is not time and other.start <= at < other.end and other.unit not in _HOURS
            for other in message.times
        ):
            return None
    return None


def _option(message: Message, time: Span, heads: Sequence[Head], used: bool) -> Option | None:
    """What a time says about the start of the complaint; None when it dates something else."""
    since = _since_start(message, time) if time.kind in (Kind.SINCE, Kind.AGO, Kind.BARE) else None
    kind = Kind.SINCE if since is not None else time.kind
    place = (time.start if since is None else since, time.end)
    momentary = kind is Kind.AGO and time.unit in _ONLY_EVENTS
    mine = nearest(message, place, heads, EVENT, *(() if momentary else (COMPLAINT,)))
    other = nearest(message, place, heads, OTHER)
    if stands_alone(message, place) or (since is not None and mine is None and other is None):
        return fragment(message, time, place, kind, heads)
    if mine is None or mine[0] > _FARTHEST:
        # No words of the complaint near, and none of anything else: "sroe on teh hele 2 mnths".
        lasting = kind in (Kind.BARE, Kind.FOR) and time.unit not in _ONLY_EVENTS
        if lasting and other is None and any(head.kind != OTHER for head in heads):
            return Option(40, time.days, time)
        return _activity_day(message, time, heads, other)
    if (other is not None and other[0] < mine[0]) or (used and mine[0] > _USED_REACH):
        return _activity_day(message, time, heads, other)
    rank = _RANKS.get(kind, 18.0)
    if mine[1].kind == EVENT:
        rank = 5.0 if mine[0] <= _NEAR_EVENT else 9.0
    if kind is Kind.AGO and time.days > _LONG_AGO_DAYS:
        rank += 10.0  # "hurt it in 2015, but this is new: 3 days"
    return Option(rank + min(mine[0], 20) / 10, time.days, time)


def _activity_day(
    message: Message, time: Span, heads: Sequence[Head], other: tuple[float, Head] | None
) -> Option | None:
    """ "Basketball on Sunday, came down on someone's foot": a day, and what happened on it.

    Only a day not long past, in a sentence that has what happened or hurts after it, and nothing of
    another matter beside it.
    """
    if time.kind is not Kind.AGO or time.days > _RECENT_DAYS or time.unit == "this":
        return None
    if other is not None and other[0] < _BESIDE:
        return None
    _, last = sentence(message, time.start)
    following = [head for head in heads if time.end <= head.start < last and head.kind != OTHER]
    if any(head.kind == EVENT for head in following):
        return Option(9, time.days, time)
    if time.unit == "today" or time.unit in _HOURS:
        return None
    caused = nearest(message, (time.start, time.end), heads, COMPLAINT)
    if caused is not None and {"from", "after"} & set(message.words[caused[1].end : time.start]):
        return Option(21, time.days, time)  # "bruised from soccer on Saturday"
    tail = message.words[time.end : last]
    after_that = "after that" in " ".join(tail)
    if "since" in tail or after_that:
        return Option(20, time.days, time)
    return (
        Option(28, time.days, time)
        if time.unit == "weekday" and following and len(tail) > 2
        else None
    )
