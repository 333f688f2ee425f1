"""The worked examples of protocol section 8, typed in a visitor's words.

What the words leave open is tapped, negative, as the section says.
"""

from typing import Any

import pytest

from tests.running import TAPS

Z1 = {"pain_location": ["Z1", "left"]}
EXAMPLES: list[tuple[str, dict[str, Any], str, str]] = [
    ("playing tennis yesterday I felt a pop, like being kicked. I can walk and tiptoe fine", {"loading_ability": ["normal"]}, "URGENT", "RF07"),
    ("playing tennis yesterday I felt a pop, like being kicked, and my push-off is weak", {}, "EMERGENCY", "RF06"),
    ("felt a pop playing tennis 30 days ago and my push-off is weak", {}, "URGENT", "RF07"),
    ("middle of my achilles has been sore for 10 days, came on slowly, I upped my mileage, stiff for 15 minutes, pushing off is a 4 out of 10", {}, "SELF_CARE", "S4-SELF-CARE"),
    ("middle of my achilles has been sore for 8 weeks, came on slowly, I upped my mileage", {}, "ROUTINE", "S4-SIX-WEEKS"),
    ("achilles sore for 8 weeks. I'm 45 and finished ciprofloxacin 2 months ago", {}, "PROMPT", "RF14"),
    ("achilles sore for 8 weeks. I'm 66 and finished ciprofloxacin 2 months ago", {}, "URGENT", "RF13"),
    ("calf ache that came on gradually, I had a long flight last week", Z1, "URGENT", "RF11"),
    ("my whole leg is swollen, I had a blood clot before and I'm breathless", {}, "EMERGENCY", "RF01"),
    ("under my heel and the sides hurt, sore when I squeeze the heel, it built up in a marathon build", {"pain_location": ["Z5", "Z6", "left"]}, "PROMPT", "RF23"),
    ("back of both heels where the tendon meets the bone, stiff for 60 minutes in the morning, I have psoriasis", {"pain_location": ["Z3", "both"]}, "PROMPT", "RF24"),
    ("my 11 year old son has sore heels on both sides after soccer, no limp", {"pain_location": ["Z3", "both"]}, "ROUTINE", "RF18"),
    ("hot red heel and I'm diabetic, no fever", {}, "URGENT", "RF12"),
    ("I twisted my ankle and cannot take 4 steps", {}, "URGENT", "RF08"),
    ("I fell off a ladder onto both heels, I cannot stand and my back is sore", {}, "EMERGENCY", "RF08"),
    ("my daughter is 10, she has a fever and will not put the foot down", {}, "EMERGENCY", "RF17"),
    ("my calf is rock hard after a race, it is 9/10 at rest and my sole is numb", {}, "EMERGENCY", "RF02"),
    ("my calves are swollen after a brutal class and my pee is the colour of cola", {}, "EMERGENCY", "RF30"),
    ("my foot goes numb and pale at 3 km and is fine after five minutes' rest", {}, "PROMPT", "RF29"),
    ("my dad ruptured his, no pop for me, middle of the achilles, 10 days, pain 3 out of 10 pushing off", {"push_off_pain": 3}, "SELF_CARE", "S4-SELF-CARE"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "taps", "level", "rule"), EXAMPLES, ids=[e[0][:60] for e in EXAMPLES]
)
def test_the_example_typed_as_chat_gets_its_level(chat, words, taps, level, rule):
    answers = {**TAPS, **taps, "training_change": ["mileage"]}
    visitor = chat().say(words).answer(answers)
    for _ in range(4):  # A second question on a screen: who is typing, or the weekly distance.
        if visitor.screen == "training_change":
            visitor.pick("skip")
        elif visitor.screen == "age_band":
            visitor.pick("guardian")
        visitor.answer(answers)
    assert visitor.level == level
    assert rule in visitor.rules


def test_not_sure_twice_to_chest_pain_is_an_emergency(chat):
    visitor = chat().say("achilles pain").pick("yes").say("not sure").say("I'm still not sure")
    assert visitor.level == "EMERGENCY"
    assert "RF01" in visitor.rules
