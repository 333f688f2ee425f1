"""A position with a message: coarse at the door, kept nowhere."""

import json
import logging
import uuid
from pathlib import Path
from typing import Any

import pytest

from rasa_project.website.schemas import read_message
from tests.unit.website.conftest import Chat, Session
from tests.unit.website.test_refusals import problem

HERE = {"lat": 43.676234, "lon": -79.358841}
AREA = {
    "type": "screen", "screen": "area", "kind": "text", "text": "Which area?", "options": [],
    "why": "To name a clinic.",
}  # fmt: skip


def read(**body: Any):
    return read_message(json.dumps({"id": str(uuid.uuid4()), **body}).encode())


def test_a_position_becomes_three_characters():
    assert read(position=HERE).near == "Near M4K"
    assert read(position={"lat": 48.85, "lon": 2.35}).near == "Outside Ontario"


async def test_a_position_alone_is_heard_as_the_area(session: Session) -> None:
    events = await session.say(position=HERE)
    assert [event["text"] for event in events] == ["Near M4K", "heard Near M4K"]


async def test_it_answers_the_open_question_for_the_area_and_no_other(session: Session) -> None:
    problem(await session.send(screen="area", position=HERE), 422, "other-screen")

    async def ask_area(message: Any) -> None:
        await session.chat.agent.say(message, AREA)

    session.chat.agent.behave = ask_area
    await session.say("go on")
    session.chat.agent.behave = session.chat.agent.repeat
    assert (await session.say(screen="area", position=HERE))[-1]["text"] == "heard Near M4K"


async def test_with_a_text_it_goes_along_coarse(session: Session) -> None:
    await session.say("who is near me?", position=HERE)
    heard = session.chat.agent.messages[-1]
    assert heard.text == "who is near me?"
    assert heard.metadata["near"] == "Near M4K"


async def test_the_position_itself_is_kept_nowhere(
    own_chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = await own_chat.start()
    await session.say("near me", position=HERE)
    await session.say(position=HERE)
    files = [own_chat.file, Path(f"{own_chat.file}-wal")]
    kept = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"Near M4K" in kept
    for secret in ("43.67", "79.35"):
        assert secret.encode() not in kept
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "position",
    [None, [], "here", {}, {"lat": 43.6}, {"lat": 43.6, "lon": -79.4, "accuracy": 5},
     {"lat": "43.6", "lon": -79.4}, {"lat": True, "lon": -79.4}, {"lat": 91, "lon": 0},
     {"lat": 0, "lon": -181}, {"lat": 1e999, "lon": 0}],
)  # fmt: skip
async def test_another_form_is_400(session: Session, position: Any) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "position": position})
    headers = {**session.headers, "Content-Type": "application/json"}
    problem(await session.chat.client.post("/chat/messages", content=body, headers=headers), 400)


@pytest.mark.parametrize("more", [{"choice": ["gradual"], "screen": "onset"}, {"number": 3}])
async def test_a_position_goes_with_no_choice_and_no_number(
    session: Session, more: dict[str, Any]
) -> None:
    problem(await session.send(position=HERE, **more), 400, "ambiguous")
