"""Everything the channel refuses: a clear problem each, with the emergency line, nothing changed."""

import asyncio
import json
import uuid
from typing import Any

import httpx
import pytest

from rasa_project.website.tokens import Tokens
from tests.unit.website.conftest import SCREEN, Chat, Session, serve
from tests.unit.website.test_contract import NUMBER, ask


def problem(answer: httpx.Response, status: int, slug: str | None = None) -> dict[str, Any]:
    """Checks that this is a problem of that kind and gives its body."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "detail", "emergency"} <= set(body)
    assert all(isinstance(body[key], str) and body[key] for key in ("type", "title", "detail"))
    assert "911" in body["emergency"]
    if slug:
        assert body["type"].endswith(slug)
    return body


def body(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), **more}


MALFORMED = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a text": b'"hello"',
    "null": b"null",
    "two objects": b"{}{}",
    "latin-1": b'{"text": "caf\xe9"}',
    "NaN": b'{"id": NaN}',
    "infinity": b'{"number": -Infinity}',
    "repeated key": b'{"text": "a", "text": "b"}',
    "deep nesting": b"[" * 8000,
    "deep objects": b'{"a":' * 3000,
    "byte order mark": b'\xef\xbb\xbf{"text": "a"}',
}


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/sessions"])
async def test_malformed_json_is_400(session: Session, path: str, sent: bytes) -> None:
    headers = {**session.headers, "Content-Type": "application/json"}
    problem(await session.chat.client.post(path, content=sent, headers=headers), 400, "not-json")
    assert len(await session.events()) == 1


WRONG = {
    "no id": {"text": "a"},
    "id is a number": {"id": 7, "text": "a"},
    "id is null": {"id": None, "text": "a"},
    "id is no uuid": {"id": "seven", "text": "a"},
    "no content": body(),
    "text is a number": body(text=7),
    "text is a list": body(text=["a"]),
    "text is null": body(text=None),
    "text and choice": body(text="a", screen="onset", choice=["gradual"]),
    "text and screen": body(text="a", screen="onset"),
    "choice and number": body(screen="onset", choice=["gradual"], number=1),
    "screen alone": body(screen="onset"),
    "choice without screen": body(choice=["gradual"]),
    "choice is a text": body(screen="onset", choice="gradual"),
    "choice of numbers": body(screen="onset", choice=[1]),
    "choice of lists": body(screen="onset", choice=[["gradual"]]),
    "screen is a number": body(screen=1, choice=["gradual"]),
    "number is a text": body(screen="onset", number="7"),
    "number is true": body(screen="onset", number=True),
    "number is huge": body(screen="onset", number=10**400),
    "NUL in text": body(text="a\0b"),
    "NUL in choice": body(screen="onset", choice=["gradual\0"]),
}


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG)
async def test_wrong_types_and_missing_keys_are_400(session: Session, sent: dict) -> None:
    answer = await session.chat.client.post("/chat/messages", json=sent, headers=session.headers)
    problem(answer, 400)
    assert len(await session.events()) == 1
    assert session.chat.agent.heard == []


@pytest.mark.parametrize(
    "sent", [rb'"\ud83d"', rb'"a\udc00b"', rb'"\u0000"'], ids=["half", "other half", "NUL"]
)
async def test_broken_unicode_is_400(session: Session, sent: bytes) -> None:
    raw = b'{"id": "%s", "text": %s}' % (str(uuid.uuid4()).encode(), sent)
    headers = {**session.headers, "Content-Type": "application/json"}
    answer = await session.chat.client.post("/chat/messages", content=raw, headers=headers)
    problem(answer, 400, "bad-characters")


@pytest.mark.parametrize("key", ["metadata", "sender", "sender_id", "input_channel", "facts"])
async def test_a_key_that_is_not_in_the_contract_is_named(session: Session, key: str) -> None:
    answer = await session.send("hello", **{key: {"onset": "gradual"}})
    assert key in problem(answer, 400, "unknown-key")["detail"]
    start = await session.chat.client.post("/chat/sessions", json={key: "x"})
    assert key in problem(start, 400, "unknown-key")["detail"]
    assert session.chat.agent.heard == []


async def test_even_an_unprintable_key_is_answered(session: Session) -> None:
    raw = rb'{"\ud800": 1, "id": "x"}'
    headers = {**session.headers, "Content-Type": "application/json"}
    answer = await session.chat.client.post("/chat/messages", content=raw, headers=headers)
    problem(answer, 400, "unknown-key")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200e", "\u00a0\u2003"])
async def test_a_text_without_anything_to_read_is_422(session: Session, text: str) -> None:
    problem(await session.send(text), 422, "empty-text")


@pytest.mark.parametrize(
    "page",
    ["javascript:alert(1)", "ftp://x/", "/heel", "http://", "https://x/" + "a" * 2000, "http://a b",
     "http://[1/", "data:text/html,x", "http://x/\ud800"],
)  # fmt: skip
async def test_a_page_that_is_no_web_address_is_400(chat: Chat, page: str) -> None:
    raw = json.dumps({"page": page}).encode()
    headers = {"Content-Type": "application/json"}
    problem(await chat.client.post("/chat/sessions", content=raw, headers=headers), 400, "bad-page")


@pytest.mark.parametrize("sent", [{"page": 7}, {"clinic": 7}, {"clinic": ["mimico"]}])
async def test_a_start_with_wrong_types_is_400(chat: Chat, sent: dict) -> None:
    problem(await chat.client.post("/chat/sessions", json=sent), 400, "wrong-type")


@pytest.mark.parametrize("clinic", ["nowhere", "", "../mimico", "MIMICO\u202e"])
async def test_an_unknown_clinic_is_404(chat: Chat, clinic: str) -> None:
    answer = await chat.client.post("/chat/sessions", json={"clinic": clinic})
    problem(answer, 404, "unknown-clinic")
    assert chat.agent.messages == []


async def test_a_request_without_a_good_token_is_401(session: Session) -> None:
    token = session.answer["token"]
    other = Tokens("another key of somebody").sign("0" * 40, _far_ahead())
    unknown = Tokens("a key for tests only").sign("0" * 40, _far_ahead())
    expired = Tokens("a key for tests only").sign(session.id, _past())
    bad = [None, "", "Bearer", "Basic " + token, token, "Bearer " + token[:-1],
           "Bearer " + token + "x", "Bearer x" + token, "Bearer " + "a" * 5000,
           f"Bearer {other}", f"Bearer {unknown}", f"Bearer {expired}",
           "Bearer " + token.swapcase(), "Bearer a.b"]  # fmt: skip
    for header in bad:
        headers = {"Authorization": header} if header is not None else {}
        client = session.chat.client
        for method, path in (
            ("POST", "/chat/messages"),
            ("GET", "/chat/events"),
            ("GET", "/chat/summary"),
            ("DELETE", "/chat/session"),
        ):
            content = {"json": body(text="x")} if method == "POST" else {}
            problem(await client.request(method, path, headers=headers, **content), 401)
    assert len(await session.events()) == 1


async def test_a_token_in_the_address_is_not_looked_at(session: Session) -> None:
    answer = await session.chat.client.get(f"/chat/events?token={session.answer['token']}")
    problem(answer, 401)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "9" * 30, "²"])
async def test_a_sequence_number_that_is_none_is_400(session: Session, after: str) -> None:
    answer = await session.chat.client.get(
        "/chat/events", params={"after": after}, headers=session.headers
    )
    if after == "":
        assert answer.status_code == 200  # An empty query value is no value.
        return
    problem(answer, 400, "bad-after")


async def test_more_than_2000_characters_are_413(session: Session) -> None:
    problem(await session.send("x" * 2001), 413, "too-long")
    problem(await session.send("x" * 20_000), 413, "too-large")
    assert (await session.send("🦶" * 2000)).status_code == 200


@pytest.mark.parametrize("size", [2_000_000, 11_000_000])
async def test_a_huge_body_is_413_and_the_answer_arrives(session: Session, size: int) -> None:
    problem(await session.send("x" * size), 413, "too-large")
    assert (await session.send("still here")).status_code == 200


async def test_a_huge_body_in_chunks_is_413(session: Session) -> None:
    async def chunks() -> Any:
        for _ in range(200):
            yield b"x" * 10_000

    headers = {**session.headers, "Content-Type": "application/json"}
    answer = await session.chat.client.post("/chat/messages", content=chunks(), headers=headers)
    problem(answer, 413, "too-large")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded",
    "multipart/form-data", "application/json; charset=latin-1", "application/jsonp"])  # fmt: skip
async def test_a_body_that_is_not_called_json_is_415(session: Session, kind: str | None) -> None:
    headers = {**session.headers, **({"Content-Type": kind} if kind else {})}
    for path in ("/chat/messages", "/chat/sessions"):
        answer = await session.chat.client.post(path, content=b"{}", headers=headers)
        problem(answer, 415, "not-json-type")


async def test_unknown_paths_and_methods_are_problems_too(chat: Chat) -> None:
    for path in ("/chat", "/chat/", "/chat/nowhere", "/chat/messages/1", "/chat/%2e%2e/x"):
        problem(await chat.client.get(path), 404)
    problem(await chat.client.get("/chat/messages"), 405)
    problem(await chat.client.put("/chat/session"), 405)
    problem(await chat.client.post("/chat/nowhere", content=b"x" * 100_000), 404)


@pytest.mark.parametrize("head", [
    b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    b"POST /chat/messages HTTP/9\r\n\r\n",
    b"nonsense\r\n\r\n",
    b"GET /chat/events HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
])  # fmt: skip
async def test_a_request_that_is_no_http_gets_a_problem(chat: Chat, head: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
    writer.write(head)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert answer.split(b" ")[1] in (b"400", b"413")
    assert b"application/problem+json" in answer
    assert b"911" in answer


async def test_a_negative_length_is_refused_at_once(session: Session) -> None:
    token = session.answer["token"]
    reader, writer = await asyncio.open_connection("127.0.0.1", session.chat.port)
    writer.write(
        b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %s\r\nContent-Length: -5\r\n\r\n{}" % token.encode()
    )
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert b" 400 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize(("screen", "choice", "slug"), [
    ("duration", ["gradual"], "other-screen"),
    ("restart", ["gradual"], "other-screen"),
    ("", ["gradual"], "other-screen"),
    ("onset", ["weak"], "not-offered"),
    ("onset", ["/restart"], "not-offered"),
    ("onset", [""], "not-offered"),
    ("onset", [], "no-choice"),
    ("onset", ["gradual", "sudden_pop"], "one-choice"),
    ("onset", ["It built up"], "not-offered"),
])  # fmt: skip
async def test_a_choice_that_is_not_offered_is_422(
    session: Session, screen: str, choice: list[str], slug: str
) -> None:
    answer = await session.send(screen=screen, choice=choice)
    problem(answer, 422, slug)
    assert len(await session.events()) == 1
    assert session.chat.agent.heard == []


async def test_a_refused_message_may_be_corrected_under_the_same_id(session: Session) -> None:
    message_id = str(uuid.uuid4())
    problem(await session.send(id=message_id, screen="onset", choice=["weak"]), 422)
    answer = (await session.send(id=message_id, screen="onset", choice=["gradual"])).json()
    assert answer["duplicate"] is False


async def test_a_notice_does_not_close_the_screen_but_an_outcome_does(session: Session) -> None:
    await ask(session, SCREEN, {"type": "notice", "kind": "fallback", "text": "Sorry?"})
    await session.say(screen="onset", choice=["gradual"])
    await ask(session, {"type": "outcome", "text": "Rest.", "level": "ROUTINE"})
    answer = await session.send(screen="onset", choice=["gradual"])
    problem(answer, 422, "no-open-screen")
    await ask(session, {"type": "outcome", "text": "Go.", "level": "URGENT"}, SCREEN)
    await session.say(screen="onset", choice=["gradual"])


MULTI = {
    "type": "screen",
    "screen": "signs",
    "kind": "multi",
    "text": "Any of these?",
    "options": [
        {"value": "calf", "label": "A swollen calf"},
        {"value": "hot", "label": "Hot and red"},
        {"value": "none", "label": "None of these"},
    ],
}


async def test_several_choices_are_for_multiple_screens_and_none_stands_alone(
    session: Session,
) -> None:
    await ask(session, MULTI)
    problem(await session.send(screen="signs", choice=["calf", "none"]), 422, "none-and-more")
    events = await session.say(screen="signs", choice=["hot", "calf", "hot"])
    assert events[0]["text"] == "Hot and red, A swollen calf"


async def test_a_tick_box_or_another_group_may_stand_beside_a_single_choice(
    session: Session,
) -> None:
    options = [
        *({"value": v, "label": v} for v in ("no", "longer")),
        {"value": "limp", "label": "I limp", "extra": True},
        {"value": "left", "label": "Left", "group": "side"},
        {"value": "right", "label": "Right", "group": "side"},
    ]
    await ask(session, {**SCREEN, "screen": "next_day", "options": options})
    problem(await session.send(screen="next_day", choice=["no", "longer"]), 422, "one-choice")
    problem(await session.send(screen="next_day", choice=["left", "right"]), 422, "one-choice")
    await session.say(screen="next_day", choice=["no", "left", "limp"])


@pytest.mark.parametrize(
    ("screen", "number", "slug"),
    [
        ({**NUMBER, "minimum": 0, "maximum": 10}, 11, "out-of-range"),
        ({**NUMBER, "minimum": 0, "maximum": 10}, -1, "out-of-range"),
        ({**NUMBER, "minimum": 0}, -0.5, "too-small"),
        ({**NUMBER, "maximum": 180}, 181, "too-big"),
        ({**SCREEN, "screen": "push_off_pain"}, 5, "no-number"),
    ],
)
async def test_a_number_out_of_range_is_422(
    session: Session, screen: dict, number: float, slug: str
) -> None:
    await ask(session, screen)
    problem(await session.send(screen="push_off_pain", number=number), 422, slug)


async def test_a_screen_may_take_a_number_beside_its_options(session: Session) -> None:
    await ask(session, {**SCREEN, "screen": "duration", "kind": "text", "accepts_number": True})
    assert (await session.say(screen="duration", number=10))[0]["text"] == "10"


async def test_too_many_messages_are_429_with_a_time_to_wait(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", messages_per_minute=3) as chat:
        session, other = await chat.start(), await chat.start()
        for _ in range(3):
            await session.say("hello")
        answer = await session.send("hello")
        problem(answer, 429, "too-many-messages")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        await other.say("I am not affected")


async def test_too_many_starts_from_one_address_are_429(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", starts_per_10_minutes=2, proxies=1) as chat:

        async def start(forwarded: str) -> httpx.Response:
            return await chat.client.post(
                "/chat/sessions", json={}, headers={"X-Forwarded-For": forwarded}
            )

        for made_up in ("1.1.1.1", "2.2.2.2"):
            assert (await start(f"{made_up}, 9.9.9.9")).status_code == 201
        answer = await start("3.3.3.3, 9.9.9.9")
        problem(answer, 429, "too-many-starts")
        assert 1 <= int(answer.headers["retry-after"]) <= 600
        assert (await start("9.9.9.8")).status_code == 201


async def test_visitors_behind_an_unconfigured_local_proxy_are_not_counted_as_one(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", starts_per_10_minutes=2) as chat:
        for _ in range(5):
            await chat.start()


async def test_pages_of_other_origins_are_refused_unless_listed(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", allowed_origins=("https://clinic.example",)) as chat:
        post, own = chat.client.post, f"http://127.0.0.1:{chat.port}"
        for origin in ("https://evil.example", "null", "https://clinic.example.evil", "",
                       "https://clinic.example:444", "file://", "http://[x"):  # fmt: skip
            answer = await post("/chat/sessions", json={}, headers={"Origin": origin})
            problem(answer, 403, "foreign-origin")
            assert "access-control-allow-origin" not in answer.headers
        for origin in ("https://clinic.example", own):
            answer = await post("/chat/sessions", json={}, headers={"Origin": origin})
            assert answer.status_code == 201
            assert answer.headers["access-control-allow-origin"] == origin
            assert "access-control-allow-credentials" not in answer.headers
            assert answer.headers["vary"] == "Origin"


async def test_errors_can_be_read_by_allowed_pages_too(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", allowed_origins=("https://clinic.example",)) as chat:
        headers = {"Origin": "https://clinic.example"}
        answer = await chat.client.post("/chat/messages", json={}, headers=headers)
        problem(answer, 401)
        assert answer.headers["access-control-allow-origin"] == "https://clinic.example"


async def test_a_preflight_tells_allowed_pages_what_they_may_send(tmp_path) -> None:
    async with serve(tmp_path / "chat.db", allowed_origins=("https://clinic.example",)) as chat:
        for path in ("sessions", "messages", "events", "summary", "session", "health"):
            answer = await chat.client.options(
                f"/chat/{path}", headers={"Origin": "https://clinic.example"}
            )
            assert answer.status_code == 204
            assert answer.headers["access-control-allow-origin"] == "https://clinic.example"
            assert "Authorization" in answer.headers["access-control-allow-headers"]
            assert "DELETE" in answer.headers["access-control-allow-methods"]
            foreign = {"Origin": "https://evil.example"}
            problem(await chat.client.options(f"/chat/{path}", headers=foreign), 403)


async def test_a_summary_in_an_unknown_form_is_406(session: Session) -> None:
    for accept in ("image/png", "application/json", "text/plain;q=0"):
        headers = {**session.headers, "Accept": accept}
        answer = await session.chat.client.get("/chat/summary", headers=headers)
        problem(answer, 406, "not-acceptable")


def _far_ahead() -> Any:
    from datetime import datetime, timedelta, timezone

    return datetime.now(timezone.utc) + timedelta(days=1)


def _past() -> Any:
    from datetime import timedelta

    return _far_ahead() - timedelta(days=1, seconds=1)
