"""What staff read follows from the record, on every database."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.transcripts import projection
from rasa_project.transcripts.errors import StoreUnavailable
from rasa_project.transcripts.rebuild import rebuild
from rasa_project.transcripts.reviews import Reviews
from rasa_project.transcripts.staff_models import FactValue, OutcomeRule, Overview, Review
from rasa_project.transcripts.store import ConversationStore
from rasa_project.transcripts.turn import Turn
from rasa_project.triage.judged import RECORD, STANDING
from tests.unit.transcripts.playing import Player, commits_fail, slot
from tests.unit.transcripts.store_contract import OUTCOME, RECORDED, SCREEN, journal, start

STAFF = (Overview, OutcomeRule, FactValue, Review)


def overview(store: ConversationStore, conversation_id: str) -> dict[str, Any]:
    query = sa.select(Overview.__table__).where(Overview.conversation_id == conversation_id)
    with store.database.session() as session:
        return dict(session.execute(query).mappings().one())


def facts(store: ConversationStore, conversation_id: str) -> list[tuple[Any, ...]]:
    table = FactValue.__table__.c
    query = (
        sa.select(table.since, table.name, table.item, table.value, table.replaced_by)
        .where(table.conversation_id == conversation_id)
        .order_by(table.since, table.name, table.item)
    )
    with store.database.session() as session:
        return [tuple(row) for row in session.execute(query)]


def tell(
    store: ConversationStore,
    conversation_id: str,
    text: str,
    *slots: dict[str, Any],
    said: Any = (),
) -> None:
    """A message, with what Rasa kept of it and what was answered."""
    message = journal(store, conversation_id, text)
    turn = Turn(conversation_id)
    turn.stored = len(store.tracker_events(conversation_id))
    turn.tracker_events = [
        {"event": "user", "text": text, "message_id": message.client_id}, *slots, {"event": "bot"},
    ]  # fmt: skip
    store.commit_turn(message.id, turn, list(said) or [SCREEN])


def rows_of(store: ConversationStore, conversation_id: str) -> int:
    with store.database.session() as session:
        return sum(
            session.execute(
                sa.select(sa.func.count())
                .select_from(table)
                .where(table.conversation_id == conversation_id)
            ).scalar_one()
            for table in STAFF
        )


class ProjectionContract:
    """Needs a fixture ``store`` on a database of its own."""

    def test_a_conversation_that_begins_has_its_line(self, store: ConversationStore) -> None:
        line = overview(store, start(store, SCREEN))
        assert (line["clinic"], line["turns"], line["screen"]) == ("mimico", 0, "onset")
        assert (line["risk"], line["unfinished"], line["review_state"]) == (-1, False, "new")
        assert line["simulated"] is False

    def test_a_turn_is_in_the_line_and_its_facts_beside_it(self, store: ConversationStore) -> None:
        id_ = start(store, SCREEN)
        tell(store, id_, "left", slot("side", "left"), slot("swelling", {"calf": "no"}))
        tell(store, id_, "no, right", slot("side", "right"),
             said=[{**OUTCOME, RECORD: dict(RECORDED)}])  # fmt: skip
        line = overview(store, id_)
        assert (line["turns"], line["level"], line["outcome_seq"]) == (2, "ROUTINE", 5)
        assert (line["protocol_version"], line["protocol_hash"]) == ("0.2", "a" * 64)
        assert line["screen"] is None
        assert facts(store, id_) == [
            (2, "side", "", "left", 4), (2, "swelling", "calf", "no", None),
            (4, "side", "", "right", None),
        ]  # fmt: skip
        with store.database.session() as session:
            query = sa.select(OutcomeRule.rule).where(OutcomeRule.conversation_id == id_)
            assert session.execute(query).scalars().all() == ["S4-WORSE"]

    def test_what_is_for_staff_alone_never_reaches_the_page(self, store: ConversationStore) -> None:
        id_ = start(store)
        tell(store, id_, "a", said=[{**SCREEN, STANDING: ["RF01"]}])
        assert STANDING not in store.events_after(id_)[-1]
        line = overview(store, id_)
        assert (line["red_flags"], line["red_flag_open"], line["risk"]) == (["RF01"], True, 5)

    def test_a_message_counts_once_it_is_answered(self, store: ConversationStore) -> None:
        id_ = start(store)
        message = journal(store, id_, "a")
        assert overview(store, id_)["turns"] == 0
        store.commit_turn(message.id, Turn(id_), [SCREEN], failed=True)
        assert overview(store, id_)["turns"] == 1
        assert overview(store, id_)["failed"]

    def test_a_commit_that_fails_leaves_the_line_as_it_was(self, store: ConversationStore) -> None:
        id_ = start(store)
        before = overview(store, id_)
        message = journal(store, id_, "left")
        turn = Turn(id_)
        turn.stored = 1
        turn.tracker_events = [
            {"event": "user", "text": "left", "message_id": "left"}, slot("side", "left"),
        ]  # fmt: skip
        with commits_fail(store.database), pytest.raises(StoreUnavailable):
            store.commit_turn(message.id, turn, [SCREEN])
        assert overview(store, id_) == before
        assert facts(store, id_) == []
        store.commit_turn(message.id, turn, [SCREEN])
        assert overview(store, id_)["turns"] == 1
        assert facts(store, id_) == [(2, "side", "", "left", None)]

    def test_rebuilt_from_events_it_is_the_same_after_accidents(
        self, store: ConversationStore
    ) -> None:
        player = Player(store, seed=7)
        player.play(conversations=60, steps=10)
        for what in ("_turn", "_killed_after_journal", "_lost_commit", "_review", "_outside"):
            assert player.tally[what] > 3, player.tally
        tally = rebuild(store.database, write=False)
        assert (tally.different, tally.missing, tally.unreadable) == ([], 0, [])
        assert tally.equal >= 60

    @pytest.mark.parametrize(
        ("table", "column", "value"),
        [
            ("overview", "risk", 9), ("overview", "turns", 99), ("overview", "screen", "'x'"),
            ("overview", "low_confidence", "true"), ("overview", "least_confidence", 0.001),
            ("overview", "clinic", "'x'"), ("overview", "review_state", "'taken'"),
            ("fact_value", "start", 1), ("fact_value", "replaced_by", 9),
            ("fact_value", "value", "'\"no\"'"), ("outcome_rule", "rule", "'x'"),
        ],
    )  # fmt: skip
    def test_a_row_that_was_altered_is_found_and_put_right(
        self, store: ConversationStore, table: str, column: str, value: Any
    ) -> None:
        id_, other = start(store), start(store)
        tell(store, id_, "left", slot("side", "left"), said=[{**OUTCOME, RECORD: dict(RECORDED)}])
        right = overview(store, id_), facts(store, id_)
        with store.database.session(write=True) as session:
            session.execute(
                sa.text(f"UPDATE {table} SET {column} = {value} WHERE conversation_id = :id"),
                {"id": id_},
            )
        reference = store.conversation(id_).reference  # type: ignore[union-attr]
        for write in (False, True):
            assert rebuild(store.database, write=write).different == [reference]
        assert rebuild(store.database).different == []
        assert (overview(store, id_), facts(store, id_)) == right
        assert overview(store, other)["turns"] == 0

    def test_lost_rows_come_back(self, store: ConversationStore) -> None:
        id_ = start(store)
        tell(store, id_, "left", slot("side", "left"))
        right = overview(store, id_), facts(store, id_)
        with store.database.session(write=True) as session:
            for table in (FactValue, Overview):
                session.execute(sa.delete(table.__table__).where(table.conversation_id == id_))
        tell(store, id_, "a turn without its line is stored all the same")
        assert rebuild(store.database).missing == 1
        assert overview(store, id_)["turns"] == 2
        assert facts(store, id_) == right[1]

    def test_what_cannot_be_read_for_staff_is_stored_and_shows(
        self, store: ConversationStore, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        id_ = start(store)

        def broken(*_: Any) -> Any:
            raise KeyError("secretword")

        with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
            patch.setattr(projection, "told", broken)
            tell(store, id_, "left", slot("side", "left"))
        assert len(store.events_after(id_)) == 3
        assert "is not shown as it is: KeyError" in caplog.text
        assert "secretword" not in caplog.text
        reference = store.conversation(id_).reference  # type: ignore[union-attr]
        assert rebuild(store.database).different == [reference]
        assert facts(store, id_) == [(2, "side", "", "left", None)]

    def test_the_review_state_is_part_of_the_line(self, store: ConversationStore) -> None:
        id_ = start(store)
        tell(store, id_, "a")
        reviews = Reviews(store.database)
        states = []
        for state in ("taken", "done"):
            reviews.note(id_, "Sam", state)
            states.append(overview(store, id_)["review_state"])
        tell(store, id_, "b")
        states.append(overview(store, id_)["review_state"])
        reviews.note(id_, "Sam", "new")
        states.append(overview(store, id_)["review_state"])
        assert states == ["taken", "done", "again", "new"]
        assert rebuild(store.database, write=False).different == []
        for reviewer, state in (("", "done"), ("Sam", "again"), ("x" * 65, "done")):
            with pytest.raises(ValueError):
                reviews.note(id_, reviewer, state)

    def test_deleting_a_conversation_deletes_what_staff_read(
        self, store: ConversationStore
    ) -> None:
        gone, stays = start(store), start(store)
        for id_ in (gone, stays):
            tell(store, id_, "left", slot("side", "left"),
                 said=[{**OUTCOME, RECORD: dict(RECORDED)}])  # fmt: skip
            Reviews(store.database).note(id_, "Sam", "done")
        store.delete(gone)
        assert (rows_of(store, gone), rows_of(store, stays)) == (0, 4)
        assert rebuild(store.database, write=False).different == []
