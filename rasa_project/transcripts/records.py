"""Plain values that cross the store's door; none of them holds a database session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

Event = dict[str, Any]
"""A chat event as the contract has it: seq, at, from, type, text and the type's extra keys."""


@dataclass(frozen=True)
class ConversationInfo:
    """A conversation's own row; times are aware UTC."""

    id: str
    reference: str
    clinic: str | None
    expires_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Draft:
    """A message that passed every check and may be journalled.

    Attributes:
        body: What handling it again needs: ``text`` (and ``near``, a postal area in words), or
            ``screen`` with ``choice`` or ``number``.
        text: How it reads in the chat.
    """

    body: dict[str, Any]
    text: str


Compose = Callable[[Event | None], Draft]
"""Checks a message against the open screen (None: no screen is open); raises to refuse it."""


@dataclass(frozen=True)
class StoredMessage:
    """A journalled message.

    Attributes:
        id: The store's number.
        client_id: The page's id.
        body: As in `Draft`.
        text: As in `Draft`.
        received_at: When it was journalled.
        state: ``pending``, ``answered`` or ``failed``.
        seq: Number of its visitor event.
        attempts: How often it was replayed.
        duplicate: True when it had been journalled before.
    """

    id: int
    client_id: str
    body: dict[str, Any]
    text: str
    received_at: datetime
    state: str
    seq: int
    attempts: int
    duplicate: bool = False


@dataclass(frozen=True)
class Receipt:
    """Proof of a deletion: counts only."""

    receipt: str
    deleted_at: datetime
    events: int
    messages: int
    tracker_events: int
    call_backs: int


@dataclass(frozen=True)
class CallRequest:
    """What a visitor sends to be called; checked before it comes here.

    Attributes:
        name: As they wish to be called.
        phone: A number that can be dialled, as people read it.
        clinic: Slug of one of the clinics that were named; None for the last one named.
    """

    name: str
    phone: str
    clinic: str | None = None


@dataclass(frozen=True)
class CallBackInfo:
    """A request for a call as staff read it; times are aware UTC.

    Attributes:
        reference: The chat's reference code, the only link to it.
        clinic: Slug of the clinic that is to call.
        name: The visitor's.
        phone: The visitor's.
        consent: The sentence that the visitor agreed to.
        asked_at: When they asked.
        kept_until: When the row is erased at the latest.
        done_at: When the clinic called.
        done_by: Who did.
    """

    reference: str
    clinic: str
    name: str
    phone: str
    consent: str
    asked_at: datetime
    kept_until: datetime
    done_at: datetime | None = None
    done_by: str | None = None


def iso(time: datetime) -> str:
    """Writes a time as the contract has it: UTC, milliseconds, ``Z``."""
    utc = time.astimezone(timezone.utc)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
