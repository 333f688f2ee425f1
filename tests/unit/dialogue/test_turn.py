"""What one message does to what is known, and what is said to it."""

import pytest

from rasa_project.triage.protocol import protocol
from tests.unit.dialogue.conftest import heard

FACTS = protocol().specs


def notices(said, kind):
    return [e["text"] for e in said if isinstance(e, dict) and e.get("kind") == kind]


def test_a_correction_replaces_the_fact_and_keeps_both_in_the_record(talk):
    chat = talk(history=None)
    chat.state.quotes["side"] = "my left one"
    said = chat.say("actually it's the right", heard("side", "right", text="right"))
    assert chat.state.facts["side"] == "right"
    assert notices(said, "corrected") == ["Changed: right instead of left."]
    assert chat.state.corrections == [
        {"fact": "side", "item": None, "old": "left", "new": "right", "became": "applied",
         "old_quote": "my left one", "new_quote": "right"}
    ]  # fmt: skip


def test_without_a_correction_word_it_is_asked_and_nothing_changes_yet(talk):
    chat = talk(history=None)
    chat.say("right heel", heard("side", "right"))
    assert chat.state.facts["side"] == "left"
    assert [o["value"] for o in chat.question["options"]] == ["left", "right"]
    chat.tap("right")
    assert chat.state.facts["side"] == "right"
    assert [c["became"] for c in chat.state.corrections] == ["asked", "applied"]


def test_keeping_the_earlier_answer_is_recorded_too(talk):
    chat = talk(history=None)
    chat.say("right heel", heard("side", "right"))
    chat.tap("left")
    assert chat.state.facts["side"] == "left"
    assert [c["became"] for c in chat.state.corrections] == ["asked", "kept"]


RED_FLAGS = [
    ("swelling", "calf", {"swelling": ["calf"]}),
    ("drugs", "fq_now", {"drugs": ["fq_now"]}),
    ("neuro", "foot_drop", {"neuro": ["foot_drop"]}),
    ("general_flags", "weight_loss", {"general_flags": ["weight_loss"]}),
    ("health", "surgery_or_boot_6m", {"health": ["surgery_or_boot_6m"]}),
]


@pytest.mark.parametrize(("fact", "item", "known"), RED_FLAGS, ids=[r[1] for r in RED_FLAGS])
@pytest.mark.parametrize("words", ["actually not", "not so"])
def test_a_red_flag_is_never_taken_back_without_asking(talk, fact, item, known, words):
    chat = talk(history=None, **known)
    chat.say(words, heard(fact, item, "absent"))
    assert chat.state.facts[fact][item] == "yes"
    assert [o["value"] for o in chat.question["options"]] == ["old", "new"]
    chat.tap("new")
    assert chat.state.facts[fact][item] == "no"


@pytest.mark.parametrize(("fact", "item", "known"), RED_FLAGS, ids=[r[1] for r in RED_FLAGS])
def test_a_red_flag_against_an_earlier_no_acts_at_once(talk, fact, item, known):
    chat = talk(history=None)
    chat.say("I do", heard(fact, item))
    assert chat.state.facts[fact][item] == "yes"
    assert chat.state.pending is None


def test_nothing_lowers_an_emergency(talk):
    chat = talk(emergency_flags=["chest_pain"])
    said = chat.say("actually no chest pain", heard("emergency_flags", "chest_pain", "absent"))
    assert chat.state.facts["emergency_flags"]["chest_pain"] == "yes"
    assert "start again" in notices(said, "corrected")[0]
    assert chat.state.corrections[-1]["became"] == "kept"


def test_a_doubt_comes_before_a_contradiction_and_is_not_pushed_out(talk):
    chat = talk(history=None)
    chat.say("maybe a swollen calf", heard("swelling", "calf", "uncertain"))
    chat.say("right heel", heard("side", "right"))
    assert chat.state.pending.kind == "doubt"


def test_two_replies_that_settle_nothing_make_a_doubt_unsure_and_not_a_no(talk):
    chat = talk(history=None)
    chat.say("maybe a swollen calf", heard("swelling", "calf", "uncertain"))
    chat.say("blorp")
    chat.say("blorp")
    assert chat.state.facts["swelling"]["calf"] == "unsure"


def test_a_red_flag_in_the_reply_to_a_doubt_is_heard(talk):
    chat = talk(history=None)
    chat.say("maybe a swollen calf", heard("swelling", "calf", "uncertain"))
    chat.say("no but I'm breathless", heard("emergency_flags", "breathless"))
    assert chat.state.facts["emergency_flags"]["breathless"] == "yes"


def test_a_reply_that_settles_a_doubt_may_tell_more(talk):
    chat = talk(history=None)
    chat.say("maybe a swollen calf", heard("swelling", "calf", "uncertain"))
    told = heard("swelling", "calf", "absent"), heard("emergency_flags", "breathless")
    chat.say("my calf isn't swollen but I'm breathless", *told)
    assert chat.state.facts["swelling"]["calf"] == "no"
    assert chat.state.facts["emergency_flags"]["breathless"] == "yes"


def test_what_a_question_names_is_not_told(talk):
    chat = talk(night_rest=None)
    chat.say("why do you ask about a fever", heard("fever", "yes"), intent="why")
    assert chat.state.facts["fever"] == "no"


def test_a_bare_command_tells_nothing(talk):
    chat = talk(history=None)
    chat.state.answered = ["signs"]
    chat.say("go back", heard("onset", "fall_height"))
    assert chat.state.facts["onset"] == "gradual"
    assert chat.question["screen"] == "signs"


def test_a_red_flag_that_a_question_names_is_asked_about(talk):
    chat = talk(history=None)
    chat.say("why do you ask about chest pain", heard("emergency_flags", "chest_pain"))
    assert chat.state.facts["emergency_flags"]["chest_pain"] == "no"
    assert chat.state.pending.kind == "doubt"


def test_misses_lead_to_readings_and_then_to_a_person(talk):
    chat = talk(history=None)
    ranking = [("ask_running", 0.3), ("ask_stretch", 0.2), ("ask_gait", 0.1), ("ask_cost", 0.09)]
    first = chat.say("hm the running thing", ranking=ranking)
    assert [o["value"] for o in first[0]["options"]] == [
        "ask_running", "ask_stretch", "ask_gait", "none",
    ]  # fmt: skip
    assert "stretch" in chat.say("the second one")[0]["text"]
    chat.say("blorp", ranking=ranking)
    assert notices(chat.say("blorp", ranking=ranking), "handoff")


def test_a_reading_never_states_a_fact_by_itself(talk):
    chat = talk(history=None)
    before = dict(chat.state.facts)
    chat.say("hm the running thing", ranking=[("ask_running", 0.3), ("skip", 0.2)])
    chat.say("yes")
    assert dict(chat.state.facts) == before


def test_a_question_is_answered_and_the_open_question_comes_again(talk):
    chat = talk(history=None)
    said = chat.say("do shoes matter", intent="ask_shoes")
    assert "shoes" in said[0]["text"]
    assert chat.question["screen"] == "background"


def test_with_care_needed_today_a_question_gets_what_to_do_instead(talk):
    chat = talk(swelling=["calf"], emergency_flags=None)
    (said, screen) = chat.say("can I book in Riverdale", intent="ask_booking")
    assert protocol().outcomes["URGENT"]["do"] in said["text"]
    assert "book" not in said["text"]
    assert screen["screen"] == "emergency_signs"


def test_after_an_urgent_outcome_a_question_gets_what_to_do_instead(talk):
    chat = talk(heat_redness="hot_red")
    chat.state.outcome_given = {"level": "URGENT", "rules": ["RF12"]}
    said = chat.say("can I book in Riverdale", intent="ask_booking")
    assert said[0] == "utter_outcome_stands"
    assert said[1]["text"] == protocol().outcomes["URGENT"]["do"]


def test_after_an_urgent_outcome_an_aside_does_not_sound_as_if_it_were_over(talk):
    chat = talk(heat_redness="hot_red")
    chat.state.outcome_given = {"level": "URGENT", "rules": ["RF12"]}
    assert "utter_outcome_stands" in chat.say("thanks", intent="thank")


def test_a_correction_after_the_outcome_makes_the_outcome_another_one(talk):
    chat = talk()
    chat.state.outcome_given = {"level": "SELF_CARE", "rules": ["S4-SELF-CARE"]}
    chat.say("actually it's the right", heard("side", "right"))
    assert chat.state.outcome_given != {"level": "SELF_CARE", "rules": ["S4-SELF-CARE"]}


def test_skipping_a_mandatory_question_explains_once_and_is_never_a_no(talk):
    chat = talk(fever=None)
    chat.say("skip", intent="skip")
    assert "fever" not in chat.state.facts
    chat.say("skip", intent="skip")
    assert chat.state.facts["fever"] == "unsure"


def test_stopping_asks_nothing_more_until_the_visitor_goes_on(talk):
    chat = talk(history=None)
    assert [e["kind"] for e in chat.say("stop", intent="stop")] == ["handoff"]
    assert chat.say("thanks", intent="thank") == ["utter_goodbye"]
    chat.say("go on")
    assert chat.question["screen"] == "background"


def test_a_number_inside_a_question_is_no_answer(talk):
    chat = talk(stiffness_min=None)
    assert chat.question["screen"] == "morning_stiffness"
    chat.say("can I come after 7 in the evening", intent="ask_hours", confidence=0.9)
    assert "stiffness_min" not in chat.state.facts
    assert chat.question["screen"] == "morning_stiffness"
    chat.say("is one visit enough", intent="ask_visits", confidence=0.9)
    assert "stiffness_min" not in chat.state.facts
    chat.say("20, is that bad?", intent="ask_mornings", confidence=0.9)
    assert chat.state.facts["stiffness_min"] == 20
