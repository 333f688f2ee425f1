"""Brings a database's tables up to date."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from rasa_project.transcripts.database import make_engine

# Any constant will do; every process of this service must use the same.
_LOCK = 7_216_001


def migrate(url: str) -> None:
    """Applies every migration that the database does not have yet.

    Safe to call at every start, also from several processes at once.

    Args:
        url: An SQLAlchemy URL of SQLite or PostgreSQL.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: The database cannot be reached or changed.
    """
    engine = make_engine(url)
    try:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                # A table being built elsewhere may take longer than a visitor may wait.
                connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
                connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
