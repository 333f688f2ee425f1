"""What staff read, on SQLite; and what kill -9 and a deletion leave of it."""

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rasa_project.__main__ import main
from rasa_project.settings import ROOT
from rasa_project.transcripts.command import rebuild_transcripts
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.rebuild import rebuild
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.playing import Player, slot
from tests.unit.transcripts.projection_contract import ProjectionContract, tell
from tests.unit.transcripts.store_contract import start

SECRET = "marzipanplace"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'chat.db'}"


@pytest.fixture
def store(url: str) -> Iterator[ConversationStore]:
    migrate(url)
    database = Database.at(url)
    yield ConversationStore(database)
    database.close()


class TestOnSqlite(ProjectionContract):
    pass


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_kill_minus_nine_it_is_what_the_record_says(
    store: ConversationStore, url: str, seed: int
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.unit.transcripts.playing", url, str(seed)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"playing\n"
    time.sleep(1 + seed / 7)
    assert child.poll() is None, "it was to be killed while it plays"
    child.kill()
    child.wait()
    tally = rebuild(store.database, write=False)
    assert (tally.different, tally.missing, tally.unreadable) == ([], 0, [])
    assert tally.equal > 0
    Player(store, seed).play(3, 5)  # and on it goes
    assert rebuild(store.database, write=False).different == []


def test_a_deletion_leaves_no_word_of_a_fact_in_any_file(
    store: ConversationStore, tmp_path: Path
) -> None:
    id_ = start(store)
    tell(store, id_, f"I live in {SECRET}", slot("area", SECRET), slot("quotes", {"area": SECRET}))
    files = [tmp_path / name for name in ("chat.db", "chat.db-wal")]
    assert any(SECRET.encode() in part.read_bytes() for part in files)
    store.delete(id_)
    assert not any(SECRET.encode() in part.read_bytes() for part in tmp_path.iterdir())


def test_a_damaged_record_is_named_and_the_others_are_compared(
    store: ConversationStore, url: str
) -> None:
    damaged, sound = start(store), start(store)
    with store.database.session(write=True) as session:
        session.execute(
            sa.text("UPDATE tracker_event SET data = '{half' WHERE conversation_id = :id"),
            {"id": damaged},
        )
        session.execute(
            sa.text("UPDATE overview SET turns = 7 WHERE conversation_id = :id"), {"id": sound}
        )
    out = io.StringIO()
    assert rebuild_transcripts(store.database, out, check=False) == 1
    references = [store.conversation(id_).reference for id_ in (damaged, sound)]  # type: ignore[union-attr]
    unreadable, different = references
    assert f"unreadable: a row of the record is damaged: {unreadable}\n" in out.getvalue()
    assert f"1  different: {different}\n" in out.getvalue()


@pytest.mark.parametrize("data", ["7", '"text"', "null"])
def test_a_row_that_is_no_event_is_damage_too(store: ConversationStore, data: str) -> None:
    id_ = start(store)
    tell(store, id_, "left", slot("side", "left"))
    with store.database.session(write=True) as session:
        session.execute(sa.text("UPDATE tracker_event SET data = :data"), {"data": data})
    assert len(rebuild(store.database).unreadable) == 1


def test_the_command_says_what_it_found(
    store: ConversationStore, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(store, start(store), "secretword", slot("side", "left"))
    command = ["transcripts", "rebuild", "--database", url]
    assert main(command) == 0
    assert "1 conversations, 2 rows built from the record" in capsys.readouterr().out
    with store.database.session(write=True) as session:
        session.execute(sa.text("UPDATE overview SET risk = 5"))
    assert main([*command, "--check"]) == 1
    assert "Nothing was changed." in capsys.readouterr().out
    assert main(command) == 1
    printed = capsys.readouterr().out
    assert "They are now as the record says." in printed
    assert "secretword" not in printed
    assert main(command) == 0


@pytest.mark.parametrize("url", ["sqlite:////nowhere/none.db", "what", "mysql://localhost/x"])
def test_a_database_that_is_none_is_refused_in_words(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["transcripts", "rebuild", "--database", url]) == 1
    assert capsys.readouterr().err.startswith("transcripts: ")
