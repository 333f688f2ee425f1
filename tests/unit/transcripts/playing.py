"""Plays conversations at the store, at random and with accidents, as no real bot would."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import (
    ConversationClosed,
    StaleTurn,
    StoreUnavailable,
    TooManyPending,
)
from rasa_project.transcripts.records import Draft, StoredMessage
from rasa_project.transcripts.reviews import STATES, Reviews
from rasa_project.transcripts.store import ConversationStore, new_conversation_id
from rasa_project.transcripts.turn import Turn
from rasa_project.triage.judged import RECORD, STANDING

WORDS = ("my left heel is sore", "yes", "no swelling", "/not sure 🦶", "chest pain?", "it is 4")
FACTS = ("side", "swelling", "onset", "fever", "rest_nrs", "emergency_flags", "consent_chat")
LEVELS = ("SELF_CARE", "ROUTINE", "PROMPT", "URGENT", "EMERGENCY")


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


class Player:
    """Plays on one store.

    Args:
        store: The store.
        seed: Of what happens.
    """

    def __init__(self, store: ConversationStore, seed: int) -> None:
        self.store = store
        self.dice = random.Random(seed)
        self.ids: list[str] = []
        self.tally: dict[str, int] = {}

    def play(self, conversations: int, steps: int) -> None:
        for _ in range(conversations):
            self.start()
            for _ in range(self.dice.randrange(steps)):
                self.step(self.ids[-1] if self.dice.random() < 0.9 else self.dice.choice(self.ids))

    def start(self) -> None:
        turn = Turn(new_conversation_id(), new=True)
        turn.tracker_events = [{"event": "session_started"}, {"event": "user", "message_id": "x"},
                               slot("clinic", "mimico")]  # fmt: skip
        said = [{"type": "text", "text": "Hello"}, self._screen()]
        clinic = self.dice.choice(["mimico", None])
        self.store.create(turn, said, clinic=clinic, simulated=self.dice.random() < 0.2)
        self.ids.append(turn.conversation_id)

    def step(self, conversation_id: str) -> None:
        act = self.dice.choices(
            (self._turn, self._killed_after_journal, self._lost_commit, self._review, self._outside,
             self._delete),
            (30, 5, 5, 4, 3, 1),
        )[0]  # fmt: skip
        try:
            act(conversation_id)
            became = act.__name__
        except (ConversationClosed, TooManyPending, StaleTurn) as error:
            became = type(error).__name__
        self.tally[became] = self.tally.get(became, 0) + 1

    def _journal(self, conversation_id: str) -> StoredMessage:
        text = self.dice.choice(WORDS)
        body = {"text": text} if self.dice.random() < 0.7 else {"screen": "s", "choice": ["yes"]}
        name = str(self.dice.getrandbits(64))
        return self.store.journal(conversation_id, name, lambda _: Draft(body, text))

    def _turn(self, conversation_id: str) -> None:
        own = self._journal(conversation_id)
        for message in self.store.pending(conversation_id):
            self._commit(conversation_id, message, own)

    def _commit(self, conversation_id: str, message: StoredMessage, own: StoredMessage) -> None:
        failed = self.dice.random() < 0.1
        turn = Turn(conversation_id)
        turn.stored = len(self.store.tracker_events(conversation_id))
        turn.tracker_events = self._tracker(message)
        said = [{"type": "notice", "text": "911"}] if failed else self._said()
        carrier = own.id if own.id != message.id else None
        for _ in range(self.dice.choice((1, 1, 2))):  # told twice, it happens once
            self.store.commit_turn(message.id, turn, said, failed=failed, carried_by=carrier)

    def _killed_after_journal(self, conversation_id: str) -> None:
        self._journal(conversation_id)

    def _lost_commit(self, conversation_id: str) -> None:
        message = self._journal(conversation_id)
        with commits_fail(self.store.database):
            try:
                self._commit(conversation_id, message, message)
            except StoreUnavailable:
                return
        raise AssertionError("the commit was to fail")

    def _review(self, conversation_id: str) -> None:
        Reviews(self.store.database).note(conversation_id, "reviewer", self.dice.choice(STATES))

    def _outside(self, conversation_id: str) -> None:
        known = len(self.store.tracker_events(conversation_id))
        self.store.append_tracker_events(conversation_id, known, [slot("onset", "gradual")])

    def _delete(self, conversation_id: str) -> None:
        if self.dice.random() < 0.3:
            self.store.delete(conversation_id)

    def _tracker(self, message: StoredMessage) -> list[dict[str, Any]]:
        dice = self.dice
        mentions = [{"fact": "side", "value": "left", "assertion": "present", "experiencer": "self",
                     "temporality": "current", "start": 3, "end": 7, "text": "left"}]  # fmt: skip
        events: list[dict[str, Any]] = [{
            "event": "user", "text": message.text.lstrip("/"), "message_id": message.client_id,
            "metadata": {"typed": dice.random() < 0.5},
            "parse_data": {
                "facts": mentions if "left" in message.text else [],
                "intent_ranking": [{"name": "inform", "confidence": dice.random()}],
            },
        }]  # fmt: skip
        if dice.random() < 0.05:
            events.append({"event": "reset_slots"})
        for name in dice.sample(FACTS, dice.randrange(3)):
            items = {item: dice.choice(("yes", "no", "unsure")) for item in ("calf", "ankle")}
            values: tuple[Any, ...] = (None, "yes", "no", "unsure", "left", 4, 4.0, True, items)
            events.append(slot(name, dice.choice(values)))
        if dice.random() < 0.5:
            events.append(slot("quotes", {"side": "left heel", "swelling.calf": "swelling"}))
        if dice.random() < 0.2:
            pending = {"kind": dice.choice(("doubt", "which", "meaning")), "fact": "swelling",
                       "updates": {"side": "right"}, "quote": "heel", "tries": dice.randrange(2)}  # fmt: skip
            events.append(slot("pending", dice.choice((pending, None))))
        if dice.random() < 0.2:
            events.append(slot("misses", dice.randrange(3)))
        if dice.random() < 0.02:
            events.append(slot("ended", "self_harm"))
        return [*events, {"event": "bot"}]

    def _said(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = [{"type": "notice", "kind": "corrected", "text": "Changed."}]
        if self.dice.random() < 0.2:
            said[0][STANDING] = ["RF02"]
        return [*said, self._outcome() if self.dice.random() < 0.2 else self._screen()]

    def _screen(self) -> dict[str, Any]:
        name = self.dice.choice(("onset", "signs"))
        screen: dict[str, Any] = {"type": "screen", "screen": name, "text": "?", "options": []}
        return {**screen, STANDING: ["RF01", "RF03"]} if self.dice.random() < 0.3 else screen

    def _outcome(self) -> dict[str, Any]:
        level, rules = self.dice.choice(LEVELS), self.dice.sample(("A", "B", "C"), 2)
        event = {"type": "outcome", "text": "Do.", "level": level, "revised": self.dice.random() < 0.5,
                 "rules": [{"id": rule} for rule in rules]}  # fmt: skip
        record = {"level": level, "rules": rules, "protocol_version": "0.2",
                  "protocol_hash": "a" * 64, "facts": {}, "clinic_known": True}  # fmt: skip
        return {**event, RECORD: record} if self.dice.random() < 0.8 else event


@contextmanager
def commits_fail(database: Database) -> Iterator[None]:
    """Everything is written, and then the commit does not come about."""
    dialect = database.engine.dialect

    def fail(_connection: Any) -> None:
        raise dialect.dbapi.OperationalError("no space left")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialect, "do_commit", fail)
        yield


if __name__ == "__main__":
    # A process to be killed: plays on until then.
    player = Player(ConversationStore(Database.at(sys.argv[1])), int(sys.argv[2]))
    print("playing", flush=True)
    player.play(10_000, 12)
