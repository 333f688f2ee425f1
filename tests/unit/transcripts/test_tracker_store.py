"""Rasa's trackers on the store: nothing swallowed, nothing reordered, all of a turn at once."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import check_if_tracker_store_async
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import DamagedConversation, StaleTurn, StoreUnavailable
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore, new_conversation_id
from rasa_project.transcripts.tracker_store import ConversationTrackerStore
from rasa_project.transcripts.turn import Turn, current_turn
from tests.unit.transcripts.store_contract import GREETING, journal

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      onset: {type: text, mappings: [{type: custom}]}
    """
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "chat.db"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    migrate(f"sqlite:///{file}")
    database = Database.at(f"sqlite:///{file}")
    yield ConversationStore(database)
    database.close()


@pytest.fixture
def trackers(store: ConversationStore) -> ConversationTrackerStore:
    return ConversationTrackerStore(store, DOMAIN)


@pytest.fixture(autouse=True)
def no_turn() -> Iterator[None]:
    token = current_turn.set(None)
    yield
    current_turn.reset(token)


async def begin(store: ConversationStore, trackers: ConversationTrackerStore) -> str:
    """A stored conversation whose form has asked its first question."""
    turn = Turn(new_conversation_id(), new=True)
    current_turn.set(turn)
    tracker = await trackers.get_or_create_tracker(turn.conversation_id, append_action_listen=False)
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActiveLoop("triage_form"),
        SlotSet("requested_slot", "onset"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event, DOMAIN)
    await trackers.save(tracker)
    store.create(turn, [GREETING])
    current_turn.set(None)
    return turn.conversation_id


def use(turn: Turn) -> Turn:
    current_turn.set(turn)
    return turn


async def test_a_tracker_comes_back_as_it_was_saved(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(UserUttered("my heel 🦶", {"name": "inform"}), DOMAIN)
    tracker.update(SlotSet("onset", "gradual"), DOMAIN)
    await trackers.save(tracker)
    store.commit_turn(journal(store, conversation_id, "a").id, turn, [GREETING])
    use(Turn(conversation_id))
    again = await trackers.retrieve(conversation_id)
    assert again.get_slot("onset") == "gradual"
    assert again.active_loop_name == "triage_form"
    assert again.latest_message.text == "my heel 🦶"
    assert [e.as_dict() for e in again.events] == [e.as_dict() for e in tracker.events]


async def test_within_a_turn_nothing_reaches_the_database(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(SlotSet("onset", "gradual"), DOMAIN)
    await trackers.save(tracker)
    await trackers.save(tracker)
    assert len(store.tracker_events(conversation_id)) == 5
    assert [e["event"] for e in turn.tracker_events] == ["slot"]
    # Whoever reads again in the same turn sees what the turn holds back.
    assert (await trackers.retrieve(conversation_id)).get_slot("onset") == "gradual"


async def test_what_a_turn_keeps_does_not_change_with_rasas_objects(
    store: Any, trackers: Any
) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    event = UserUttered("a", parse_data={"intent": {"name": "x"}, "entities": [], "text": "a"})
    tracker.update(event, DOMAIN)
    await trackers.save(tracker)
    event.parse_data["intent"]["name"] = "changed"
    assert turn.tracker_events[0]["parse_data"]["intent"]["name"] == "x"


async def test_a_failed_read_raises_and_is_no_new_visitor(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))

    def down(_conversation_id: str) -> Any:
        raise StoreUnavailable

    store.tracker_events = down
    with pytest.raises(StoreUnavailable):
        await trackers.get_or_create_tracker(conversation_id)
    assert isinstance(turn.failure, StoreUnavailable)


@pytest.mark.parametrize(
    "damage",
    ["{half", "7", "[]", "null", '"text"', "{}", '{"event": "no such event"}',
     '{"event": "slot"}', '{"event": "user", "parse_data": 7}', '{"event": {"a": 1}}'],
)  # fmt: skip
async def test_a_damaged_row_raises_and_nothing_exits(
    store: Any, trackers: Any, file: Path, damage: str
) -> None:
    conversation_id, sound = await begin(store, trackers), await begin(store, trackers)
    with sqlite3.connect(file) as other:
        other.execute(
            "UPDATE tracker_event SET data = ? WHERE seq = 4 AND conversation_id = ?",
            [damage, conversation_id],
        )
    turn = use(Turn(conversation_id))
    with pytest.raises(DamagedConversation):
        await trackers.retrieve(conversation_id)
    assert isinstance(turn.failure, DamagedConversation)
    use(Turn(sound))
    assert len((await trackers.retrieve(sound)).events) == 5


async def test_a_conversation_whose_events_are_gone_is_damaged_and_not_new(
    store: Any, trackers: Any, file: Path
) -> None:
    conversation_id = await begin(store, trackers)
    with sqlite3.connect(file) as other:
        other.execute("DELETE FROM tracker_event")
    use(Turn(conversation_id))
    with pytest.raises(DamagedConversation):
        await trackers.get_or_create_tracker(conversation_id)


async def test_a_clock_that_stepped_back_changes_nothing(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(SlotSet("onset", "gradual", timestamp=1.0), DOMAIN)
    tracker.update(SessionStarted(timestamp=0.5), DOMAIN)
    tracker.update(SlotSet("onset", "sudden_pop", timestamp=0.1), DOMAIN)
    await trackers.save(tracker)
    store.commit_turn(journal(store, conversation_id, "a").id, turn, [GREETING])
    use(Turn(conversation_id))
    again = await trackers.retrieve(conversation_id)
    assert len(again.events) == 8
    assert again.get_slot("onset") == "sudden_pop"


async def test_a_turn_that_is_over_can_neither_read_nor_write(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    turn.close()
    tracker.update(SlotSet("onset", "gradual"), DOMAIN)
    with pytest.raises(StaleTurn):
        await trackers.save(tracker)
    with pytest.raises(StaleTurn):
        await trackers.retrieve(conversation_id)
    assert turn.tracker_events == []


async def test_events_that_are_no_json_fail_the_turn(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(conversation_id))
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(SlotSet("onset", float("nan")), DOMAIN)
    with pytest.raises(ValueError):
        await trackers.save(tracker)
    assert turn.failure is not None


async def test_outside_a_turn_events_are_written_at_once(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(SlotSet("onset", "gradual"), DOMAIN)
    await trackers.save(tracker)
    await trackers.save(tracker)
    assert len(store.tracker_events(conversation_id)) == 6
    assert await trackers.retrieve("0" * 40) is None
    assert list(await trackers.keys()) == [conversation_id]


async def test_a_foreign_turn_is_not_written_to(store: Any, trackers: Any) -> None:
    conversation_id = await begin(store, trackers)
    turn = use(Turn(new_conversation_id()))
    tracker = await trackers.retrieve(conversation_id)
    tracker.update(SlotSet("onset", "gradual"), DOMAIN)
    await trackers.save(tracker)
    assert turn.tracker_events == []
    assert len(store.tracker_events(conversation_id)) == 6


def test_rasa_sees_an_asynchronous_store(trackers: ConversationTrackerStore) -> None:
    assert check_if_tracker_store_async(trackers)


def test_the_models_need_no_rasa() -> None:
    import subprocess
    import sys

    code = (
        "import sys, rasa_project.transcripts.models, rasa_project.transcripts.store; "
        "sys.exit('rasa' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
