"""What the conversation store promises on every database; collected once for each of them."""

import threading
import traceback
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.transcripts.errors import (
    ConversationClosed,
    StaleTurn,
    StoreUnavailable,
    TooManyPending,
    UnknownConversation,
)
from rasa_project.transcripts.judgements import outcomes_without_judgement, stored_outcomes
from rasa_project.transcripts.models import Judgement, Message
from rasa_project.transcripts.records import Draft, StoredMessage
from rasa_project.transcripts.store import ConversationStore, new_conversation_id
from rasa_project.transcripts.turn import Turn
from rasa_project.triage.judged import RECORD, Judged

GREETING = {"type": "text", "text": "Hello"}
SCREEN = {"type": "screen", "screen": "onset", "text": "How did it start?", "options": []}
OUTCOME = {"type": "outcome", "text": "Rest.", "level": "ROUTINE"}
RECORDED: dict[str, Any] = {
    "level": "ROUTINE", "rules": ["S4-WORSE"], "protocol_version": "0.2", "protocol_hash": "a" * 64,
    "facts": {"trend": "worse", "swelling": {"calf": "no"}, "rest_nrs": 2}, "clinic_known": True,
}  # fmt: skip


def start(store: ConversationStore, *events: dict[str, Any]) -> str:
    turn = Turn(new_conversation_id(), new=True)
    turn.tracker_events = [{"event": "session_started"}]
    conversation, _events = store.create(turn, events or (GREETING,), clinic="mimico")
    return conversation.id


def journal(
    store: ConversationStore, conversation_id: str, text: str, **more: Any
) -> StoredMessage:
    return store.journal(conversation_id, text, lambda _: Draft({"text": text}, text), **more)


def turn_of(store: ConversationStore, conversation_id: str, *events: str) -> Turn:
    turn = Turn(conversation_id)
    turn.stored = len(store.tracker_events(conversation_id))
    turn.tracker_events = [{"event": event} for event in events]
    return turn


def answer(store: ConversationStore, message: StoredMessage, conversation_id: str) -> None:
    turn = turn_of(store, conversation_id, "user", "bot")
    store.commit_turn(message.id, turn, [{"type": "text", "text": f"re {message.text}"}])


def judged(store: ConversationStore) -> str:
    """A conversation with an outcome and what it was judged on."""
    conversation_id = start(store)
    message = journal(store, conversation_id, "a")
    turn = turn_of(store, conversation_id, "user")
    store.commit_turn(message.id, turn, [{**OUTCOME, RECORD: dict(RECORDED)}])
    return conversation_id


def texts(store: ConversationStore, conversation_id: str) -> list[str]:
    return [event["text"] for event in store.events_after(conversation_id)]


class StoreContract:
    """Needs a fixture ``store``."""

    def test_a_conversation_starts_with_its_greeting(self, store: ConversationStore) -> None:
        conversation_id = start(store, GREETING, SCREEN)
        events = store.events_after(conversation_id)
        assert [(e["seq"], e["from"], e["type"]) for e in events] == [
            (1, "bot", "text"),
            (2, "bot", "screen"),
        ]
        assert events[1]["options"] == []
        conversation = store.conversation(conversation_id)
        assert conversation is not None
        assert conversation.clinic == "mimico"
        assert conversation.expires_at.tzinfo is timezone.utc
        assert len(conversation.reference) == 6

    def test_a_journalled_message_is_there_before_it_is_answered(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "my heel")
        assert (message.state, message.seq, message.duplicate) == ("pending", 2, False)
        assert texts(store, conversation_id) == ["Hello", "my heel"]
        assert [m.text for m in store.pending(conversation_id)] == ["my heel"]

    def test_the_same_client_id_changes_nothing(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        first = journal(store, conversation_id, "a")

        def refuse(_screen: Any) -> Draft:
            raise AssertionError("a message that is known is not checked again")

        again = store.journal(conversation_id, "a", refuse)
        assert again.id == first.id
        assert again.duplicate
        assert texts(store, conversation_id) == ["Hello", "a"]

    def test_the_same_client_id_in_another_conversation_is_another_message(
        self, store: ConversationStore
    ) -> None:
        one, two = start(store), start(store)
        journal(store, one, "a")
        assert not journal(store, two, "a").duplicate

    def test_a_refused_message_leaves_no_trace(self, store: ConversationStore) -> None:
        conversation_id = start(store)

        def refuse(_screen: Any) -> Draft:
            raise KeyError("not offered")

        with pytest.raises(KeyError):
            store.journal(conversation_id, "a", refuse)
        assert texts(store, conversation_id) == ["Hello"]

    def test_a_turn_is_committed_as_a_whole(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        answer(store, message, conversation_id)
        assert texts(store, conversation_id) == ["Hello", "a", "re a"]
        assert [e["event"] for e in store.tracker_events(conversation_id)] == [
            "session_started",
            "user",
            "bot",
        ]
        assert store.pending(conversation_id) == []
        assert [e["text"] for e in store.events_of(message.id)] == ["a", "re a"]

    def test_a_turn_that_cannot_be_stored_whole_is_not_stored_at_all(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        turn = turn_of(store, conversation_id, "user")
        bad: list[dict[str, Any]] = [{"type": "text", "text": "said"}, {"type": None, "text": "x"}]
        with pytest.raises(StoreUnavailable):
            store.commit_turn(message.id, turn, bad)
        assert texts(store, conversation_id) == ["Hello", "a"]
        assert len(store.tracker_events(conversation_id)) == 1
        assert [m.text for m in store.pending(conversation_id)] == ["a"]

    def test_an_answered_message_is_not_answered_twice(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        answer(store, message, conversation_id)
        answer(store, message, conversation_id)
        assert texts(store, conversation_id) == ["Hello", "a", "re a"]
        assert len(store.tracker_events(conversation_id)) == 3

    def test_a_failed_turn_keeps_its_answer_and_drops_its_tracker_events(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        turn = turn_of(store, conversation_id, "active_loop")
        store.commit_turn(message.id, turn, [GREETING], failed=True, flag="failed_turn")
        assert len(store.tracker_events(conversation_id)) == 1
        assert store.pending(conversation_id) == []
        assert len(store.events_of(message.id)) == 2

    def test_a_turn_that_somebody_overtook_is_refused(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        turn = turn_of(store, conversation_id, "user")
        store.append_tracker_events(conversation_id, 1, [{"event": "other"}])
        with pytest.raises(StaleTurn):
            store.commit_turn(message.id, turn, [GREETING])
        assert [m.text for m in store.pending(conversation_id)] == ["a"]

    def test_numbers_have_no_gaps_and_both_sides_share_them(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        one, two = journal(store, conversation_id, "1"), journal(store, conversation_id, "2")
        answer(store, one, conversation_id)
        answer(store, two, conversation_id)
        events = store.events_after(conversation_id)
        assert [e["seq"] for e in events] == [1, 2, 3, 4, 5]
        assert [e["text"] for e in events] == ["Hello", "1", "2", "re 1", "re 2"]

    def test_messages_at_the_same_time_get_different_numbers(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        threads = [
            threading.Thread(target=journal, args=(store, conversation_id, f"m{n}"),
                             kwargs={"most_pending": 99})
            for n in range(12)
        ]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = store.events_after(conversation_id)
        assert [e["seq"] for e in events] == list(range(1, 14))
        assert sorted(e["text"] for e in events[1:]) == sorted(f"m{n}" for n in range(12))

    def test_the_same_message_at_the_same_time_is_journalled_once(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        results: list[StoredMessage] = []
        threads = [
            threading.Thread(target=lambda: results.append(journal(store, conversation_id, "a")))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(not result.duplicate for result in results) == 1
        assert len({result.id for result in results}) == 1

    def test_a_clock_that_steps_back_changes_no_order(self, store: ConversationStore) -> None:
        times = iter(datetime(2026, 1, 1, tzinfo=timezone.utc) - timedelta(hours=n)
                     for n in range(100))  # fmt: skip
        backwards = ConversationStore(store.database, now=lambda: next(times))
        conversation_id = start(backwards)
        for text in ("1", "2", "3"):
            answer(backwards, journal(backwards, conversation_id, text), conversation_id)
        assert texts(store, conversation_id) == ["Hello", "1", "re 1", "2", "re 2", "3", "re 3"]

    def test_a_conversation_may_have_five_unanswered_messages(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        for n in range(5):
            journal(store, conversation_id, f"m{n}")
        with pytest.raises(TooManyPending):
            journal(store, conversation_id, "one more")
        assert journal(store, conversation_id, "m0").duplicate

    @pytest.mark.parametrize(
        ("events", "open_screen"),
        [
            ([GREETING], None),
            ([SCREEN, GREETING], "onset"),
            ([SCREEN, OUTCOME], None),
            ([OUTCOME, SCREEN], "onset"),
        ],
    )
    def test_the_open_screen_is_the_last_one_without_an_outcome_after_it(
        self, store: ConversationStore, events: list[dict[str, Any]], open_screen: str | None
    ) -> None:
        conversation_id = start(store, *events)
        seen: list[Any] = []

        def look(screen: Any) -> Draft:
            seen.append(screen and screen["screen"])
            return Draft({"text": "a"}, "a")

        store.journal(conversation_id, "a", look)
        assert seen == [open_screen]

    def test_a_late_answer_is_carried_by_the_message_that_waited(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        old, new = journal(store, conversation_id, "old"), journal(store, conversation_id, "new")
        turn = turn_of(store, conversation_id, "user")
        late = {"type": "text", "text": "late"}
        store.commit_turn(old.id, turn, [late], carried_by=new.id)
        assert [e["text"] for e in store.events_of(old.id)] == ["old", "late"]
        assert [e["text"] for e in store.events_of(new.id)] == ["new", "late"]

    def test_deleting_leaves_a_receipt_and_no_text(self, store: ConversationStore) -> None:
        conversation_id, other = start(store), start(store)
        answer(store, journal(store, conversation_id, "a"), conversation_id)
        receipt = store.delete(conversation_id)
        assert (receipt.events, receipt.messages, receipt.tracker_events) == (3, 1, 3)
        assert store.events_after(conversation_id) == []
        assert len(store.events_after(other)) == 1
        with pytest.raises(ConversationClosed):
            journal(store, conversation_id, "b")
        with pytest.raises(ConversationClosed):
            store.tracker_events(conversation_id)
        with pytest.raises(ConversationClosed):
            store.delete(conversation_id)

    def test_what_an_outcome_was_judged_on_is_kept_beside_its_event(
        self, store: ConversationStore
    ) -> None:
        conversation_id = judged(store)
        outcome = store.events_after(conversation_id)[-1]
        assert (outcome["type"], set(outcome)) == (
            "outcome", {"seq", "at", "from", "type", "text", "level"},
        )  # fmt: skip
        reference = store.conversation(conversation_id).reference  # type: ignore[union-attr]
        (kept,) = [o for o in stored_outcomes(store.database) if o.reference == reference]
        assert kept.seq == outcome["seq"]
        assert kept.record == Judged(**RECORDED)

    def test_deleting_a_conversation_deletes_what_its_outcomes_were_judged_on(
        self, store: ConversationStore
    ) -> None:
        gone, stays = judged(store), judged(store)
        store.delete(gone)
        with store.database.session() as session:
            query = sa.select(Judgement.conversation_id)
            left = set(session.execute(query).scalars())
        assert gone not in left
        assert stays in left

    def test_an_outcome_and_its_judgement_are_stored_together_or_not_at_all(
        self, store: ConversationStore
    ) -> None:
        conversation_id = start(store)
        message = journal(store, conversation_id, "a")
        bad = {**OUTCOME, RECORD: {**RECORDED, "level": None}}
        with pytest.raises(StoreUnavailable):
            store.commit_turn(message.id, turn_of(store, conversation_id, "user"), [bad])
        assert texts(store, conversation_id) == ["Hello", "a"]

    def test_outcomes_without_a_judgement_are_counted(self, store: ConversationStore) -> None:
        before = outcomes_without_judgement(store.database)
        judged(store)
        start(store, OUTCOME)
        assert outcomes_without_judgement(store.database) == before + 1

    def test_an_unknown_conversation_is_an_error_and_never_an_empty_one(
        self, store: ConversationStore
    ) -> None:
        assert store.conversation("0" * 40) is None
        with pytest.raises(UnknownConversation):
            store.tracker_events("0" * 40)
        with pytest.raises(UnknownConversation):
            journal(store, "0" * 40, "a")

    @pytest.mark.parametrize("text", ["🦶", "a\nb", "\u202eabc", "'; drop table event; --", "\x01"])
    def test_any_text_is_kept_as_it_is(self, store: ConversationStore, text: str) -> None:
        conversation_id = start(store)
        journal(store, conversation_id, text)
        assert texts(store, conversation_id) == ["Hello", text]

    def test_replays_are_counted(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        store.count_attempt(journal(store, conversation_id, "a").id)
        assert [m.attempts for m in store.pending(conversation_id)] == [1]

    def test_an_error_in_the_database_names_no_words(self, store: ConversationStore) -> None:
        conversation_id = start(store)
        with pytest.raises(StoreUnavailable) as caught, store.database.session(write=True) as s:
            s.execute(sa.insert(Message).values(conversation_id=conversation_id, body="secretword"))
        assert "secretword" not in "".join(traceback.format_exception(caught.value))
