"""Reads what outcomes were judged on, across all conversations."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import StoreError, StoreUnavailable, describe
from rasa_project.transcripts.models import ChatEvent, Conversation, Judgement
from rasa_project.triage.judged import Judged

BATCH = 500
"""Rows of one query: few enough for the limit on a statement's time."""


@dataclass(frozen=True)
class StoredOutcome:
    """An outcome in the record.

    Attributes:
        reference: The conversation's short code.
        seq: Number of the outcome's event in it.
        record: What it was judged on.
    """

    reference: str
    seq: int
    record: Judged


def keeps_judgements(database: Database) -> bool:
    """Whether the database has the table at all.

    Raises:
        StoreUnavailable: It cannot be reached.
    """
    try:
        return bool(sa.inspect(database.engine).has_table(Judgement.__tablename__))
    except sa.exc.SQLAlchemyError as error:
        raise StoreUnavailable(describe(error)) from None


def stored_outcomes(database: Database) -> Iterator[StoredOutcome]:
    """Every outcome whose judgement was kept, in the order they were given.

    Raises:
        StoreUnavailable: The database failed.
        StoreError: A row is damaged.
    """
    after = 0
    while True:
        query = (
            sa.select(Judgement, Conversation.reference)
            .join(Conversation, Conversation.id == Judgement.conversation_id)
            .where(Judgement.id > after)
            .order_by(Judgement.id)
            .limit(BATCH)
        )
        with database.session() as session:
            try:
                rows = session.execute(query).all()
            except ValueError:
                message = f"one of the {BATCH} judgements after number {after} is not JSON"
                raise StoreError(message) from None
        for row, reference in rows:
            yield StoredOutcome(
                reference,
                row.seq,
                Judged(
                    level=row.level,
                    rules=row.rules,
                    protocol_version=row.protocol_version,
                    protocol_hash=row.protocol_hash,
                    facts=row.facts,
                    clinic_known=row.clinic_known,
                ),
            )
        if len(rows) < BATCH:
            return
        after = rows[-1][0].id


def outcomes_without_judgement(database: Database) -> int:
    """How many outcomes were stored before judgements were kept.

    Raises:
        StoreUnavailable: The database failed.
    """
    kept = sa.and_(
        Judgement.conversation_id == ChatEvent.conversation_id, Judgement.seq == ChatEvent.seq
    )
    query = (
        sa.select(sa.func.count())
        .select_from(ChatEvent)
        .outerjoin(Judgement, kept)
        .where(ChatEvent.type == "outcome", Judgement.id.is_(None))
    )
    with database.session() as session:
        return int(session.execute(query).scalar_one())
