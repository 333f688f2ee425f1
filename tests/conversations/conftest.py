"""Conversations go through the real server: real agent, real actions, the HTTP contract."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running import Chat, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(Path(tmp_path_factory.mktemp("server"))).start()
    yield running
    running.stop()


@pytest.fixture
def chat(server: Server) -> Callable[..., Chat]:
    """Starts a new conversation, on a clinic's page if one is named."""
    return lambda clinic=None: Chat(server.url, clinic)
