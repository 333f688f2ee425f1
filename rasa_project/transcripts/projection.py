"""Writes what staff read, beside each turn and in its transaction; and the same for all of it.

Nothing here may cost a visitor an answer: when a turn cannot be read for staff, that is logged, the
turn is stored all the same, and ``transcripts rebuild`` finds the conversation different.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from rasa_project.transcripts.errors import describe
from rasa_project.transcripts.models import FAILED, Conversation, Message
from rasa_project.transcripts.played import Played, Row, Said, by_message, words_of
from rasa_project.transcripts.provenance import (
    FactLine,
    Key,
    Told,
    Waiting,
    told,
    touches_facts,
)
from rasa_project.transcripts.records import Event
from rasa_project.transcripts.rows import insert_all
from rasa_project.transcripts.staff_models import FactValue, OutcomeRule, Overview
from rasa_project.transcripts.view import View, advance
from rasa_project.triage.judged import RECORD, STANDING

logger = logging.getLogger(__name__)

_OWN = ("conversation_id", "clinic", "simulated", "started", "sample")
_VIEWED = [column.name for column in Overview.__table__.columns if column.name not in _OWN]
_KEPT = [part.name for part in fields(View)]


@dataclass
class Projection:
    """Everything that is written for staff about one conversation, as rows.

    Attributes:
        overview: Of `Overview`.
        rules: Of `OutcomeRule`, in their order.
        facts: Of `FactValue`, in the order in which they were settled.
    """

    overview: dict[str, Any]
    rules: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


def project(conversation: Conversation, turns: Sequence[Played], review: Row | None) -> Projection:
    """Builds a conversation's rows from all of its turns.

    Args:
        conversation: Its own row.
        turns: The start and every answered message, in the order of the answers.
        review: The last `Review`, by its columns.
    """
    view = View(last_activity=conversation.created_at)
    lines: list[FactLine] = []
    standing: dict[Key, FactLine] = {}
    for turn in turns:
        view, heard = _step(view, turn, {key: line.value for key, line in standing.items()})
        for key in heard.over:
            standing.pop(key).replaced_by = turn.seq
        for line in heard.new:
            standing[line.name, line.item] = line
        lines += heard.new
    if review is not None:
        view = replace(view, reviewed_as=review["state"], reviewed_at_seq=review["visitor_seq"])
    id_ = conversation.id
    return Projection(
        {**_own(conversation), **_columns(view)},
        _rules(id_, view),
        [{"conversation_id": id_, **asdict(line)} for line in lines],
    )


def add_start(
    session: Session, conversation: Conversation, tracker: Sequence[Row], said: Sequence[Said]
) -> None:
    """Adds the rows of a conversation that begins."""
    try:
        turn = Played(0, conversation.created_at, tracker=tracker, said=said)
        rows = project(conversation, [turn], None)
    except Exception as error:
        _log(conversation, error)
        return
    add(session, rows)


def add_turn(
    session: Session,
    conversation: Conversation,
    message: Message,
    tracker: Sequence[Row],
    said: Sequence[Said],
) -> None:
    """Brings a conversation's rows up to one more turn.

    Args:
        session: In it the conversation is locked and the turn is stored.
        conversation: Whose.
        message: The message that was answered, in its new state.
        tracker: Rasa's events of the turn.
        said: The answer.
    """
    row = session.execute(
        sa.select(Overview.__table__).where(Overview.conversation_id == conversation.id)
    ).mappings().first()  # fmt: skip
    if row is None:
        # It began before these rows were kept; `transcripts rebuild` makes them.
        return
    try:
        own = next((part for id_, part in by_message(tracker) if id_ == message.client_id), [])
        text = words_of(message.body, own)
        failed = message.state == FAILED
        turn = Played(message.visitor_seq, message.received_at, text, own, said, failed)
        before = view_of(row)
        since = _standing(session, conversation.id) if touches_facts(turn) else {}
        values = {key: value for key, (value, _) in since.items()}
        view, heard = _step(before, turn, values)
        new = [{"conversation_id": conversation.id, **asdict(line)} for line in heard.new]
    except SQLAlchemyError:
        raise
    except Exception as error:
        _log(conversation, error)
        return
    for key in heard.over:
        _end(session, conversation.id, key, since[key][1], message.visitor_seq)
    insert_all(session, FactValue, new)
    _update(session, row, view)
    if view.outcomes != before.outcomes:
        _erase(session, OutcomeRule, [conversation.id])
        insert_all(session, OutcomeRule, _rules(conversation.id, view))


def keep_review(session: Session, row: Row, state: str) -> None:
    """Changes the review state in a row of `Overview` that was just read."""
    view = replace(view_of(row), reviewed_as=state, reviewed_at_seq=row["visitor_seq"])
    _update(session, row, view)


def add(session: Session, rows: Projection) -> None:
    """Adds the rows of a conversation that has none."""
    insert_all(session, Overview, [rows.overview])
    insert_all(session, OutcomeRule, rows.rules)
    insert_all(session, FactValue, rows.facts)


def erase_projections(session: Session, conversation_ids: Sequence[str]) -> None:
    """Erases every row that was written for staff about some conversations."""
    for table in (FactValue, OutcomeRule, Overview):
        _erase(session, table, conversation_ids)


def said_of(event: Event, stored: Event) -> Said:
    """What the bot said, from the event as the turn made it and as it was stored."""
    return Said(stored["seq"], stored["type"], event, event.get(STANDING), event.get(RECORD))


def view_of(row: Row) -> View:
    """Reads a row of `Overview`."""
    kept = {name: row[name] for name in _KEPT}
    kept["outcomes"], kept["red_flags"] = tuple(row["outcomes"]), tuple(row["red_flags"])
    kept["waiting"] = Waiting.from_json(row["waiting"]) if row["waiting"] else None
    return View(**kept)


def _step(view: View, turn: Played, standing: Mapping[Key, Any]) -> tuple[View, Told]:
    heard = told(turn, standing, view.waiting)
    after = advance(view, turn, bool(heard.new or heard.over))
    return replace(after, waiting=heard.waiting), heard


def _update(session: Session, row: Row, view: View) -> None:
    columns = _columns(view)
    changes = {name: columns[name] for name in _VIEWED if columns[name] != row[name]}
    if changes:
        mine = Overview.conversation_id == row["conversation_id"]
        session.execute(sa.update(Overview.__table__).where(mine).values(changes))


def _own(conversation: Conversation) -> dict[str, Any]:
    digest = sha256(conversation.id.encode()).digest()
    return {
        "conversation_id": conversation.id,
        "clinic": conversation.clinic,
        "simulated": conversation.simulated,
        "started": conversation.created_at,
        "sample": int.from_bytes(digest[:4], "big") >> 1,
    }


def _columns(view: View) -> dict[str, Any]:
    columns = {name: getattr(view, name) for name in _VIEWED}
    columns["outcomes"], columns["red_flags"] = list(view.outcomes), list(view.red_flags)
    columns["waiting"] = view.waiting.to_json() if view.waiting else None
    return columns


def _rules(conversation_id: str, view: View) -> list[dict[str, Any]]:
    names = dict.fromkeys(view.outcome.get("rules") or ())
    return [
        {"conversation_id": conversation_id, "rule": str(rule), "place": place}
        for place, rule in enumerate(names)
    ]


def _standing(session: Session, conversation_id: str) -> dict[Key, tuple[Any, int]]:
    """Every fact's value now, and since which event."""
    table = FactValue.__table__.c
    query = sa.select(table.name, table.item, table.value, table.since).where(
        table.conversation_id == conversation_id, table.replaced_by.is_(None)
    )
    return {(name, item): (value, since) for name, item, value, since in session.execute(query)}


def _end(session: Session, conversation_id: str, key: Key, since: int, by: int) -> None:
    table = FactValue.__table__
    mine = sa.and_(
        table.c.conversation_id == conversation_id,
        table.c.since == since,
        table.c.name == key[0],
        table.c.item == key[1],
    )
    session.execute(sa.update(table).where(mine).values(replaced_by=by))


def _erase(session: Session, table: Any, conversation_ids: Sequence[str]) -> None:
    wanted = table.__table__.c.conversation_id.in_(conversation_ids)
    session.execute(sa.delete(table.__table__).where(wanted))


def _log(conversation: Conversation, error: Exception) -> None:
    logger.error(
        "conversation %s is not shown as it is: %s", conversation.reference, describe(error)
    )
