"""Ten long messy openings with five or more facts each: what was said is never asked."""

import pytest

from tests.running import TAPS

OPENINGS: list[tuple[str, set[str]]] = [
    ("ok so im 34, left achilles, been going on like 3 weeks since i jumped from 30 to 55k a wk, no pop or anything just crept up, stiff maybe 20 mins in the morning then its grand",
     {"age_band", "onset", "duration", "morning_stiffness"}),
    ("Hi there. I'm a 47 year old woman and the back of my right heel has hurt for about two months. It came on gradually after I bought new shoes. It is stiff for ten minutes when I get up, and pushing off is around a 4 out of 10.",
     {"age_band", "onset", "duration", "morning_stiffness", "push_off_pain"}),
    ("yo my right heel underneath been killing me 6 weeks now, 1st steps outta bed r brutal maybe 15 min then ok, built up slow, never had it b4, im 29",
     {"age_band", "onset", "duration", "morning_stiffness"}),
    ("so basically my son whos 12 plays soccer four times a week and both his heels hurt since about a month no injury just gradually and hes not on any meds",
     {"age_band", "onset", "duration", "medicines"}),
    ("Morning! 62 here, long time walker, left Achilles mid part is thick & sore about 10 wks, crept up on me. Took no antibiotics or steroids. Stiff half an hour each morning, 5/10 when I push off.",
     {"age_band", "onset", "duration", "morning_stiffness", "push_off_pain", "medicines"}),
    ("i am runner of 41 years, pain in right achilles since 12 days, is coming slowly slowly, in the morning 25 minutes is stiff, next day is not worse, first time i have this",
     {"age_band", "onset", "duration", "morning_stiffness"}),
    ("Achilles on the left is giving me grief eh, started slow around 5 weeks back when I added hills, I'm 38, no swelling no redness no fever no numbness, and its a 3 outta 10 pushing off",
     {"age_band", "onset", "duration", "push_off_pain"}),
    ("been ignoring this for ages but both achilles have ached on and off for 4 months, gradual, im 52 and diabetic, about 40 min of stiffness, not getting better",
     {"age_band", "onset", "duration", "morning_stiffness"}),
    ("twisted my right ankle 2 days ago playing basketball, im 24, i can walk on it fine, no meds, ankle is puffy, no chest pain or trouble breathing or anything",
     {"age_band", "onset", "duration"}),
    ("hello doctor pls help left heel bottom side pain since 3 month, age 45, no injury it increase slowly, morning 10 minute stiff, pain 6 of 10 when push, i never take cipro or steroid",
     {"age_band", "onset", "duration", "morning_stiffness"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "told"), OPENINGS, ids=[o[0][:40] for o in OPENINGS])
def test_what_was_said_is_never_asked(chat, words, told):
    visitor = chat().say(words)
    assert visitor.screen == "consent"
    asked = set()
    for _ in range(30):
        if visitor.screen is None:
            break
        offered = [option["value"] for option in visitor.screen_event["options"]]
        if visitor.screen == "age_band":
            asked |= {"who_is_typing" if "guardian" in offered else "age_band"}
            visitor.pick("guardian" if "guardian" in offered else "18_39")
        elif offered == ["skip"]:
            visitor.pick("skip")
        else:
            asked.add(visitor.screen)
            visitor.answer({visitor.screen: TAPS[visitor.screen]})
    assert visitor.level is not None
    assert asked & told == set()


def test_words_said_turns_ago_come_back_in_the_reasons(chat):
    visitor = chat().pick("yes").pick("none").say("I felt a pop playing tennis")
    assert len(visitor.answer(TAPS).screens) > 5
    assert visitor.level == "URGENT"
    outcome = visitor.of_type("outcome")
    assert "pop" in outcome["because"].split("You said: ")[1]
    assert any("pop" in fact["quote"] for rule in outcome["rules"] for fact in rule["facts"])
