"""A runner's ordinary story, by taps and in words."""

from rasa_project.dialogue.wording import texts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.signing import UNSIGNED
from tests.running import TAPS


def test_taps_alone_end_in_self_care_with_a_plan(chat):
    visitor = chat().answer(TAPS)
    assert visitor.level == "SELF_CARE"
    plan = visitor.of_type("plan")
    assert plan["zone"] == "Z2"
    assert plan["rows"]
    assert plan["review_on"]


def test_taps_alone_need_at_most_sixteen_screens(chat):
    visitor = chat().answer({**TAPS, "duration": 60})
    assert visitor.level == "ROUTINE"
    assert len(visitor.screens) <= 16


def test_an_opening_sentence_saves_questions(chat):
    visitor = chat().say("my achilles has been sore for 10 days since I upped my mileage, no fever")
    assert visitor.screen == "consent"
    visitor.answer({**TAPS, "training_change": ["mileage"]})
    if visitor.screen == "training_change":
        visitor.pick("skip")
    visitor.answer(TAPS)
    assert visitor.level == "SELF_CARE"
    assert not {"onset", "duration"} & set(visitor.screens)


def test_eight_weeks_of_the_same_end_in_a_visit_at_the_nearest_open_clinic(chat):
    visitor = chat().answer({**TAPS, "duration": 56})
    assert visitor.level == "ROUTINE"
    clinic = visitor.of_type("clinic")
    assert clinic["slug"] == "mimico"
    assert clinic["booking_url"] in (None, "")


def test_the_pages_own_clinic_needs_no_area_question(chat):
    visitor = chat("riverdale").answer({**TAPS, "duration": 56})
    assert "area" not in visitor.screens
    assert visitor.of_type("clinic")["slug"] == "riverdale"


def test_markham_is_never_offered(chat):
    visitor = chat("markham").answer({**TAPS, "duration": 56, "area": "Markham"})
    clinic = visitor.of_type("clinic")
    assert clinic["slug"] != "markham"
    assert "markham" not in [other["slug"] for other in clinic["alternatives"]]


def test_the_outcome_gives_reason_source_and_sign_off(chat):
    visitor = chat()
    begun = [event["text"] for event in visitor.events]
    outcome = visitor.answer({**TAPS, "duration": 56}).of_type("outcome")
    rules = protocol()
    assert outcome["protocol"] == rules.stamp
    # Until somebody signs, the chat says so before the first answer and with the outcome.
    assert (texts()["unsigned"] in begun) is not rules.signed
    assert outcome["text"].endswith(texts()["unsigned"]) is not rules.signed
    health = visitor.http.get("/chat/health").json()["protocol"]
    assert {key: health[key] for key in rules.stamp} == rules.stamp
    assert (health["sign_off"] == UNSIGNED) is not rules.signed
    for media_type in ("text/plain", "text/html"):
        made = visitor.http.get("/chat/summary", headers={"Accept": media_type}).text
        assert (UNSIGNED in made) is not rules.signed
    assert outcome["safety_net"]
    assert outcome["because"]
    assert all(rule["source"] for rule in outcome["rules"])


def test_a_parent_of_an_eleven_year_old_is_told_to_book(chat):
    visitor = chat().answer({**TAPS, "age_band": ["8_15"], "pain_location": ["Z3", "both"]})
    assert visitor.screen == "age_band"
    visitor.pick("guardian").answer(
        {**TAPS, "age_band": ["guardian"], "pain_location": ["Z3", "both"]}
    )
    assert visitor.level == "ROUTINE"
    assert "RF18" in visitor.rules
    assert "weekly" not in " ".join(visitor.screens)
    plan = visitor.of_type("plan")
    assert plan is None or not any("×" in row["dose"] for row in plan["rows"])
