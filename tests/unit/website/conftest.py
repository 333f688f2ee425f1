"""A real Sanic server on a free port, with an agent that does as the test says."""

import asyncio
import itertools
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from rasa_project.clinics.directory import default_directory
from rasa_project.settings import Settings
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore
from rasa_project.transcripts.turn import current_turn
from rasa_project.triage.protocol import protocol
from rasa_project.website.channel import ChatChannel, Collaborators, Health
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.pages import pages
from rasa_project.website.tokens import Tokens

SCREEN = {
    "type": "screen",
    "screen": "onset",
    "kind": "single",
    "text": "How did it start?",
    "options": [
        {"value": "gradual", "label": "It built up"},
        {"value": "sudden_pop", "label": "With a pop"},
    ],
    "why": "It matters.",
    "progress": {"answered": 1, "remaining": 9},
}

READY = Health(ready=True, model="m", version="0.2", signed=False, hash="ab")
SECRET = "a key for tests only"

_names = itertools.count()

# Sanic rewrites its own methods when an app starts; only in this mode can a second app start.
Sanic.test_mode = True


class FakeAgent:
    """Greets with `SCREEN`, then repeats what it hears; a test may put another `behave`."""

    def __init__(self) -> None:
        self.messages: list[UserMessage] = []
        self.behave: Callable[[UserMessage], Awaitable[Any]] = self.repeat

    async def handle_message(self, message: UserMessage) -> None:
        self.messages.append(message)
        await self.behave(message)

    async def repeat(self, message: UserMessage) -> None:
        turn = current_turn.get()
        assert turn is not None
        turn.tracker_events.append({"event": "user", "text": message.text})
        if turn.stored is None:
            # As the tracker store does when it reads.
            turn.stored = 0 if turn.new else self.stored(turn.conversation_id)
        if turn.new:
            await self.say(message, SCREEN)
        else:
            await message.output_channel.send_response(
                message.sender_id, {"text": f"heard {message.text}"}
            )

    async def say(self, message: UserMessage, *events: dict[str, Any]) -> None:
        for event in events:
            await message.output_channel.send_response(message.sender_id, {"custom": event})

    stored: Callable[[str], int]

    @property
    def heard(self) -> list[str]:
        """What visitors said, greetings left out."""
        return [str(m.text) for m in self.messages if m.text is not None]


class Chat:
    """The running service: its client, agent, store and database file."""

    def __init__(self, client: httpx.AsyncClient, agent: FakeAgent, store: ConversationStore):
        self.client, self.agent, self.store = client, agent, store
        self.port = 0
        self.file = Path()
        self.summaries: list[tuple[str, str]] = []
        self.health = READY

    async def start(self, **body: Any) -> "Session":
        answer = await self.client.post("/chat/sessions", json=body)
        assert answer.status_code == 201, answer.text
        return Session(self, answer.json())


class Session:
    """One visitor's chat."""

    def __init__(self, chat: Chat, answer: dict[str, Any]) -> None:
        self.chat, self.answer = chat, answer
        self.headers = {"Authorization": f"Bearer {answer['token']}"}
        self.id = str(Tokens(SECRET).read(answer["token"]))

    async def send(self, text: str | None = None, id: str | None = None, **more: Any) -> Any:
        body = {"id": id or str(uuid.uuid4()), **more}
        if text is not None:
            body["text"] = text
        return await self.chat.client.post("/chat/messages", json=body, headers=self.headers)

    async def say(self, text: str | None = None, **more: Any) -> list[dict[str, Any]]:
        answer = await self.send(text, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["events"]

    async def events(self, after: int = 0) -> list[dict[str, Any]]:
        answer = await self.chat.client.get(f"/chat/events?after={after}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["events"]

    async def texts(self) -> list[str]:
        return [event["text"] for event in await self.events()]


@asynccontextmanager
async def serve(file: Path, agent: FakeAgent | None = None, **settings: Any) -> AsyncIterator[Chat]:
    """Runs the service on an SQLite file until the block ends."""
    url = f"sqlite:///{file}"
    migrate(url)
    store = ConversationStore(Database.at(url))
    agent = agent or FakeAgent()
    agent.stored = lambda conversation_id: len(store.tracker_events(conversation_id))
    client = httpx.AsyncClient(timeout=20)
    chat = Chat(client, agent, store)
    chat.file = file

    async def summary(conversation_id: str, media_type: str) -> bytes:
        chat.summaries.append((conversation_id, media_type))
        return f"as {media_type}".encode()

    given = Settings(
        **{"database_url": url, "secret_key": SECRET, "messages_per_minute": 1000, **settings}
    )
    fail_safe = FailSafe(phone_of={"mimico": "416-555-0100"}.get)
    channel = ChatChannel(
        Collaborators(
            store=store,
            settings=given,
            clinic_exists=lambda slug: slug == "mimico",
            health=lambda: chat.health,
            summary=summary,
            fail_safe=fail_safe,
        )
    )
    app = Sanic(f"chat_test_{next(_names)}", configure_logging=False)
    register([channel], app, route="/webhooks/")
    for blueprint in pages(channel, fail_safe, default_directory(), protocol(), given):
        app.blueprint(blueprint)
    app.ctx.agent = agent
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(100)
        chat.port = listening.getsockname()[1]
        client.base_url = httpx.URL(f"http://127.0.0.1:{chat.port}")
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False, debug=False
        )
        await server.startup()
        await server.start_serving()
        try:
            yield chat
        finally:
            await server.before_stop()
            await client.aclose()
            server.server.close()
            await asyncio.sleep(0)
            store.database.close()


@pytest.fixture(scope="session")
async def shared_chat(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chat]:
    async with serve(tmp_path_factory.mktemp("chat") / "chat.db") as chat:
        yield chat


@pytest.fixture
def chat(shared_chat: Chat) -> Chat:
    """The service, shared: to start a server for every test would take most of their time."""
    shared_chat.agent.messages.clear()
    shared_chat.agent.behave = shared_chat.agent.repeat
    shared_chat.summaries.clear()
    shared_chat.health = READY
    return shared_chat


@pytest.fixture
async def own_chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A service of the test's own, for what looks at the whole database."""
    async with serve(tmp_path / "chat.db") as chat:
        yield chat


@pytest.fixture
async def session(chat: Chat) -> Session:
    return await chat.start()
