"""A server killed between messages or in the middle of a turn loses and doubles nothing."""

import contextlib
import threading
import time
import uuid

import httpx
import pytest

from tests.running import TAPS, Chat, Server


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path).start()
    yield running
    running.stop()


def history(chat):
    return chat.http.get("/chat/events", params={"after": 0}).json()["events"]


def test_killed_between_two_messages_the_chat_goes_on_where_it_was(server):
    chat = Chat(server.url).pick("yes").pick("none").pick("18_39")
    before = history(chat)
    server.kill()
    server.start()
    assert history(chat) == before
    chat.pick("Z2", "left")
    assert chat.screen == "onset"


def test_killed_in_mid_turn_the_same_message_id_is_answered_once(server):
    chat = Chat(server.url).pick("yes").pick("none").pick("18_39")
    body = {"id": str(uuid.uuid4()), "screen": "pain_location", "choice": ["Z2", "left"]}

    def send():
        with contextlib.suppress(httpx.HTTPError):  # The server dies under it: that is the point.
            chat.http.post("/chat/messages", json=body)

    sending = threading.Thread(target=send)
    sending.start()
    time.sleep(0.012)
    server.kill()
    sending.join()
    server.start()
    answer = chat.http.post("/chat/messages", json=body)
    assert answer.status_code == 200
    events = history(chat)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (
        sum(event["text"].startswith("Achilles") for event in events if event["from"] == "visitor")
        == 1
    )
    assert [e["screen"] for e in events if e["type"] == "screen"][-2:] == ["pain_location", "onset"]
    again = chat.http.post("/chat/messages", json=body).json()
    assert again["duplicate"] is True
    assert again["events"] == answer.json()["events"]
    assert history(chat) == events


def test_the_log_holds_no_words_of_the_visitor(server):
    chat = Chat(server.url)
    chat.say("marzipanmarker in my achilles for 10 days")
    chat.post(text="x" * 3000 + "marzipanmarker")
    chat.answer({**TAPS, "training_change": ["footwear"]})
    server.stop()
    assert b"marzipanmarker" not in server.log.read_bytes()
