"""Two weeks later: a code, the safety questions again, a comparison, and one next step."""

import re
import sqlite3

import pytest

from tests.conversations.two_week_check.aging import age
from tests.running import TAPS, Chat, Server

CODE = re.compile(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}")

CHECK = {
    **TAPS, "onset": ["none"], "background": ["better"], "morning_stiffness": 5, "push_off_pain": 2,
}  # fmt: skip
"""Answers of somebody for whom it got better."""


@pytest.fixture
def first(server: Server):
    """A finished first chat, some days old."""

    def make(days: int = 14, **answers) -> Chat:
        done = Chat(server.url).answer({**TAPS, **answers})
        assert done.level == "SELF_CARE"
        age(server, done, days)
        return done

    return make


def code_of(chat: Chat) -> str:
    return chat.of_type("plan")["resume"]["code"]


def check(server: Server, code: str, answers=CHECK) -> Chat:
    return Chat(server.url, resume=code).answer(answers)


def test_the_plan_and_the_summary_give_the_code_and_the_record_does_not_hold_it(first, server):
    done = first(0)
    code = code_of(done)
    assert CODE.fullmatch(code)
    assert code in done.of_type("plan")["text"]
    assert done.session["reference"] not in code.replace("-", "")
    for kind in ("text/plain", "text/html", "text/calendar"):
        answer = done.http.get("/chat/summary", headers={"Accept": kind})
        assert code in answer.text.replace("\r\n ", "")
    again = done.http.get("/chat/events?after=0").json()["events"]
    assert code in next(e for e in again if e["type"] == "plan")["text"]
    stored = b"".join(file.read_bytes() for file in server.folder.glob("chat.db*"))
    assert code.encode() not in stored and code.replace("-", "").encode() not in stored


def test_better_moves_on(first, server):
    visitor = check(server, code_of(first()))
    outcome = visitor.of_type("outcome")
    assert visitor.level == "SELF_CARE"
    assert outcome["check"]["step"] == "move_on"
    assert outcome["title"] == "Move on one step"
    assert "4 out of 10" in outcome["text"] and "2 out of 10" in outcome["text"]
    assert "S4-CHECK-MOVE-ON" in visitor.rules
    assert visitor.of_type("plan")["resume"]["code"] != ""


def test_nothing_that_can_have_changed_is_carried_over(first, server):
    visitor = check(server, code_of(first()))
    asked = set(visitor.screens)
    assert {"consent", "emergency_signs", "onset", "loading_ability", "signs", "medicines",
            "health", "morning_stiffness", "push_off_pain", "next_day", "training_change",
            "background"} <= asked  # fmt: skip
    assert not {"age_band", "pain_location", "duration"} & asked


def test_the_same_is_booked_with_a_clinic(first, server):
    same = {**CHECK, "background": ["same"], "morning_stiffness": 15, "push_off_pain": 4}
    visitor = check(server, code_of(first()), same)
    assert visitor.level == "ROUTINE"
    assert visitor.of_type("outcome")["check"]["step"] == "book"
    assert "S4-CHECK-PAIN" in visitor.rules
    assert "K8" in str([r["source"] for r in visitor.of_type("outcome")["rules"]])
    assert visitor.of_type("clinic")["slug"] == "mimico"


def test_worse_is_booked(first, server):
    worse = {**CHECK, "background": ["worse"]}
    visitor = check(server, code_of(first()), worse)
    assert visitor.level == "ROUTINE"
    assert "S4-CHECK-WORSE" in visitor.rules


def test_a_flare_that_stays_is_held(first, server):
    done = first(next_day=["lt24h"])
    visitor = check(server, code_of(done), {**CHECK, "next_day": ["lt24h"]})
    assert visitor.level == "SELF_CARE"
    assert visitor.of_type("outcome")["check"]["step"] == "hold"


def test_a_new_red_flag_acts_in_the_same_turn(first, server):
    visitor = Chat(server.url, resume=code_of(first())).answer({"consent": ["yes"]})
    visitor.say("my chest hurts and I can't breathe properly")
    assert visitor.level == "EMERGENCY"
    assert "911" in visitor.text
    assert visitor.of_type("plan") is None


def test_a_pop_since_then_is_not_taken_for_old_pain(first, server):
    visitor = Chat(server.url, resume=code_of(first()))
    visitor.answer({"consent": ["yes"], "emergency_signs": ["none"]})
    assert visitor.screen == "onset"
    visitor.pick("sudden_pop")
    assert visitor.screen == "duration"
    visitor.answer({**TAPS, "duration": 1, "loading_ability": ["weak"]})
    assert visitor.level == "EMERGENCY"


def test_a_pop_told_in_words_is_heard_too(first, server):
    visitor = Chat(server.url, resume=code_of(first()))
    visitor.answer({"consent": ["yes"], "emergency_signs": ["none"]})
    visitor.say("yes, I felt a pop yesterday and now I can't push off")
    assert visitor.level == "EMERGENCY"


def test_nothing_new_in_words(first, server):
    visitor = Chat(server.url, resume=code_of(first()))
    visitor.answer({"consent": ["yes"], "emergency_signs": ["none"]})
    visitor.say("nope, nothing new")
    assert visitor.screen == "loading_ability"


def test_how_it_is_now_in_words(first, server):
    visitor = check(server, code_of(first()), {**CHECK, "background": "it is getting better"})
    assert visitor.of_type("outcome")["check"]["step"] == "move_on"


def test_a_new_medicine_is_stronger_than_less_pain(first, server):
    visitor = check(server, code_of(first()), {**CHECK, "medicines": ["fq_6m"]})
    assert visitor.level == "PROMPT"
    assert visitor.of_type("outcome").get("check") is None


def test_on_the_day_after_it_is_too_early_to_compare(first, server):
    done = first(1)
    same = {**CHECK, "background": ["same"], "morning_stiffness": 15, "push_off_pain": 4}
    visitor = check(server, code_of(done), same)
    assert visitor.level == "SELF_CARE"
    assert "S4-CHECK-EARLY" in visitor.rules
    # The day of the check stands, and so do the first answers.
    day = visitor.of_type("plan")["review_on"]
    assert day == done.http.get("/chat/events?after=0").json()["events"][-1]["review_on"]
    age(server, visitor, 14)
    later = check(server, code_of(visitor), {**same, "push_off_pain": 3})
    assert "S4-CHECK-PAIN" in later.rules
    assert "4 out of 10" in later.of_type("outcome")["check"]["compared"]


def test_after_twenty_days_pain_of_five_weeks_is_not_ten_days_old(first, server):
    visitor = check(server, code_of(first(20, duration=28)))
    # 28 days then, 48 now: six weeks are over, whatever the comparison says.
    assert visitor.level == "ROUTINE"
    assert "S4-SIX-WEEKS" in visitor.rules
    assert visitor.of_type("outcome")["check"]["step"] == "book"


def test_after_twenty_days_the_check_compares(first, server):
    assert check(server, code_of(first(20))).of_type("outcome")["check"]["step"] == "move_on"


@pytest.mark.parametrize("wrong", ["BCDF-BCDF-BCDF", "hello", "AAAA-EEEE-IIII", "' or 1=1 --"])
def test_a_wrong_code_gets_a_kind_answer_and_an_ordinary_chat(server, wrong):
    visitor = Chat(server.url, resume=wrong)
    assert "can't find a chat for that code" in visitor.text
    assert visitor.screen == "consent"
    assert visitor.answer(TAPS).level == "SELF_CARE"
    assert "age_band" in visitor.screens


def test_a_code_works_once(first, server):
    code = code_of(first())
    check(server, code)
    again = Chat(server.url, resume=code)
    assert "used for a check already" in again.text
    assert again.screen == "consent"


def test_a_check_that_was_broken_off_can_be_begun_again(first, server):
    code = code_of(first())
    Chat(server.url, resume=code).answer({"consent": ["yes"]})
    assert check(server, code).of_type("outcome")["check"]["step"] == "move_on"


def test_after_thirty_days_the_code_has_run_out(first, server):
    visitor = Chat(server.url, resume=code_of(first(31)))
    assert "has run out" in visitor.text
    assert visitor.screen == "consent"


def test_the_code_of_a_deleted_chat_is_dead(first, server):
    done = first()
    code = code_of(done)
    assert done.http.delete("/chat/session").status_code == 200
    visitor = Chat(server.url, resume=code)
    assert "can't find a chat for that code" in visitor.text
    assert visitor.screen == "consent"


def test_a_revised_outcome_without_a_check_withdraws_the_code(first, server):
    done = first()
    code = code_of(done)
    done.say("I have chest pain now")
    assert done.level == "EMERGENCY"
    assert "can't find" in Chat(server.url, resume=code).text
    summary = done.http.get("/chat/summary", headers={"Accept": "text/plain"}).text
    assert code not in summary


def test_the_code_can_be_typed_in_the_chat(first, server):
    code = code_of(first())
    visitor = Chat(server.url).say(f"hi, my code is {code.lower().replace('-', ' ')}")
    assert "Welcome back" in visitor.text
    said = next(e for e in visitor.events if e["from"] == "visitor")
    assert said["text"] == "hi, my code is [code]"
    visitor.answer(CHECK)
    assert visitor.of_type("outcome")["check"]["step"] == "move_on"
    assert "used" in Chat(server.url, resume=code).text


def test_a_red_flag_beside_the_code_is_heard(first, server):
    visitor = Chat(server.url).say(f"my code is {code_of(first())} and I have chest pain right now")
    assert visitor.level == "EMERGENCY"


def test_a_typed_code_that_is_wrong_loses_nothing(server):
    visitor = Chat(server.url).answer({"consent": ["yes"]}).say("my code is BCDF-GHJK-MNPQ")
    assert "can't find" in visitor.text
    assert visitor.screen == "emergency_signs"


def test_no_code_where_there_is_no_check_date(server):
    visitor = Chat(server.url).answer({**TAPS, "emergency_signs": ["chest_pain"]})
    assert visitor.level == "EMERGENCY"
    assert not CODE.search(str(visitor.events))
    with sqlite3.connect(server.folder / "chat.db") as db:
        query = "select count(*) from resume_code r join conversation c on c.id = r.conversation_id where c.reference = ?"
        assert db.execute(query, (visitor.session["reference"],)).fetchone() == (0,)
