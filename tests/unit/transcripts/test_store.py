"""The store on SQLite, and what is particular to SQLite."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasa_project.transcripts.database import Database, make_engine
from rasa_project.transcripts.errors import DamagedConversation, StoreUnavailable
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.store_contract import StoreContract, journal, start


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "chat.db"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    migrate(f"sqlite:///{file}")
    database = Database.at(f"sqlite:///{file}")
    yield ConversationStore(database)
    database.close()


class TestOnSqlite(StoreContract):
    pass


def test_the_file_is_in_wal_mode_with_its_safeguards_on(store: ConversationStore) -> None:
    with store.database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
        }
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    assert pragmas == {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 2000, "secure_delete": 1,
    }  # fmt: skip
    assert synchronous == 2  # FULL: what was acknowledged survives a power cut.


def test_a_foreign_key_without_its_row_is_refused(store: ConversationStore) -> None:
    from rasa_project.transcripts.models import TrackerEvent

    with pytest.raises(StoreUnavailable), store.database.session(write=True) as session:
        session.add(TrackerEvent(conversation_id="nobody", seq=1, data={}))


def test_reading_goes_on_while_somebody_writes(store: ConversationStore, file: Path) -> None:
    conversation_id = start(store)
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.events_after(conversation_id)) == 1
        other.execute("ROLLBACK")


def test_a_lock_that_does_not_end_is_an_error_and_not_a_loss(
    store: ConversationStore, file: Path
) -> None:
    conversation_id = start(store)
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            journal(store, conversation_id, "a")
        other.execute("ROLLBACK")
    assert not journal(store, conversation_id, "a").duplicate


def test_a_damaged_row_is_an_error_of_that_conversation_only(
    store: ConversationStore, file: Path
) -> None:
    damaged, sound = start(store), start(store)
    with sqlite3.connect(file) as other:
        other.execute(
            "UPDATE tracker_event SET data = '{half' WHERE conversation_id = ?", [damaged]
        )
    with pytest.raises(DamagedConversation):
        store.tracker_events(damaged)
    assert len(store.tracker_events(sound)) == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_a_database_that_cannot_keep_conversations_is_refused(url: str) -> None:
    with pytest.raises((ValueError, ImportError)):
        make_engine(url)


def test_importing_and_making_a_store_opens_nothing(tmp_path: Path) -> None:
    ConversationStore(Database.at(f"sqlite:///{tmp_path / 'none.db'}"))
    assert not (tmp_path / "none.db").exists()
