"""Codes for the two-week check: how they read, how they are hidden, and how guessing is limited."""

import re
from pathlib import Path

import pytest

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore, new_conversation_id
from rasa_project.website.resuming import HIDDEN, Resuming
from rasa_project.website.schemas import MessageRequest
from tests.unit.website.conftest import SECRET, Chat, serve

PLAN = {"type": "plan", "text": "Your plan.", "review_on": "2026-12-09", "rows": []}
OUTCOME = {"type": "outcome", "level": "SELF_CARE", "text": "Keep moving."}


@pytest.fixture(scope="module")
def resuming(tmp_path_factory: pytest.TempPathFactory) -> Resuming:
    url = f"sqlite:///{tmp_path_factory.mktemp('codes') / 'chat.db'}"
    migrate(url)
    return Resuming(ConversationStore(Database.at(url)), SECRET)


def test_a_code_is_twelve_letters_that_cannot_be_mistaken(resuming: Resuming) -> None:
    codes = {resuming.code_of(new_conversation_id()) for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert re.fullmatch(r"[BCDFGHJKMNPQRTVWXY]{4}(-[BCDFGHJKMNPQRTVWXY]{4}){2}", code)
    # Every letter is used about equally often: 6,000 letters, 333 each if even.
    counts = [sum(code.count(letter) for code in codes) for letter in "BCDFGHJKMNPQRTVWXY"]
    assert min(counts) > 230 and max(counts) < 440


def test_the_same_chat_has_the_same_code_and_another_key_another_one(resuming: Resuming) -> None:
    chat = new_conversation_id()
    assert resuming.code_of(chat) == resuming.code_of(chat)
    other = Resuming(resuming._store, "another key for tests only")
    assert other.code_of(chat) != resuming.code_of(chat)
    assert other.hash_of("BCDF-GHJK-MNPQ") != resuming.hash_of("BCDF-GHJK-MNPQ")


@pytest.mark.parametrize("typed", ["bcdf ghjk mnpq", "BCDFGHJKMNPQ", " BCDF–GHJK–MNPQ. "])
def test_however_it_is_typed_it_is_the_same_code(resuming: Resuming, typed: str) -> None:
    assert resuming.hash_of(typed) == resuming.hash_of("BCDF-GHJK-MNPQ")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("BCDF-GHJK-MNPQ", HIDDEN),
        ("my code is bcdf-ghjk-mnpq, it still hurts", f"my code is {HIDDEN}, it still hurts"),
        ("code: BCDF GHJK MNPQ", f"code: {HIDDEN}"),
        ("bcdfghjkmnpq", HIDDEN),
    ],
)
def test_a_typed_code_is_taken_out(resuming: Resuming, typed: str, left: str) -> None:
    hidden = resuming.hide(MessageRequest("id", text=typed))
    assert (hidden.text, hidden.resume) == (left, resuming.hash_of("BCDF-GHJK-MNPQ"))


@pytest.mark.parametrize(
    "typed",
    ["it hurts", "hmmm hmmm hmmm not sure", "what is the code of conduct", "BCDFGH", "4-4-4", ""],
)
def test_other_words_stay_as_they_are(resuming: Resuming, typed: str) -> None:
    message = MessageRequest("id", text=typed)
    assert resuming.hide(message) == message


async def test_wrong_codes_are_limited_by_address(tmp_path: Path) -> None:
    async with serve(tmp_path / "chat.db", wrong_codes_per_10_minutes=3) as chat:
        for _ in range(3):
            answer = await chat.client.post("/chat/sessions", json={"resume": "BCDF-GHJK-MNPQ"})
            assert answer.status_code == 201
        answer = await chat.client.post("/chat/sessions", json={"resume": "BCDF-GHJK-MNPR"})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 600
        assert "911" in answer.json()["emergency"]
        # An ordinary chat is still to be had, and codes typed in it count as well.
        session = await chat.start()
        assert (await session.send("my code is BCDF-GHJK-MNPQ")).status_code == 429
        assert (await session.send("my heel hurts")).status_code == 200


async def test_codes_that_work_are_not_counted(tmp_path: Path) -> None:
    async with serve(tmp_path / "chat.db", wrong_codes_per_10_minutes=1) as chat:
        code = (await _with_plan(chat))["code"]
        for _ in range(3):
            answer = await chat.client.post("/chat/sessions", json={"resume": code})
            assert answer.status_code == 201
        assert chat.agent.messages[-1].metadata["resume"]["found"] == "found"


async def test_the_agent_is_told_what_the_code_stands_for(tmp_path: Path) -> None:
    async with serve(tmp_path / "chat.db") as chat:
        await chat.start(resume="BCDF-GHJK-MNPQ")
        assert chat.agent.messages[-1].metadata["resume"] == {"found": "unknown"}
        await chat.start()
        assert "resume" not in chat.agent.messages[-1].metadata


async def test_the_code_is_in_the_answer_and_not_in_the_record(tmp_path: Path) -> None:
    async with serve(tmp_path / "chat.db") as chat:
        resume = await _with_plan(chat)
        raw = _bytes(tmp_path)
        assert b"Your plan." in raw
        assert resume["code"].encode() not in raw


async def _with_plan(chat: Chat) -> dict[str, str]:
    session = await chat.start()
    chat.agent.behave = lambda message: _say(chat, message)
    events = await session.say("done")
    chat.agent.behave = chat.agent.repeat
    plan = next(event for event in events if event["type"] == "plan")
    assert plan["resume"]["code"] in plan["text"]
    assert plan == next(e for e in await session.events() if e["type"] == "plan")
    return plan["resume"]


async def _say(chat: Chat, message) -> None:
    await chat.agent.say(message, OUTCOME, PLAN)


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("chat.db*"))
