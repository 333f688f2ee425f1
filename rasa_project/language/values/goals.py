"""Weeks until an event: "marathon in 6 weeks", "race on Dec 13"."""

from rasa_project.language.message import Message
from rasa_project.language.times import Kind, Span
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import Value, word_at

_REACH = 10
_JUST_PAST_DAYS = 60


def read_goal(message: Message) -> list[Value]:
    """The weeks to an event that the message names, if it says when it is."""
    words = message.words
    events = phrases("goals.events").find(words)
    if not events:
        return []
    for time in message.times:
        days = _days_ahead(message, time)
        if days is None:
            continue
        for start, end in events:
            if not message.same_sentence(start, time.start):
                continue
            gap = max(start - time.end, time.start - end)
            if gap > _REACH or _is_over(message, min(start, time.start), max(end, time.end), time):
                continue
            return [Value("goal_weeks", max(0, round(days / 7)), time.start, time.end)]
    return []


def _days_ahead(message: Message, time: Span) -> float | None:
    """Days until a time that lies ahead, or that could."""
    words = message.words
    before, after = word_at(words, time.start - 1), word_at(words, time.end)
    if time.kind is Kind.AHEAD and time.days >= 2:
        return max(time.days, time.most) if time.most <= time.days else (time.days + time.most) / 2
    if time.kind is Kind.BARE and time.days >= 2:
        if after in ("to", "before", "b4", "till", "until", "from", "off", "out") and word_at(
            words, time.end + 1
        ) not in ("rest", "work", "surgery"):
            return time.days
        return None
    if before == "next" and time.unit in ("week", "weeks", "month", "months"):
        return time.days
    dated = time.unit in ("date", "weekday", "weekend") and time.ahead is not None
    led = before in ("a", "the") or phrases("goals.ahead").before(words, time.start)
    # A date that just went by is more likely meant than the one in eleven months.
    just_past = time.unit == "date" and time.days <= _JUST_PAST_DAYS and before != "next"
    return time.ahead if dated and led and not just_past else None


def _is_over(message: Message, start: int, end: int, time: Span) -> bool:
    """Whether the words between say that it was, or that it is something else."""
    words = message.words
    first, last = max(0, start - 4), min(len(words), end + 2)
    if phrases("goals.not_events").anywhere(words, max(0, start - 1), end):
        return True
    dated = time.unit in ("date", "weekday", "weekend")
    return dated and phrases("goals.past").anywhere(words, first, last)
