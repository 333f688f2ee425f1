"""Times that count from another time: "a week after I flew home", "and sore ever since"."""

from collections.abc import Sequence

from rasa_project.language.message import Message
from rasa_project.language.times import Kind
from rasa_project.language.values.common import SEPARATORS, word_at
from rasa_project.language.values.dating import Option
from rasa_project.language.values.heads import COMPLAINT, EVENT, Head, nearest

SINCE_WORDS = {"since", "depuis", "desde", "sicne", "snice", "sinse", "sence", "cince", "sinc"}
"""The word, and its slips."""

_SHORT_UNITS = {"minute", "minutes", "second", "seconds", "hour", "hours", "heures"}


def counted_from_another(message: Message, heads: Sequence[Head]) -> list[Option]:
    """ "It began about a week after I flew home on Nov 8": the one time counted from the other."""
    options = []
    for time in message.times:
        if time.kind is not Kind.LATER or time.unit in _SHORT_UNITS:
            continue
        anchors = [
            other
            for other in message.times
            if other.kind in (Kind.AGO, Kind.SINCE)
            and other.days > time.days
            and other.unit not in ("today", "this")
            and message.same_sentence(other.start, time.start)
        ]
        mine = nearest(message, (time.start, time.end), heads, COMPLAINT, EVENT)
        before = word_at(message.words, time.end) == "before"
        if anchors and mine is not None and mine[0] <= 10 and not before:
            anchor = min(anchors, key=lambda other: abs(other.start - time.start))
            options.append(Option(4.0, anchor.days - time.days, time))
    return options


def since_then(message: Message, heads: Sequence[Head]) -> list[Option]:
    """ "I finished it a month ago and since then both have ached", "... and sore ever since"."""
    words = message.words
    for at, word in enumerate(words):
        after = word_at(words, at + 1)
        back = after in ("then", "that", "and", "now", "though", "but", "") or after in SEPARATORS
        if word not in SINCE_WORDS or not back or word_at(words, at - 1) in ("never", "not"):
            continue
        mine = nearest(message, (at, at + 1 + (after in ("then", "that"))), heads, COMPLAINT, EVENT)
        times = [
            time
            for time in message.times
            if time.end <= at
            and time.kind is Kind.AGO
            and time.unit not in ("today", "this")
            and message.sentence[at] - message.sentence[time.start] <= 1
        ]
        if mine is not None and mine[0] <= 12 and times:
            return [Option(11.0, times[-1].days, times[-1])]
    return []
