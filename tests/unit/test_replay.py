"""Stored outcomes are judged again under the rules in force, or under a candidate's."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.__main__ import main
from rasa_project.replay import replay
from rasa_project.settings import DATA
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore
from rasa_project.triage.engine import assess
from rasa_project.triage.judged import RECORD, Judged
from rasa_project.triage.protocol import protocol
from tests.unit.transcripts.store_contract import journal, start, turn_of
from tests.unit.triage.cases import facts

RULES = protocol()
HERE = f"{RULES.version} ({RULES.hash[:12]})"
SECRET = "my secretword heel"


def keep(store: ConversationStore, given: dict[str, Any] | None = None, **changes: Any) -> str:
    """Stores a conversation with an outcome; gives its reference.

    Args:
        store: Where.
        given: Answers that differ from the quiet runner's.
        changes: What the record says instead of the truth.
    """
    known = facts(**(given or {}))
    record = Judged.of(RULES, known, assess(RULES, known, clinic_known=True), clinic_known=True)
    record = replace(record, **changes)
    conversation_id = start(store)
    message = journal(store, conversation_id, SECRET)
    event = {"type": "outcome", "text": SECRET, "level": record.level, RECORD: record.to_json()}
    store.commit_turn(message.id, turn_of(store, conversation_id, "user"), [event])
    found = store.conversation(conversation_id)
    assert found is not None
    return found.reference


def candidate(folder: Path, file: str, right: str, wrong: str) -> Path:
    shutil.copytree(DATA / "clinical", folder)
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    return folder


def stricter(folder: Path) -> Path:
    """Rules that send to a visit after a week."""
    return candidate(
        folder / "stricter", "disposition.yml", "{fact: duration_days, at_least: 42}",
        "{fact: duration_days, at_least: 7}",
    )  # fmt: skip


def run(url: str, against: Path | None = None) -> tuple[int, list[str], str]:
    out, err = io.StringIO(), io.StringIO()
    code = replay(against, url, out, err)
    assert "secretword" not in out.getvalue() + err.getvalue()
    return code, out.getvalue().splitlines(), err.getvalue()


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    migrate(url)
    return url


@pytest.fixture
def store(url: str) -> Iterator[ConversationStore]:
    database = Database.at(url)
    yield ConversationStore(database)
    database.close()


def test_at_the_pinned_version_every_level_is_the_same(url, store):
    for given in ({}, {"trend": "worse"}, {"fever": "yes"}, {"emergency_flags": ["chest_pain"]}):
        keep(store, given)
    code, lines, _err = run(url)
    assert code == 0
    assert lines[0].startswith(f"4 outcomes judged again under the rules in force: {HERE}")
    assert any(line.split() == ["4", "same", "level,", "same", "rules"] for line in lines)
    assert lines[-1] == "Every level is the same."


def test_another_level_at_the_pinned_version_is_listed_and_fails(url, store):
    keep(store)
    reference = keep(store, level="URGENT", rules=["RF99"])
    code, lines, _err = run(url)
    assert code == 1
    assert lines[0] == (
        f"{reference} #3 | URGENT -> SELF_CARE | rules RF99 -> S4-SELF-CARE | protocol {HERE} -> {HERE}"
    )
    assert any(line.split() == ["1", "LOWER:", "URGENT", "->", "SELF_CARE"] for line in lines)
    assert lines[-1] == "NOT THE SAME."


def test_a_candidates_changes_are_listed_with_both_levels_and_both_rule_sets(url, store, tmp_path):
    changed = keep(store)
    same = keep(store, {"emergency_flags": ["chest_pain"]})
    also = keep(store, {"trend": "worse"})
    code, lines, _err = run(url, stricter(tmp_path))
    assert code == 1
    listed = {line.split(" ")[0]: line for line in lines if " | " in line}
    assert same not in listed
    assert "SELF_CARE -> ROUTINE | rules S4-SELF-CARE -> S4-SIX-WEEKS |" in listed[changed]
    assert f"protocol {HERE} -> {RULES.version} (" in listed[changed]
    assert RULES.hash[:12] not in listed[changed].split(" -> ")[-1]
    assert "ROUTINE -> ROUTINE | rules S4-WORSE -> S4-SIX-WEEKS, S4-WORSE |" in listed[also]
    for count, words in (
        (1, "same level, same rules"),
        (1, "same level, other rules"),
        (1, "another level"),
    ):
        assert any(line.split() == [str(count), *words.split()] for line in lines), words
    assert any(line.split() == ["1", "higher:", "SELF_CARE", "->", "ROUTINE"] for line in lines)


def test_other_rules_at_the_same_level_are_listed_and_do_not_fail(url, store, tmp_path):
    keep(store, {"trend": "worse"})
    code, lines, _err = run(url, stricter(tmp_path))
    assert code == 0
    assert any(" | " in line for line in lines)


def test_a_candidate_that_asks_more_is_said_to_ask_first(url, store, tmp_path):
    keep(store, {"area": None})
    curious = candidate(
        tmp_path / "c", "facts.yml", "area: {id: E1, kind: text, ask: optional",
        "area: {id: E1, kind: text, ask: mandatory",
    )  # fmt: skip
    code, lines, _err = run(url, curious)
    assert code == 1
    assert lines[0].endswith("| asks first: area")


def test_a_candidate_without_a_fact_says_which(url, store, tmp_path):
    keep(store, facts={**facts(), "shoe_size": 44})
    code, lines, _err = run(url, DATA / "clinical")
    assert code == 1
    assert "the fact shoe_size is unknown or not allowed" in lines[0]


def test_outcomes_of_other_rules_are_not_compared_at_the_pinned_version_and_said_loudly(url, store):
    keep(store)
    keep(store, level="URGENT", protocol_version="0.1", protocol_hash="b" * 64)
    code, lines, _err = run(url)
    assert code == 0
    assert any(
        line.startswith("NOT COMPARED: 1 outcomes were given under other rules") for line in lines
    )
    assert any(line.split() == ["1", "0.1", f"({'b' * 12})"] for line in lines)
    assert not any(" | " in line for line in lines)


def test_outcomes_of_other_rules_alone_show_nothing_and_fail(url, store):
    keep(store, protocol_hash="b" * 64)
    code, lines, _err = run(url)
    assert (code, lines[-1]) == (1, "NOT THE SAME.")


def test_outcomes_of_other_rules_are_compared_with_a_candidate(url, store):
    keep(store, level="URGENT", protocol_version="0.1", protocol_hash="b" * 64)
    code, lines, _err = run(url, DATA / "clinical")
    assert code == 1
    assert f"| protocol 0.1 ({'b' * 12}) -> {HERE}" in lines[0]


def test_outcomes_stored_without_their_facts_are_counted(url, store):
    keep(store)
    start(store, {"type": "outcome", "text": "Rest.", "level": "ROUTINE"})
    code, lines, _err = run(url)
    assert code == 0
    assert any(line.startswith("NOT COMPARED: 1 outcomes were stored before") for line in lines)


def test_a_deleted_conversation_is_not_replayed(url, store):
    keep(store, level="URGENT")
    for conversation_id in store.conversation_ids():
        store.delete(conversation_id)
    code, lines, _err = run(url)
    assert code == 0
    assert lines[0].startswith("0 outcomes")


def test_more_outcomes_than_one_query_reads_are_all_judged(url, store, monkeypatch):
    monkeypatch.setattr("rasa_project.transcripts.judgements.BATCH", 2)
    for _ in range(4):
        keep(store)
    assert run(url)[1][0].startswith("4 outcomes")
    keep(store)
    assert run(url)[1][0].startswith("5 outcomes")


def test_the_command_reads_the_database_it_is_given_or_that_of_the_settings(
    url, store, tmp_path, monkeypatch, capsys
):
    keep(store)
    assert main(["replay", "--database", url]) == 0
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["replay", "--against", str(stricter(tmp_path))]) == 1
    assert "SELF_CARE -> ROUTINE" in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert main(["replay"]) == 1
    assert "none.db" in capsys.readouterr().err


def test_a_bad_candidate_is_named_by_file_and_key(url, tmp_path):
    wrong = candidate(tmp_path / "c", "red_flags.yml", "source: [F5, K1]", "source: [F99]")
    code, lines, err = run(url, wrong)
    assert (code, lines) == (1, [])
    assert str(wrong / "red_flags.yml") in err
    assert "RF01.source" in err
    assert "protocol.yml: cannot be read" in run(url, tmp_path / "nowhere")[2]


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    code, _lines, err = run(f"sqlite:///{tmp_path / 'none.db'}")
    assert code == 1
    assert "none.db" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgresql://me:hidden@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_used_is_said_without_its_password(url):
    code, lines, err = run(url)
    assert (code, lines) == (1, [])
    assert err
    assert "hidden" not in err


def test_a_database_from_before_says_what_to_do(tmp_path):
    file = tmp_path / "old.db"
    engine = sa.create_engine(f"sqlite:///{file}", future=True)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE conversation (id TEXT)"))
    engine.dispose()
    assert "start the chat on it once" in run(f"sqlite:///{file}")[2]


def test_a_damaged_row_is_an_error_that_names_no_words(url, store):
    keep(store)
    with store.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE judgement SET facts = '{secretword'"))
    code, _lines, err = run(url)
    assert code == 1
    assert "not JSON" in err
