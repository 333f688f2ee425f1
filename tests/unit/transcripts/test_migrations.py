"""The migrations make what the models say."""

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import rasa_project.transcripts.migrations as migrations
from rasa_project.transcripts.database import make_engine
from rasa_project.transcripts.staff_models import Base


def differences(url: str) -> list[Any]:
    """What a migration would still have to change."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, Base.metadata))
    finally:
        engine.dispose()


def test_a_migrated_database_is_what_the_models_say(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    migrations.migrate(url)
    assert differences(url) == []


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a 100% odd name.db'}"
    migrations.migrate(url)
    migrations.migrate(url)
    assert differences(url) == []


def test_the_comparison_sees_what_is_missing(tmp_path: Path) -> None:
    assert differences(f"sqlite:///{tmp_path / 'empty.db'}")


def test_constraints_have_the_models_names(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    migrations.migrate(url)
    engine = make_engine(url)
    found = inspect(engine)
    for name, table in Base.metadata.tables.items():
        wanted = {c.name for c in table.constraints if c.name}
        has = {c["name"] for c in found.get_unique_constraints(name)}
        has |= {c["name"] for c in found.get_check_constraints(name)}
        has |= {c["name"] for c in found.get_foreign_keys(name)}
        has |= {found.get_pk_constraint(name)["name"]}
        assert has == wanted
    engine.dispose()


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
