"""Conversations go through the real server: real agent, real actions, the HTTP contract."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.rebuild import rebuild
from tests.running import Chat, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(Path(tmp_path_factory.mktemp("server"))).start()
    yield running
    running.stop()
    # Every conversation that the tests played, as the turns wrote it and as the record says it was.
    database = Database.at(running.environment["DATABASE_URL"])
    with database.session(write=True) as session:
        # The tests of the two-week check move the beginning of a chat back.
        began = "SELECT created_at FROM conversation WHERE id = overview.conversation_id"
        session.execute(sa.text(f"UPDATE overview SET started = ({began})"))
    tally = rebuild(database, write=False)
    database.close()
    assert (tally.different, tally.missing, tally.unreadable) == ([], 0, [])


@pytest.fixture
def chat(server: Server) -> Callable[..., Chat]:
    """Starts a new conversation, on a clinic's page if one is named."""
    return lambda clinic=None: Chat(server.url, clinic)
