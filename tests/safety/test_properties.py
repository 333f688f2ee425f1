"""What must hold whatever is answered: doubt and bad news never make the advice milder."""

import os
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rasa_project.triage.engine import assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.safety.assignments import quiet, single_values
from tests.safety.worse import DOUBT_LOWERS, FINDING_LOWERS, doubted, lowering, worse

RULES = protocol()
SILENT = replace(RULES, questions=())
VALUES = single_values(RULES)
BASE = quiet(RULES)
EXAMPLES = settings(max_examples=3000 if os.environ.get("SAFETY") == "full" else 80, deadline=None)


def level(known):
    return assess(SILENT, Facts(RULES.specs, known)).level


@st.composite
def visitors(draw):
    """A quiet visitor with up to eight other answers, kept as the chat keeps them.

    The sorest place is then a sore one too: nobody says that a place hurts most and does not hurt.
    """
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=8, unique=True))
    told = {**BASE, **{name: draw(st.sampled_from(VALUES[name])) for name in names}}
    return dict(Facts(RULES.specs, told))


# The two rules with the most combinations are left to `make safety`.
SPARED = frozenset() if os.environ.get("SAFETY") == "full" else frozenset({"RF12", "RF23"})


def test_not_sure_lowers_a_level_only_where_the_protocol_says_so():
    expected = {where for where in DOUBT_LOWERS if where[0] not in SPARED}
    assert lowering(RULES, doubted, SPARED) == expected


def test_one_more_abnormal_finding_lowers_a_level_only_where_the_protocol_says_so():
    assert lowering(RULES, worse, SPARED) == set(FINDING_LOWERS)


def test_not_sure_never_lowers_an_emergency_or_urgent_answer():
    # Of all exceptions only these touch EMERGENCY and URGENT rules.
    urgent = {r.id for r in RULES.red_flags if r.clauses[0].level >= Level.URGENT}
    assert {(rule, fact) for rule, fact in DOUBT_LOWERS if rule in urgent} == {
        ("RF06", "onset"), ("RF07", "onset"), ("RF08", "onset"), ("RF07", "gap_or_dent"),
    }  # fmt: skip


@EXAMPLES
@given(visitors(), st.data())
def test_turning_an_answer_into_not_sure_never_lowers_the_level(known, data):
    name = data.draw(st.sampled_from(sorted(VALUES)))
    doubt = data.draw(st.sampled_from([*doubted(RULES.specs[name], known[name]), known[name]]))
    before = assess(SILENT, Facts(RULES.specs, known))
    deciding = {hit.rule.id for hit in before.fired if hit.level == before.level}
    assume(not any((rule, name) in DOUBT_LOWERS for rule in deciding))
    assert level({**known, name: doubt}) >= before.level


@EXAMPLES
@given(visitors(), st.data())
def test_an_abnormal_finding_never_lowers_the_level(known, data):
    name = data.draw(st.sampled_from(sorted(set(VALUES) - {"training_change"})))
    findings = list(worse(RULES.specs[name], known[name]))
    assume(findings)
    assert level({**known, name: data.draw(st.sampled_from(findings))}) >= level(known)


@EXAMPLES
@given(visitors(), st.data())
def test_an_abnormal_finding_among_half_given_answers_never_lowers_the_level(known, data):
    part = {n: v for n, v in known.items() if data.draw(st.booleans(), label=n)}
    name = data.draw(st.sampled_from(sorted(set(VALUES) - {"training_change", "zone_main"})))
    findings = list(worse(RULES.specs[name], known[name]))
    assume(findings)
    worst = {**part, name: data.draw(st.sampled_from(findings))}
    before = assess(RULES, Facts(RULES.specs, {n: v for n, v in part.items() if n != name})).level
    assert (assess(RULES, Facts(RULES.specs, worst)).level or 0) >= (
        before if before and before > 1 else 0
    )


@EXAMPLES
@given(visitors(), st.randoms())
def test_the_order_of_answers_does_not_matter(known, random):
    names = list(known)
    random.shuffle(names)
    told = Facts(RULES.specs)
    for name in names:
        value = known[name]
        if isinstance(value, dict):  # Item by item, in any order.
            items = list(value.items())
            random.shuffle(items)
            for item, state in items:
                told = told.with_({name: {item: state}})
        else:
            told = told.with_({name: value})
    whole, parts = assess(RULES, Facts(RULES.specs, known)), assess(RULES, told)
    assert (whole.level, whole.missing, whole.question) == (
        parts.level,
        parts.missing,
        parts.question,
    )
    assert {h.rule.id for h in whole.fired} == {h.rule.id for h in parts.fired}


@EXAMPLES
@given(visitors(), visitors(), st.data())
def test_a_corrected_answer_gives_the_same_as_the_right_one_at_first(right, wrong, data):
    # The sorest place is left out: naming another one later adds a sore place, it takes none away.
    names = sorted(set(VALUES) - {"zone_main", "zones"})
    corrected = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    told = Facts(RULES.specs, {**right, **{name: wrong[name] for name in corrected}})
    for name in corrected:
        told = told.with_({name: right[name]})
    assert dict(told) == dict(Facts(RULES.specs, right))
    assert assess(RULES, told) == assess(RULES, Facts(RULES.specs, right))


@pytest.mark.parametrize("fact", ["fever", "wound", "heat_redness", "swelling", "neuro"])
def test_unanswered_is_never_no(fact):
    result = assess(RULES, Facts(RULES.specs, BASE).without({fact}))
    assert result.level is None
    assert fact in result.missing


def test_the_two_words_for_doubt_are_told_apart_from_no():
    assert level({**BASE, "walk4_now": UNSURE}) == Level.URGENT
    assert level({**BASE, "walk4_now": NO}) == Level.URGENT
    assert level({**BASE, "walk4_now": YES}) == Level.SELF_CARE
