"""Rasa's input channel for the website: the paths of the chat's HTTP contract."""

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.settings import Settings
from rasa_project.summary.content import NoCheckDate
from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.transcripts.records import ConversationInfo, Event, Receipt, iso
from rasa_project.transcripts.store import ConversationStore
from rasa_project.triage.signing import UNSIGNED
from rasa_project.website.blueprint import PREFIX, ChatBlueprint
from rasa_project.website.bodies import bearer_token, json_body, wanted_media_type
from rasa_project.website.call_backs import CallBackDesk, read_call_request
from rasa_project.website.cors import Origins
from rasa_project.website.drawings import add_drawings
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.limits import Limits, client_address
from rasa_project.website.problems import Problem
from rasa_project.website.resuming import Opened, Resuming
from rasa_project.website.schemas import (
    MessageRequest,
    StartRequest,
    read_message,
    read_start,
)
from rasa_project.website.tokens import Tokens, secret_for
from rasa_project.website.turns import CHANNEL, Turns

FILES = {
    "application/pdf": "heel-chat.pdf",
    "application/fhir+json": "heel-chat.fhir.json",
    "text/calendar": "heel-check.ics",
}
"""Names of the summaries that are saved rather than read."""

Answer = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


@dataclass(frozen=True)
class Health:
    """Whether visitors can be answered, by whom, and on which protocol.

    Attributes:
        ready: The model is loaded and understands what it must.
        model: The model's name.
        version: The protocol's version.
        signed: Whether a physiotherapist has signed it as it is.
        hash: The hash of its files.
    """

    ready: bool
    model: str = ""
    version: str = ""
    signed: bool = False
    hash: str = ""


async def _no_summary(_conversation_id: str, _media_type: str) -> bytes:
    raise Problem("unavailable")


@dataclass(frozen=True)
class Collaborators:
    """All that the channel needs from others.

    Attributes:
        store: The record.
        settings: The settings.
        clinic_exists: Whether a slug is a clinic's.
        health: The state of the agent; a coroutine function or a quick plain one.
        summary: Gives a conversation's summary in a media type; a coroutine function, or a
            plain one that is then run in a thread.
        fail_safe: What to say when something fails.
        tokens: Signs the sessions; by default with the settings' key.
    """

    store: ConversationStore
    settings: Settings
    clinic_exists: Callable[[str], bool]
    health: Callable[[], Health | Awaitable[Health]]
    summary: Callable[[str, str], bytes | Awaitable[bytes]] = _no_summary
    fail_safe: FailSafe = field(default_factory=FailSafe.load)
    tokens: Tokens | None = None


class ChatChannel(InputChannel):
    """The chat HTTP contract, version 1.

    Args:
        collaborators: See the class.
    """

    def __init__(self, collaborators: Collaborators) -> None:
        self._with = collaborators
        self._store = collaborators.store
        self._run = collaborators.store.database.run
        secret = secret_for(collaborators.settings)
        self._tokens = collaborators.tokens or Tokens(secret)
        self._resuming = Resuming(collaborators.store, secret)
        self._limits = Limits(collaborators.settings)
        self._origins = Origins(collaborators.settings)
        self._call_backs = CallBackDesk(CallBacks(self._store.database))
        self._turns: Turns

    @classmethod
    def name(cls) -> str:
        """Rasa's name for it."""
        return CHANNEL

    def url_prefix(self) -> str:
        """An absolute path, so that Rasa's ``/webhooks`` does not come before it."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Makes the routes.

        Args:
            on_new_message: The agent: handles a message and says its replies to the message's
                output channel.
        """
        ours = self._with
        self._turns = Turns(
            self._store, on_new_message, ours.settings, ours.fail_safe, self._resuming
        )
        chat = ChatBlueprint(self._origins, ours.fail_safe)
        routes = (
            ("POST", "/sessions", self._post_session),
            ("POST", "/messages", self._post_message),
            ("GET", "/events", self._get_events),
            ("GET", "/summary", self._get_summary),
            ("POST", "/call-back", self._post_call_back),
            ("DELETE", "/call-back", self._delete_call_back),
            ("DELETE", "/session", self._delete_session),
            ("GET", "/health", self._get_health),
        )
        for method, path, answer in routes:
            # Streaming: the size of a body is looked at before any of it is read.
            stream, name = method == "POST", f"{method.lower()}_{path.strip('/')}"
            chat.add_route(_handler(answer), path, methods=[method], stream=stream, name=name)
        for path in dict.fromkeys(path for _method, path, _answer in routes):
            name = f"preflight_{path.strip('/')}"
            chat.add_route(_handler(self._preflight), path, methods=["OPTIONS"], name=name)
        add_drawings(chat)

        async def wait_for_turns(_app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
            await self._turns.drain()

        async def erase_what_is_over(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
            # Named, so that Sanic ends it when the server stops.
            app.add_task(self._call_backs.purge_hourly(), name="erase_call_backs")

        chat.listener("after_server_start")(erase_what_is_over)
        chat.listener("before_server_stop")(wait_for_turns)
        return chat

    async def _post_session(self, request: Request) -> HTTPResponse:
        self._origins.check(request)
        self._limits.start(self._address(request))
        return _json(await self.start(request, read_start(await json_body(request))), 201)

    async def _post_message(self, request: Request) -> HTTPResponse:
        self._origins.check(request)
        conversation_id = self._token_id(request)
        self._limits.message(conversation_id)
        message = read_message(await json_body(request))
        conversation = await self._open(request, conversation_id)
        events, duplicate = await self._post(request, conversation, message)
        events = await self._run(self._resuming.with_code, conversation.id, events)
        return _json({"events": events, "duplicate": duplicate})

    async def _post(
        self, request: Request, conversation: ConversationInfo, message: MessageRequest
    ) -> tuple[list[Event], bool]:
        message = self._resuming.hide(message)
        if message.resume is not None:
            await self._code(request, message.resume)
        return await self._turns.post(conversation, message)

    async def _code(self, request: Request, code_hash: str) -> Opened:
        """Looks up a code that a visitor gave; who gives too many wrong ones is refused."""
        address = self._address(request)
        self._limits.may_give_code(address)
        opened = await self._run(self._resuming.open, code_hash)
        if not opened.works:
            self._limits.wrong_code(address)
        return opened

    async def _get_events(self, request: Request) -> HTTPResponse:
        conversation_id = self._token_id(request)
        after = request.args.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 10):
            raise Problem("bad_after")
        conversation = await self._open(request, conversation_id)
        return _json({"events": await self._events(conversation, int(after))})

    async def _get_summary(self, request: Request) -> HTTPResponse:
        conversation = await self._open(request, self._token_id(request))
        media_type = wanted_media_type(",".join(request.headers.getall("accept", [])))
        return await self._summary_as(conversation, media_type)

    async def _summary_as(self, conversation: ConversationInfo, media_type: str) -> HTTPResponse:
        try:
            body = await self._summary(conversation.id, media_type)
        except NoCheckDate:
            raise Problem("no_check_date") from None
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        headers = {"Content-Security-Policy": policy, "Vary": "Accept, Origin"}
        if media_type in FILES:
            headers["Content-Disposition"] = f'attachment; filename="{FILES[media_type]}"'
        return HTTPResponse(body, content_type=media_type + charset, headers=headers)

    async def _summary(self, conversation_id: str, media_type: str) -> bytes:
        summary = self._with.summary
        if inspect.iscoroutinefunction(summary):
            return bytes(await summary(conversation_id, media_type))
        made = await self._run(summary, conversation_id, media_type)
        return bytes(await made if inspect.isawaitable(made) else made)

    async def _post_call_back(self, request: Request) -> HTTPResponse:
        self._origins.check(request)
        conversation_id = self._token_id(request)
        self._limits.call_back(conversation_id)
        wanted = read_call_request(await json_body(request))
        conversation = await self._open(request, conversation_id)
        return _json(await self._call_backs.ask(conversation, wanted), 201)

    async def _delete_call_back(self, request: Request) -> HTTPResponse:
        self._origins.check(request)
        conversation = await self._open(request, self._token_id(request))
        return _json(await self._call_backs.withdraw(conversation))

    async def _delete_session(self, request: Request) -> HTTPResponse:
        self._origins.check(request)
        conversation = await self._open(request, self._token_id(request))
        receipt = await self._turns.delete(conversation)
        return _json(
            {
                "receipt": receipt.receipt,
                "deleted_at": iso(receipt.deleted_at),
                "events": receipt.events,
                "call_backs": receipt.call_backs,
            }
        )

    async def _get_health(self, request: Request) -> HTTPResponse:
        found = self._with.health()
        health = await found if inspect.isawaitable(found) else found
        await self._run(self._store.ping)
        if not health.ready:
            raise Problem("unavailable")
        protocol = {
            "version": health.version,
            "signed": health.signed,
            "sign_off": "signed" if health.signed else UNSIGNED,
            "hash": health.hash,
        }
        return _json({"status": "ok", "model": health.model, "protocol": protocol})

    async def _preflight(self, request: Request) -> HTTPResponse:
        return HTTPResponse(status=204, headers=self._origins.preflight_headers(request))

    # The same, for pages of forms: they bring the token in a field of the form.

    async def start_by_form(self, request: Request, wanted: StartRequest) -> dict[str, Any]:
        """Opens a conversation; raises like the contract's call."""
        self._origins.check(request)
        self._limits.start(self._address(request))
        return await self.start(request, wanted)

    async def start(self, request: Request, wanted: StartRequest) -> dict[str, Any]:
        """Opens a conversation: the contract's answer."""
        if wanted.clinic is not None and not self._with.clinic_exists(wanted.clinic):
            raise Problem("unknown_clinic")
        opened = None
        if wanted.resume is not None:
            opened = await self._code(request, self._resuming.hash_of(wanted.resume))
        conversation, events = await self._turns.start(wanted, opened)
        return {
            "token": self._tokens.sign(conversation.id, conversation.expires_at),
            "reference": conversation.reference,
            "expires_at": iso(conversation.expires_at),
            "events": events,
        }

    async def visitor(self, request: Request, token: str) -> ConversationInfo:
        """The open conversation of a form's token; raises like the contract's calls."""
        self._origins.check(request)
        return await self._open(request, self._read(token))

    async def take(
        self, request: Request, visitor: ConversationInfo, message: MessageRequest
    ) -> None:
        """Handles a message of a form."""
        self._limits.message(visitor.id)
        await self._post(request, visitor, message)

    async def record(self, visitor: ConversationInfo) -> list[Event]:
        """All events; what was left unanswered is answered first."""
        return await self._events(visitor, 0)

    async def summary_page(self, visitor: ConversationInfo) -> HTTPResponse:
        """The visitor's summary to print."""
        return await self._summary_as(visitor, "text/html")

    async def erase(self, visitor: ConversationInfo) -> Receipt:
        """Deletes the conversation."""
        return await self._turns.delete(visitor)

    async def _events(self, conversation: ConversationInfo, after: int) -> list[Event]:
        # Who comes back after a crash or a closed tab finds the answer that was missing.
        await self._turns.catch_up(conversation)
        events = await self._run(self._store.events_after, conversation.id, after)
        return await self._run(self._resuming.with_code, conversation.id, events)

    def _token_id(self, request: Request) -> str:
        return self._read(bearer_token(request))

    def _read(self, token: str) -> str:
        """Reads a token; costs no database, so a flood of forged ones is cheap to refuse."""
        conversation_id = self._tokens.read(token)
        if conversation_id is None:
            raise Problem("no_token", headers={"WWW-Authenticate": "Bearer"})
        return conversation_id

    async def _open(self, request: Request, conversation_id: str) -> ConversationInfo:
        conversation = await self._run(self._store.conversation, conversation_id)
        if conversation is None:
            raise Problem("no_token", headers={"WWW-Authenticate": "Bearer"})
        if conversation.closed_at is not None:
            raise Problem("closed")
        request.ctx.clinic = conversation.clinic  # Should anything fail: whose phone to give.
        return conversation

    def _address(self, request: Request) -> str:
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))
        return client_address(request.ip, forwarded, self._with.settings.proxies)


def _handler(answer: Answer) -> Answer:
    """Wraps a method in a function of its own: Sanic writes attributes on handlers."""

    async def handler(request: Request) -> HTTPResponse:
        return await answer(request)

    return handler


def _json(body: Mapping[str, Any], status: int = 200) -> HTTPResponse:
    return HTTPResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/json"
    )
