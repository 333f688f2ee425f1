"""Staff find what they look for, all of it and nothing else, and by an index."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.inbox import EVERYTHING, QUEUES, SAMPLE, Filter, find, statement
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.staff_models import FLAGS, OutcomeRule, Overview
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.playing import Player

ALL = Filter(None)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path_factory.mktemp('inbox') / 'chat.db'}"
    migrate(url)
    database = Database.at(url)
    Player(ConversationStore(database), seed=3).play(conversations=80, steps=9)
    yield database
    database.close()


def lines(database: Database) -> list[dict[str, Any]]:
    with database.session() as session:
        rules = session.execute(sa.select(OutcomeRule.conversation_id, OutcomeRule.rule)).all()
        rows = session.execute(sa.select(Overview.__table__)).mappings()
        return [
            {**row, "rules": [rule for id_, rule in rules if id_ == row["conversation_id"]]}
            for row in rows
        ]


def found(database: Database, wanted: Filter, most: int = 7) -> list[dict[str, Any]]:
    """Every page of a search, one after the other."""
    page, result = find(database, wanted, most=most), []
    while True:
        result += page.lines
        if page.after is None:
            return result
        assert len(page.lines) == most
        page = find(database, wanted, page.after, most)


def expected(database: Database, wanted: Filter) -> set[str]:
    def fits(line: dict[str, Any]) -> bool:
        return (
            line["simulated"] == wanted.simulated
            and (line["turns"] > 0 or not wanted.wrote)
            and (wanted.clinics is None or line["clinic"] in wanted.clinics)
            and (wanted.clinic is None or line["clinic"] == wanted.clinic)
            and (wanted.queue not in FLAGS or line[wanted.queue])
            and (wanted.level is None or line["level"] == wanted.level)
            and (wanted.rule is None or wanted.rule in line["rules"])
            and (wanted.review_states is None or line["review_state"] in wanted.review_states)
            and (wanted.since is None or line["last_activity"] >= wanted.since)
            and (wanted.before is None or line["last_activity"] < wanted.before)
            and (wanted.quiet_since is None or line["last_activity"] < wanted.quiet_since)
        )  # fmt: skip

    return {line["conversation_id"] for line in lines(database) if fits(line)}


@pytest.mark.parametrize(
    "wanted",
    [
        ALL, replace(ALL, wrote=False), replace(ALL, simulated=True), Filter(["mimico"]),
        Filter(["elsewhere"]), Filter([]), Filter(["mimico"], clinic="mimico", level="URGENT"),
        Filter(["mimico"], clinic="elsewhere"), replace(ALL, level="ROUTINE"),
        replace(ALL, rule="A"), Filter(["mimico"], rule="B", queue="unfinished"),
        replace(ALL, review_states=["new", "again"]), replace(ALL, review_states=["taken"]),
        *(replace(ALL, queue=queue) for queue in QUEUES if queue != SAMPLE),
    ],
)  # fmt: skip
def test_pages_together_are_what_was_looked_for(database: Database, wanted: Filter) -> None:
    ids = [line["conversation_id"] for line in found(database, wanted)]
    assert len(ids) == len(set(ids))
    assert set(ids) == expected(database, wanted)


def test_times_bound_what_is_found(database: Database) -> None:
    middle = sorted(line["last_activity"] for line in lines(database))[40]
    for wanted in (
        replace(ALL, since=middle),
        replace(ALL, before=middle),
        replace(ALL, queue="unfinished", quiet_since=middle),
    ):
        assert {line["conversation_id"] for line in found(database, wanted)} == expected(
            database, wanted
        )
        assert 0 < len(expected(database, wanted)) < len(expected(database, ALL))


def test_the_gravest_come_first_and_then_the_latest(database: Database) -> None:
    keys = [(line["risk"], line["last_activity"]) for line in found(database, ALL)]
    assert keys == sorted(keys, reverse=True)
    assert len({risk for risk, _ in keys}) > 3


def test_a_sample_is_drawn_again_by_its_seed(database: Database) -> None:
    samples = [
        [line["conversation_id"] for line in found(database, replace(ALL, queue=SAMPLE, seed=seed))]
        for seed in (1, 1, 2)
    ]
    assert samples[0] == samples[1] != samples[2]
    assert set(samples[0]) <= expected(database, ALL)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (ALL, "ix_overview_risk"),
        (Filter(["mimico"]), "ix_overview_clinic_risk"),
        (replace(ALL, simulated=True), "ix_overview_simulated"),
        (replace(ALL, queue=SAMPLE), "ix_overview_sample"),
        *((replace(ALL, queue=flag), f"ix_overview_{flag}") for flag in FLAGS),
    ],
)
def test_a_queue_is_read_by_its_index(database: Database, wanted: Filter, index: str) -> None:
    query = statement(wanted).limit(50).compile(
        database.engine, compile_kwargs={"literal_binds": True}
    )  # fmt: skip
    with database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert any(f"INDEX {index} " in f"{row[-1]} " for row in plan), plan


def test_what_cannot_be_asked_for_is_refused(database: Database) -> None:
    for wanted, most in ((ALL, 0), (ALL, 201), (replace(ALL, queue="x"), 50)):
        with pytest.raises(ValueError):
            find(database, wanted, most=most)
    assert EVERYTHING in QUEUES
