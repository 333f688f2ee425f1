"""One turn as the record holds it: what the visitor said, what Rasa made of it, what was said.

The same values come from the turn being committed and from stored rows, so that what is written
beside a turn and what is rebuilt years later follow from one reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """Something the bot said.

    Attributes:
        seq: Number of the event.
        type: Kind of the event.
        payload: What the page got of it.
        standing: Ids of the red-flag rules that held when it was said; None when it says nothing
            about them.
        judged: What an outcome was judged on, by the columns of the judgement.
    """

    seq: int
    type: str
    payload: Row
    standing: Sequence[str] | None = None
    judged: Row | None = None


@dataclass(frozen=True)
class Played:
    """One turn.

    Attributes:
        seq: Number of the visitor's event; 0 for the start of the conversation.
        at: When the visitor's message came in, or the conversation began.
        text: The visitor's words as typed, or the labels chosen.
        tracker: Rasa's events of the turn; none of a failed one.
        said: What the bot said.
        failed: Whether it was answered with the fail-safe text.
    """

    seq: int
    at: datetime
    text: str = ""
    tracker: Sequence[Row] = ()
    said: Sequence[Said] = ()
    failed: bool = False
    slots: Mapping[str, Any] = field(init=False)
    forgets: bool = field(init=False)

    def __post_init__(self) -> None:
        slots: dict[str, Any] = {}
        forgets = False
        for event in self.tracker:
            kind = event.get("event")
            if kind == "reset_slots":
                slots, forgets = {}, True
            elif kind == "slot":
                slots[str(event.get("name"))] = event.get("value")
        # Slots set in this turn, each with its last value; and whether all were emptied first.
        object.__setattr__(self, "slots", slots)
        object.__setattr__(self, "forgets", forgets)

    @property
    def user(self) -> Row:
        """Rasa's event of the visitor's message; empty when there is none."""
        return next((event for event in self.tracker if event.get("event") == "user"), {})

    @property
    def parse(self) -> Row:
        """What the language room made of the message."""
        parse = self.user.get("parse_data")
        return parse if isinstance(parse, Mapping) else {}

    @property
    def typed(self) -> bool:
        """Whether it was written and not tapped."""
        return bool((self.user.get("metadata") or {}).get("typed"))


def words_of(body: Row, tracker: Iterable[Row]) -> str:
    """What the visitor's event says: words as typed, else the labels chosen."""
    if isinstance(body.get("text"), str):
        return str(body["text"])
    return next((str(e.get("text") or "") for e in tracker if e.get("event") == "user"), "")


def by_message(tracker: Iterable[Row]) -> Iterator[tuple[str | None, list[Row]]]:
    """Parts a conversation's tracker events into those of each message.

    Yields:
        The page's id of the message, None for what comes before the first, and its events.
    """
    name: str | None = None
    part: list[Row] = []
    for event in tracker:
        if event.get("event") == "user":
            if part:
                yield name, part
            name, part = str(event.get("message_id")), []
        part.append(event)
    if part:
        yield name, part
