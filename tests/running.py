"""Starts the real server in a process of its own, and talks to it as a page would."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from rasa_project.settings import ROOT

START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The chat server on a free port and a database of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.module = "rasa_project"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{folder / 'chat.db'}",
            "MESSAGES_PER_MINUTE": "100000",
            "WRONG_CODES_PER_10_MINUTES": "100000",
            "SECRET_KEY": "a secret that is only used by tests, long enough",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/chat/health", timeout=2).status_code == 200:
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """SIGKILL: nothing gets a chance to be tidied up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


class Chat:
    """One visitor's conversation."""

    def __init__(self, url: str, clinic: str | None = None, resume: str | None = None) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        body = {"clinic": clinic} if clinic else {}
        body |= {"resume": resume} if resume else {}
        answer = self.http.post("/chat/sessions", json=body)
        assert answer.status_code == 201, answer.text
        self.session = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.session['token']}"
        self.events: list[dict[str, Any]] = list(self.session["events"])
        self.turn = self.events

    def post(self, **body: Any) -> httpx.Response:
        return self.http.post("/chat/messages", json={"id": str(uuid.uuid4()), **body})

    def _take(self, answer: httpx.Response) -> "Chat":
        assert answer.status_code == 200, answer.text
        self.turn = [event for event in answer.json()["events"] if event["from"] == "bot"]
        assert self.turn, "a turn must never be silent"
        self.events += answer.json()["events"]
        return self

    def say(self, text: str) -> "Chat":
        return self._take(self.post(text=text))

    def pick(self, *values: str) -> "Chat":
        return self._take(self.post(screen=self.screen, choice=list(values)))

    def number(self, number: float) -> "Chat":
        return self._take(self.post(screen=self.screen, number=number))

    def answer(self, answers: dict[str, Any]) -> "Chat":
        """Answers every screen that has an answer here, until one has none or the outcome comes."""
        for _ in range(40):
            if not self.answer_one(answers):
                break
        return self

    def answer_one(self, answers: dict[str, Any]) -> bool:
        """Answers the open screen if it has an answer here."""
        if self.screen is None or self.screen not in answers:
            return False
        reply = answers[self.screen]
        if isinstance(reply, (int, float)):
            self.number(reply)
        elif isinstance(reply, str):
            self.say(reply)
        elif not set(reply) <= {option["value"] for option in self.screen_event["options"]}:
            return False  # A second question on the same screen: the test answers it itself.
        else:
            self.pick(*reply)
        return True

    @property
    def screen_event(self) -> dict[str, Any] | None:
        for event in reversed(self.events):
            if event["type"] == "outcome":
                return None
            if event["type"] == "screen":
                return event
        return None

    @property
    def screen(self) -> str | None:
        event = self.screen_event
        return event["screen"] if event else None

    @property
    def screens(self) -> list[str]:
        return [event["screen"] for event in self.events if event["type"] == "screen"]

    def of_type(self, kind: str) -> dict[str, Any] | None:
        found = [event for event in self.events if event["type"] == kind]
        return found[-1] if found else None

    @property
    def level(self) -> str | None:
        outcome = self.of_type("outcome")
        return outcome["level"] if outcome else None

    @property
    def rules(self) -> list[str]:
        outcome = self.of_type("outcome")
        return [rule["id"] for rule in outcome["rules"]] if outcome else []

    @property
    def text(self) -> str:
        """What the bot said in the last turn."""
        return "\n".join(event["text"] for event in self.turn)


TAPS: dict[str, Any] = {
    "consent": ["yes"], "emergency_signs": ["none"], "age_band": ["18_39"],
    "pain_location": ["Z2", "left"], "onset": ["gradual"], "duration": 10,
    "loading_ability": ["painful"], "injury_checks": ["none"], "signs": ["none"],
    "medicines": ["none"], "health": ["none"], "clot_risk": ["none"], "heel_squeeze": ["no"],
    "morning_stiffness": 15, "push_off_pain": 4, "rest_pain": 2, "next_day": ["no"],
    "inflammatory": ["none"], "training_change": ["footwear"], "background": ["first"],
    "area": "Mimico",
}  # fmt: skip
"""Taps of an ordinary runner with ten days of mid-tendon pain."""
