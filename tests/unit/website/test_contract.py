"""The HTTP contract, version 1, as a page sees it when all goes well."""

import re
import uuid
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from rasa_project.advice.drawings import default_drawings
from rasa_project.transcripts.rows import REFERENCE_LETTERS
from tests.unit.website.conftest import SCREEN, Chat, FakeAgent, Session


async def test_a_session_starts_with_a_token_a_reference_and_the_greeting(chat: Chat) -> None:
    answer = await chat.client.post(
        "/chat/sessions", json={"clinic": "mimico", "page": "https://clinic.example/heel?x=1"}
    )
    body = answer.json()
    assert answer.status_code == 201
    assert set(body) == {"token", "reference", "expires_at", "events"}
    assert re.fullmatch(f"[{REFERENCE_LETTERS}]{{6}}", body["reference"])
    expires = datetime.fromisoformat(body["expires_at"].replace("Z", "+00:00"))
    assert timedelta(hours=23) < expires - datetime.now(timezone.utc) < timedelta(hours=25)
    (event,) = body["events"]
    assert event.pop("at").endswith("Z")
    assert event == {"seq": 1, "from": "bot", **SCREEN}


async def test_the_agent_is_told_of_the_start_and_of_the_clinic(chat: Chat) -> None:
    await chat.start(clinic="mimico")
    (message,) = chat.agent.messages
    assert message.parse_data == {
        "text": "",
        "intent": {"name": "start", "confidence": 1.0},
        "entities": [],
    }
    assert message.metadata == {"clinic": "mimico"}
    assert re.fullmatch("[0-9a-f]{40}", message.sender_id)


async def test_events_of_both_sides_are_numbered_without_gaps(session: Session) -> None:
    await session.say("my heel hurts")
    await session.say("in the morning")
    events = await session.events()
    assert [event["seq"] for event in events] == [1, 2, 3, 4, 5]
    assert [event["from"] for event in events] == ["bot", "visitor", "bot", "visitor", "bot"]
    assert [event["text"] for event in events][1:] == [
        "my heel hurts",
        "heard my heel hurts",
        "in the morning",
        "heard in the morning",
    ]


async def test_a_response_holds_the_message_and_its_answer(session: Session) -> None:
    answer = await session.send("hello")
    assert answer.json()["duplicate"] is False
    assert [(e["from"], e["text"]) for e in answer.json()["events"]] == [
        ("visitor", "hello"),
        ("bot", "heard hello"),
    ]


@pytest.mark.parametrize("same_body", [True, False])
async def test_the_same_id_again_gives_the_same_events_and_changes_nothing(
    session: Session, same_body: bool
) -> None:
    message_id = str(uuid.uuid4())
    first = (await session.send("hello", id=message_id)).json()
    again = (await session.send("hello" if same_body else "other", id=message_id)).json()
    assert again == {"events": first["events"], "duplicate": True}
    assert len(await session.events()) == 3
    assert session.chat.agent.heard == ["hello"]


async def test_events_after_a_number_are_only_the_later_ones(session: Session) -> None:
    await session.say("hello")
    assert [event["seq"] for event in await session.events(after=2)] == [3]
    assert await session.events(after=3) == []


async def test_a_choice_reads_as_its_labels_and_comes_with_its_parse(session: Session) -> None:
    events = await session.say(screen="onset", choice=["sudden_pop"])
    assert events[0]["text"] == "With a pop"
    message = session.chat.agent.messages[-1]
    assert message.text == "With a pop"
    assert message.parse_data == {
        "text": "With a pop",
        "intent": {"name": "choose", "confidence": 1.0},
        "entities": [],
        "facts": [],
    }
    assert message.metadata == {"answer": {"screen": "onset", "choice": ["sudden_pop"]}}


async def test_a_number_reads_as_the_number(session: Session) -> None:
    await ask(session, {**NUMBER, "minimum": 0, "maximum": 10})
    events = await session.say(screen="push_off_pain", number=7.0)
    assert events[0]["text"] == "7"
    message = session.chat.agent.messages[-1]
    assert message.metadata == {"answer": {"screen": "push_off_pain", "number": 7}}
    assert message.parse_data is not None
    assert message.parse_data["text"] == "7"


async def test_a_typed_text_says_that_it_was_typed_and_when(session: Session) -> None:
    await session.say("hello")
    metadata = session.chat.agent.messages[-1].metadata
    assert metadata is not None
    assert metadata["typed"] is True
    assert metadata["at"].endswith("Z")
    assert session.chat.agent.messages[-1].parse_data is None


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("/restart", "restart"),
        ('/triage_form{"onset":"gradual"}', 'triage_form{"onset":"gradual"}'),
        ("  //session_start", "session_start"),
        ("/ /restart", "restart"),
        ("\u2003/restart@1.0{}", "restart@1.0{}"),
        ("/", "-"),
        ("and/or", "and/or"),
    ],
)
async def test_a_leading_slash_is_text_and_the_record_keeps_it(
    session: Session, typed: str, seen: str
) -> None:
    events = await session.say(typed)
    assert events[0]["text"] == typed
    assert session.chat.agent.heard == [seen]


@pytest.mark.parametrize(
    "text",
    [
        "🦶🔥",
        "כואב לי בעקב",
        "<b>x</b>",
        "=1+1",
        "a\nb",
        "\u202eabc",
        pytest.param("x" * 2000, id="2000"),
        "e\u0301",
        "\x1b[0m",
    ],
)
async def test_any_real_text_comes_back_as_it_was_sent(session: Session, text: str) -> None:
    assert (await session.say(text))[0]["text"] == text


async def test_two_sessions_never_see_each_other(chat: Chat) -> None:
    one, two = await chat.start(), await chat.start()
    await one.say("from one")
    assert len(await two.events()) == 1
    message_id = str(uuid.uuid4())
    await one.say("mine", id=message_id)
    answer = (await two.send("mine too", id=message_id)).json()
    assert answer["duplicate"] is False
    assert answer["events"][0]["text"] == "mine too"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "text/plain"),
        ("*/*", "text/plain"),
        ("text/plain", "text/plain"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.1", "text/html"),
        ("application/pdf", "application/pdf"),
        ("application/fhir+json", "application/fhir+json"),
        ("text/calendar", "text/calendar"),
        ("application/*", "application/pdf"),
        ("text/plain;q=0, text/*", "text/html"),
        ("application/pdf;q=0.2, text/plain;q=0.8", "text/plain"),
    ],
)
async def test_the_summary_comes_in_the_form_that_is_asked_for(
    session: Session, accept: str | None, given: str
) -> None:
    headers = {**session.headers, **({"Accept": accept} if accept else {})}
    answer = await session.chat.client.get("/chat/summary", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == given
    assert answer.text == f"as {given}"
    assert session.chat.summaries == [(session.id, given)]


@pytest.mark.parametrize("kind", ["application/pdf", "application/fhir+json", "text/calendar"])
async def test_a_summary_that_is_a_file_has_a_name(session: Session, kind: str) -> None:
    headers = {**session.headers, "Accept": kind}
    answer = await session.chat.client.get("/chat/summary", headers=headers)
    assert answer.headers["content-disposition"].startswith('attachment; filename="heel-')


async def test_health_names_the_model_and_the_protocol(chat: Chat) -> None:
    answer = await chat.client.get("/chat/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "model": "m",
        "protocol": {
            "version": "0.2", "signed": False, "sign_off": "unsigned, demonstration", "hash": "ab",
        },
    }  # fmt: skip
    chat.health = replace(chat.health, signed=True)
    protocol = (await chat.client.get("/chat/health")).json()["protocol"]
    assert (protocol["signed"], protocol["sign_off"]) == (True, "signed")


async def test_deleting_gives_a_receipt_and_ends_the_token(session: Session) -> None:
    await session.say("my secretword heel")
    client, headers = session.chat.client, session.headers
    answer = await client.delete("/chat/session", headers=headers)
    assert answer.status_code == 200
    assert set(answer.json()) == {"receipt", "deleted_at", "events", "call_backs"}
    assert answer.json()["events"] == 3
    assert (await session.send("still there?")).status_code == 409
    assert (await client.get("/chat/events", headers=headers)).status_code == 409
    assert (await client.get("/chat/summary", headers=headers)).status_code == 409
    assert (await client.delete("/chat/session", headers=headers)).status_code == 409


async def test_deleting_leaves_no_byte_of_text_in_the_files(own_chat: Chat) -> None:
    session = await own_chat.start()
    await session.say("my secretword heel")
    folder = session.chat.file.parent
    assert any(b"secretword" in path.read_bytes() for path in folder.iterdir())
    await session.chat.client.delete("/chat/session", headers=session.headers)
    assert not any(b"secretword" in path.read_bytes() for path in folder.iterdir())


async def test_every_answer_is_private_and_says_what_it_is(session: Session) -> None:
    client, headers = session.chat.client, session.headers
    for answer in (
        await session.send("hello"),
        await client.get("/chat/events", headers=headers),
        await client.get("/chat/nowhere"),
        await client.get("/chat/health"),
        await client.post("/chat/messages", content=b"{}"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


NUMBER = {
    "type": "screen",
    "screen": "push_off_pain",
    "kind": "number",
    "text": "How bad is it?",
    "options": [],
}


async def ask(session: Session, *events: dict) -> None:
    """Has the bot say these events next, and then repeat again."""
    agent: FakeAgent = session.chat.agent
    agent.behave = lambda message: agent.say(message, *events)
    await session.say("go on")
    agent.behave = agent.repeat


async def test_a_drawing_needs_no_token_and_an_unknown_one_is_a_problem(chat: Chat) -> None:
    answer = await chat.client.get("/chat/drawings/heel_raise")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.text == default_drawings()["heel_raise"].svg
    assert "max-age" in answer.headers["cache-control"]
    for name in ("no_such", "..%2fadvice", "heel_raise.svg"):
        answer = await chat.client.get(f"/chat/drawings/{name}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
