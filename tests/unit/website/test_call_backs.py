"""Asking for a call over HTTP: consent, checks, the receipt, and that Rasa hears nothing of it."""

import asyncio
import json
import logging
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.website.call_backs import CallBackDesk
from tests.unit.transcripts.call_back_contract import REQUEST
from tests.unit.transcripts.call_back_contract import offered as in_the_past
from tests.unit.website.conftest import SCREEN, Chat, Session
from tests.unit.website.test_refusals import problem

CONSENT = "Yes, the clinic may call me."
CLINIC = {
    "type": "clinic", "text": "The nearest open clinic is our Mimico clinic.", "name": "Mimico",
    "slug": "mimico", "call_back": {"consent": CONSENT},
}  # fmt: skip
GOOD = {"name": "Zoë O'Neil", "phone": "416 555 0100", "consent": True}


def outcome(level: str) -> dict[str, Any]:
    return {"type": "outcome", "text": "The next step.", "level": level}


async def stands_at(session: Session, *events: dict[str, Any]) -> Session:
    async def behave(message: UserMessage) -> None:
        await session.chat.agent.say(message, *events)

    session.chat.agent.behave = behave
    await session.say("go on")
    return session


async def ask(session: Session, **body: Any) -> Any:
    return await session.chat.client.post(
        "/chat/call-back", json={**GOOD, **body}, headers=session.headers
    )


@pytest.fixture
async def offered(session: Session) -> Session:
    return await stands_at(session, outcome("ROUTINE"), CLINIC)


def kept(chat: Chat, session: Session) -> list[Any]:
    found = CallBacks(chat.store.database).requests(done=True)
    return [request for request in found if request.reference == session.answer["reference"]]


async def test_a_request_gives_a_receipt_and_a_line_in_the_chat(offered: Session) -> None:
    answer = await ask(offered, clinic="mimico")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    reference = offered.answer["reference"]
    assert body["receipt"]["reference"] == reference
    assert body["receipt"]["clinic"] == "mimico"
    for words in ("Mimico", reference, body["receipt"]["kept_until"][:7], "811", "911"):
        assert words in body["receipt"]["text"]
    assert (await offered.events())[-1] == body["events"][0]
    (request,) = kept(offered.chat, offered)
    assert (request.name, request.phone) == ("Zoë O'Neil", "+1 416-555-0100")
    assert request.consent == CONSENT


async def test_neither_rasa_nor_the_chat_nor_the_log_hears_name_or_number(
    offered: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    heard = len(offered.chat.agent.messages)
    assert (await ask(offered)).status_code == 201
    assert (await ask(offered, phone="12")).status_code == 422
    assert len(offered.chat.agent.messages) == heard
    said = str(await offered.events()) + str(offered.chat.store.tracker_events(offered.id))
    for secret in ("Zoë", "416", "555"):
        assert secret not in said
        assert secret not in caplog.text


async def test_the_chat_goes_on_after_a_request(offered: Session) -> None:
    await ask(offered)
    offered.chat.agent.behave = offered.chat.agent.repeat
    events = await offered.say("thanks")
    assert events[-1]["text"] == "heard thanks"
    numbers = [event["seq"] for event in await offered.events()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("sent", "slug"),
    [
        ({"consent": False}, "no-consent"),
        ({"phone": "555 0100"}, "bad-phone"),
        ({"phone": "call me"}, "bad-phone"),
        ({"phone": "4" * 9000}, "bad-phone"),
        ({"name": "  "}, "bad-name"),
        ({"name": "12345"}, "bad-name"),
        ({"name": "a\u202eb"}, "bad-name"),
    ],
)
async def test_a_refusal_says_what_to_do_and_keeps_nothing(
    offered: Session, sent: dict[str, Any], slug: str
) -> None:
    problem(await ask(offered, **sent), 422, slug)
    assert kept(offered.chat, offered) == []


@pytest.mark.parametrize(
    "sent",
    [{"consent": "yes"}, {"consent": 1}, {"name": 7}, {"phone": 4165550100}, {"extra": 1},
     {"name": "x" * 101}, {"name": "a\ud800"}, {"clinic": 3}],
)  # fmt: skip
async def test_a_body_of_another_form_is_400(offered: Session, sent: dict[str, Any]) -> None:
    body = json.dumps({**GOOD, **sent})
    headers = {**offered.headers, "Content-Type": "application/json"}
    problem(await offered.chat.client.post("/chat/call-back", content=body, headers=headers), 400)
    assert kept(offered.chat, offered) == []


@pytest.mark.parametrize("missing", ["name", "phone", "consent"])
async def test_every_part_is_needed(offered: Session, missing: str) -> None:
    body = {key: value for key, value in GOOD.items() if key != missing}
    answer = await offered.chat.client.post("/chat/call-back", json=body, headers=offered.headers)
    problem(answer, 400, "missing-key")


@pytest.mark.parametrize("level", ["EMERGENCY", "URGENT"])
async def test_no_call_can_be_asked_for_at_an_urgent_outcome(session: Session, level: str) -> None:
    await stands_at(session, outcome(level), CLINIC)
    problem(await ask(session), 422, "no-call-back")


async def test_an_urgent_outcome_after_the_card_closes_it(offered: Session) -> None:
    await stands_at(offered, outcome("URGENT"))
    problem(await ask(offered), 422, "no-call-back")


async def test_an_open_question_closes_it(offered: Session) -> None:
    await stands_at(offered, SCREEN)
    problem(await ask(offered), 422, "no-call-back")


async def test_a_clinic_that_was_not_named_cannot_be_asked(offered: Session) -> None:
    problem(await ask(offered, clinic="markham"), 422, "no-call-back")


async def test_without_a_token_nothing_is_read(offered: Session) -> None:
    problem(await offered.chat.client.post("/chat/call-back", json=GOOD), 401)
    problem(await offered.chat.client.delete("/chat/call-back"), 401)


async def test_another_origin_is_refused(offered: Session) -> None:
    headers = {**offered.headers, "Origin": "https://elsewhere.example"}
    answer = await offered.chat.client.post("/chat/call-back", json=GOOD, headers=headers)
    problem(answer, 403)


async def test_numbers_cannot_be_tried_out(offered: Session) -> None:
    statuses = [(await ask(offered, phone="12")).status_code for _ in range(7)]
    assert statuses == [422] * 6 + [429]
    answer = await ask(offered)
    assert int(answer.headers["Retry-After"]) >= 1
    problem(answer, 429, "too-many-call-backs")


async def test_a_request_can_be_taken_back(offered: Session) -> None:
    await ask(offered)
    answer = await offered.chat.client.delete("/chat/call-back", headers=offered.headers)
    assert answer.json()["withdrawn"] is True
    assert kept(offered.chat, offered) == []
    answer = await offered.chat.client.delete("/chat/call-back", headers=offered.headers)
    assert answer.json() == {"withdrawn": False, "events": []}


async def test_a_request_is_deleted_with_the_chat(offered: Session) -> None:
    await ask(offered)
    answer = await offered.chat.client.delete("/chat/session", headers=offered.headers)
    assert answer.json()["call_backs"] == 1
    assert kept(offered.chat, offered) == []
    problem(await ask(offered), 409, "closed")


async def test_a_name_and_a_number_typed_as_a_message_are_just_text(offered: Session) -> None:
    offered.chat.agent.behave = offered.chat.agent.repeat
    await offered.say("call me, I'm Zoë, 416 555 0100")
    assert kept(offered.chat, offered) == []


async def test_requests_whose_time_is_over_are_erased_by_the_running_service(
    own_chat: Chat,
) -> None:
    past = datetime.now(timezone.utc) - timedelta(days=31)
    calls = CallBacks(own_chat.store.database, lambda: past)
    calls.ask(in_the_past(own_chat.store), REQUEST)
    assert len(calls.requests()) == 1
    erasing = asyncio.create_task(CallBackDesk(CallBacks(own_chat.store.database)).purge_hourly())
    for _ in range(100):
        await asyncio.sleep(0.02)
        if not calls.requests():
            break
    erasing.cancel()
    assert calls.requests() == []


async def test_a_booking_link_carries_the_reference_code_in_every_copy(session: Session) -> None:
    link = "https://example.org/book"
    card = {**CLINIC, "booking_url": link, "text": f"Book online: {link}", "alternatives": []}
    await stands_at(session, outcome("ROUTINE"), card)
    event = (await session.events())[-1]
    wanted = f"{link}?reference={session.answer['reference']}"
    assert event["booking_url"] == wanted
    assert event["text"] == f"Book online: {wanted}"
