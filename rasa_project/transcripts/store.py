"""The conversation store: every change to a conversation is one of these transactions.

All methods block; coroutines call them through `Database.run`. Order is always by sequence
number, never by time: clocks step back.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa

from rasa_project.transcripts import resume_codes
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import (
    DamagedConversation,
    TooManyPending,
    UnknownConversation,
)
from rasa_project.transcripts.models import (
    ANSWERED,
    FAILED,
    PENDING,
    VISITOR,
    CallBack,
    ChatEvent,
    Conversation,
    Deletion,
    Judgement,
    Message,
    TrackerEvent,
)
from rasa_project.transcripts.projection import (
    add_start,
    add_turn,
    erase_projections,
    said_of,
)
from rasa_project.transcripts.rebuild import rebuild_one
from rasa_project.transcripts.records import (
    Compose,
    ConversationInfo,
    Event,
    Receipt,
    StoredMessage,
)
from rasa_project.transcripts.resume_codes import CodeChange
from rasa_project.transcripts.rows import (
    add_replies,
    add_tracker_events,
    as_event,
    as_info,
    as_stored,
    erase,
    free_reference,
    last_seq,
    locked,
    open_screen,
    pending_rows,
)
from rasa_project.transcripts.staff_models import Review
from rasa_project.transcripts.turn import Turn


def new_conversation_id() -> str:
    """Makes an id of 160 random bits; hexadecimal, so it is safe everywhere."""
    return secrets.token_hex(20)


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class ConversationStore:
    """Conversations in a database.

    Args:
        database: Where they are.
        now: The clock, for stamping only.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self.database = database
        self._now = now

    def ping(self) -> None:
        """Reads one row.

        Raises:
            StoreUnavailable: The database does not answer or has no tables.
        """
        with self.database.session() as session:
            session.execute(sa.select(Conversation.id).limit(1)).first()

    def create(
        self,
        turn: Turn,
        events: Sequence[Event],
        *,
        clinic: str | None = None,
        page: str | None = None,
        lasts: timedelta = timedelta(days=1),
        opened_by: str | None = None,
        simulated: bool = False,
    ) -> tuple[ConversationInfo, list[Event]]:
        """Stores a new conversation with its greeting: all of it or nothing.

        Args:
            turn: The starting turn, with its tracker events; its id becomes the conversation's.
            events: What the bot said, as ``{"type", "text", …}``.
            clinic: The page's own clinic.
            page: Path of the page.
            lasts: Time until the conversation expires.
            opened_by: Hash of the code that opened it as a two-week check.
            simulated: Whether it is played on purpose; figures leave it out.

        Returns:
            The conversation and the events as stored.
        """
        now = self._now()
        with self.database.session(write=True) as session:
            row = Conversation(
                id=turn.conversation_id,
                reference=free_reference(session),
                clinic=clinic,
                page=page,
                created_at=now,
                expires_at=now + lasts,
                opened_by=opened_by,
                simulated=simulated,
            )
            session.add(row)
            session.flush()
            add_tracker_events(session, row.id, 0, turn.tracker_events)
            stored = add_replies(session, row.id, events, now)
            add_start(session, row, turn.tracker_events, list(map(said_of, events, stored)))
            return as_info(row), stored

    def conversation(self, conversation_id: str) -> ConversationInfo | None:
        """Finds a conversation; None when there never was one."""
        with self.database.session() as session:
            row = session.get(Conversation, conversation_id)
            return as_info(row) if row else None

    def journal(
        self, conversation_id: str, client_id: str, compose: Compose, most_pending: int = 5
    ) -> StoredMessage:
        """Commits a visitor's message and its visitor event before anything tries to read it.

        The same client id again changes nothing and gives what is there, whatever is sent.

        Args:
            conversation_id: Whose message.
            client_id: The page's id of the message.
            compose: Checks the message against the open screen; called inside the transaction,
                so no other message can close that screen in between. What it raises passes on.
            most_pending: Unanswered messages a conversation may have.

        Raises:
            ConversationClosed, UnknownConversation, TooManyPending, StoreUnavailable.
        """
        with self.database.session(write=True) as session:
            locked(session, conversation_id)
            known = session.execute(
                sa.select(Message).where(
                    Message.conversation_id == conversation_id, Message.client_id == client_id
                )
            ).scalar_one_or_none()
            if known is not None:
                return as_stored(session, known, duplicate=True)
            if len(pending_rows(session, conversation_id)) >= most_pending:
                raise TooManyPending
            draft = compose(open_screen(session, conversation_id))
            now = self._now()
            message = Message(
                conversation_id=conversation_id,
                client_id=client_id,
                body=draft.body,
                received_at=now,
                state=PENDING,
                visitor_seq=last_seq(session, ChatEvent, conversation_id) + 1,
                attempts=0,
            )
            session.add(message)
            session.flush()
            session.add(
                ChatEvent(
                    conversation_id=conversation_id,
                    seq=message.visitor_seq,
                    at=now,
                    sender=VISITOR,
                    type="text",
                    payload={"text": draft.text},
                    message_id=message.id,
                )
            )
            session.flush()
            return as_stored(session, message)

    def pending(self, conversation_id: str) -> list[StoredMessage]:
        """Unanswered messages, oldest first.

        Raises:
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        with self.database.session() as session:
            locked(session, conversation_id, lock=False)
            return [as_stored(session, row) for row in pending_rows(session, conversation_id)]

    def count_attempt(self, message_id: int) -> None:
        """Notes that a message is about to be replayed."""
        with self.database.session(write=True) as session:
            session.execute(
                sa.update(Message)
                .where(Message.id == message_id)
                .values(attempts=Message.attempts + 1)
                .execution_options(synchronize_session=False)
            )

    def commit_turn(
        self,
        message_id: int,
        turn: Turn,
        events: Sequence[Event],
        *,
        failed: bool = False,
        carried_by: int | None = None,
        flag: str | None = None,
        codes: CodeChange | None = None,
    ) -> None:
        """Stores a turn's outcome in one transaction: replies, tracker events, message state.

        A message that was answered meanwhile is left as it is.

        Args:
            message_id: The message that was handled.
            turn: The turn; its tracker events are stored unless it failed.
            events: What the bot says.
            failed: The events are the fail-safe answer.
            carried_by: The newer message that waited for this one, if any.
            flag: A code for staff.
            codes: What becomes of codes for the two-week check.

        Raises:
            StaleTurn: The tracker grew since the turn read it.
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        with self.database.session(write=True) as session:
            conversation = locked(session, turn.conversation_id)
            message = session.get(Message, message_id)
            if message is None:
                raise UnknownConversation
            if message.state != PENDING:
                return
            tracker = [] if failed else turn.tracker_events
            if tracker:
                add_tracker_events(session, turn.conversation_id, turn.stored or 0, tracker)
            stored = add_replies(
                session, turn.conversation_id, events, self._now(), message_id, carried_by
            )
            if codes is not None and not failed:
                resume_codes.apply(session, conversation, codes, self._now())
            message.state = FAILED if failed else ANSWERED
            said = list(map(said_of, events, stored))
            add_turn(session, conversation, message, tracker, said)
            if flag:
                conversation.flag, conversation.flagged_at = flag, self._now()

    def events_after(self, conversation_id: str, after: int = 0) -> list[Event]:
        """Everything said after a sequence number, in order."""
        wanted = sa.and_(ChatEvent.conversation_id == conversation_id, ChatEvent.seq > after)
        return self._events(wanted)

    def events_of(self, message_id: int) -> list[Event]:
        """What the response to a message consists of, the same however often it is asked for."""
        return self._events(
            sa.or_(ChatEvent.message_id == message_id, ChatEvent.carried_by == message_id)
        )

    def tracker_events(self, conversation_id: str) -> list[dict[str, Any]]:
        """Rasa's events of a conversation in order.

        Raises:
            UnknownConversation: There is no such conversation.
            DamagedConversation: A row is no JSON.
            StoreUnavailable: The database failed; never an empty list instead.
        """
        with self.database.session() as session:
            locked(session, conversation_id, lock=False)
            query = (
                sa.select(TrackerEvent.data)
                .where(TrackerEvent.conversation_id == conversation_id)
                .order_by(TrackerEvent.seq)
            )
            try:
                return list(session.execute(query).scalars())
            except ValueError:
                raise DamagedConversation(conversation_id, "a row is not JSON") from None

    def append_tracker_events(
        self, conversation_id: str, stored: int, events: Sequence[dict[str, Any]]
    ) -> None:
        """Adds tracker events outside any turn.

        Args:
            conversation_id: Whose.
            stored: How many the caller believes are there.
            events: Those that follow.

        Raises:
            StaleTurn, ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        with self.database.session(write=True) as session:
            locked(session, conversation_id)
            add_tracker_events(session, conversation_id, stored, events)
            rebuild_one(session, conversation_id)

    def conversation_ids(self) -> list[str]:
        """Every conversation's id, oldest first."""
        with self.database.session() as session:
            query = sa.select(Conversation.id).order_by(Conversation.created_at, Conversation.id)
            return list(session.execute(query).scalars())

    def delete(self, conversation_id: str) -> Receipt:
        """Erases every word of a conversation, and a request for a call, and closes it for good.

        Raises:
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        now = self._now()
        with self.database.session(write=True) as session:
            conversation = locked(session, conversation_id)
            erase_projections(session, [conversation_id])
            events, messages, tracker_events = (
                erase(session, table, table.conversation_id == conversation_id)
                for table in (ChatEvent, Message, TrackerEvent)
            )
            for kept in (Judgement, Review):
                erase(session, kept, kept.conversation_id == conversation_id)
            calls = erase(session, CallBack, CallBack.reference == conversation.reference)
            resume_codes.forget(session, conversation_id)
            conversation.closed_at = now
            conversation.page = conversation.opened_by = None
            receipt = Receipt(secrets.token_hex(16), now, events, messages, tracker_events, calls)
            session.add(
                Deletion(
                    receipt=receipt.receipt,
                    at=now,
                    events=receipt.events,
                    messages=receipt.messages,
                    tracker_events=receipt.tracker_events,
                    call_backs=receipt.call_backs,
                )
            )
        self.database.scrub()
        return receipt

    def _events(self, wanted: Any) -> list[Event]:
        with self.database.session() as session:
            query = sa.select(ChatEvent).where(wanted).order_by(ChatEvent.seq)
            return [as_event(row) for row in session.execute(query).scalars()]
