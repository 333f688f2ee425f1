"""The one way to a database session. Importing this opens nothing."""

import asyncio
import functools
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from rasa_project.transcripts.errors import StoreUnavailable, describe

WAIT_SECONDS = 2
"""How long to wait for a lock or a connection; a visitor must hear of trouble within 3 s."""

GIVE_UP_SECONDS = 2.7
"""Cap on one call as a whole, with its wait for a thread and a connection."""

CONNECTIONS = 16

P = ParamSpec("P")
T = TypeVar("T")


def make_engine(url: str) -> Engine:
    """Makes an engine; the folder of an SQLite file is made too.

    Statements' parameters are kept out of error messages and logs: they are visitors' words.

    Args:
        url: An SQLAlchemy URL of SQLite or PostgreSQL.

    Raises:
        ValueError: Another kind of database, or an SQLite database in memory.
    """
    parsed = make_url(url)
    common: dict[str, Any] = {"future": True, "hide_parameters": True}
    # A pool keeps the last connection open: closing it would checkpoint the WAL on every turn.
    pool = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": WAIT_SECONDS}
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ValueError("the chat needs an SQLite file; one in memory forgets its visitors")
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        arguments: dict[str, Any] = {"check_same_thread": False, "timeout": WAIT_SECONDS}
        engine = sa.create_engine(
            parsed, poolclass=QueuePool, connect_args=arguments, **pool, **common
        )
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        wait = WAIT_SECONDS * 1000
        arguments = {
            "connect_timeout": WAIT_SECONDS,
            "tcp_user_timeout": wait,
            # Arguments given here replace those of the URL, so its own options are kept by hand.
            "options": f"{parsed.query.get('options', '')} "
            f"-c lock_timeout={wait} -c statement_timeout={wait}",
        }
        return sa.create_engine(
            parsed, pool_pre_ping=True, connect_args=arguments, **pool, **common
        )
    raise ValueError(f"DATABASE_URL: {backend} is not supported; use sqlite or postgresql")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is switched off: it would start a transaction as a reader, and a
    # reader that turns writer fails at once instead of waiting.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Deleted text is overwritten in the file, not only unlinked.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _end_what_is_open(connection: Any, _record: Any) -> None:
    # A commit that fails leaves its transaction open, and with it the lock, in the pool's hands.
    if connection is not None:
        with suppress(Exception):
            connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


class Database:
    """An engine and its sessions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        sa.event.listen(engine, "checkin", _end_what_is_open)
        self._sessions = sessionmaker(engine, future=True, expire_on_commit=False)
        # Its own threads: a locked database must not use up those of everything else.
        self._threads = ThreadPoolExecutor(2 * CONNECTIONS, thread_name_prefix="database")

    @classmethod
    def at(cls, url: str) -> "Database":
        """Makes the engine for a URL and wraps it."""
        return cls(make_engine(url))

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """One transaction: committed at the end when ``write``, rolled back on any error.

        Args:
            write: Whether anything will be changed. On SQLite it takes the write lock at once.

        Raises:
            StoreUnavailable: The database refused or could not be reached.
        """
        session = self._sessions()
        try:
            if write:
                session.connection(execution_options={"write": True})
            yield session
            if write:
                session.commit()
        except sa.exc.SQLAlchemyError as error:
            # Not "from error": PostgreSQL quotes the whole row in its messages.
            raise StoreUnavailable(describe(error)) from None
        finally:
            # Closing rolls back what was not committed; on a dead connection even that can fail.
            with suppress(sa.exc.SQLAlchemyError):
                session.close()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a blocking call in one of the database's threads.

        Raises:
            StoreUnavailable: It took too long. It may still finish later; every call made this
                way is safe to repeat and notices when it comes too late.
        """
        call = functools.partial(function, *args, **kwargs)
        running = asyncio.get_running_loop().run_in_executor(self._threads, call)
        try:
            return await asyncio.wait_for(running, GIVE_UP_SECONDS)
        except asyncio.TimeoutError:
            raise StoreUnavailable("slower than a visitor may wait") from None

    def scrub(self) -> None:
        """Empties SQLite's write-ahead log, which still holds what was deleted; best effort."""
        if self.engine.dialect.name != "sqlite":
            return
        # On the bare connection: within a transaction it would find the log in use.
        with suppress(sa.exc.SQLAlchemyError, sqlite3.Error):
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    def close(self) -> None:
        """Gives back every connection and thread."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()
