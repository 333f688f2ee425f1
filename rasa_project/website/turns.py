"""How a message is handled, so that it is neither lost nor doubled nor answered by silence.

journal and commit → wait for the conversation's lock → older unanswered messages first, in
order → the agent, with a time limit → the reply, the tracker's events and the message's state
in one transaction → the answer. All of it runs in a task of its own: a closed tab stops nothing.

The lock is this process's. A second process on the same database is noticed at the commit
(`StaleTurn`): its turn is discarded and the message stays journalled for the next attempt.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from rasa.core.channels.channel import UserMessage

from rasa_project.clinics.booking import with_reference
from rasa_project.settings import Settings
from rasa_project.transcripts.errors import (
    DamagedConversation,
    StaleTurn,
    StoreUnavailable,
    TooManyPending,
    describe,
)
from rasa_project.transcripts.records import ConversationInfo, Event, Receipt, StoredMessage
from rasa_project.transcripts.store import ConversationStore, new_conversation_id
from rasa_project.transcripts.turn import Turn, current_turn
from rasa_project.website.answers import draft, ready_parse, user_message
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.output import ChatOutput
from rasa_project.website.problems import Problem
from rasa_project.website.resuming import Opened, Resuming
from rasa_project.website.schemas import MessageRequest, StartRequest

logger = logging.getLogger(__name__)

Handle = Callable[[UserMessage], Awaitable[Any]]
"""The agent: handles a message, saying what it has to say to the message's output channel."""

CHANNEL = "chat"

MOST_PENDING = 5
"""Unanswered messages of one conversation."""

MOST_ATTEMPTS = 3
"""Replays of one message; one that brings the process down must not do so for ever."""

T = TypeVar("T")


class TurnTimeout(Exception):
    """The turn took longer than it may."""


class NothingSaid(Exception):
    """The agent handled the message and said nothing."""


class Turns:
    """Handles the messages of all conversations, one at a time in each.

    Args:
        store: The record.
        handle: The agent.
        settings: ``turn_seconds`` and ``session_hours`` are used.
        fail_safe: What to say when a turn fails.
        resuming: Codes for the two-week check.
    """

    def __init__(
        self,
        store: ConversationStore,
        handle: Handle,
        settings: Settings,
        fail_safe: FailSafe,
        resuming: Resuming,
    ) -> None:
        self._store = store
        self._run = store.database.run
        self._handle = handle
        self._seconds = settings.turn_seconds
        self._lasts = timedelta(hours=settings.session_hours)
        self._fail_safe = fail_safe
        self._resuming = resuming
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def start(
        self, request: StartRequest, opened: Opened | None = None
    ) -> tuple[ConversationInfo, list[Event]]:
        """Starts a conversation; nothing of one that fails to start is kept.

        Args:
            request: What the page sent.
            opened: The code that was given with it, looked up.

        Raises:
            Problem: 503, the greeting failed.
            StoreUnavailable: The database failed.
        """
        return await self._shielded(self._start(request, opened))

    async def post(
        self, conversation: ConversationInfo, request: MessageRequest
    ) -> tuple[list[Event], bool]:
        """Handles a message.

        Returns:
            The message's events, and whether its id had been seen before.

        Raises:
            Problem: It is refused and nothing changed.
            ConversationClosed: The conversation was closed or deleted meanwhile.
            StoreUnavailable, StaleTurn: Not answered; if it was journalled it will be.
        """
        return await self._shielded(self._post(conversation, request))

    async def catch_up(self, conversation: ConversationInfo) -> None:
        """Answers what was left unanswered, unless somebody is at it already."""
        lock = self._locks.get(conversation.id)
        if lock is not None and lock.locked():
            return
        if await self._run(self._store.pending, conversation.id):
            await self._shielded(self._answer_pending(conversation))

    async def delete(self, conversation: ConversationInfo) -> Receipt:
        """Erases a conversation once its running turn is over."""

        async def erase() -> Receipt:
            async with self._lock(conversation.id):
                return await self._run(self._store.delete, conversation.id)

        return await self._shielded(erase())

    async def drain(self) -> None:
        """Waits for the running turns; for an orderly shutdown."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=self._seconds + 3)

    async def _start(
        self, request: StartRequest, opened: Opened | None
    ) -> tuple[ConversationInfo, list[Event]]:
        clinic = request.clinic or (opened.clinic if opened else None)
        turn = Turn(new_conversation_id(), new=True)
        output = ChatOutput(turn)
        message = UserMessage(
            output_channel=output,
            sender_id=turn.conversation_id,
            input_channel=CHANNEL,
            parse_data=ready_parse("", "start"),
            metadata={"clinic": clinic, **({"resume": opened.answer} if opened else {})},
        )
        await self._take(turn, message, output)
        if turn.failure is not None:
            logger.error("a conversation could not start: %s", describe(turn.failure))
            raise Problem("unavailable")
        code = opened.code_hash if opened and opened.works else None
        create = partial(self._store.create, clinic=clinic, page=request.page, opened_by=code)
        return await self._run(create, turn, output.events, lasts=self._lasts)

    async def _post(
        self, conversation: ConversationInfo, request: MessageRequest
    ) -> tuple[list[Event], bool]:
        try:
            message = await self._run(
                self._store.journal,
                conversation.id,
                request.client_id,
                partial(draft, request),
                MOST_PENDING,
            )
        except TooManyPending:
            # After a crash nobody may be at work on them, and then waiting would never help.
            self._spawn(self.catch_up(conversation))
            raise Problem("too_many_pending", headers={"Retry-After": "2"}) from None
        if message.state == "pending":
            await self._answer_pending(conversation, message)
        return await self._run(self._store.events_of, message.id), message.duplicate

    async def _answer_pending(
        self, conversation: ConversationInfo, waiting: StoredMessage | None = None
    ) -> None:
        """Answers a message and what is older than it; without one, everything unanswered."""
        async with self._lock(conversation.id):
            for message in await self._run(self._store.pending, conversation.id):
                if waiting is not None and message.seq > waiting.seq:
                    break
                own = waiting is not None and message.id == waiting.id
                first_try = own and waiting is not None and not waiting.duplicate
                carrier = None if own or waiting is None else waiting.id
                await self._answer(conversation, message, carrier, replay=not first_try)

    async def _answer(
        self,
        conversation: ConversationInfo,
        message: StoredMessage,
        carried_by: int | None,
        *,
        replay: bool,
    ) -> None:
        turn = Turn(conversation.id)
        output, opened = ChatOutput(turn), None
        if "resume" in message.body:
            opened = await self._run(self._resuming.open, message.body["resume"])
        if replay and message.attempts >= MOST_ATTEMPTS:
            turn.fail(TurnTimeout("given up after several attempts"))
        else:
            if replay:
                await self._run(self._store.count_attempt, message.id)
            resume = opened.answer if opened else None
            said = user_message(message, conversation.id, output, CHANNEL, resume)
            await self._take(turn, said, output)
        failure = turn.failure
        if isinstance(failure, StoreUnavailable | StaleTurn):
            # It may well work in a moment: the message stays journalled and comes first then.
            raise failure
        events, flag = output.events, None
        if failure is not None:
            logger.error(
                "turn failed in conversation %s: %s", conversation.reference, describe(failure)
            )
            text = self._fail_safe.text(conversation.clinic)
            events = [{"type": "notice", "kind": "error", "text": text}]
            flag = "damaged" if isinstance(failure, DamagedConversation) else "failed_turn"
        events = [with_reference(event, conversation.reference) for event in events]
        code = opened.code_hash if opened and opened.works else None
        await self._run(
            partial(
                self._store.commit_turn,
                codes=self._resuming.change(conversation.id, events, code),
                failed=failure is not None,
                carried_by=carried_by,
                flag=flag,
            ),
            message.id,
            turn,
            events,
        )

    async def _take(self, turn: Turn, message: UserMessage, output: ChatOutput) -> None:
        """Lets the agent handle a message; whatever happens ends up in ``turn.failure``."""
        task = asyncio.create_task(self._work(turn, message))
        done, _running = await asyncio.wait({task}, timeout=self._seconds)
        if not done:
            turn.fail(TurnTimeout())
            task.cancel()
            # Not for long: what refuses to die finds the turn closed.
            await asyncio.wait({task}, timeout=0.5)
        if turn.failure is None and not output.events:
            turn.fail(NothingSaid())
        turn.close()

    async def _work(self, turn: Turn, message: UserMessage) -> None:
        current_turn.set(turn)
        try:
            await self._handle(message)
        except (asyncio.CancelledError, KeyboardInterrupt) as error:
            turn.fail(error)
            raise
        # Rasa exits the process over some errors; here none of them may.
        except BaseException as error:
            turn.fail(error)

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        # Whoever holds or awaits the lock keeps it alive; afterwards it vanishes by itself.
        return self._locks.setdefault(conversation_id, asyncio.Lock())

    async def _shielded(self, work: Coroutine[Any, Any, T]) -> T:
        return await asyncio.shield(self._spawn(work))

    def _spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        # Looked at here because nobody may be left to: the page has gone away.
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, Problem):
            logger.warning("not answered: %s", describe(error))
