"""What the real chat stores with an outcome is enough to come to the same level again."""

import pytest
import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.judgements import outcomes_without_judgement, stored_outcomes
from rasa_project.transcripts.models import ChatEvent
from rasa_project.triage.protocol import protocol
from tests.running import TAPS
from tests.unit.test_replay import run, stricter


@pytest.fixture
def url(server):
    return server.environment["DATABASE_URL"]


@pytest.fixture
def visitors(chat):
    """Tapped through, typed, an emergency, a revised outcome, doubt."""
    tapped = chat().answer(TAPS)
    typed = chat("mimico").say("my achilles has been sore for ten days, it crept up on me")
    typed.answer(TAPS)
    emergency = chat().say("felt a pop, like someone kicked me in the heel, and I can't push off")
    emergency.answer({"consent": ["yes"]})
    revised = chat().answer(TAPS).say("actually my calf is swollen too")
    unsure = chat().answer({**TAPS, "medicines": ["unsure"]})
    return [tapped, typed, emergency, revised, unsure]


def test_every_outcome_of_the_real_chat_replays_to_the_same_level(visitors, url):
    assert [visitor.screen for visitor in visitors] == [None] * len(visitors)
    database = Database.at(url)
    try:
        kept = list(stored_outcomes(database))
        assert outcomes_without_judgement(database) == 0
        with database.session() as session:
            outcomes = sa.select(sa.func.count()).where(ChatEvent.type == "outcome")
            assert len(kept) == session.execute(outcomes).scalar_one()
    finally:
        database.close()
    for visitor in visitors:
        mine = [o.record for o in kept if o.reference == visitor.session["reference"]]
        told = [event for event in visitor.events if event["type"] == "outcome"]
        assert [(r.level, list(r.rules)) for r in mine] == [
            (event["level"], [rule["id"] for rule in event["rules"]]) for event in told
        ]
        assert {r.protocol_hash for r in mine} == {protocol().hash}
        assert not any("judged" in event for event in visitor.events)
    code, lines, _err = run(url)
    assert code == 0, lines
    assert lines[0].startswith(f"{len(kept):,} outcomes judged again")
    assert f"{len(kept):>9,}  same level, same rules" in lines[1]


def test_a_candidates_changes_name_the_conversation_and_not_its_words(visitors, url, tmp_path):
    tapped = visitors[0]
    code, lines, _err = run(url, stricter(tmp_path))
    assert code == 1
    (line,) = [line for line in lines if line.startswith(tapped.session["reference"])]
    assert "SELF_CARE -> ROUTINE" in line
    assert not any("achilles" in line for line in lines)


def test_a_visitor_who_deletes_the_chat_is_not_in_a_replay(chat, url, tmp_path):
    visitor = chat().answer(TAPS)
    reference = visitor.session["reference"]
    against = stricter(tmp_path)
    assert any(line.startswith(reference) for line in run(url, against)[1])
    assert visitor.http.delete("/chat/session").status_code == 200
    assert not any(line.startswith(reference) for line in run(url, against)[1])
