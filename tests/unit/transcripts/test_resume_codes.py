"""Codes for the two-week check on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.migrations import migrate
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.resume_code_contract import ResumeCodeContract


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    migrate(url)
    database = Database.at(url)
    yield ConversationStore(database)
    database.close()


class TestOnSqlite(ResumeCodeContract):
    pass
