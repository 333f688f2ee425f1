"""Plays cases through the real chat in this process: agent, actions, turns and store; no HTTP."""

import logging
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.vignettes.cases import Case, Phrasing
from bench.vignettes.visitor import Reply, Stuck, Visitor
from rasa_project.settings import ROOT, Settings
from rasa_project.triage.facts import NO, YES, FactSpec
from rasa_project.triage.protocol import Protocol, protocol
from rasa_project.triage.rules import Level

_SECRET = "of the vignettes, whose chats nobody comes back to"

MOST_ANSWERS = 45
"""Answers after which a chat counts as one that never ends."""


class TurnFailed(RuntimeError):
    """A turn ended with the fail-safe answer."""


@dataclass(frozen=True)
class Played:
    """How one message went.

    Attributes:
        case: The case.
        phrasing: The opening message.
        level: The level given; None when there was no outcome.
        rules: Rules that fired, the gravest first.
        answers: Screens answered until the outcome, the chat's own questions included.
        asked_to_confirm: Questions of the chat's own among them.
        heard: Label of a told or denied fact -> whether it was captured from the message alone.
        differs: Where the level is not the fixed one: facts that the chat took otherwise.
        problem: Why there was no outcome.
    """

    case: Case
    phrasing: Phrasing
    level: Level | None
    rules: tuple[str, ...]
    answers: int
    asked_to_confirm: int
    heard: Mapping[str, bool]
    differs: tuple[str, ...] = ()
    problem: str = ""


class ChatRoom:
    """The chat, loaded once.

    Args:
        folder: Where the conversations' database may be.
    """

    def __init__(self, folder: Path) -> None:
        # Imported here: the structured run must not wait for Rasa.
        sys.path.insert(0, str(ROOT))
        from rasa.utils.log_utils import configure_structlog

        from rasa_project.inprocess import InProcessActions
        from rasa_project.training import train_if_needed
        from rasa_project.transcripts.database import Database
        from rasa_project.transcripts.migrations import migrate
        from rasa_project.transcripts.store import ConversationStore
        from rasa_project.transcripts.tracker_store import ConversationTrackerStore
        from rasa_project.website.agent import load_agent
        from rasa_project.website.fail_safe import FailSafe
        from rasa_project.website.resuming import Resuming
        from rasa_project.website.turns import Turns

        configure_structlog(logging.WARNING)
        _skip_checking_rasas_own_schema()
        url = f"sqlite:///{folder / 'vignettes.db'}"
        migrate(url)
        self._trackers = ConversationTrackerStore(ConversationStore(Database.at(url)))
        agent = load_agent(train_if_needed(), self._trackers, InProcessActions())
        # Another process may have the processor: a slow turn is no failed turn here.
        settings = replace(Settings(), database_url=url, turn_seconds=60.0)
        store = self._trackers._store
        resuming = Resuming(store, _SECRET)
        self._turns = Turns(store, agent.handle_message, settings, FailSafe.load(), resuming)
        self.protocol: Protocol = protocol()

    async def play(self, case: Case, phrasing: Phrasing, typed: bool = False) -> Played:
        """Plays one message until the outcome.

        Args:
            case: Whose facts answer the screens.
            phrasing: The opening message.
            typed: Whether labels are typed on the protocol's screens instead of tapped.
        """
        from rasa_project.website.schemas import StartRequest

        visitor = Visitor(self.protocol, case.facts)
        info, events = await self._turns.start(StartRequest(None, None))
        events += await self._say(info, Reply(text=phrasing.text), None)
        heard = captured(await self._slots(info.id), case, phrasing, self.protocol.specs)
        answers = own = 0
        problem = ""
        while _last(events, "outcome") is None:
            screen = _last(events, "screen")
            if answers == MOST_ANSWERS:
                problem = f"no outcome after {answers} answers, last asked: {screen['text']}"
                break
            question = visitor.question(screen)
            try:
                if question is not None:
                    reply = visitor.type_label(question) if typed else visitor.tap(question)
                else:
                    own += 1
                    reply = visitor.settle((await self._slots(info.id))["pending"], screen)
            except Stuck as stuck:
                problem = str(stuck)
                break
            answers += 1
            events += await self._say(info, reply, screen)
        outcome = _last(events, "outcome")
        level = Level[outcome["level"]] if outcome else None
        differs: tuple[str, ...] = ()
        if level != case.level:
            differs = differences(await self._slots(info.id), case, self.protocol.specs)
        return Played(
            case=case,
            phrasing=phrasing,
            level=level,
            rules=tuple(rule["id"] for rule in outcome["rules"]) if outcome else (),
            answers=answers,
            asked_to_confirm=own,
            heard=heard,
            differs=differs,
            problem=problem,
        )

    async def _say(
        self, info: Any, reply: Reply, screen: dict[str, Any] | None
    ) -> list[dict[str, Any]]:
        from rasa_project.website.schemas import MessageRequest

        name = screen["screen"] if screen is not None and reply.text is None else None
        request = MessageRequest(
            client_id=str(uuid.uuid4()),
            text=reply.text,
            screen=name,
            choice=reply.choice,
            number=reply.number,
        )
        events, _duplicate = await self._turns.post(info, request)
        if any(event.get("kind") == "error" for event in events):
            # Not a finding about a case: nothing measured after it would mean anything.
            raise TurnFailed("the chat failed; its log names the error")
        return [event for event in events if event["from"] == "bot"]

    async def _slots(self, conversation_id: str) -> Mapping[str, Any]:
        tracker = await self._trackers.retrieve(conversation_id)
        assert tracker is not None
        return tracker.current_slot_values()


def captured(
    slots: Mapping[str, Any], case: Case, phrasing: Phrasing, specs: Mapping[str, FactSpec]
) -> dict[str, bool]:
    """Which of the labelled facts the chat knows after the opening message.

    Args:
        slots: The conversation's slots, named as the facts.
        case: For the true values.
        phrasing: With its labels.
        specs: The protocol's facts.
    """
    return {
        label: _knows(slots, case, label, specs) for label in (*phrasing.tells, *phrasing.denies)
    }


def _knows(slots: Mapping[str, Any], case: Case, label: str, specs: Mapping[str, FactSpec]) -> bool:
    fact, _, item = label.partition(".")
    known, true = slots.get(fact), case.facts[fact]
    if known is None:
        return False
    if specs[fact].kind != "list":
        return bool(known == true)
    if item:
        return bool(known.get(item) == true[item])
    if fact == "zones":
        return known.get(case.facts["zone_main"]) == YES
    # A list as a whole: what is so in it is known, and all of it where nothing is so.
    so = [name for name, answer in true.items() if answer == YES]
    if so:
        return all(known.get(name) == YES for name in so)
    return all(known.get(name) == NO for name in true)


def _skip_checking_rasas_own_schema() -> None:
    """Half of a turn's time goes into it: Rasa checks a constant schema at every action.

    What actions return is still checked against the schema.
    """
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema = classmethod(lambda *_args, **_kwargs: None)


def differences(
    slots: Mapping[str, Any], case: Case, specs: Mapping[str, FactSpec]
) -> tuple[str, ...]:
    """What the chat holds that is not so, as ``fact=value``; what it never asked is left out.

    A number counts as the same within a tenth: "six weeks" is not 40 days.
    """
    found = []
    for name, spec in specs.items():
        known, true = slots.get(name), case.facts.get(name)
        if known is None or spec.kind in ("text", "bool"):
            continue
        if isinstance(known, dict):
            held = true or {}
            found += [f"{name}.{i}={v}" for i, v in known.items() if v != held.get(i, NO)]
        elif spec.kind == "number" and isinstance(known, int | float):
            if true is None or abs(known - true) > max(1, true / 10):
                found.append(f"{name}={known:g}")
        elif known != true:
            found.append(f"{name}={known}")
    return tuple(found)


def _last(events: list[dict[str, Any]], kind: str) -> dict[str, Any] | None:
    return next((event for event in reversed(events) if event["type"] == kind), None)
