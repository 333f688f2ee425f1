"""The same questions as ordinary pages: forms in, whole pages out, no JavaScript.

The token must be in no address and no cookie, so every form carries it in a hidden field; what a
form sends goes through the same reading, limits and turns as the chat's own calls.
"""

import json
import logging
import uuid
from typing import Any

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.clinics.directory import Directory
from rasa_project.transcripts.records import ConversationInfo, Event, iso
from rasa_project.website.blueprint import as_problem
from rasa_project.website.bodies import form_body
from rasa_project.website.channel import ChatChannel
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.problems import Problem, catalogue
from rasa_project.website.schemas import MessageRequest, StartRequest, read_message

logger = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
Form = dict[str, list[str]]


class PlainPages:
    """The pages at ``/plain``.

    Args:
        channel: Takes the messages.
        fail_safe: What to say when something fails.
        clinics: For the slug in the address of the first page.
        templates: Holds ``plain.html``.
        privacy: Title, points and first words of the first page.
    """

    def __init__(
        self,
        channel: ChatChannel,
        fail_safe: FailSafe,
        clinics: Directory,
        templates: Environment,
        privacy: dict[str, Any],
    ) -> None:
        self._channel = channel
        self._fail_safe = fail_safe
        self._clinics = clinics
        self._template = templates.get_template("plain.html")
        self._privacy = privacy

    def blueprint(self) -> Blueprint:
        """Makes the routes."""
        blueprint = Blueprint("plain")

        async def first(request: Request) -> HTTPResponse:
            return self._first(str(request.args.get("clinic", "")))

        async def submitted(request: Request) -> HTTPResponse:
            try:
                return await self._submitted(request, await form_body(request))
            except Exception as error:
                return self._refused(request, error)

        blueprint.add_route(first, "/plain", methods=["GET"])
        blueprint.add_route(submitted, "/plain", methods=["POST"], stream=True, name="plain_post")
        return blueprint

    def _first(self, slug: str) -> HTTPResponse:
        clinic = self._clinics.by_slug(slug)
        return self._page(view="first", slug=clinic.slug if clinic else "")

    async def _submitted(self, request: Request, form: Form) -> HTTPResponse:
        do = _field(form, "do")
        if do == "start":
            clinic = self._clinics.by_slug(_field(form, "clinic"))
            wanted = StartRequest(clinic.slug if clinic else None, "/plain")
            opened = await self._channel.start_by_form(request, wanted)
            return self._chat(opened["token"], opened["events"], opened["reference"])
        token = _field(form, "token")
        visitor = await self._channel.visitor(request, token)
        request.ctx.form_token = token
        if do == "delete":
            receipt = await self._channel.erase(visitor)
            return self._page(view="deleted", receipt=receipt, at=iso(receipt.deleted_at))
        if do == "summary":
            return await self._channel.summary_page(visitor)
        if do == "ask-delete":
            return self._page(view="ask_delete", token=token)
        note = ""
        if do == "send":
            events = await self._channel.record(visitor)
            message = as_message(form, open_screen(events))
            if message is None:
                note = "Choose an answer, or write one, and then press Continue."
            else:
                note = await self._take(request, visitor, message)
        events = await self._channel.record(visitor)
        return self._chat(token, events, visitor.reference, note)

    async def _take(
        self, request: Request, visitor: ConversationInfo, message: MessageRequest
    ) -> str:
        """Handles a message; gives what is wrong with it, if the visitor can put it right."""
        try:
            await self._channel.take(request, visitor, message)
        except Problem as problem:
            template = catalogue()[0][problem.slug]
            if template.status not in (413, 422, 429):
                raise
            return template.detail.format(fail_safe=self._fail_safe.answer, **problem.values)
        return ""

    def _chat(
        self, token: str, events: list[Event], reference: str, note: str = ""
    ) -> HTTPResponse:
        asked = open_screen(events)
        last = max((e["seq"] for e in events if e["from"] == "visitor"), default=0)
        said = [e for e in events if e["seq"] > last and e["from"] == "bot" and e is not asked]
        return self._page(
            view="chat",
            token=token,
            message_id=str(uuid.uuid4()),
            reference=reference,
            said=said,
            screen=asked,
            earlier=[e for e in events if e["seq"] <= last],
            changes=answered(events),
            note=note,
            ended=any(e["type"] == "outcome" for e in events),
        )

    def _refused(self, request: Request, error: Exception) -> HTTPResponse:
        problem = as_problem(error)
        template = catalogue()[0][problem.slug]
        text = self._fail_safe.text(getattr(request.ctx, "clinic", None))
        detail = template.detail.format(fail_safe=text, **problem.values)
        token = getattr(request.ctx, "form_token", "")
        page = self._page(view="refused", title=template.title, detail=detail, token=token)
        page.status = template.status
        page.headers.update(problem.headers)
        return page

    def _page(self, **values: Any) -> HTTPResponse:
        body = self._template.render(
            emergency=self._fail_safe.emergency, privacy=self._privacy, **values
        )
        return HTTPResponse(
            body,
            content_type="text/html; charset=utf-8",
            headers={
                "Content-Security-Policy": POLICY,
                "Cache-Control": "no-store",
                # Without a referrer a browser also hides the origin of a form from us.
                "Referrer-Policy": "same-origin",
            },
        )


def open_screen(events: list[Event]) -> Event | None:
    """The question that waits for an answer; None after an outcome."""
    for event in reversed(events):
        if event["type"] == "screen":
            return event
        if event["type"] == "outcome":
            break
    return None


def answered(events: list[Event]) -> list[Event]:
    """One screen for each question that was answered, in order: its ``topic`` and ``change``."""
    found: dict[str, Event] = {}
    asked: Event | None = None
    for event in events:
        topic = event.get("topic")
        if event["type"] == "outcome" or (topic and (asked is None or topic != asked["topic"])):
            if asked is not None:
                found.setdefault(asked["topic"], asked)
            asked = event if topic else None
    return list(found.values())


def as_message(form: Form, screen: Event | None) -> MessageRequest | None:
    """What a form says, read as strictly as the chat's own messages; None when it says nothing.

    Args:
        form: Its fields.
        screen: The open question.

    Raises:
        Problem: It is refused.
    """
    body: dict[str, Any] = {"id": _field(form, "id")}
    number = _field(form, "number").strip()
    choice = [*form.get("main", []), *form.get("choice", []), *form.get("side", [])]
    if text := _field(form, "text").strip():
        body["text"] = text
    elif number and screen is not None:
        # "About an hour" is an answer too.
        body |= _number(number, screen) or {"text": number}
    elif choice:
        body |= {"screen": _field(form, "screen"), "choice": choice}
    else:
        return None
    return read_message(json.dumps(body).encode())


def _number(typed: str, screen: Event) -> dict[str, Any] | None:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return None
    return {"screen": screen["screen"], "number": value}


def _field(form: Form, name: str) -> str:
    return form.get(name, [""])[0]
