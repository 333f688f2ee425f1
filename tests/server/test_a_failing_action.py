"""An action that raises: the visitor reads the fail-safe answer and the form stays where it was."""

import pytest

from tests.running import Chat, Server


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path, FAIL_WHILE=str(tmp_path / "fail"))
    running.module = "tests.server.failing_action"
    running.start()
    yield running
    running.stop()


def test_the_fail_safe_answer_is_given_and_the_form_is_kept(server, tmp_path):
    chat = Chat(server.url).pick("yes").pick("none").pick("18_39")
    (tmp_path / "fail").touch()
    chat.pick("Z2", "left")
    assert "911" in chat.text
    assert chat.turn[-1]["type"] == "notice"
    assert chat.turn[-1]["kind"] == "error"
    (tmp_path / "fail").unlink()
    chat.pick("Z2", "left")
    assert chat.screen == "onset"
    assert chat.level is None
