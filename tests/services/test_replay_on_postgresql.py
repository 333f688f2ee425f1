"""Replaying on PostgreSQL, in a schema of its own."""

from rasa_project.transcripts.store import ConversationStore
from tests.services.test_store_on_postgresql import database, url  # noqa: F401
from tests.unit.test_replay import keep, run, stricter


def test_outcomes_are_replayed_compared_and_gone_when_deleted(database, url, tmp_path):  # noqa: F811
    store = ConversationStore(database)
    changed = keep(store, {"area": "Mimico"})
    keep(store, {"swelling": ["calf"]})
    code, lines, _err = run(url)
    assert (code, lines[0][:10]) == (0, "2 outcomes")
    code, lines, _err = run(url, stricter(tmp_path))
    assert code == 1
    assert [line.split(" | ")[:2] for line in lines if " | " in line] == [
        [f"{changed} #3", "SELF_CARE -> ROUTINE"]
    ]
    for conversation_id in store.conversation_ids():
        store.delete(conversation_id)
    assert run(url)[1][0].startswith("0 outcomes")
