"""Builds what staff read from the record alone, and compares it with what the turns wrote."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import describe
from rasa_project.transcripts.models import (
    BOT,
    FAILED,
    PENDING,
    ChatEvent,
    Conversation,
    Judgement,
    Message,
    TrackerEvent,
)
from rasa_project.transcripts.played import Played, Row, Said, by_message, words_of
from rasa_project.transcripts.projection import Projection, add, erase_projections, project
from rasa_project.transcripts.staff_models import FactValue, OutcomeRule, Overview, Review

logger = logging.getLogger(__name__)

BATCH = 20
"""Conversations of one transaction: their visitors wait for it, so it must be over in a moment."""


@dataclass
class Tally:
    """The totals of a run.

    Attributes:
        equal: Conversations whose rows are what the record says.
        different: References of those whose rows were not.
        missing: How many had no rows yet, as those from before there were any.
        unreadable: References of those whose record is damaged.
        rows: Rows that were compared.
    """

    equal: int = 0
    different: list[str] = field(default_factory=list)
    missing: int = 0
    unreadable: list[str] = field(default_factory=list)
    rows: int = 0


Compared = tuple[str, str, int]
"""A conversation's reference, what became of it, and how many rows it has."""

EQUAL, DIFFERENT, MISSING, UNREADABLE = "equal", "different", "missing", "unreadable"


def rebuild(database: Database, *, write: bool = True) -> Tally:
    """Builds every conversation's rows anew and compares them.

    Safe while the chat runs: each conversation is locked while it is looked at.

    Args:
        database: The record.
        write: Whether rows that differ are replaced.

    Raises:
        StoreUnavailable: The database failed; what was replaced by then stays replaced.
    """
    tally = Tally()
    for ids in _batches(database):
        try:
            with database.session(write=write) as session:
                found = _compare(session, ids, write)
        except ValueError:
            # Some row of the batch is no JSON: one by one, only its own conversation is left out.
            found = [outcome for id_ in ids for outcome in _alone(database, id_, write)]
        for reference, became, rows in found:
            tally.rows += rows
            tally.equal += became == EQUAL
            tally.missing += became == MISSING
            tally.different += [reference] * (became == DIFFERENT)
            tally.unreadable += [reference] * (became == UNREADABLE)
    return tally


def rebuild_one(session: Session, conversation_id: str) -> None:
    """Writes one conversation's rows anew, inside a session that has it locked."""
    _compare(session, [conversation_id], write=True)


def _alone(database: Database, conversation_id: str, write: bool) -> list[Compared]:
    try:
        with database.session(write=write) as session:
            return _compare(session, [conversation_id], write)
    except ValueError:
        with database.session() as session:
            query = sa.select(Conversation.reference).where(Conversation.id == conversation_id)
            return [(session.execute(query).scalar_one(), UNREADABLE, 0)]


def _batches(database: Database) -> Iterator[list[str]]:
    last = ""
    while True:
        query = (
            sa.select(Conversation.id)
            .where(Conversation.id > last)
            .order_by(Conversation.id)
            .limit(BATCH)
        )
        with database.session() as session:
            ids = list(session.execute(query).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]


def _compare(session: Session, ids: Sequence[str], write: bool) -> list[Compared]:
    """Compares some conversations, and replaces what differs if it may."""
    # A committing turn holds this lock, so nothing is seen half done.
    conversations = session.execute(
        sa.select(Conversation)
        .where(Conversation.id.in_(ids))
        .order_by(Conversation.id)
        .with_for_update()
    ).scalars().all()  # fmt: skip
    record, found = _record(session, ids), _found(session, ids)
    result: list[Compared] = []
    for conversation in conversations:
        try:
            ours = _wanted(record, conversation)
        except Exception as error:
            # JSON, but not what the chat writes; anything may be in a damaged row.
            logger.error("conversation %s: %s", conversation.reference, describe(error))
            result.append((conversation.reference, UNREADABLE, 0))
            continue
        theirs = found.get(conversation.id)
        became = EQUAL if _as_values(ours) == _as_values(theirs) else DIFFERENT
        if became == DIFFERENT and theirs is None:
            became = MISSING
        if write and became != EQUAL:
            erase_projections(session, [conversation.id])
            if ours is not None:
                add(session, ours)
        result.append((conversation.reference, became, _count(ours)))
    return result


def _as_values(rows: Projection | None) -> Any:
    if rows is None:
        return None
    # Kinds too: to Python True is 1, and 3 is 3.0.
    return repr([
        sorted(rows.overview.items()),
        sorted(sorted(row.items()) for row in rows.rules),
        sorted((row["since"], row["name"], row["item"], _flat(row)) for row in rows.facts),
    ])  # fmt: skip


def _flat(row: Row) -> str:
    return repr(sorted(row.items()))


def _count(rows: Projection | None) -> int:
    return 0 if rows is None else 1 + len(rows.rules) + len(rows.facts)


_RECORD = {
    ChatEvent: ChatEvent.seq,
    Message: Message.visitor_seq,
    Judgement: Judgement.seq,
    TrackerEvent: TrackerEvent.seq,
    Review: Review.id,
}
"""The tables that everything is built from, and their order within a conversation."""

Record = dict[Any, dict[str, list[dict[str, Any]]]]


def _record(session: Session, ids: Sequence[str]) -> Record:
    return {table: _grouped(session, table, ids, order) for table, order in _RECORD.items()}


def _wanted(record: Record, conversation: Conversation) -> Projection | None:
    """What the record says; a deleted conversation has no events and no rows."""
    events, messages, judgements, tracker, reviews = (
        record[table].get(conversation.id, []) for table in _RECORD
    )
    if not events:
        return None
    data = [row["data"] for row in tracker]
    turns = _turns(conversation, events, messages, judgements, data)
    return project(conversation, turns, reviews[-1] if reviews else None)


def _found(session: Session, ids: Sequence[str]) -> dict[str, Projection]:
    """What was written, by conversation."""
    rules = _grouped(session, OutcomeRule, ids, OutcomeRule.place)
    facts = _grouped(session, FactValue, ids, FactValue.since)
    query = sa.select(Overview.__table__).where(Overview.conversation_id.in_(ids))
    return {
        row["conversation_id"]: Projection(
            dict(row), rules.get(row["conversation_id"], []), facts.get(row["conversation_id"], [])
        )
        for row in session.execute(query).mappings()
    }


def _grouped(
    session: Session, table: Any, ids: Sequence[str], order: Any
) -> dict[str, list[dict[str, Any]]]:
    query = (
        sa.select(table.__table__)
        .where(table.conversation_id.in_(ids))
        .order_by(table.conversation_id, order)
    )
    rows = [dict(row) for row in session.execute(query).mappings()]
    return {
        id_: list(group) for id_, group in groupby(rows, key=lambda row: row["conversation_id"])
    }


def _turns(
    conversation: Conversation,
    events: Sequence[dict[str, Any]],
    messages: Sequence[dict[str, Any]],
    judgements: Sequence[dict[str, Any]],
    tracker: Sequence[Row],
) -> list[Played]:
    """The start and the answered messages, in the order in which they were answered."""
    judged = {row["seq"]: row for row in judgements}
    said: dict[int | None, list[Said]] = {}
    for row in events:
        if row["from"] == BOT:
            line = Said(
                row["seq"], row["type"], row["payload"], row["standing"], judged.get(row["seq"])
            )
            said.setdefault(row["message_id"], []).append(line)
    answered = [row for row in messages if row["state"] != PENDING]
    answered.sort(key=lambda row: (said[row["id"]][0].seq if row["id"] in said else 0, row["id"]))
    of_message: dict[str | None, list[Row]] = {}
    known = {row["client_id"] for row in answered}
    for name, part in by_message(tracker):
        of_message.setdefault(name if name in known else None, []).extend(part)
    start = Played(
        0, conversation.created_at, tracker=of_message.get(None, []), said=said.get(None, [])
    )
    return [start] + [
        Played(
            row["visitor_seq"],
            row["received_at"],
            words_of(row["body"], of_message.get(row["client_id"], ())),
            of_message.get(row["client_id"], []),
            said.get(row["id"], []),
            row["state"] == FAILED,
        )
        for row in answered
    ]
