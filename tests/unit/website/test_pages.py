"""The widget's addresses, the demo site, and the plain pages of questions, without a browser."""

import html
import re
import uuid
from typing import Any

import pytest

from rasa_project.clinics.directory import default_directory
from tests.unit.website.conftest import Chat, serve

MULTI = {
    "type": "screen", "screen": "signs", "kind": "multi", "text": "Any of these?", "topic": "Signs", "change": "Change my answer about: Signs",
    "options": [{"value": "hot", "label": "Hot"}, {"value": "none", "label": "None of these"}],
    "why": "It matters.", "progress": {"answered": 1, "remaining": 2},
}  # fmt: skip


async def test_the_loader_keeps_its_address_and_may_be_used_by_any_page(chat: Chat) -> None:
    answer = await chat.client.get("/widget/v1/loader.js", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "stale-while-revalidate" in answer.headers["cache-control"]
    again = await chat.client.get(
        "/widget/v1/loader.js", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    plain = await chat.client.get("/widget/v1/loader.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == answer.text


async def test_a_versioned_file_never_changes_and_another_version_is_not_there(chat: Chat) -> None:
    loader = (await chat.client.get("/widget/v1/loader.js")).text
    version = re.search(r'"version":"([0-9a-f]{12})"', loader).group(1)
    answer = await chat.client.get(f"/widget/v1/{version}/panel.js")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    for path in (f"{version}/loader.js", f"{version}/..%2f..%2fsite.py", "000000000000/panel.js"):
        assert (await chat.client.get(f"/widget/v1/{path}")).status_code == 404


async def test_the_frame_may_be_used_by_allowed_origins_only(tmp_path) -> None:
    async with serve(tmp_path / "a.db", allowed_origins=("https://axis.example",)) as chat:
        answer = await chat.client.get("/widget/v1/frame?clinic=mimico")
        assert (
            "frame-ancestors 'self' https://axis.example"
            in answer.headers["content-security-policy"]
        )
        assert 'data-clinic="mimico"' in answer.text
        strange = await chat.client.get('/widget/v1/frame?clinic="><script>')
        assert 'data-clinic=""' in strange.text


async def test_each_clinic_has_a_page_with_one_tag_and_nothing_made_up(chat: Chat) -> None:
    for clinic in default_directory():
        page = (await chat.client.get(f"/clinics/{clinic.slug}")).text
        assert page.count("<script") == 1
        assert f'data-clinic="{clinic.slug}"' in page
        if not clinic.is_open:
            assert "coming soon" in page
            assert "Book" not in page
        elif not clinic.phone:
            assert "Not entered yet." in page
    assert (await chat.client.get("/clinics/atlantis")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/demo/strict", "/demo/hostile", "/demo/frame", "/plain"])
async def test_every_page_has_a_policy_that_lets_nothing_else_in(chat: Chat, path: str) -> None:
    answer = await chat.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


# The plain pages


def fields(page: str, do: str = "") -> dict[str, str]:
    for form in re.findall(r"<form.*?</form>", page, re.S):
        found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        if not do or found["do"] == do:
            return {name: html.unescape(value) for name, value in found.items()}
    raise AssertionError(f"no form for {do}")


async def post(chat: Chat, data: dict[str, Any], **headers: str) -> Any:
    return await chat.client.post("/plain", data=data, headers=headers)


async def begin(chat: Chat) -> str:
    first = (await chat.client.get("/plain?clinic=mimico")).text
    assert fields(first) == {"do": "start", "clinic": "mimico"}
    return (await post(chat, fields(first))).text


async def test_a_form_answers_the_open_question_through_the_same_turns(chat: Chat) -> None:
    page = await begin(chat)
    assert "How did it start?" in page
    answer = await post(chat, {**fields(page, "send"), "main": "gradual"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert chat.agent.heard == ["It built up"]
    assert "heard It built up" in answer.text


async def test_the_same_form_sent_twice_counts_once(chat: Chat) -> None:
    form = {**fields(await begin(chat), "send"), "main": "gradual"}
    first, second = await post(chat, form), await post(chat, form)
    assert chat.agent.heard == ["It built up"]
    assert first.text.count("heard It built up") == second.text.count("heard It built up")


async def test_ticks_words_and_an_empty_form(chat: Chat) -> None:
    async def ask(message) -> None:
        await chat.agent.repeat(message)
        await chat.agent.say(message, MULTI)

    page = await begin(chat)
    empty = (await post(chat, fields(page, "send"))).text
    assert "Choose an answer, or write one" in empty
    chat.agent.behave = ask
    page = (await post(chat, {**fields(empty, "send"), "text": "a twinge"})).text
    assert "Any of these?" in page
    wrong = await post(chat, {**fields(page, "send"), "choice": ["hot", "none"]})
    assert wrong.status_code == 200
    assert "does not go together" in wrong.text
    await post(chat, {**fields(wrong.text, "send"), "choice": ["hot"]})
    assert chat.agent.heard == ["a twinge", "Hot"]


async def test_the_token_is_in_no_address_and_no_cookie(chat: Chat) -> None:
    page = await begin(chat)
    token = fields(page, "send")["token"]
    answer = await post(chat, {**fields(page, "send"), "main": "gradual"})
    assert "set-cookie" not in answer.headers
    assert not re.search(rf'(href|action)="[^"]*{re.escape(token)}', answer.text)
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_deleting_asks_first_and_gives_a_receipt(chat: Chat) -> None:
    page = await begin(chat)
    asked = (await post(chat, fields(page, "ask-delete"))).text
    assert "Delete this chat?" in asked
    gone = (await post(chat, fields(asked, "delete"))).text
    assert "Receipt" in gone
    late = await post(chat, fields(page, "send"))
    assert late.status_code == 409
    assert "911" in late.text


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        ({"do": "send", "token": "forged"}, {}, 401),
        ({"do": "start"}, {"Origin": "https://evil.example"}, 403),
        ({"do": "start", "x": "y" * 20_000}, {}, 413),
    ],
)
async def test_refusals_are_pages_that_name_911(chat: Chat, data, headers, status) -> None:
    answer = await post(chat, data, **headers)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "911" in answer.text


async def test_a_failing_turn_shows_the_fail_safe_and_keeps_the_question(chat: Chat) -> None:
    async def fail(_message) -> None:
        raise RuntimeError

    page = await begin(chat)
    chat.agent.behave = fail
    answer = await post(chat, {**fields(page, "send"), "main": "gradual"})
    assert "911" in answer.text
    assert "How did it start?" in answer.text


async def test_what_a_visitor_typed_is_shown_as_text(chat: Chat) -> None:
    page = await begin(chat)
    answer = await post(chat, {**fields(page, "send"), "text": "<script>alert(1)</script>"})
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


async def test_a_message_id_that_is_none_is_refused(chat: Chat) -> None:
    page = await begin(chat)
    answer = await post(chat, {**fields(page, "send"), "id": "1", "text": "x"})
    assert answer.status_code == 400
    assert uuid.UUID(fields(page, "send")["id"])
