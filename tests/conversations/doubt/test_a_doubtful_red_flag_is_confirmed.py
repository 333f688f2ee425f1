"""Another person's, a hypothetical or an uncertain red flag is neither believed nor dropped."""

from tests.running import TAPS


def test_a_fathers_rupture_is_not_the_visitors(chat):
    visitor = chat().say("my dad ruptured his achilles, no pop for me, sore for 10 days")
    assert visitor.level is None
    visitor.answer(TAPS)
    assert visitor.level == "SELF_CARE"


def test_an_uncertain_sign_is_put_to_the_visitor_in_one_question(chat):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "morning_stiffness"})
    visitor.say("maybe my calf is swollen")
    assert visitor.level is None
    assert "calf" in visitor.text
    assert visitor.screen_event["kind"] == "single"
    visitor.pick("yes").answer(TAPS)
    assert visitor.level == "URGENT"


def test_denying_it_goes_on_where_the_chat_was(chat):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "morning_stiffness"})
    visitor.say("maybe my calf is swollen").pick("no")
    assert visitor.screen == "morning_stiffness"
