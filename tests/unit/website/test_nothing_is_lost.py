"""Faults of every kind: what was acknowledged is there once, and the visitor reads what to do."""

import asyncio
import contextlib
import logging
import sqlite3
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage

from rasa_project.transcripts.errors import DamagedConversation, StaleTurn, StoreUnavailable
from rasa_project.transcripts.turn import current_turn
from tests.unit.website.conftest import SCREEN, Chat, Session, serve
from tests.unit.website.test_refusals import problem


def new_id() -> str:
    return str(uuid.uuid4())


def fail_once(chat: Chat, method: str, error: Exception) -> None:
    """Has a method of the store fail at its next call, before it does anything."""
    real = getattr(chat.store, method)

    def failing(*args: Any, **kwargs: Any) -> Any:
        setattr(chat.store, method, real)
        raise error

    setattr(chat.store, method, failing)


@contextlib.contextmanager
def locked(file: Path):
    """Holds the database's write lock from outside."""
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.rollback()
        holder.close()


async def test_a_message_whose_commit_failed_is_answered_once_when_it_is_sent_again(
    session: Session,
) -> None:
    message_id = new_id()
    fail_once(session.chat, "commit_turn", StoreUnavailable())
    body = problem(await session.send("first", id=message_id), 503, "unavailable")
    assert "911" in body["detail"]
    assert [e["text"] for e in (await session.send("first", id=message_id)).json()["events"]] == [
        "first",
        "heard first",
    ]
    assert await session.texts() == [SCREEN["text"], "first", "heard first"]
    assert len(session.chat.store.tracker_events(session.id)) == 2


async def test_a_message_that_could_not_be_journalled_is_not_acknowledged(session: Session) -> None:
    message_id = new_id()
    fail_once(session.chat, "journal", StoreUnavailable())
    problem(await session.send("first", id=message_id), 503)
    assert len(await session.events()) == 1
    assert (await session.send("first", id=message_id)).json()["duplicate"] is False
    assert await session.texts() == [SCREEN["text"], "first", "heard first"]


async def test_an_unanswered_message_is_replayed_first_once_and_its_answer_is_carried(
    session: Session,
) -> None:
    fail_once(session.chat, "commit_turn", StoreUnavailable())
    await session.send("first")
    answer = (await session.send("second")).json()
    assert session.chat.agent.heard == ["first", "first", "second"]
    assert [e["text"] for e in answer["events"]] == ["second", "heard first", "heard second"]
    assert await session.texts() == [
        SCREEN["text"], "first", "second", "heard first", "heard second",
    ]  # fmt: skip
    assert [e["seq"] for e in await session.events()] == [1, 2, 3, 4, 5]


async def test_who_comes_back_finds_the_answer_that_was_missing(session: Session) -> None:
    fail_once(session.chat, "commit_turn", StoreUnavailable())
    await session.send("first")
    assert await session.texts() == [SCREEN["text"], "first", "heard first"]
    assert await session.texts() == [SCREEN["text"], "first", "heard first"]


async def test_a_process_that_dies_in_mid_turn_goes_on_after_the_restart(tmp_path: Path) -> None:
    message_id = new_id()
    async with serve(tmp_path / "chat.db") as chat:
        session = await chat.start()
        await session.say("before")
        # Dead after the journal: the message is committed and nothing has looked at it.
        from rasa_project.transcripts.records import Draft

        chat.store.journal(session.id, message_id, lambda _: Draft({"text": "during"}, "during"))
        answer = session.answer
    async with serve(tmp_path / "chat.db") as chat:
        session = Session(chat, answer)
        events = (await session.send("during", id=message_id)).json()
        assert events["duplicate"] is True
        assert [e["text"] for e in events["events"]] == ["during", "heard during"]
        await session.say("after")
        assert await session.texts() == [
            SCREEN["text"], "before", "heard before", "during", "heard during",
            "after", "heard after",
        ]  # fmt: skip
        assert chat.agent.heard == ["during", "after"]


async def test_a_message_that_fails_at_every_replay_is_apologised_for_in_the_end(
    session: Session,
) -> None:
    message_id = new_id()
    for _ in range(4):
        fail_once(session.chat, "commit_turn", StoreUnavailable())
        problem(await session.send("poison", id=message_id), 503)
    events = (await session.send("poison", id=message_id)).json()["events"]
    assert events[-1]["kind"] == "error"
    assert len(session.chat.agent.heard) == 4
    await session.say("next")


async def explode(_message: UserMessage) -> None:
    raise RuntimeError("the visitor said secretword")


async def fail_quietly(message: UserMessage) -> None:
    """An action raises, Rasa swallows it, drops the form and says goodbye."""
    turn = current_turn.get()
    assert turn is not None
    turn.tracker_events.append({"event": "active_loop", "name": None})
    turn.fail(RuntimeError("secretword"))
    await message.output_channel.send_text_message(message.sender_id, "All done, take care!")


async def exit_process(_message: UserMessage) -> None:
    raise SystemExit(1)


async def say_nothing(_message: UserMessage) -> None:
    return


async def say_no_event(message: UserMessage) -> None:
    await message.output_channel.send_custom_json(message.sender_id, {"type": "alert", "text": "x"})


async def say_an_event_without_text(message: UserMessage) -> None:
    await message.output_channel.send_custom_json(message.sender_id, {"type": "screen"})


async def damaged(message: UserMessage) -> None:
    raise DamagedConversation(message.sender_id, "row 3")


@pytest.mark.parametrize(
    "behave",
    [explode, fail_quietly, exit_process, say_nothing, say_no_event, say_an_event_without_text,
     damaged],
)  # fmt: skip
async def test_a_failed_turn_says_so_and_leaves_the_form_where_it_was(
    session: Session, behave: Any, caplog: pytest.LogCaptureFixture
) -> None:
    chat = session.chat
    before = chat.store.tracker_events(session.id)
    chat.agent.behave = behave
    message_id = new_id()
    with caplog.at_level(logging.DEBUG, logger="rasa_project"):
        events = await session.say("secretword in my heel", id=message_id)
    assert [(e["from"], e["type"]) for e in events] == [("visitor", "text"), ("bot", "notice")]
    assert events[1]["kind"] == "error"
    assert "911" in events[1]["text"]
    assert chat.store.tracker_events(session.id) == before
    assert "secretword" not in caplog.text
    assert caplog.text
    chat.agent.behave = chat.agent.repeat
    assert await session.say("secretword in my heel", id=message_id) == events
    # The question is still open.
    await session.say(screen="onset", choice=["gradual"])


async def test_the_fail_safe_gives_the_clinics_phone_when_it_is_known(chat: Chat) -> None:
    session = await chat.start(clinic="mimico")
    chat.agent.behave = explode
    assert "416-555-0100" in (await session.say("hello"))[-1]["text"]
    fail_once(chat, "journal", StoreUnavailable())
    assert "416-555-0100" in (await session.send("hello")).json()["detail"]


async def test_a_hanging_action_is_given_up_and_can_change_nothing_later(tmp_path: Path) -> None:
    late = asyncio.Event()

    async def hang(message: UserMessage) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await message.output_channel.send_text_message(message.sender_id, "too late")
            late.set()
            raise

    async with serve(tmp_path / "chat.db", turn_seconds=0.3) as chat:
        session = await chat.start()
        chat.agent.behave = hang
        began = time.monotonic()
        events = await session.say("hello")
        assert time.monotonic() - began < 2
        assert [e["type"] for e in events] == ["text", "notice"]
        await asyncio.wait_for(late.wait(), 1)
        chat.agent.behave = chat.agent.repeat
        assert (await session.say("again"))[-1]["text"] == "heard again"


async def test_an_action_that_refuses_to_die_does_not_hold_up_the_visitor(tmp_path: Path) -> None:
    release = asyncio.Event()

    async def immortal(message: UserMessage) -> None:
        while not release.is_set():
            with contextlib.suppress(asyncio.CancelledError):
                await release.wait()
        await message.output_channel.send_text_message(message.sender_id, "from the grave")

    async with serve(tmp_path / "chat.db", turn_seconds=0.2) as chat:
        session = await chat.start()
        chat.agent.behave = immortal
        assert (await session.say("hello"))[-1]["type"] == "notice"
        release.set()
        await asyncio.sleep(0.05)
        assert len(await session.events()) == 3
        assert chat.agent.messages[-1].output_channel.events == []  # type: ignore[attr-defined]


async def test_the_same_id_posted_at_once_from_two_tabs_is_handled_once(session: Session) -> None:
    message_id = new_id()
    answers = await asyncio.gather(*(session.send("hello", id=message_id) for _ in range(5)))
    events = [a.json()["events"] for a in answers]
    assert all(e == events[0] for e in events)
    assert sorted(a.json()["duplicate"] for a in answers) == [False, True, True, True, True]
    assert session.chat.agent.heard == ["hello"]


async def test_messages_of_one_conversation_are_handled_one_at_a_time_in_order(
    session: Session,
) -> None:
    chat, running, most = session.chat, 0, 0

    async def slow(message: UserMessage) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        await chat.agent.repeat(message)
        running -= 1

    chat.agent.behave = slow
    await asyncio.gather(*(session.send(f"m{n}") for n in range(5)))
    events = await session.events()
    visitor = [e["text"] for e in events if e["from"] == "visitor"]
    assert most == 1
    assert chat.agent.heard == visitor
    assert [e["text"] for e in events if e["from"] == "bot"][1:] == [f"heard {t}" for t in visitor]
    assert [e["seq"] for e in events] == list(range(1, 12))


async def test_conversations_do_not_wait_for_each_other(chat: Chat) -> None:
    one, two = await chat.start(), await chat.start()
    gate = asyncio.Event()

    async def wait_for_one(message: UserMessage) -> None:
        if message.sender_id == one.id:
            await gate.wait()
        await chat.agent.repeat(message)

    chat.agent.behave = wait_for_one
    waiting = asyncio.create_task(one.say("slow"))
    await two.say("fast")
    assert not waiting.done()
    gate.set()
    await waiting


async def test_a_sixth_unanswered_message_is_429_and_the_others_are_answered(
    session: Session,
) -> None:
    chat, gate = session.chat, asyncio.Event()

    async def gated(message: UserMessage) -> None:
        await gate.wait()
        await chat.agent.repeat(message)

    chat.agent.behave = gated
    sent = [asyncio.create_task(session.send(f"m{n}")) for n in range(5)]
    for _ in range(200):
        if len(chat.store.pending(session.id)) == 5:
            break
        await asyncio.sleep(0.01)
    answer = await session.send("one more")
    problem(answer, 429, "too-many-pending")
    assert int(answer.headers["retry-after"]) >= 1
    gate.set()
    assert [a.status_code for a in await asyncio.gather(*sent)] == [200] * 5


async def test_a_crashed_conversation_full_of_unanswered_messages_recovers(
    session: Session,
) -> None:
    from rasa_project.transcripts.records import Draft

    for n in range(5):
        draft = Draft({"text": f"m{n}"}, f"m{n}")
        session.chat.store.journal(session.id, new_id(), lambda _, draft=draft: draft)
    problem(await session.send("one more"), 429)
    for _ in range(200):
        if not session.chat.store.pending(session.id):
            break
        await asyncio.sleep(0.01)
    await session.say("one more")
    assert session.chat.agent.heard == ["m0", "m1", "m2", "m3", "m4", "one more"]


async def test_closing_the_tab_does_not_stop_the_turn(session: Session) -> None:
    chat, reached, gate = session.chat, asyncio.Event(), asyncio.Event()

    async def gated(message: UserMessage) -> None:
        reached.set()
        await gate.wait()
        await chat.agent.repeat(message)

    chat.agent.behave = gated
    with pytest.raises(httpx.ReadTimeout):
        async with httpx.AsyncClient(base_url=chat.client.base_url, timeout=0.2) as tab:
            await tab.post(
                "/chat/messages", json={"id": new_id(), "text": "bye"}, headers=session.headers
            )
    assert reached.is_set()
    gate.set()
    for _ in range(100):
        if not chat.store.pending(session.id):
            break
        await asyncio.sleep(0.01)
    assert await session.texts() == [SCREEN["text"], "bye", "heard bye"]
    assert chat.agent.heard == ["bye"]


async def test_a_locked_database_is_503_within_three_seconds_and_loses_nothing(
    session: Session,
) -> None:
    message_id = new_id()
    with locked(session.chat.file):
        began = time.monotonic()
        answers = await asyncio.gather(
            session.send("hello", id=message_id),
            session.chat.client.post("/chat/sessions", json={}),
            session.chat.client.delete("/chat/session", headers=session.headers),
        )
        assert time.monotonic() - began < 3
    for answer in answers:
        assert "911" in problem(answer, 503, "unavailable")["detail"]
    await session.say("hello", id=message_id)
    assert await session.texts() == [SCREEN["text"], "hello", "heard hello"]


async def test_a_lock_that_comes_in_mid_turn_is_503_and_the_message_is_kept(
    session: Session,
) -> None:
    chat, message_id = session.chat, new_id()

    async def lock_then_repeat(message: UserMessage) -> None:
        await chat.agent.repeat(message)
        holding.enter_context(locked(chat.file))

    with contextlib.ExitStack() as holding:
        chat.agent.behave = lock_then_repeat
        began = time.monotonic()
        problem(await session.send("hello", id=message_id), 503)
        assert time.monotonic() - began < 3
    chat.agent.behave = chat.agent.repeat
    await session.say("hello", id=message_id)
    assert await session.texts() == [SCREEN["text"], "hello", "heard hello"]
    assert len(chat.store.tracker_events(session.id)) == 2


async def test_a_full_disk_is_503_and_loses_nothing(own_chat: Chat) -> None:
    chat, session = own_chat, await own_chat.start()
    with chat.store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        # Every connection of the pool gets a database that may not grow.
    chat.store.database.engine.dispose()
    from sqlalchemy import event

    def no_room(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(chat.store.database.engine, "connect", no_room)
    status = 200
    for _ in range(30):
        status = (await session.send("x" * 1900)).status_code
        if status != 200:
            break
    assert status == 503
    event.remove(chat.store.database.engine, "connect", no_room)
    chat.store.database.engine.dispose()
    await session.say("room again")
    events = await session.events()
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
    assert (
        sum(e["from"] == "visitor" for e in events) == sum(e["from"] == "bot" for e in events) - 1
    )


async def test_a_second_process_on_the_same_conversation_cannot_double_its_tracker(
    session: Session,
) -> None:
    chat = session.chat

    async def overtaken(message: UserMessage) -> None:
        await chat.agent.repeat(message)
        chat.store.append_tracker_events(session.id, 1, [{"event": "other process"}])
        chat.agent.behave = chat.agent.repeat

    chat.agent.behave = overtaken
    message_id = new_id()
    problem(await session.send("hello", id=message_id), 503)
    await session.say("hello", id=message_id)
    events = [e["event"] for e in chat.store.tracker_events(session.id)]
    assert events == ["user", "other process", "user"]


@pytest.mark.parametrize("behave", [explode, say_nothing, fail_quietly])
async def test_a_start_that_fails_is_503_and_leaves_no_half_session(
    own_chat: Chat, behave: Any
) -> None:
    chat = own_chat
    chat.agent.behave = behave
    body = problem(await chat.client.post("/chat/sessions", json={}), 503, "unavailable")
    assert "911" in body["detail"]
    assert chat.store.conversation_ids() == []


async def test_deleting_waits_for_the_running_turn(own_chat: Chat) -> None:
    session = await own_chat.start()
    chat, gate, reached = session.chat, asyncio.Event(), asyncio.Event()

    async def gated(message: UserMessage) -> None:
        reached.set()
        await gate.wait()
        await chat.agent.repeat(message)

    chat.agent.behave = gated
    sent = asyncio.create_task(session.send("hello"))
    await reached.wait()
    waiting = asyncio.create_task(session.send("waiting"))
    deleted = asyncio.create_task(chat.client.delete("/chat/session", headers=session.headers))
    await asyncio.sleep(0.05)
    assert not deleted.done()
    gate.set()
    receipt = (await deleted).json()
    assert receipt["events"] >= 3
    assert (await sent).status_code in (200, 409)
    assert (await waiting).status_code in (200, 409)
    with sqlite3.connect(chat.file) as database:
        for table in ("event", "message", "tracker_event"):
            assert database.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert database.execute("select count(*) from deletion").fetchone() == (1,)


async def test_health_is_503_when_the_agent_or_the_database_is_not_there(chat: Chat) -> None:
    from dataclasses import replace

    fail_once(chat, "ping", StoreUnavailable())
    problem(await chat.client.get("/chat/health"), 503)
    assert (await chat.client.get("/chat/health")).status_code == 200
    chat.health = replace(chat.health, ready=False)
    problem(await chat.client.get("/chat/health"), 503)


async def test_a_flaw_of_our_own_is_503_and_not_a_stack_trace(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    fail_once(session.chat, "events_after", ValueError("secretword"))
    answer = await session.chat.client.get("/chat/events", headers=session.headers)
    problem(answer, 503)
    assert "secretword" not in answer.text + caplog.text


async def test_a_stale_turn_is_not_an_answer(session: Session) -> None:
    fail_once(session.chat, "commit_turn", StaleTurn())
    problem(await session.send("hello"), 503)
    assert await session.texts() == [SCREEN["text"], "hello", "heard hello"]
