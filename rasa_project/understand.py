"""``understand``: what one message says, without a running server.

The same graph that serves visitors reads the text; the same reading of the open question follows.
"""

import json
import logging
import os
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TextIO

from rasa_project.dialogue.reading import Message, read_message
from rasa_project.language.intents.names import intent_name
from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    PRESENT,
    SELF,
    UNCERTAIN,
    Mention,
)  # fmt: skip
from rasa_project.settings import ROOT
from rasa_project.triage.facts import NO, UNSURE, YES, Facts, FactSpec
from rasa_project.triage.protocol import Protocol, protocol
from rasa_project.triage.screens import Question

_LONGEST = 2000
_KEYS = {"text", "screen", "at"}


class BadLine(ValueError):
    """A line of input is not of the form that ``understand`` takes."""


@dataclass(frozen=True)
class Understanding:
    """What a message says.

    Attributes:
        intent: The intent that the dialogue acts on.
        confidence: Of the intent, 0 to 1; 1 where facts decided it.
        facts: Everything heard, stated or in doubt, in the order of the words.
    """

    intent: str
    confidence: float
    facts: tuple[Mention, ...]

    def as_json(self) -> dict[str, Any]:
        """The line that ``understand`` prints."""
        return {
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "facts": [
                {key: value for key, value in asdict(mention).items() if key != "text"}
                for mention in self.facts
            ],
        }


class Understander:
    """Reads single messages with the trained model. Loading takes some seconds; keep one.

    Raises:
        rasa_project.training.ModelError: There is no model and none could be trained.
    """

    def __init__(self) -> None:
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        sys.path.insert(0, str(ROOT))
        from rasa.core.agent import Agent
        from rasa.core.channels.channel import UserMessage
        from rasa.shared.core.trackers import DialogueStateTracker
        from rasa.utils.log_utils import configure_structlog

        from rasa_project.training import train_if_needed

        configure_structlog(logging.WARNING)
        agent = Agent()
        with redirect_stdout(sys.stderr):  # the output is for JSON alone
            agent.load_model(str(train_if_needed()))
        assert agent.processor is not None
        self._parse = agent.processor._parse_message_with_graph
        self._message = UserMessage
        self._tracker = DialogueStateTracker.from_events("understand", [])
        self._protocol = protocol()

    def read(
        self, text: str, screen: str | None = None, at: datetime | None = None
    ) -> Understanding:
        """Reads one message.

        Args:
            text: As typed, at most 2,000 characters.
            screen: Name of the open screen or question; None: nothing was asked.
            at: When it was written; now by default.
        """
        question = _question(self._protocol, screen) if screen else None
        metadata = {"at": at.isoformat()} if at else {}
        parsed = self._parse(self._message(text, metadata=metadata), self._tracker)
        mentions = [Mention(**raw) for raw in parsed.get("facts") or []]
        facts = [m for m in mentions if m.fact != "consent_chat"]
        if question is not None:
            facts += answered(self._protocol, question, text, mentions)
        intent = parsed["intent"]
        return Understanding(intent_name(intent), float(intent["confidence"]), tuple(facts))


def answered(
    rules: Protocol, question: Question, text: str, mentions: list[Mention]
) -> list[Mention]:
    """What a reply says to the open question beyond its mentions, each over the whole text."""
    heard = read_message(
        rules, Facts(rules.specs, {}), question, False, Message(text, mentions=mentions)
    )
    stated = {(m.fact, m.value) for m in mentions}
    found: list[Mention] = []
    for fact, value in heard.updates.items():
        for item, assertion in _said(rules.specs[fact], value):
            if (fact, item) not in stated:
                found.append(Mention(fact, item, assertion, SELF, CURRENT, 0, len(text), text))
    if heard.unsure:
        found += [
            Mention(fact, UNSURE, UNCERTAIN, SELF, CURRENT, 0, len(text), text)
            for fact in question.sets
            if fact not in heard.updates
        ]
    return found


def _said(spec: FactSpec, value: Any) -> list[tuple[Any, str]]:
    """Items and assertions of one fact as the engine keeps it."""
    if not isinstance(value, dict):
        doubtful = value == UNSURE and UNSURE not in spec.values
        return [(value, UNCERTAIN if doubtful else PRESENT)]
    if value and all(answer == NO for answer in value.values()):
        return [("none", PRESENT)]
    words = {YES: PRESENT, NO: ABSENT, UNSURE: UNCERTAIN}
    return [(item, words[answer]) for item, answer in value.items()]


def _question(rules: Protocol, screen: str) -> Question:
    for question in rules.questions:
        if screen in (question.name, question.screen):
            return question
    names = ", ".join(dict.fromkeys(q.screen for q in rules.questions))
    raise BadLine(f"no screen {screen!r}; the screens are {names}")


def understand_lines(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Reads JSON lines ``{"text", "screen"?, "at"?}`` and prints one answer a line.

    A bad line is reported with its number on ``err`` and as ``{"line", "error"}`` on ``out``, so
    that output lines match input lines; the rest still run. Blank lines are skipped.

    Returns:
        0, or 1 if any line was bad.
    """
    reader = Understander()
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text, screen, at = _parsed(line)
            answer = reader.read(text, screen, at).as_json()
        except BadLine as error:
            failed = 1
            answer = {"line": number, "error": f"line {number}: {error}"}
            print(answer["error"], file=err)
        print(json.dumps(answer, ensure_ascii=False), file=out)
    return failed


def _parsed(line: str) -> tuple[str, str | None, datetime | None]:
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise BadLine('must be an object with "text", such as {"text": "no pop"}')
    if unknown := set(raw) - _KEYS:
        raise BadLine(f"unknown keys {sorted(unknown)}; known: {sorted(_KEYS)}")
    if len(raw["text"]) > _LONGEST:
        raise BadLine(f"text has {len(raw['text'])} characters; the chat takes {_LONGEST}")
    screen, at = raw.get("screen"), raw.get("at")
    if screen is not None and not isinstance(screen, str):
        raise BadLine("screen must be a name")
    if at is None:
        return raw["text"], screen, None
    try:
        return raw["text"], screen, datetime.fromisoformat(str(at).replace("Z", "+00:00"))
    except ValueError as error:
        raise BadLine(f"at {at!r} is no ISO 8601 date or time") from error
