"""How a conversation is marked for staff."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from rasa_project.transcripts.played import Played, Said
from rasa_project.transcripts.view import AGAIN, DONE, NEVER_WROTE, NEW, View, advance
from tests.unit.transcripts.playing import slot

AT = datetime(2026, 1, 1, tzinfo=timezone.utc)
BEGUN = View(last_activity=AT, screen="consent")


def outcome(seq: int, level: str, revised: bool = False) -> Said:
    rules = [{"id": f"R-{level}"}]
    stamp = {"version": "0.2", "hash": "ab"}
    payload = {"level": level, "rules": rules, "protocol": stamp, "revised": revised}
    return Said(seq, "outcome", payload)


def screen(seq: int, *standing: str, name: str = "onset") -> Said:
    return Said(seq, "screen", {"screen": name}, list(standing) or None)


def after(*turns: tuple[int, list[Said]], view: View = BEGUN) -> View:
    for seq, said in turns:
        view = advance(view, Played(seq, AT + timedelta(seconds=seq), said=said), True)
    return view


def typed(*slots: dict[str, Any], confidence: float | None = 0.9, **parse: Any) -> Played:
    ranking = [{"name": "nlu_fallback", "confidence": 0.95}]
    if confidence is not None:
        ranking += [
            {"name": "thank", "confidence": confidence},
            {"name": "why", "confidence": 0.01},
        ]
    user = {"event": "user", "metadata": {"typed": True},
            "parse_data": {"intent_ranking": ranking, **parse}}  # fmt: skip
    return Played(2, AT, "x", [user, *slots])


def test_silence_after_a_grave_outcome_is_marked_until_the_visitor_writes() -> None:
    for level, risk in (("URGENT", 6), ("EMERGENCY", 7)):
        view = after((2, [outcome(3, level)]))
        assert (view.unacknowledged, view.risk) == (True, risk)
        view = after((4, [Said(5, "text", {})]), view=view)
        assert (view.unacknowledged, view.risk) == (False, 0)
    assert not after((2, [outcome(3, "PROMPT")])).unacknowledged


def test_what_was_written_before_the_outcome_is_no_acknowledgement() -> None:
    """Two messages at once: the second was on its way before the outcome was."""
    view = after((2, [outcome(4, "EMERGENCY")]), (3, [Said(5, "text", {})]))
    assert view.unacknowledged


def test_a_red_flag_in_the_middle_is_marked_until_an_outcome_or_taken_back() -> None:
    view = after((2, [screen(3, "RF02")]))
    assert (view.red_flag_open, view.red_flags, view.risk) == (True, ("RF02",), 5)
    assert not after((4, [screen(5)]), view=view).red_flag_open
    assert not after((4, [outcome(5, "URGENT")]), view=view).red_flag_open
    notice = Said(5, "notice", {}, ["RF01"])
    assert after((4, [notice]), view=view).red_flags == ("RF01",)
    done = after((4, [outcome(5, "URGENT")]), (6, [notice]), view=view)
    assert done.red_flags == ()


def test_a_chat_nobody_wrote_in_is_below_all() -> None:
    assert (BEGUN.risk, BEGUN.unfinished) == (NEVER_WROTE, False)
    assert after((2, [screen(3)])).unfinished
    assert not after((2, [outcome(3, "ROUTINE")])).unfinished
    assert after((2, [outcome(3, "ROUTINE")]), (4, [screen(5)])).unfinished


def test_a_level_that_changes_with_a_change_is_marked() -> None:
    first = after((2, [outcome(3, "ROUTINE")]))
    assert not first.changed
    assert not after((4, [outcome(5, "ROUTINE", revised=True)]), view=first).changed
    view = after((4, [outcome(5, "PROMPT", revised=True)]), view=first)
    assert (view.changed, view.risk, view.level, view.outcome_seq) == (True, 2, "PROMPT", 5)
    assert [each["level"] for each in view.outcomes] == ["ROUTINE", "PROMPT"]
    # A new triage after "start again" replaces nothing.
    assert not after((4, [outcome(5, "PROMPT")]), view=first).changed


def test_an_outcome_is_as_the_visitor_got_it_and_else_as_it_was_judged() -> None:
    judged = {"level": "PROMPT", "rules": ["A", "B"], "protocol_version": "1", "protocol_hash": "c"}
    got = after((2, [replace(outcome(3, "ROUTINE"), judged=judged)])).outcome
    assert (got["level"], got["rules"], got["version"]) == ("ROUTINE", ["R-ROUTINE"], "0.2")
    bare = after((2, [Said(3, "outcome", {"text": "x"}, judged=judged)]))
    assert bare.outcome == {"seq": 3, "level": "PROMPT", "rules": ["A", "B"], "version": "1",
                            "hash": "c", "revised": False}  # fmt: skip


def test_twice_not_understood_is_marked_and_once_is_not() -> None:
    once = advance(BEGUN, typed(slot("misses", 1)), False)
    assert (once.fallback_twice, once.most_misses) == (False, 1)
    twice = advance(once, typed(slot("misses", 2)), False)
    assert (twice.fallback_twice, twice.risk) == (True, 3)
    assert advance(twice, typed(slot("misses", None)), False).fallback_twice


@pytest.mark.parametrize(
    ("turn", "told_facts", "least"),
    [
        (typed(confidence=0.3), False, 0.3),
        (typed(confidence=0.3), True, None),
        (typed(confidence=None), False, None),
        (typed(confidence=None, classified_intent={"name": "why", "confidence": 0.2}), False, 0.2),
        (Played(2, AT, "Yes", [{"event": "user", "parse_data": {
            "intent_ranking": [{"name": "choose", "confidence": 0.1}]}}]), False, None),
    ],
)  # fmt: skip
def test_confidence_counts_for_typed_words_that_told_nothing(
    turn: Played, told_facts: bool, least: float | None
) -> None:
    view = advance(BEGUN, turn, told_facts)
    assert view.least_confidence == least
    assert view.low_confidence == (least is not None)
    assert view.risk == (1 if least else 0)
    assert not advance(BEGUN, typed(confidence=0.5), False).low_confidence


def test_a_failed_turn_and_words_about_ending_ones_life_are_marked() -> None:
    failed = advance(BEGUN, Played(2, AT, failed=True), False)
    assert (failed.failed, failed.failed_turns, failed.risk) == (True, 1, 4)
    harm = advance(BEGUN, typed(slot("ended", "self_harm")), False)
    assert (harm.self_harm, harm.risk) == (True, 8)
    assert advance(harm, typed(slot("ended", None)), False).self_harm


def test_the_start_is_no_turn_and_a_late_answer_is_no_later_activity() -> None:
    begun = advance(View(last_activity=AT), Played(0, AT, said=[screen(1)]), False)
    assert (begun.turns, begun.last_activity, begun.screen) == (0, AT, "onset")
    view = after((5, []), (3, []), view=begun)
    assert (view.turns, view.visitor_seq) == (2, 5)
    assert view.last_activity == AT + timedelta(seconds=5)


def test_what_comes_after_a_review_is_to_be_reviewed_again() -> None:
    view = after((2, [screen(3)]))
    assert view.review_state == NEW
    done = replace(view, reviewed_as=DONE, reviewed_at_seq=2)
    assert done.review_state == DONE
    assert after((4, []), view=done).review_state == AGAIN
