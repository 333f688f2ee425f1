"""What holds for every set of answers (engine rules 1 to 5)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.triage.engine import assess
from rasa_project.triage.facts import UNSURE, YES, Facts, parse_facts
from rasa_project.triage.protocol import protocol

RULES = protocol()


def values(spec):
    """Any answer that the protocol allows, "not sure" included."""
    if spec.kind == "list":
        items = st.dictionaries(
            st.sampled_from(list(spec.values)), st.sampled_from(["yes", "no", "unsure"])
        )
        return st.one_of(items, st.just(["none"]), st.just("unsure"))
    if spec.kind == "tri":
        return st.sampled_from(["yes", "no", "unsure"])
    if spec.kind == "choice":
        return st.sampled_from([*spec.values, "unsure"])
    if spec.kind == "number":
        return st.integers(int(spec.minimum), min(int(spec.maximum), 200))
    return st.just(True) if spec.kind == "bool" else st.just("Mimico")


ANSWERS = st.fixed_dictionaries({}, optional={n: values(s) for n, s in RULES.specs.items()})


@settings(max_examples=100, deadline=None)
@given(ANSWERS, st.randoms())
def test_the_order_of_answers_does_not_matter(answers, random):
    names = list(answers)
    random.shuffle(names)
    known = Facts(RULES.specs)
    for name in names:
        known = known.with_({name: RULES.specs[name].parse(answers[name])})
    whole, parts = assess(RULES, parse_facts(RULES.specs, answers)), assess(RULES, known)
    assert (whole.level, whole.missing) == (parts.level, parts.missing)


@settings(max_examples=150, deadline=None)
@given(ANSWERS, st.data())
def test_adding_an_abnormal_list_finding_never_lowers_the_level(answers, data):
    lists = [
        n
        for n, s in RULES.specs.items()
        if s.kind == "list" and n not in ("zones", "training_change")
    ]
    name = data.draw(st.sampled_from(lists))
    item = data.draw(st.sampled_from(list(RULES.specs[name].values)))
    known = parse_facts(RULES.specs, answers)
    before = assess(RULES, known).level or 0
    assert (assess(RULES, known.with_({name: {item: YES}})).level or 0) >= before


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_an_outcome_without_open_questions_has_a_level(answers):
    result = assess(RULES, parse_facts(RULES.specs, {"consent_chat": True, **answers}))
    assert result.question is not None or result.level is not None
    assert result.level is not None or result.missing


@settings(max_examples=80, deadline=None)
@given(ANSWERS, st.sampled_from(sorted(n for n, s in RULES.specs.items() if s.kind == "tri")))
def test_not_sure_about_an_emergency_or_urgent_answer_never_lowers_it(answers, name):
    known = parse_facts(RULES.specs, {**answers, name: "yes"})
    for answer in ("yes", "no"):
        before = assess(RULES, known.with_({name: answer})).level or 0
        after = assess(RULES, known.with_({name: UNSURE})).level or 0
        if before >= 4 and answers.get("onset") != "gradual" and "onset" in answers:
            assert after >= before


@settings(max_examples=80, deadline=None)
@given(ANSWERS)
def test_the_questions_end_and_none_is_asked_twice(answers):
    known, seen = Facts(RULES.specs), []
    while (question := assess(RULES, known).question) is not None:
        assert question.name not in seen
        seen.append(question.name)
        filled = {
            n: UNSURE for n in question.sets if RULES.specs[n].kind not in ("list", "bool", "text")
        }
        filled |= {
            n: {i: "no" for i in RULES.specs[n].values}
            for n in question.sets
            if RULES.specs[n].kind == "list"
        }
        filled |= {n: True for n in question.sets if RULES.specs[n].kind == "bool"}
        filled |= {n: "Mimico" for n in question.sets if RULES.specs[n].kind == "text"}
        filled |= {n: RULES.specs[n].parse(answers[n]) for n in question.sets if n in answers}
        for name, value in filled.items():
            if isinstance(value, dict):
                spec = RULES.specs[name]
                filled[name] = {i: value.get(i, "no") for i in spec.values}
                if name == "zones" and YES not in filled[name].values():
                    filled[name]["Z2"] = YES
        known = known.with_(filled)
    assert len(seen) <= 20
