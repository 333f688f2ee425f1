"""Times that stand by themselves: "..., 5 weeks.", "That was Sunday."."""

from collections.abc import Sequence

from rasa_project.language.message import Message
from rasa_project.language.times import Kind, Span
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import SEPARATORS
from rasa_project.language.values.dating import Option, sentence
from rasa_project.language.values.heads import COMPLAINT, EVENT, OTHER, Head

_SHORT = 9
_SAYS_IT = {"that", "this", "happened", "it", "started"}
_BEGAN = {"started", "began", "start", "begin", "begun", "happened"}


def stands_alone(message: Message, place: tuple[int, int]) -> bool:
    """Whether the time's own stretch between marks has nothing but the time and fillers."""
    words = message.words
    start, end = _stretch(message, place)
    return (start == 0 or words[start - 1] in SEPARATORS) and (
        end == len(words) or words[end] in SEPARATORS
    )


def _stretch(message: Message, place: tuple[int, int]) -> tuple[int, int]:
    """The time with the fillers around it, as far as the next mark or other word."""
    words, fillers = message.words, phrases("durations.fillers")
    start, end = place
    while start > 0 and words[start - 1] not in SEPARATORS and words[start - 1] in fillers:
        start -= 1
    while end < len(words) and words[end] not in SEPARATORS and words[end] in fillers:
        end += 1
    return start, end


def fragment(
    message: Message, time: Span, place: tuple[int, int], kind: Kind, heads: Sequence[Head]
) -> Option | None:
    """ "..., 5 weeks." or "That was Sunday.": belongs to what was said before it."""
    words, fillers = message.words, phrases("durations.fillers")
    if time.unit == "today" and kind is Kind.AGO and len(words) > _SHORT:
        return None
    first, last = sentence(message, time.start)
    inside = [
        head
        for head in heads
        if first <= head.start < last and not place[0] <= head.start < place[1]
    ]
    if not inside:
        if len(words) == last - first:
            return Option(30, time.days, time)
        own = {word for at, word in enumerate(words) if first <= at < last and word in fillers}
        said = bool(_SAYS_IT & own)
        named = any(head.kind != OTHER for head in heads)
        return (
            Option(6 if said else 15, time.days, time)
            if named and (said or kind is not Kind.AGO)
            else None
        )
    stretch = range(*_stretch(message, place))
    if any(words[at] in _BEGAN for at in stretch) and any(head.kind != OTHER for head in heads):
        return Option(7, time.days, time)
    # Back over the stretches of the sentence to the first that has a head.
    stop = place[0]
    for at in range(place[0] - 1, first - 2, -1):
        if at >= first and words[at] not in SEPARATORS:
            continue
        here = [head for head in inside if at < head.start and head.end <= stop]
        if here:
            if any(head.kind == EVENT for head in here):
                return Option(8, time.days, time)
            if any(head.kind == COMPLAINT for head in here):
                return Option(15, time.days, time)
            if kind is Kind.AGO:
                return None
        stop = max(at, first)
    after = min(
        (head for head in inside if head.start >= place[1]), key=lambda h: h.start, default=None
    )
    if after is None or after.kind == OTHER:
        return None
    return Option(16 if after.kind == COMPLAINT else 8, time.days, time)
