"""Questions about clinics in the dialogue, without Rasa; the real agent is asked in
tests/conversations/clinics."""

import pytest

from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.place_data import load_areas
from rasa_project.dialogue.asking import outcome_key
from rasa_project.dialogue.judging import judged
from rasa_project.triage.protocol import protocol
from tests.unit.dialogue.conftest import Talk, heard

SOON = "Our Markham clinic is coming soon. It is not open yet and can't be booked."


def after_outcome(talk, clinic: str | None = None, **changes) -> Talk:
    visitor = talk(**changes)
    visitor.state.clinic = clinic
    result = judged(protocol(), visitor.state.facts)
    visitor.state.outcome_given = outcome_key(result)
    visitor.state.open_question = None
    return visitor


def slugs(event) -> list[str]:
    return [event["slug"], *(other["slug"] for other in event["alternatives"])]


@pytest.mark.parametrize("page", [None, "mimico", "markham"])
@pytest.mark.parametrize("words", ["book me in {}", "who's near {}?", "{}"])
def test_markham_is_bookable_from_no_postal_area(talk, page, words):
    visitor = after_outcome(talk, page)
    for area in load_areas():
        said = visitor.say(words.format(area))
        events = [event for event in said if event["type"] == "clinic"]
        assert all("markham" not in slugs(event) for event in events), area
        text = "\n".join(event["text"] for event in said)
        assert text, area
        assert "Markham" not in text.replace(SOON, ""), area


def test_markham_is_not_bookable_by_name_from_any_area(talk):
    for area in load_areas():
        visitor = after_outcome(talk, area=area)
        (event, *_) = visitor.say("book me in at markham")
        assert "markham" not in slugs(event), area
        assert event["text"].startswith(SOON), area


def test_a_clinic_asked_for_by_name_comes_first_from_any_area(talk):
    for clinic in default_directory().open_clinics():
        (event, *_) = after_outcome(talk, area="M5V").say(f"book me in at {clinic.name}")
        assert event["slug"] == clinic.slug


def test_in_the_middle_there_is_text_and_no_card(talk):
    visitor = talk(onset=None)
    said = visitor.say("who's near Port Credit?")
    assert [event["type"] for event in said] == ["text", "screen"]
    assert "area" not in visitor.state.facts or visitor.state.facts.get("area") != "Port Credit"


@pytest.mark.parametrize("intent", ["inform", "ask_locations", "ask_booking"])
def test_a_symptom_beside_a_place_is_never_passed_over(talk, intent):
    visitor = talk(onset=None)
    chest_pain = heard("emergency_flags", "chest_pain")
    visitor.say("is there a clinic in M4K? I have chest pain", chest_pain, intent=intent)
    assert judged(protocol(), visitor.state.facts).level.name == "EMERGENCY"


@pytest.mark.parametrize("changes", [{"onset": "sudden_pop"}, {"emergency_flags": {"chest_pain": "yes"}}])  # fmt: skip
def test_where_care_today_comes_first_no_clinic_is_named(talk, changes):
    visitor = after_outcome(talk, **changes)
    for words in ("who's near Port Credit?", "M4K", "book me in at mimico", "nearest clinic"):
        said = visitor.say(words, intent="ask_booking")
        assert all(not isinstance(event, dict) or event["type"] != "clinic" for event in said)
        assert "nearest open clinic" not in str(said)
