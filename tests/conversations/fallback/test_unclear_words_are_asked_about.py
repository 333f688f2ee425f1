"""Words that were not understood: two or three readings to choose from, then a person."""

import pytest

from tests.running import TAPS

UNCLEAR = "the doodah running thing"


def upto(chat, screen):
    return chat().answer({k: v for k, v in TAPS.items() if k != screen})


def offered(visitor):
    notice = next(e for e in visitor.turn if e["type"] == "notice" and e["kind"] == "fallback")
    return notice["options"]


def test_likely_readings_are_offered_and_the_question_stays_open(chat):
    visitor = upto(chat, "training_change").say(UNCLEAR)
    options = offered(visitor)
    assert 2 <= len(options) <= 4
    assert options[-1]["value"] == "none"
    assert all(option["label"] in visitor.text for option in options)
    assert visitor.turn[-1]["screen"] == "training_change"
    assert visitor.pick("footwear").screen == "background"


@pytest.mark.parametrize("how", ["ordinal", "label"])
def test_a_reading_can_be_chosen_in_words(chat, how):
    visitor = upto(chat, "training_change").say(UNCLEAR)
    options = offered(visitor)
    place = [option["value"] for option in options].index("ask_running")
    visitor.say(["the first one", "the second one", "the third one"][place] if how == "ordinal"
                else options[place]["label"])  # fmt: skip
    assert "5 out of 10" in visitor.text
    assert visitor.turn[-1]["screen"] == "training_change"


def test_none_of_them_and_a_second_miss_lead_to_a_person(chat):
    visitor = upto(chat, "training_change").say(UNCLEAR).say("none of these")
    handoff = [e for e in visitor.turn if e["type"] == "notice"][-1]
    assert handoff["kind"] == "handoff"
    assert "811" in handoff["text"] and "911" in handoff["text"]
    assert visitor.turn[-1]["screen"] == "training_change"


def test_an_unclear_message_never_answers_a_red_flag_question(chat):
    visitor = chat().pick("yes").say("blorp").say("zz top blorp").say("the first one")
    assert visitor.screen in ("emergency_signs", None)
    assert visitor.level in (None, "EMERGENCY")


def test_part_of_two_options_is_offered_as_both(chat):
    visitor = upto(chat, "signs").say("none except the numbness")
    labels = [option["label"] for option in offered(visitor)]
    assert labels == ["Numb or tingling sole", "Numb or tingling leg", "None of these"]
    visitor.say("the first one")
    assert "numb or tingling sole" in visitor.text or visitor.screen == "medicines"
