"""What codes for the two-week check promise on every database; collected once for each of them."""

from datetime import timedelta

import sqlalchemy as sa

from rasa_project.transcripts.models import Conversation, ResumeCode
from rasa_project.transcripts.resume_codes import CodeChange, ResumeCodes
from rasa_project.transcripts.store import ConversationStore
from tests.unit.transcripts.store_contract import journal, start, turn_of

DAYS = timedelta(days=30)


def commit(store: ConversationStore, conversation_id: str, change: CodeChange, **more) -> None:
    """One turn that makes the change."""
    count = len(store.events_after(conversation_id))
    message = journal(store, conversation_id, f"message {count}")
    events = [{"type": "text", "text": "said"}]
    turn = turn_of(store, conversation_id, "user")
    store.commit_turn(message.id, turn, events, codes=change, **more)


def with_code(store: ConversationStore, code: str, lasts: timedelta = DAYS) -> str:
    conversation_id = start(store)
    commit(store, conversation_id, CodeChange(outcome=True, issue=code, lasts=lasts))
    return conversation_id


def rows(store: ConversationStore, conversation_id: str) -> int:
    with store.database.session() as session:
        query = sa.select(sa.func.count()).where(ResumeCode.conversation_id == conversation_id)
        return session.execute(query).scalar_one()


class ResumeCodeContract:
    """Needs a fixture ``store``."""

    def test_a_code_leads_to_its_chat(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h1")
        first = ResumeCodes(store.database).find("h1")
        assert (first.state, first.conversation_id, first.clinic) == (
            "found", conversation_id, "mimico",
        )  # fmt: skip
        expires_at = ResumeCodes(store.database).expires_at(conversation_id)
        assert first.started_at is not None and expires_at is not None
        assert expires_at - first.started_at == DAYS

    def test_an_unknown_code_leads_nowhere(self, store: ConversationStore) -> None:
        assert ResumeCodes(store.database).find("nothing").state == "unknown"

    def test_a_code_runs_out(self, store: ConversationStore) -> None:
        with_code(store, "h2", lasts=timedelta(0))
        assert ResumeCodes(store.database).find("h2").state == "expired"

    def test_the_outcome_of_the_check_uses_the_code_up(self, store: ConversationStore) -> None:
        with_code(store, "h3")
        check = start(store)
        commit(store, check, CodeChange(opened_by="h3"))
        assert ResumeCodes(store.database).find("h3").state == "found"
        commit(store, check, CodeChange(outcome=True, issue="h4", lasts=DAYS))
        assert ResumeCodes(store.database).find("h3").state == "used"
        assert ResumeCodes(store.database).find("h4").state == "found"

    def test_a_chat_has_one_code_at_most(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h5")
        commit(store, conversation_id, CodeChange(outcome=True, issue="h5", lasts=DAYS))
        assert rows(store, conversation_id) == 1

    def test_an_outcome_without_a_check_withdraws_the_code(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h6")
        commit(store, conversation_id, CodeChange(outcome=True))
        assert ResumeCodes(store.database).find("h6").state == "unknown"
        assert ResumeCodes(store.database).expires_at(conversation_id) is None

    def test_a_turn_without_an_outcome_leaves_it(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h7")
        commit(store, conversation_id, CodeChange())
        assert rows(store, conversation_id) == 1

    def test_a_failed_turn_changes_no_code(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h8")
        commit(store, conversation_id, CodeChange(outcome=True), failed=True)
        assert ResumeCodes(store.database).find("h8").state == "found"

    def test_deleting_the_chat_erases_its_code(self, store: ConversationStore) -> None:
        conversation_id = with_code(store, "h9")
        store.delete(conversation_id)
        assert rows(store, conversation_id) == 0
        assert ResumeCodes(store.database).find("h9").state == "unknown"

    def test_deleting_the_check_forgets_which_code_opened_it(
        self, store: ConversationStore
    ) -> None:
        with_code(store, "h10")
        check = start(store)
        commit(store, check, CodeChange(opened_by="h10"))
        store.delete(check)
        with store.database.session() as session:
            assert session.get(Conversation, check).opened_by is None
        assert ResumeCodes(store.database).find("h10").state == "found"
