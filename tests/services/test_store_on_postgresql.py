"""The store on PostgreSQL, in a schema of its own that is dropped afterwards."""

import os
import secrets
import threading
import time
import warnings
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import StoreUnavailable
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.staff_models import Base
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.call_back_contract import CallBackContract
from tests.unit.transcripts.projection_contract import ProjectionContract
from tests.unit.transcripts.resume_code_contract import ResumeCodeContract
from tests.unit.transcripts.store_contract import StoreContract, journal, start
from tests.unit.transcripts.test_migrations import differences

URL = os.environ.get("TEST_POSTGRES_URL") or "postgresql://postgres@127.0.0.1:5432/test"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A URL whose tables are in a new schema; skips loudly, and under CI fails, without a server."""
    engine = sa.create_engine(URL, future=True, connect_args={"connect_timeout": 3})
    schema = f"chat_test_{secrets.token_hex(4)}"
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    except sa.exc.OperationalError as error:
        message = f"NOT TESTED: no PostgreSQL at {make_url(URL)!r}: set TEST_POSTGRES_URL"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(f"{message} ({type(error).__name__})")
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    own = make_url(URL).update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield own.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture(scope="module")
def database(url: str) -> Iterator[Database]:
    migrate(url)
    database = Database.at(url)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


class TestOnPostgresql(StoreContract):
    pass


class TestCallBacksOnPostgresql(CallBackContract):
    pass


class TestResumeCodesOnPostgresql(ResumeCodeContract):
    pass


class TestProjectionOnPostgresql(ProjectionContract):
    pass


def test_a_migrated_database_is_what_the_models_say(url: str, database: Database) -> None:
    assert differences(url) == []


def test_several_processes_may_migrate_at_once(url: str) -> None:
    engine = sa.create_engine(url, future=True)
    tables = ", ".join([*Base.metadata.tables, "alembic_version"])
    with engine.begin() as connection:
        connection.execute(sa.text(f"DROP TABLE {tables}"))
    engine.dispose()
    errors: list[BaseException] = []

    def run() -> None:
        try:
            migrate(url)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert differences(url) == []


def test_a_lost_connection_is_replaced_before_anybody_notices(store: ConversationStore) -> None:
    conversation_id = start(store)
    with store.database.engine.connect() as connection:
        mine = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    killer = sa.create_engine(URL, future=True)
    with killer.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
    killer.dispose()
    assert not journal(store, conversation_id, "after the restart").duplicate


def test_a_lock_that_does_not_end_is_an_error_within_three_seconds(
    store: ConversationStore, url: str
) -> None:
    conversation_id = start(store)
    other = sa.create_engine(url, future=True)
    with other.connect() as connection:
        connection.execute(sa.text("LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE"))
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            journal(store, conversation_id, "a")
        assert time.monotonic() - began < 3
    other.dispose()
    assert not journal(store, conversation_id, "a").duplicate


def test_a_server_that_is_not_there_is_an_error_within_three_seconds() -> None:
    store = ConversationStore(Database.at("postgresql://nobody@127.0.0.1:1/none"))
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        store.ping()
    assert time.monotonic() - began < 3


def test_a_row_that_is_no_event_reads_as_it_is(store: ConversationStore) -> None:
    # PostgreSQL itself refuses text that is no JSON; other damage is the tracker store's to find.
    conversation_id = start(store)
    with store.database.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE tracker_event SET data = '7' WHERE conversation_id = :id"),
            {"id": conversation_id},
        )
    assert store.tracker_events(conversation_id) == [7]
