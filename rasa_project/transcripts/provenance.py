"""Where each fact came from: the message, the words in it, and what took its place."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from rasa_project.transcripts.played import Played, Row

MEMORY = frozenset({
    "answered", "asked_again", "check", "clinic", "corrections", "ended", "last_read", "misses",
    "open_question", "outcome_given", "pending", "quotes", "reopened", "requested_slot",
    "session_started_metadata", "settled", "skipped", "stopped",
})  # fmt: skip
"""Slots that are no facts; every other one is. Not read from the protocol: facts that it no longer
has must still be found in old conversations."""

PRESENT, ABSENT, UNSURE = "present", "absent", "unsure"

Key = tuple[str, str]
"""A fact's name, and the item of a list fact (else empty)."""

_DENIALS = ("no", "none", False)
_PLAIN = frozenset({"yes", "no", "unsure", "none"})


@dataclass(frozen=True)
class Waiting:
    """A question of the chat's own about words that stated a fact without settling it.

    Attributes:
        about: Stands for the question: the same while it is asked again.
        facts: Facts that its answer may set.
        seq: The event with the words.
        start: First character of the words in that event's text.
        end: One past the last.
    """

    about: str
    facts: tuple[str, ...]
    seq: int
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "facts": list(self.facts)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Waiting":
        """Reads :meth:`to_json`."""
        return cls(**{**raw, "facts": tuple(raw["facts"])})


@dataclass
class FactLine:
    """A value that a fact took.

    Attributes:
        name: The fact's protocol name.
        item: The item of a list fact, else empty.
        since: The visitor's event that settled it.
        value: Its value.
        assertion: PRESENT, ABSENT or UNSURE.
        seq: The visitor's event with the words; an earlier one than ``since`` when the chat asked
            about them first.
        start: First character of the words in that event's text.
        end: One past the last.
        replaced_by: The visitor's event that took its place or took it back; None while it stands.
    """

    name: str
    item: str
    since: int
    value: Any
    assertion: str
    seq: int
    start: int
    end: int
    replaced_by: int | None = None


@dataclass(frozen=True)
class Told:
    """What a turn did to the facts.

    Attributes:
        new: Values that facts took.
        over: Facts whose value no longer stands.
        waiting: The chat's own question that is open after it.
    """

    new: list[FactLine]
    over: list[Key]
    waiting: Waiting | None


def touches_facts(turn: Played) -> bool:
    """Whether a turn can have changed a fact."""
    return turn.forgets or any(name not in MEMORY for name in turn.slots)


def told(turn: Played, standing: Mapping[Key, Any], waiting: Waiting | None) -> Told:
    """Reads what a turn did to the facts.

    Args:
        turn: The turn.
        standing: Every fact's value before it.
        waiting: The chat's own question that was open before it.
    """
    after: dict[Key, Any] = {} if turn.forgets else dict(standing)
    for name, value in turn.slots.items():
        if name in MEMORY:
            continue
        for key in [key for key in after if key[0] == name]:
            del after[key]
        after.update(_entries(name, value))
    over = [key for key in standing if key not in after or not _same(after[key], standing[key])]
    next_waiting = _waiting_after(turn, waiting)
    settled = waiting if next_waiting != waiting else None
    new = [
        _line(turn, key, value, settled)
        for key, value in after.items()
        if key not in standing or not _same(standing[key], value)
    ]
    return Told(new, over, next_waiting)


def _entries(name: str, value: Any) -> dict[Key, Any]:
    if isinstance(value, Mapping):
        return {(name, str(item)): answer for item, answer in value.items()}
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # as SQLite keeps it whatever it is given
    return {} if value is None else {(name, ""): value}


def _same(one: Any, other: Any) -> bool:
    # True is 1 to Python, and no yes is a number.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _line(turn: Played, key: Key, value: Any, settled: Waiting | None) -> FactLine:
    name, item = key
    assertion = _assertion(value)
    seq, (start, end) = turn.seq, _words(turn, name, item, value)
    asked_about = settled is not None and name in settled.facts and assertion != ABSENT
    if asked_about and settled is not None and not any(_mentions(turn, (name,))):
        # "Yes" or "the second one" says little: the words are those that the chat asked about.
        seq, start, end = settled.seq, settled.start, settled.end
    return FactLine(name, item, turn.seq, value, assertion, seq, start, end)


def _assertion(value: Any) -> str:
    if value == UNSURE:
        return UNSURE
    return ABSENT if any(_same(value, denial) for denial in _DENIALS) else PRESENT


def _words(turn: Played, name: str, item: str, value: Any) -> tuple[int, int]:
    """The words behind a fact: as heard, else as quoted, else the whole message."""
    wanted = item or value
    heard = list(_mentions(turn, (name,)))
    exact = [mention for mention in heard if mention.get("value") == wanted]
    if not item and isinstance(value, str) and value not in _PLAIN:
        # The sorest place is one of the places named.
        exact += [m for m in _mentions(turn) if m.get("value") == value]
    if item:
        # "None of them" is about every item; another item's words are not about this one.
        heard = [mention for mention in heard if mention.get("value") == "none"]
    for mention in exact + heard:
        place = _place(turn, mention.get("text"), mention.get("start"))
        if place:
            return place
    quotes = turn.slots.get("quotes")
    if isinstance(quotes, Mapping):
        for quote in (quotes.get(f"{name}.{item}") if item else None, quotes.get(name)):
            place = _place(turn, quote)
            if place:
                return place
    return 0, len(turn.text)


def _place(turn: Played, words: Any, near: Any = None) -> tuple[int, int] | None:
    """Where words stand in the visitor's text; Rasa's copy of it lacks what led it."""
    if not isinstance(words, str) or not words:
        return None
    start = -1
    if isinstance(near, int):
        shift = max(turn.text.find(str(turn.user.get("text") or "")), 0)
        start = near + shift if turn.text[near + shift :].startswith(words) else -1
    start = start if start >= 0 else turn.text.find(words)
    return (start, start + len(words)) if start >= 0 else None


def _mentions(turn: Played, names: Collection[str] = ()) -> Iterator[Row]:
    """Mentions that state something of the visitor, now."""
    for mention in turn.parse.get("facts") or ():
        if (
            (not names or mention.get("fact") in names)
            and mention.get("assertion") in (PRESENT, ABSENT)
            and mention.get("experiencer") == "self"
            and mention.get("temporality") == "current"
        ):
            yield mention


def _waiting_after(turn: Played, waiting: Waiting | None) -> Waiting | None:
    if "pending" not in turn.slots:
        return None if turn.forgets else waiting
    pending = turn.slots["pending"]
    if not isinstance(pending, Mapping) or pending.get("kind") not in ("doubt", "which"):
        return None
    content = {name: value for name, value in pending.items() if name != "tries"}
    # A digest: the words themselves stand in the transcript alone.
    about = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    if waiting is not None and waiting.about == about:
        return waiting
    facts = tuple(filter(None, [pending.get("fact"), *(pending.get("updates") or {})]))
    place = _place(turn, pending.get("quote")) or (0, len(turn.text))
    return Waiting(about, facts, turn.seq, *place)
