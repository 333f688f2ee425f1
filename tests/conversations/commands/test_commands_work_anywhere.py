"""Back, change, skip, why, what do you mean, stop: at any question, and after the outcome."""

import pytest

from tests.running import TAPS


def upto(chat, screen, clinic=None, **answers):
    taps = {**TAPS, **answers}
    visitor = chat(clinic).answer({k: v for k, v in taps.items() if k != screen})
    assert visitor.screen == screen
    return visitor


def test_going_back_asks_the_last_question_and_says_what_was_answered(chat):
    visitor = upto(chat, "duration").say("go back")
    assert visitor.screen == "onset"
    assert "it built up" in visitor.text
    visitor.pick("fall_or_blow")
    assert "instead of it built up" in visitor.text
    assert visitor.screen == "duration"


def test_going_back_works_again_and_again(chat):
    visitor = upto(chat, "duration")
    seen = [visitor.say("go back").screen for _ in range(4)]
    assert seen == ["onset", "pain_location", "age_band", "emergency_signs"]
    assert "nothing to go back to" in visitor.say("go back").text


def test_the_old_answer_stays_until_a_new_one_comes(chat):
    visitor = upto(chat, "duration").say("go back").say("keep it")
    assert visitor.screen == "duration"
    visitor.say("go back").say("can I keep running?")
    assert visitor.screen == "onset"
    visitor.pick("gradual")
    assert visitor.screen == "duration"


@pytest.mark.parametrize(
    ("words", "screen"),
    [
        ("change my answer about swelling", "signs"),
        ("I want to change my answer about when it started", "duration"),
        ("can I change the answer about my medicines", "medicines"),
        ("change my answer about fever", "signs"),
        ("edit my previous answer about the side", "pain_location"),
    ],
)
def test_a_named_answer_is_opened_again(chat, words, screen):
    visitor = upto(chat, "training_change").say(words)
    assert visitor.screen == screen
    assert visitor.level is None


def test_naming_a_finding_states_nothing(chat):
    visitor = upto(chat, "training_change").say("change my answer about fever").pick("none")
    assert visitor.answer(TAPS).level == "SELF_CARE"


def test_without_a_name_the_answered_questions_are_offered(chat):
    visitor = upto(chat, "loading_ability").say("I want to change an answer")
    offered = [option["value"] for option in visitor.turn[-1]["options"]]
    assert offered == [
        "duration", "onset", "pain_location", "age_band", "emergency_signs", "none",
    ]  # fmt: skip
    assert visitor.say("when it started").screen == "duration"


def test_a_changed_answer_after_the_outcome_gives_a_new_outcome(chat):
    visitor = chat().answer(TAPS).say("change my answer about when it started")
    assert visitor.screen == "duration"
    visitor.number(70).answer(TAPS)
    assert visitor.level == "ROUTINE"
    assert visitor.of_type("outcome")["revised"] is True


def test_what_may_be_skipped_is_skipped(chat):
    visitor = upto(chat, "area", duration=70).say("skip")
    assert visitor.level == "ROUTINE"


def test_what_may_not_be_skipped_is_explained_once_and_then_unsure(chat):
    visitor = upto(chat, "heel_squeeze", pain_location=["Z5", "left"]).say("skip this")
    assert "not sure" in visitor.text
    assert visitor.screen == "heel_squeeze"
    visitor.say("skip")
    assert visitor.screen == "morning_stiffness"
    assert visitor.answer(TAPS).level == "ROUTINE"


def test_skipping_the_emergency_signs_twice_is_never_a_no(chat):
    visitor = chat().pick("yes").say("skip").say("skip")
    assert visitor.level == "EMERGENCY"


@pytest.mark.parametrize(
    "words", ["what do you mean", "I don't understand", "huh?", "explain please"]
)
def test_the_question_is_put_in_other_words(chat, words):
    visitor = upto(chat, "onset").say(words)
    assert "Was there one moment when it began" in visitor.text
    assert visitor.screen == "onset"


def test_asking_why_about_a_sign_tells_of_no_sign(chat):
    visitor = chat().pick("yes").say("why do you ask about chest pain")
    assert visitor.level is None
    assert visitor.screen == "emergency_signs"


def test_what_is_told_after_asking_why_is_heard(chat):
    assert chat().pick("yes").say("why do you ask? I have chest pain").level == "EMERGENCY"


def test_stopping_is_kind_and_can_be_taken_back(chat):
    visitor = upto(chat, "training_change").say("stop")
    assert visitor.turn[-1]["kind"] == "handoff"
    assert "811" in visitor.text and "911" in visitor.text
    assert len(visitor.turn) == 1
    assert visitor.say("thanks").turn[-1]["type"] == "text"
    assert visitor.say("ok go on").screen == "training_change"
    assert visitor.pick("footwear").screen == "background"


def test_stopping_with_a_red_flag_says_what_it_means(chat):
    visitor = chat().pick("yes").pick("none").say("my calf is really swollen").say("stop")
    assert "Get care today" in visitor.text


def test_a_red_flag_after_stopping_acts(chat):
    visitor = upto(chat, "training_change").say("stop").say("oh, I have chest pain")
    assert visitor.level == "EMERGENCY"


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("can I talk to a person", "811"),
        ("say that again", "question again"),
        ("who reads this", "staff"),
        ("is it plantar fasciitis?", "only an examination can tell"),
        ("should I take ibuprofen", "pharmacist"),
        ("does massage help", "comfort"),
        ("can I bike instead", "Cycling"),
        ("why is it worse in the morning", "stiff after a night"),
        ("what happens at the first visit", "looks at how you move"),
    ],
)
@pytest.mark.parametrize("screen", ["pain_location", "next_day"])
def test_questions_in_between_are_answered_and_the_question_comes_back(chat, words, heard, screen):
    visitor = upto(chat, screen).say(words)
    assert heard in visitor.text
    assert visitor.turn[-1]["screen"] == screen


def test_commands_after_the_outcome_are_answered(chat):
    visitor = chat().answer(TAPS)
    assert "You named none of the warning signs" in visitor.say("why?").text
    assert "811" in visitor.say("can I talk to a person").text
    assert visitor.say("go back").screen == "background"


def test_a_doubt_about_a_red_flag_cannot_be_skipped(chat):
    visitor = upto(chat, "training_change").say("maybe my calf is swollen").say("skip").say("skip")
    assert visitor.answer(TAPS).level == "URGENT"


def test_nothing_need_be_changed(chat):
    visitor = upto(chat, "loading_ability").say("I want to change an answer").say("go on")
    assert visitor.screen == "loading_ability"


@pytest.mark.parametrize("words", ["let me begin then", "tell me I can start"])
def test_only_plain_words_forget_an_emergency(chat, words):
    visitor = chat().pick("yes").pick("chest_pain").say(words)
    assert visitor.screen is None
    assert "911" in visitor.text
