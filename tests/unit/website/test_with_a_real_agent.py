"""The channel, the store and Rasa itself together: a small form bot with actions in process."""

import asyncio
import textwrap
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig

from rasa_project.errors import DataError
from rasa_project.transcripts.errors import StoreUnavailable
from rasa_project.transcripts.tracker_store import ConversationTrackerStore
from rasa_project.transcripts.turn import current_turn
from rasa_project.website.agent import load_agent
from tests.unit.website.conftest import Chat, Session, serve
from tests.unit.website.test_nothing_is_lost import fail_once
from tests.unit.website.test_refusals import problem

DOMAIN = """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: false}
intents: [start, choose, inform, restart_words]
entities: []
slots:
  onset: {type: text, mappings: [{type: custom, conditions: [{active_loop: triage_form}]}]}
  weak: {type: text, mappings: [{type: custom, conditions: [{active_loop: triage_form}]}]}
forms: {triage_form: {required_slots: [onset, weak]}}
actions: [action_greet, action_ask_onset, action_ask_weak, validate_triage_form, action_advice]
"""
RULES = """
version: "3.1"
rules:
  - rule: start
    steps:
      - intent: start
      - action: action_greet
      - action: triage_form
      - active_loop: triage_form
  - rule: done
    condition:
      - active_loop: triage_form
    steps:
      - action: triage_form
      - active_loop: null
      - slot_was_set: [{requested_slot: null}]
      - action: action_advice
"""
NLU = """
version: "3.1"
nlu:
  - {intent: inform, examples: "- heel\\n- tendon\\n"}
  - {intent: restart_words, examples: "- restart\\n- again\\n"}
"""
CONFIG = """
recipe: default.v1
language: en
assistant_id: test
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy, enable_fallback_prediction: false}]
"""


def _screen(name: str) -> dict[str, Any]:
    return {
        "type": "screen",
        "screen": name,
        "kind": "single",
        "text": f"What about {name}?",
        "options": [{"value": value, "label": value.upper()} for value in ("yes", "no")],
    }


class Unnoticed(Exception):
    """A failure that only Rasa's processor sees, and which it would swallow."""


class Actions(EndpointConfig):
    """Runs the actions in process and notes failures on the turn, as the server does."""

    def __init__(self) -> None:
        super().__init__("http://in-process.invalid")
        self.before: Callable[[str], Any] = lambda _name: None

    async def request(self, method: str = "post", json: Any = None, **_: Any) -> Any:
        name = json["next_action"]
        await asyncio.sleep(0)
        try:
            self.before(name)
        except Unnoticed:
            raise
        except Exception as error:
            turn = current_turn.get()
            assert turn is not None
            turn.fail(error)
            raise
        events, said = [], []
        slots = json["tracker"]["slots"]
        if name == "validate_triage_form":
            heard = [e for e in json["tracker"]["events"] if e["event"] == "user"]
            answer = heard[-1]["metadata"].get("answer")
            if answer:
                events.append(_slot(answer["screen"], answer["choice"][0]))
            elif slots["requested_slot"]:
                # No answer: the form asks again instead of staying silent.
                events.append(_slot(slots["requested_slot"], None))
        elif name.startswith("action_ask_"):
            said.append(_screen(name.removeprefix("action_ask_")))
        elif name == "action_greet":
            said.append({"type": "text", "text": "Hello, I am a guide."})
        elif name == "action_advice":
            text = f"Advice for {slots['onset']} and {slots['weak']}."
            said.append({"type": "outcome", "level": "ROUTINE", "text": text})
        responses = [{"custom": event} for event in said]
        return {"events": events, "responses": responses}


def _slot(name: str, value: str) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value, "timestamp": None}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("bot")
    for name, text in (("domain", DOMAIN), ("rules", RULES), ("nlu", NLU), ("config", CONFIG)):
        (folder / f"{name}.yml").write_text(textwrap.dedent(text))
    result = train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "rules.yml"), str(folder / "nlu.yml")],
        output=str(folder),
    )
    assert result.model
    return result.model


class Real:
    """Stands where the tests' fake agent stands."""

    stored: Any = None

    def __init__(self) -> None:
        self.agent: Agent | None = None

    async def handle_message(self, message: Any) -> Any:
        assert self.agent is not None
        return await self.agent.handle_message(message)


class Bot:
    def __init__(self, chat: Chat, actions: Actions, model: str) -> None:
        self.chat, self.actions = chat, actions
        self.load(model)

    def load(self, model: str) -> None:
        trackers = ConversationTrackerStore(self.chat.store)
        self.chat.agent.agent = load_agent(model, trackers, self.actions)  # type: ignore[attr-defined]


@pytest.fixture
async def bot(tmp_path: Path, model: str) -> AsyncIterator[Bot]:
    async with serve(tmp_path / "chat.db", agent=Real(), turn_seconds=3) as chat:  # type: ignore[arg-type]
        yield Bot(chat, Actions(), model)


def said(events: list[dict[str, Any]]) -> list[str]:
    return [event["text"] for event in events if event["from"] == "bot"]


async def test_a_conversation_goes_from_greeting_to_outcome(bot: Bot) -> None:
    session = await bot.chat.start(clinic="mimico")
    assert said(session.answer["events"]) == ["Hello, I am a guide.", "What about onset?"]
    assert said(await session.say(screen="onset", choice=["yes"])) == ["What about weak?"]
    assert said(await session.say(screen="weak", choice=["no"])) == ["Advice for yes and no."]


def explode(name: str) -> Callable[[str], None]:
    def before(action: str) -> None:
        if action == name:
            raise RuntimeError("boom")

    return before


@pytest.mark.parametrize("action", ["validate_triage_form", "action_ask_weak"])
async def test_an_action_that_fails_skips_no_question(bot: Bot, action: str) -> None:
    session = await bot.chat.start()
    bot.actions.before = explode(action)
    events = await session.say(screen="onset", choice=["yes"])
    assert [e["type"] for e in events] == ["text", "notice"]
    bot.actions.before = lambda _name: None
    assert said(await session.say(screen="onset", choice=["no"])) == ["What about weak?"]
    assert said(await session.say(screen="weak", choice=["no"])) == ["Advice for no and no."]


async def test_a_failed_action_ends_the_turn_at_once(bot: Bot) -> None:
    session = await bot.chat.start()
    ran: list[str] = []

    def before(action: str) -> None:
        ran.append(action)
        if action == "validate_triage_form":
            raise RuntimeError("boom")

    bot.actions.before = before
    await session.say(screen="onset", choice=["yes"])
    assert ran == ["validate_triage_form"]


async def test_a_failure_that_rasa_would_swallow_fails_the_turn(bot: Bot) -> None:
    def before(action: str) -> None:
        if action == "action_greet":
            raise Unnoticed

    bot.actions.before = before
    # Left to Rasa, the visitor would get the first question without being told who asks.
    problem(await bot.chat.client.post("/chat/sessions", json={}), 503)


async def test_a_turn_that_runs_into_rasas_limit_of_actions_fails(bot: Bot) -> None:
    bot.chat.agent.agent.processor.max_number_of_predictions = 1  # type: ignore[attr-defined]
    problem(await bot.chat.client.post("/chat/sessions", json={}), 503)


async def test_an_action_that_hangs_is_cut_off_and_the_form_kept(
    tmp_path: Path, model: str
) -> None:
    async with serve(tmp_path / "c.db", agent=Real(), turn_seconds=0.4) as chat:  # type: ignore[arg-type]
        actions = Actions()
        Bot(chat, actions, model)
        session = await chat.start()
        real = actions.request

        async def hang(*args: Any, **kwargs: Any) -> Any:
            await asyncio.sleep(30)

        actions.request = hang  # type: ignore[method-assign]
        events = await session.say(screen="onset", choice=["yes"])
        assert events[-1]["type"] == "notice"
        actions.request = real  # type: ignore[method-assign]
        assert said(await session.say(screen="onset", choice=["no"])) == ["What about weak?"]


@pytest.mark.parametrize(
    "text",
    ['/triage_form{"onset":"gradual"}', "/restart", "/session_start", '/choose{"onset": "yes"}',
     "/start@1.0", " /back"],
)  # fmt: skip
async def test_a_command_that_is_typed_is_only_a_text(bot: Bot, text: str) -> None:
    session = await bot.chat.start()
    before = len(bot.chat.store.tracker_events(session.id))
    assert said(await session.say(text)) == ["What about onset?"]
    new = bot.chat.store.tracker_events(session.id)[before:]
    assert {e["event"] for e in new}.isdisjoint({"restart", "session_started", "rewind"})
    (heard,) = (e for e in new if e["event"] == "user")
    assert heard["parse_data"]["intent"]["name"] in (None, "restart_words", "inform")
    assert not any(e["event"] == "slot" and e["name"] in ("onset", "weak") and e["value"]
                   for e in new)  # fmt: skip


async def test_a_failed_read_does_not_greet_anew(bot: Bot) -> None:
    session = await bot.chat.start()
    await session.say(screen="onset", choice=["yes"])
    fail_once(bot.chat, "tracker_events", StoreUnavailable())
    message_id = str(uuid.uuid4())
    problem(await session.send(id=message_id, screen="weak", choice=["no"]), 503)
    answer = (await session.send(id=message_id, screen="weak", choice=["no"])).json()
    assert said(answer["events"]) == ["Advice for yes and no."]


async def test_a_restart_in_mid_turn_goes_on_where_it_was(bot: Bot, model: str) -> None:
    session = await bot.chat.start()
    fail_once(bot.chat, "commit_turn", StoreUnavailable())
    message_id = str(uuid.uuid4())
    problem(await session.send(id=message_id, screen="onset", choice=["yes"]), 503)
    bot.load(model)
    session = Session(bot.chat, session.answer)
    answer = (await session.send(id=message_id, screen="onset", choice=["yes"])).json()
    assert said(answer["events"]) == ["What about weak?"]
    assert said(await session.say(screen="weak", choice=["no"])) == ["Advice for yes and no."]


async def test_the_trackers_come_from_our_store_and_nothing_between(bot: Bot) -> None:
    agent = bot.chat.agent.agent  # type: ignore[attr-defined]
    assert isinstance(agent.tracker_store, ConversationTrackerStore)
    assert agent.processor.tracker_store is agent.tracker_store
    assert agent.tracker_store.domain is agent.domain


async def test_a_model_whose_sessions_expire_is_refused(
    bot: Bot, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.shared.core.domain import SessionConfig

    monkeypatch.setattr(SessionConfig, "are_sessions_enabled", lambda _self: True)
    with pytest.raises(DataError, match="session_expiration_time"):
        bot.load(model)
