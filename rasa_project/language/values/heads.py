"""Which words a time may belong to, and how far each is from it.

Every time in a message dates something: the pain, a course of pills, a flight, a rest, a fever. The
words nearest to it tell which. Words about the complaint and words about other matters stand in
``values.yml``; the findings of the lexicon count with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasa_project.language.message import Message
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import SEPARATORS, word_at

COMPLAINT, EVENT, OTHER = "complaint", "event", "other"
"""What goes on, what happened once, and what is of another matter."""

_CROSSING = {
    ",": 3.0, ",,": 2.0, "(": 2.0, ")": 2.0, "-": 2.0, ":": 1.0, "but": 4.0, "then": 4.0,
    "though": 4.0, "however": 4.0, "and": 2.0, "because": 2.0, "when": 1.5, "while": 2.0,
    "if": 3.0, "after": 2.0, "before": 2.0, "so": 2.0, "now": 3.0, "for": 0.5, "since": 0.5,
}  # fmt: skip
"""What it costs a head to reach a time past these words, beside 1 for every word."""

_PAST_A_TIME = 4.0
_AFTER = 1.5
_SINGLE_WORD, _WEAK, _BARE_PART = 0.5, 2.0, 8.0
_FACTS = (
    ("complaint_facts", COMPLAINT, 0.0),
    ("event_facts", EVENT, 0.0),
    ("weak_facts", COMPLAINT, _WEAK),
    ("other_facts", OTHER, 0.0),
)
_OTHER_PARTS = {
    "back", "chest", "knee", "knees", "hip", "hips", "shoulder", "neck", "head", "tooth",
    "stomach", "eye", "eyes",
}  # fmt: skip
_OWNERS = {"my", "lower", "low", "me", "his", "her"}
_RANK = {OTHER: 0, EVENT: 1, COMPLAINT: 2}
_COMPLAINT_SUBJECTS = {
    "it", "this", "that", "pain", "problem", "symptoms", "which", "all", "soreness",
    "stiffness",
}  # fmt: skip
_BEGAN = {"started", "began", "begin", "start", "begins"}
_ONE_WORD_RESTS = {"off", "rest", "tried", "break", "ice"}


@dataclass(frozen=True)
class Head:
    """Words that a time may belong to.

    Attributes:
        start: First word.
        end: One past the last.
        kind: :data:`COMPLAINT`, :data:`EVENT` or :data:`OTHER`.
        weight: Added to its distance; weak heads yield to near ones.
    """

    start: int
    end: int
    kind: str
    weight: float = 0.0


def find_heads(message: Message) -> list[Head]:
    """Every head in the message; of overlapping ones the longest, other matters first."""
    kept: list[Head] = []
    found = list(_all(message))
    # "Cortisone shot in the heel": what another matter's word leads into is its own.
    led = {head.end for head in found if head.kind == OTHER}
    found = [head for head in found if not (head.kind == EVENT and head.start in led)]
    for head in sorted(found, key=lambda h: (h.start - h.end, _RANK[h.kind], h.weight)):
        if not any(other.start < head.end and head.start < other.end for other in kept):
            kept.append(head)
    # "Woke up with it" is a complaint that says when it came.
    events = [head for head in found if head.kind == EVENT]
    return [
        replace(head, kind=EVENT)
        if head.kind == COMPLAINT and any(e.start < head.end and head.start < e.end for e in events)
        else head
        for head in kept
    ]


def _all(message: Message) -> Iterator[Head]:
    words = message.words
    for start, end in phrases("durations.event").find(words):
        yield Head(start, end, EVENT)
    times = {time.start for time in message.times}
    for at, word in enumerate(words):
        if word in _BEGAN and times & set(range(at + 1, at + 4)) and word_at(words, at - 1) != "i":
            yield Head(at, at + 1, EVENT)  # "this side started six weeks ago"
    for start, end in phrases("durations.other").find(words):
        # "I started a new job", but "it started a week ago".
        if words[start] != "started" or word_at(words, start - 1) not in _COMPLAINT_SUBJECTS:
            yield Head(start, end, OTHER)
    for start, end in phrases("durations.own_parts").find(words):
        yield Head(start, end, COMPLAINT, _BARE_PART)
    for hit in message.findings:
        for name, kind, weight in _FACTS:
            if hit.entry.fact in phrases(f"durations.{name}"):
                if kind == EVENT and hit.entry.value in ("gradual", "unsure"):
                    kind = COMPLAINT
                yield Head(hit.start, hit.end, kind, weight)
    complaints = [
        Head(start, end, COMPLAINT, _SINGLE_WORD if end - start == 1 else 0.0)
        for start, end in phrases("durations.complaint").find(words)
    ]
    complaints += [
        Head(cue.start, cue.end, COMPLAINT)
        for cue in (*message.cues("pain"), *message.cues("stiff"))
    ]
    for head in complaints:
        elsewhere = is_elsewhere(words[max(0, head.start - 4) : head.start + 4])
        yield replace(head, kind=OTHER) if elsewhere else head
    for cue in message.cues("rested"):
        if cue.end - cue.start > 1 or words[cue.start] not in _ONE_WORD_RESTS:
            yield Head(cue.start, cue.end, OTHER, _SINGLE_WORD)


def is_elsewhere(near: Sequence[str]) -> bool:
    """Whether words around a pain name another part of the body and none of the leg."""
    other = [
        word
        for at, word in enumerate(near)
        if word in _OTHER_PARTS
        and word_at(near, at + 1) != "of"
        and (word != "back" or _OWNERS & set(near[max(0, at - 1) : at]))
    ]
    return bool(other) and not any(word in phrases("durations.own_parts") for word in near)


def nearest(
    message: Message, place: tuple[int, int], heads: Sequence[Head], *kinds: str
) -> tuple[float, Head] | None:
    """The head of these kinds nearest to a place, in its sentence, with its distance."""
    found = [
        (cost(message, place, head), head.start, head)
        for head in heads
        if head.kind in kinds
        and message.same_sentence(head.start, place[0])
        and not place[0] <= head.start < place[1]
    ]
    best = min(found, key=lambda item: item[:2], default=None)
    return None if best is None else (best[0], best[2])


def cost(message: Message, place: tuple[int, int], head: Head) -> float:
    """How far a head is from a time: words between, more where a clause ends in between."""
    words = message.words
    before = head.end <= place[0]
    between = range(head.end, place[0]) if before else range(place[1], head.start)
    total = head.weight + (0.0 if before else _AFTER)
    if not before and (place[0] == 0 or words[place[0] - 1] in SEPARATORS):
        total -= 1.0  # "since Friday my calf has been aching"
    total += sum(1 + _CROSSING.get(words[at], 0.0) for at in between)
    times = sum(1 for time in message.times if between.start <= time.start < between.stop)
    return total + _PAST_A_TIME * times
