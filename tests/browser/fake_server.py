"""A stand-in for the chat server: the HTTP contract with canned events, for the page's tests.

Run it by hand to look at the page: ``python -m tests.browser.fake_server [port]``. Typing
``level URGENT`` gives that outcome at once, ``say WORDS`` lets the guide say them, and anything
else typed moves on to the next question.
"""

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rasa_project.clinics.directory import default_directory
from rasa_project.settings import DATA
from rasa_project.triage.protocol import protocol
from rasa_project.website.bundled import widget_files
from rasa_project.website.widget_files import STABLE, WidgetFiles
from tests.browser.canned_events import OUTCOMES, SCREENS, after_outcome

DRAWINGS = DATA / "clinical" / "drawings"
CSP = "default-src 'none'; script-src 'self'; connect-src 'self'"
"""The two lines that a clinic's page needs, and nothing else."""

HOSTILE = (Path(__file__).parents[2] / "rasa_project/website/hostile.css").read_bytes()
PAGE = """<!doctype html><html lang="en-CA"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A clinic's page</title>{head}
<script src="/widget/v1/loader.js" {attributes} async></script></head>
<body><main><h1>A clinic's page</h1><p>Some words.</p><a href="/other">Another page</a>
<button type="button">A button of the page</button></main></body></html>"""
Json = dict[str, Any]


SUMMARIES = {
    "text/plain": b"YOUR SUMMARY\nReference AX-0001\n",
    "text/html": b"<!doctype html><title>S</title><style>p{color:red}</style><h1>Your summary</h1>"
    b"<p>Reference AX-0001</p>",
    "application/pdf": b"%PDF-1.4 canned",
    "text/calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
}


@lru_cache(maxsize=1)
def served_files() -> WidgetFiles:
    """The widget's real files, as the server makes them."""
    return widget_files(protocol(), default_directory(), 24)


@dataclass
class Fault:
    """One wrong answer, used once.

    Attributes:
        status: HTTP status; 0 cuts the connection instead.
        body: Problem details to send.
        headers: Extra headers.
        late: True does the work first and only then fails, like an answer lost on its way.
    """

    status: int = 0
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    late: bool = False


@dataclass
class Conversation:
    """What the server remembers of one chat."""

    events: list[Json] = field(default_factory=list)
    answers: dict[str, list[Json]] = field(default_factory=dict)
    position: int = 0
    more: int = 0

    def add(self, events: list[Json], sender: str = "bot") -> list[Json]:
        """Numbers events and stores them."""
        numbered = [
            {
                "seq": len(self.events) + number,
                "at": "2026-03-01T12:00:00Z",
                "from": sender,
                **event,
            }
            for number, event in enumerate(events, start=1)
        ]
        self.events += numbered
        return numbered

    def screen(self) -> Json:
        """The open question with its progress."""
        progress = {
            "answered": self.position,
            "remaining": len(SCREENS) + self.more - self.position,
        }
        return {"type": "screen", **SCREENS[self.position], "progress": progress}


class FakeChat:
    """The contract's behaviour, without HTTP."""

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.received: list[Json] = []
        self.starts: list[Json] = []
        self.calls: list[Json] = []
        self.withdrawn = 0
        self.faults: list[Fault] = []
        self.fetched: list[str] = []
        self.missing: set[str] = set()
        self.tamper: tuple[bytes, bytes] | None = None
        self.delay = 0.0
        self.more = 0
        self.lock = threading.Lock()

    def start(self, body: Json) -> Json:
        """Opens a conversation and asks its first question."""
        self.starts.append(body)
        token = f"token-{len(self.starts)}"
        chat = self.conversations[token] = Conversation()
        hello = {"type": "text", "text": "Hello. I am an automated guide, not a clinician."}
        return {
            "token": token,
            "reference": f"AX-{len(self.starts):04d}",
            "expires_at": "2026-03-02T12:00:00Z",
            "events": chat.add([hello, chat.screen()]),
        }

    def message(self, token: str, body: Json) -> Json:
        """Takes one message; the same id again changes nothing."""
        chat = self.conversations[token]
        if body["id"] in chat.answers:
            return {"events": chat.answers[body["id"]], "duplicate": True}
        said = chat.add([{"type": "text", "text": _spoken(chat, body)}], sender="visitor")
        reply = said + chat.add(self._reply(chat, str(body.get("text", ""))))
        chat.answers[body["id"]] = reply
        return {"events": reply, "duplicate": False}

    def call_back(self, token: str, body: Json) -> Json:
        """Takes a request for a call."""
        self.calls.append(body)
        said = self.conversations[token].add(
            [{"type": "notice", "kind": "confirm", "text": "Noted."}]
        )
        return {"receipt": {"text": "Our Mimico clinic has your request."}, "events": said}

    @property
    def last(self) -> Conversation:
        """The conversation that was opened last."""
        return list(self.conversations.values())[-1]

    def _reply(self, chat: Conversation, text: str) -> list[Json]:
        if text.startswith("say "):
            return [{"type": "text", "text": text[4:]}]
        if text.startswith("level "):
            return after_outcome(text[6:])
        chat.position += 1
        chat.more = self.more
        if chat.position < len(SCREENS):
            noted = {"type": "notice", "kind": "corrected", "text": "Thanks, I noted that."}
            return ([noted] if chat.position == 2 else []) + [chat.screen()]
        chat.position = 0
        return after_outcome("SELF_CARE")


def _spoken(chat: Conversation, body: Json) -> str:
    """What the visitor's answer reads like in the record."""
    if "text" in body:
        return str(body["text"])
    if "position" in body:
        return "Near M4K"
    if "number" in body:
        return f"{body['number']:g}"
    labels = {o["value"]: o["label"] for o in SCREENS[chat.position].get("options", [])}
    return ", ".join(labels[value] for value in body["choice"])


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def log_message(self, format: str, *args: object) -> None:
        """Keeps test output quiet."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/chat/events":
            after = int(parse_qs(address.query)["after"][0])
            self._chat(lambda chat, token: {"events": [
                event for event in chat.conversations[token].events if event["seq"] > after
            ]})  # fmt: skip
        elif address.path == "/chat/summary":
            kind = self.headers["Accept"]
            self._bytes(lambda _chat, _token: (SUMMARIES[kind], kind))
        elif address.path == "/chat/health":
            self._json(200, {"status": "ok", "protocol": {"version": "0.2", "signed": False}})
        elif address.path.startswith("/chat/drawings/"):
            self._drawing(Path(address.path).name)
        elif address.path.startswith(STABLE):
            self._widget(address.path, parse_qs(address.query))
        elif address.path == "/hostile.css":
            self._send(200, HOSTILE, "text/css", {})
        elif address.path == "/empty":
            self._send(200, PAGE.split("<script")[0].format(head="").encode(), "text/html", {})
        else:
            self._page(parse_qs(address.query))

    def do_HEAD(self) -> None:
        self._send(200, b"", "text/html", {"Content-Security-Policy": CSP})

    def _page(self, query: dict[str, list[str]]) -> None:
        """Any address is a clinic's page.

        ``?data-clinic=mimico`` becomes the tag's attribute, ``head`` goes into the page's head, and
        ``policy`` into its content security policy.
        """
        attributes = " ".join(
            f'{escape(name)}="{escape(values[0])}"'
            for name, values in query.items()
            if name.startswith("data-")
        )
        head = "".join(query.get("head", []))
        page = PAGE.format(attributes=attributes, head=head).encode()
        policy = CSP
        for more in query.get("policy", []):
            policy += f"; {more}"
        self._send(200, page, "text/html", {"Content-Security-Policy": policy})

    def _widget(self, path: str, query: dict[str, list[str]]) -> None:
        files = served_files()
        self.server.chat.fetched.append(path)
        if path == f"{STABLE}/frame":
            tag = 'data-mode="inner"'
            return self._send(200, PAGE.format(attributes=tag, head="").encode(), "text/html", {})
        if path == f"{STABLE}/loader.js":
            file = files.loader
        else:
            version, _, name = path.removeprefix(f"{STABLE}/").partition("/")
            known = version == files.version and name in files.versioned
            if not known or name in self.server.chat.missing:
                return self._send(404, b"", "text/plain", {})
            file = files.versioned[name]
        body = file.body.replace(*self.server.chat.tamper) if self.server.chat.tamper else file.body
        return self._send(200, body, file.media_type, {"Cache-Control": "no-store"})

    def _drawing(self, name: str) -> None:
        path = DRAWINGS / f"{name}.svg"
        if not path.is_file():
            return self._send(404, b"", "text/plain", {})
        return self._send(200, path.read_bytes(), "image/svg+xml", {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/chat/sessions":
            self._chat(lambda chat, _: chat.start(body), status=201, token_needed=False)
        elif self.path == "/chat/call-back":
            self._chat(lambda chat, token: chat.call_back(token, body), status=201)
        else:
            self.server.chat.received.append(body)
            self._chat(lambda chat, token: chat.message(token, body))

    def do_DELETE(self) -> None:
        def delete(chat: FakeChat, token: str) -> Json:
            events = chat.conversations.pop(token).events
            return {"deleted": True, "reference": "AX-0001", "at": "2026-03-01T12:30:00Z",
                    "receipt": "5f0c2d", "events_deleted": len(events)}  # fmt: skip

        def withdraw(chat: FakeChat, token: str) -> Json:
            chat.withdrawn += 1
            return {"withdrawn": True, "events": []}

        self._chat(withdraw if self.path == "/chat/call-back" else delete)

    def _chat(self, work: Any, status: int = 200, token_needed: bool = True) -> None:
        chat = self.server.chat
        fault = chat.faults.pop(0) if chat.faults else None
        if fault and not fault.late:
            return self._fail(fault)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token_needed and token not in chat.conversations:
            return self._fail(Fault(401, {"detail": "This chat is over."}))
        if self.command == "POST":
            time.sleep(chat.delay)
        with chat.lock:
            answer = work(chat, token)
        return self._fail(fault) if fault else self._json(status, answer)

    def _fail(self, fault: Fault) -> None:
        if fault.status == 0:
            self.close_connection = True
            return
        self._json(fault.status, fault.body, fault.headers, "application/problem+json")

    def _json(
        self,
        status: int,
        body: Json,
        headers: dict[str, str] | None = None,
        kind: str = "application/json",
    ) -> None:
        self._send(status, json.dumps(body).encode(), kind, headers or {})

    def _bytes(self, work: Any) -> None:
        chat = self.server.chat
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in chat.conversations:
            return self._fail(Fault(401, {"detail": "This chat is over."}))
        body, kind = work(chat, token)
        return self._send(200, body, kind, {})

    def _send(self, status: int, data: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    chat: FakeChat


class FakeServer:
    """The fake chat on a free port of this machine, as a context manager.

    Attributes:
        chat: What it received, and the faults it will still commit.
        url: Its address, without a slash at the end.
    """

    def __init__(self, port: int = 0) -> None:
        self._http = _Server(("127.0.0.1", port), _Handler)
        self.chat = self._http.chat = FakeChat()
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FakeServer":
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Goes down; requests are refused from now on. Twice does no harm."""
        self._http.shutdown()
        self._http.server_close()


if __name__ == "__main__":
    with FakeServer(int(sys.argv[1]) if len(sys.argv) > 1 else 8000) as server:
        print(f"{server.url}  (outcomes: {', '.join(OUTCOMES)})")
        threading.Event().wait()
