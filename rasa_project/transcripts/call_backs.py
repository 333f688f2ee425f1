"""Requests for a call: kept apart from the transcript, and never in Rasa's tracker.

All methods block; coroutines call them through `Database.run`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rasa_project.clinics.call_back import (
    KEPT_DAYS,
    KEPT_DAYS_WHEN_DONE,
    asked_text,
    withdrawn_text,
)
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import NotOffered
from rasa_project.transcripts.models import CallBack, ChatEvent
from rasa_project.transcripts.records import CallBackInfo, CallRequest, Event
from rasa_project.transcripts.rows import add_replies, as_event, locked

CALM_LEVELS = frozenset({"PROMPT", "ROUTINE", "SELF_CARE"})
"""Outcomes after which a call from the clinic is soon enough. The others send the visitor to care
today or now, and nothing may look like another way."""


class CallBacks:
    """Requests for a call in a database.

    Args:
        database: Where they are.
        now: The clock, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] | None = None) -> None:
        self.database = database
        self._now = now or (lambda: datetime.now(timezone.utc))

    def ask(
        self, conversation_id: str, request: CallRequest
    ) -> tuple[CallBackInfo, Event, list[Event]]:
        """Keeps a request; it takes the place of an earlier one of the same chat.

        Args:
            conversation_id: Whose.
            request: Name and number, and perhaps the clinic; the visitor has agreed.

        Returns:
            The request, the clinic event that offered it, and the line added to the chat.

        Raises:
            NotOffered: The chat does not stand at an outcome that leaves time for a call, or that
                clinic was not named after it.
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        now = self._now()
        with self.database.session(write=True) as session:
            conversation = locked(session, conversation_id)
            offer = _offer(session, conversation_id, request.clinic)
            erased = _erase(session, CallBack.reference == conversation.reference)
            erased += _erase(session, CallBack.kept_until <= now)
            row = CallBack(
                reference=conversation.reference,
                clinic=offer["slug"],
                name=request.name,
                phone=request.phone,
                consent=offer["call_back"]["consent"],
                asked_at=now,
                kept_until=now + timedelta(days=KEPT_DAYS),
            )
            session.add(row)
            said = {"type": "notice", "kind": "confirm", "text": asked_text(offer["name"])}
            events = add_replies(session, conversation_id, [said], now)
            kept = _as_info(row)
        if erased:
            self.database.scrub()
        return kept, offer, events

    def withdraw(self, conversation_id: str) -> list[Event]:
        """Erases the request of a chat.

        Returns:
            The line added to the chat; empty when there was no request.

        Raises:
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        with self.database.session(write=True) as session:
            conversation = locked(session, conversation_id)
            if not _erase(session, CallBack.reference == conversation.reference):
                return []
            said = {"type": "notice", "kind": "confirm", "text": withdrawn_text()}
            events = add_replies(session, conversation_id, [said], self._now())
        self.database.scrub()
        return events

    def requests(
        self, *, clinics: Sequence[str] | None = None, done: bool = False
    ) -> list[CallBackInfo]:
        """Requests for staff, the oldest first.

        Args:
            clinics: Slugs whose requests may be seen; None for all.
            done: Whether those that were dealt with are listed too.
        """
        query = sa.select(CallBack).where(CallBack.kept_until > self._now())
        if clinics is not None:
            query = query.where(CallBack.clinic.in_(clinics))
        if not done:
            query = query.where(CallBack.done_at.is_(None))
        with self.database.session() as session:
            rows = session.execute(query.order_by(CallBack.asked_at, CallBack.id)).scalars()
            return [_as_info(row) for row in rows]

    def mark_done(self, reference: str, by: str) -> CallBackInfo | None:
        """Notes that the clinic has called; the row is erased a week later.

        Args:
            reference: The chat's reference code, in any case.
            by: Who called.

        Returns:
            The request; None when there is none to call any more. One that was done stays as it
            was.
        """
        now = self._now()
        with self.database.session(write=True) as session:
            row = session.execute(
                sa.select(CallBack)
                .where(CallBack.reference == reference.strip().upper(), CallBack.kept_until > now)
                .with_for_update()
            ).scalar_one_or_none()
            if row is None:
                return None
            if row.done_at is None:
                row.done_at, row.done_by = now, by
                row.kept_until = min(row.kept_until, now + timedelta(days=KEPT_DAYS_WHEN_DONE))
            return _as_info(row)

    def purge(self) -> int:
        """Erases every request whose time is over; gives how many there were."""
        with self.database.session(write=True) as session:
            erased = _erase(session, CallBack.kept_until <= self._now())
        if erased:
            self.database.scrub()
        return erased


def _offer(session: Session, conversation_id: str, clinic: str | None) -> Event:
    """The last clinic event of the standing outcome that offers a call, from that clinic if given.

    An open question after the outcome means that the next step is not settled: no offer stands.
    """
    kinds = ("outcome", "screen", "clinic")
    query = (
        sa.select(ChatEvent)
        .where(ChatEvent.conversation_id == conversation_id, ChatEvent.type.in_(kinds))
        .order_by(ChatEvent.seq.desc())
    )
    offers: list[Event] = []
    for row in session.execute(query).scalars():
        if row.type == "clinic":
            offers.append(as_event(row))
            continue
        if row.payload.get("level") not in CALM_LEVELS:
            break  # a screen has no level
        for offer in offers:
            if offer.get("call_back") and clinic in (None, offer["slug"]):
                return offer
        break
    raise NotOffered


def _erase(session: Session, wanted: Any) -> int:
    erased: int = session.execute(
        sa.delete(CallBack).where(wanted).execution_options(synchronize_session=False)
    ).rowcount
    return erased


def _as_info(row: CallBack) -> CallBackInfo:
    return CallBackInfo(
        reference=row.reference,
        clinic=row.clinic,
        name=row.name,
        phone=row.phone,
        consent=row.consent,
        asked_at=row.asked_at,
        kept_until=row.kept_until,
        done_at=row.done_at,
        done_by=row.done_by,
    )
