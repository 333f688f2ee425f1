"""What requests for a call promise on every database; collected once for each of them."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.transcripts.errors import ConversationClosed, NotOffered
from rasa_project.transcripts.records import CallRequest
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.store_contract import SCREEN, start

NAME, PHONE = "Renée Ångström", "+1 416-555-0100"
REQUEST = CallRequest(NAME, PHONE)


def outcome(level: str) -> dict[str, Any]:
    return {"type": "outcome", "text": "The next step.", "level": level}


def clinic(slug: str, offers: bool = True) -> dict[str, Any]:
    call = {"consent": f"Yes, {slug} may call me."} if offers else None
    return {
        "type": "clinic", "text": "A clinic.", "name": slug.title(), "slug": slug, "call_back": call,
    }  # fmt: skip


def offered(store: ConversationStore) -> str:
    return start(store, outcome("ROUTINE"), clinic("mimico"))


def everything_else(store: ConversationStore, conversation_id: str) -> str:
    """All that is kept of a conversation outside of the table of requests."""
    with store.database.session() as session:
        tables = ("conversation", "message", "event", "tracker_event", "deletion")
        return "\n".join(
            str(row) for name in tables for row in session.execute(sa.text(f"SELECT * FROM {name}"))
        )


class CallBackContract:
    """Needs a fixture ``store``."""

    def test_a_request_is_kept_with_its_consent_and_linked_by_the_reference_code_alone(
        self, store: ConversationStore
    ) -> None:
        calls, conversation_id = CallBacks(store.database), offered(store)
        kept, offer, said = calls.ask(conversation_id, REQUEST)
        conversation = store.conversation(conversation_id)
        assert conversation is not None
        assert (kept.reference, kept.clinic) == (conversation.reference, "mimico")
        assert (kept.name, kept.phone) == (NAME, PHONE)
        assert kept.consent == offer["call_back"]["consent"] == "Yes, mimico may call me."
        assert kept.kept_until - kept.asked_at == timedelta(days=30)
        assert [event["type"] for event in said] == ["notice"]
        assert store.events_after(conversation_id)[-1] == said[0]

    def test_name_and_number_stand_nowhere_else(self, store: ConversationStore) -> None:
        conversation_id = offered(store)
        CallBacks(store.database).ask(conversation_id, REQUEST)
        rest = everything_else(store, conversation_id)
        assert NAME not in rest
        assert PHONE not in rest

    @pytest.mark.parametrize("level", ["EMERGENCY", "URGENT", "", "SOMETHING"])
    def test_nobody_is_called_back_who_is_to_be_seen_today(
        self, store: ConversationStore, level: str
    ) -> None:
        conversation_id = start(store, outcome(level), clinic("mimico"))
        with pytest.raises(NotOffered):
            CallBacks(store.database).ask(conversation_id, REQUEST)

    @pytest.mark.parametrize(
        "events",
        [
            [SCREEN],
            [outcome("ROUTINE")],
            [outcome("ROUTINE"), clinic("mimico", offers=False)],
            [clinic("mimico"), outcome("ROUTINE")],
            [outcome("ROUTINE"), clinic("mimico"), SCREEN],
            [outcome("ROUTINE"), clinic("mimico"), outcome("URGENT")],
            [outcome("ROUTINE"), SCREEN, clinic("mimico")],
        ],
    )
    def test_what_was_not_offered_after_the_standing_outcome_cannot_be_asked_for(
        self, store: ConversationStore, events: list[dict[str, Any]]
    ) -> None:
        with pytest.raises(NotOffered):
            CallBacks(store.database).ask(start(store, *events), REQUEST)

    def test_one_of_several_clinics_that_were_named_can_be_picked(
        self, store: ConversationStore
    ) -> None:
        calls = CallBacks(store.database)
        conversation_id = start(store, outcome("PROMPT"), clinic("mimico"), clinic("riverdale"))
        assert calls.ask(conversation_id, REQUEST)[0].clinic == "riverdale"
        assert calls.ask(conversation_id, CallRequest(NAME, PHONE, "mimico"))[0].clinic == "mimico"
        with pytest.raises(NotOffered):
            calls.ask(conversation_id, CallRequest(NAME, PHONE, "markham"))

    def test_a_second_request_takes_the_place_of_the_first(self, store: ConversationStore) -> None:
        calls, conversation_id = CallBacks(store.database), offered(store)
        calls.ask(conversation_id, REQUEST)
        kept, *_ = calls.ask(conversation_id, CallRequest("Ada", "+1 647-555-0100"))
        mine = [r for r in calls.requests() if r.reference == kept.reference]
        assert [request.name for request in mine] == ["Ada"]

    def test_a_request_can_be_taken_back(self, store: ConversationStore) -> None:
        calls, conversation_id = CallBacks(store.database), offered(store)
        kept, *_ = calls.ask(conversation_id, REQUEST)
        said = calls.withdraw(conversation_id)
        assert "took back" in said[0]["text"]
        assert kept.reference not in [request.reference for request in calls.requests(done=True)]
        assert calls.withdraw(conversation_id) == []

    def test_a_request_goes_with_its_chat(self, store: ConversationStore) -> None:
        calls, conversation_id = CallBacks(store.database), offered(store)
        kept, *_ = calls.ask(conversation_id, REQUEST)
        other, *_ = calls.ask(offered(store), REQUEST)
        assert store.delete(conversation_id).call_backs == 1
        left = [request.reference for request in calls.requests(done=True)]
        assert kept.reference not in left
        assert other.reference in left
        with pytest.raises(ConversationClosed):
            calls.ask(conversation_id, REQUEST)

    def test_what_was_called_is_listed_no_more_and_goes_a_week_later(
        self, store: ConversationStore
    ) -> None:
        now = datetime(2030, 1, 1, 12, tzinfo=timezone.utc)
        calls = CallBacks(store.database, lambda: now)
        kept, *_ = calls.ask(offered(store), REQUEST)
        done = calls.mark_done(kept.reference.lower(), "Sam")
        assert done is not None
        assert (done.done_at, done.done_by) == (now, "Sam")
        assert done.kept_until == now + timedelta(days=7)
        assert kept.reference not in [r.reference for r in calls.requests()]
        assert kept.reference in [r.reference for r in calls.requests(done=True)]
        assert calls.mark_done(kept.reference, "Kim") == done
        assert calls.mark_done("ZZZZZZ", "Sam") is None

    def test_requests_are_erased_when_their_time_is_over(self, store: ConversationStore) -> None:
        now = [datetime(2031, 1, 1, tzinfo=timezone.utc)]
        calls = CallBacks(store.database, lambda: now[0])
        kept, *_ = calls.ask(offered(store), REQUEST)
        now[0] += timedelta(days=29, hours=23)
        calls.purge()
        assert kept.reference in [request.reference for request in calls.requests()]
        now[0] += timedelta(hours=1)
        assert kept.reference not in [request.reference for request in calls.requests()]
        assert calls.mark_done(kept.reference, "Sam") is None
        assert calls.purge() >= 1
        with store.database.session() as session:
            rows = session.execute(sa.text("SELECT reference FROM call_back")).scalars()
            assert kept.reference not in list(rows)

    def test_staff_of_one_clinic_see_its_requests_only(self, store: ConversationStore) -> None:
        calls = CallBacks(store.database)
        kept, *_ = calls.ask(start(store, outcome("ROUTINE"), clinic("riverdale")), REQUEST)
        assert kept in calls.requests(clinics=["riverdale", "mimico"])
        assert kept not in calls.requests(clinics=["mimico"])
        assert calls.requests(clinics=[]) == []
