"""Requests for a call on SQLite, and the command that lists them."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasa_project.__main__ import main
from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.transcripts.command import finish_call_back, list_call_backs
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.call_back_contract import (
    NAME,
    PHONE,
    REQUEST,
    CallBackContract,
    offered,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "chat.db"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    url = f"sqlite:///{file}"
    migrate(url)
    database = Database.at(url)
    yield ConversationStore(database)
    database.close()


class TestOnSqlite(CallBackContract):
    pass


def test_nothing_of_a_deleted_request_is_left_in_the_files(
    store: ConversationStore, file: Path
) -> None:
    conversation_id = offered(store)
    CallBacks(store.database).ask(conversation_id, REQUEST)
    files = [file, Path(f"{file}-wal")]
    assert any(NAME.encode() in part.read_bytes() for part in files)
    store.delete(conversation_id)
    for secret in (NAME, PHONE):
        assert not any(secret.encode() in part.read_bytes() for part in files if part.exists())


def test_the_command_lists_who_waits_and_notes_who_was_called(store: ConversationStore) -> None:
    calls = CallBacks(store.database)
    kept, *_ = calls.ask(offered(store), REQUEST)
    out, err = io.StringIO(), io.StringIO()
    assert list_call_backs(calls, out) == 0
    for part in (kept.reference, NAME, PHONE, "mimico", "waiting", "erased 20"):
        assert part in out.getvalue()
    assert finish_call_back(calls, kept.reference, " ", out, err) == 1
    assert "--by NAME" in err.getvalue()
    assert finish_call_back(calls, "NOSUCH", "Sam", out, err) == 1
    assert finish_call_back(calls, kept.reference, "Sam", out, err) == 0
    again = io.StringIO()
    assert list_call_backs(calls, again) == 0
    assert again.getvalue() == "Nobody is waiting for a call.\n"
    done = io.StringIO()
    list_call_backs(calls, done, clinic="mimico", done=True)
    assert "called by Sam" in done.getvalue()
    other = io.StringIO()
    list_call_backs(calls, other, clinic="riverdale", done=True)
    assert NAME not in other.getvalue()


def test_the_command_line_works_on_the_services_database(
    store: ConversationStore, file: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    CallBacks(store.database).ask(offered(store), REQUEST)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    assert main(["call-backs"]) == 0
    assert PHONE in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere/x")
    assert main(["call-backs"]) == 1
    assert "not supported" in capsys.readouterr().err
