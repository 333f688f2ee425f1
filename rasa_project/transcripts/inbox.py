"""Finds conversations for staff: a queue, filters, and one page after the other.

Pages go by key and never by number, so that the last costs as much as the first. Who may see which
clinics is part of the query: `Filter.clinics` has no default.
"""

import operator
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.models import Conversation
from rasa_project.transcripts.staff_models import FLAGS, OutcomeRule, Overview
from rasa_project.transcripts.view import NEVER_WROTE

EVERYTHING, SAMPLE = "everything", "sample"
LEFT = ("red_flag_open", "unfinished")
"""Queues of chats that may still go on; `Filter.quiet_since` says from when on they were left."""
QUEUES = (*FLAGS, SAMPLE, EVERYTHING)

MOST = 200
"""Lines of one page."""

_COLUMNS = Overview.__table__.c


@dataclass(frozen=True)
class Filter:
    """What is looked for; what is None filters nothing.

    Attributes:
        clinics: Slugs whose conversations may be seen; None for all, those of no clinic included.
        queue: One of `QUEUES`.
        quiet_since: Only those in which the visitor wrote nothing from then on.
        level: Of the last outcome.
        rule: Id of a rule behind the last outcome.
        clinic: One clinic of those that may be seen.
        since: Last activity from then on.
        before: Last activity before then.
        review_states: States to find.
        simulated: Whether those played on purpose are found, and only they.
        wrote: Only those in which the visitor wrote.
        seed: Of the random sample.
    """

    clinics: Sequence[str] | None
    queue: str = EVERYTHING
    quiet_since: datetime | None = None
    level: str | None = None
    rule: str | None = None
    clinic: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    review_states: Sequence[str] | None = None
    simulated: bool = False
    wrote: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Page:
    """Lines of the inbox.

    Attributes:
        lines: Rows of `Overview` with ``reference``.
        after: Where the next page goes on; None when this is the last.
    """

    lines: list[dict[str, Any]]
    after: tuple[Any, ...] | None


def find(
    database: Database, wanted: Filter, after: tuple[Any, ...] | None = None, most: int = 50
) -> Page:
    """Finds conversations: the gravest first, then the latest; a sample in its own order.

    Args:
        database: The record.
        wanted: What is looked for.
        after: `Page.after` of the page before.
        most: Lines, 1 to `MOST`.

    Raises:
        ValueError: There is no such queue, or a page of that length.
        StoreUnavailable: The database failed.
    """
    if not 1 <= most <= MOST:
        raise ValueError(f"a page has 1 to {MOST} lines")
    query = statement(wanted, after).limit(most + 1)
    with database.session() as session:
        lines = [dict(row) for row in session.execute(query).mappings()]
    more, lines = len(lines) > most, lines[:most]
    keys = [key.name for key in _keys(wanted)]
    return Page(lines, tuple(lines[-1][key] for key in keys) if more else None)


def statement(wanted: Filter, after: tuple[Any, ...] | None = None) -> Any:
    """The query of `find`, without its limit."""
    if wanted.queue not in QUEUES:
        raise ValueError(f"{wanted.queue!r} is not one of {', '.join(QUEUES)}")
    keys = _keys(wanted)
    query = sa.select(*_COLUMNS, Conversation.reference).join(
        Conversation, Conversation.id == _COLUMNS.conversation_id
    )
    for condition in _conditions(wanted):
        query = query.where(condition)
    if wanted.queue == SAMPLE:
        # Drawn by number: from the seed's on, in the order of the numbers.
        first = random.Random(wanted.seed).randrange(2**31)  # noqa: S311
        query = query.where(_COLUMNS.sample >= first)
        if after is not None:
            query = query.where(sa.tuple_(*keys) > sa.tuple_(*after))
        return query.order_by(*keys)
    if after is not None:
        query = query.where(sa.tuple_(*keys) < sa.tuple_(*after))
    return query.order_by(*(key.desc() for key in keys))


def _keys(wanted: Filter) -> tuple[Any, ...]:
    if wanted.queue == SAMPLE:
        return (_COLUMNS.sample, _COLUMNS.conversation_id)
    if wanted.queue == EVERYTHING and not (wanted.level or wanted.since or wanted.before):
        return (_COLUMNS.risk, _COLUMNS.last_activity, _COLUMNS.conversation_id)
    return (_COLUMNS.last_activity, _COLUMNS.conversation_id)


def _marked(flag: str) -> Any:
    # As the partial index has it: SQLite would not know "flag = 1" for the same.
    return sa.text(f"overview.{flag}")


def _conditions(wanted: Filter) -> list[Any]:
    simulated = _marked("simulated")
    conditions: list[Any] = [simulated if wanted.simulated else sa.not_(simulated)]
    if wanted.wrote and wanted.queue not in FLAGS:  # no mark without a message
        conditions.append(_COLUMNS.risk > NEVER_WROTE)
    if wanted.clinics is not None:
        conditions.append(_COLUMNS.clinic.in_(wanted.clinics))
    if wanted.queue in FLAGS:
        conditions.append(_marked(wanted.queue))
    if wanted.rule is not None:
        of_rule = sa.select(OutcomeRule.conversation_id).where(OutcomeRule.rule == wanted.rule)
        conditions.append(_COLUMNS.conversation_id.in_(of_rule))
    if wanted.review_states is not None:
        conditions.append(_COLUMNS.review_state.in_(wanted.review_states))
    for value, compare, column in (
        (wanted.level, operator.eq, _COLUMNS.level),
        (wanted.clinic, operator.eq, _COLUMNS.clinic),
        (wanted.since, operator.ge, _COLUMNS.last_activity),
        (wanted.before, operator.lt, _COLUMNS.last_activity),
        (wanted.quiet_since, operator.lt, _COLUMNS.last_activity),
    ):
        if value is not None:
            conditions.append(compare(column, value))
    return conditions
