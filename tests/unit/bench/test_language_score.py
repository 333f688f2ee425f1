"""The scorer of the lay-assertion benchmark: what counts as right, missed, invented, denied."""

from dataclasses import replace
from datetime import date

import pytest

from bench.language.cases import Case, label, labels, read
from bench.language.noise import noisy
from bench.language.notation import sentences
from bench.language.score import score
from rasa_project.errors import DataError
from rasa_project.triage.protocol import protocol
from rasa_project.triage.warning_signs import warning_signs

FLAGS = warning_signs(protocol())


def fact(name, value, assertion="present", experiencer="self", temporality="current", **more):
    return {"fact": name, "value": value, "assertion": assertion, "experiencer": experiencer,
            "temporality": temporality, **more}  # fmt: skip


def case(*facts, screen=None):
    return Case("x-1", "…", screen, date(2026, 11, 24), "x", "plain", "dev", labels(facts))


def scored(expected, *heard):
    return score([(expected, labels(heard))], FLAGS)


def test_what_is_said_and_heard_is_a_hit_and_the_rest_missed_or_false():
    made = scored(case(fact("fever", "yes"), fact("side", "left")),
                  fact("fever", "yes"), fact("side", "right"))  # fmt: skip
    assert (made.facts.hit, made.facts.missed, made.facts.false) == (1, 1, 1)
    assert made.facts.f1 == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fact("fever", "no"), fact("fever", "yes", "absent")),
        (fact("walk4_now", "yes"), fact("walk4_now", "no", "absent")),
        (fact("heat_redness", "none"), fact("heat_redness", "hot_red", "absent")),
    ],
)
def test_two_ways_to_write_the_same_denial_are_one(one, other):
    assert label(one) == label(other)


def test_an_optional_label_is_neither_required_nor_punished():
    expected = case(fact("walk_limp", "yes", optional=True))
    assert scored(expected).facts.missed == 0
    assert scored(expected, fact("walk_limp", "yes")).facts.false == 0


def test_a_doubt_recorded_as_a_fact_is_false():
    made = scored(case(fact("fever", "yes", "uncertain")), fact("fever", "yes"))
    assert made.facts.false == 1
    assert made.assertion_accuracy == 0


@pytest.mark.parametrize(("minutes", "hits"), [(15, 1), (20, 1), (31, 0)])
def test_a_number_must_fall_in_the_range(minutes, hits):
    expected = label({"fact": "stiffness_min", "low": 15, "high": 30, "assertion": "present"})
    made = scored(replace(case(), labels=(expected,)), fact("stiffness_min", minutes))
    assert made.facts.hit == hits


@pytest.mark.parametrize("heard", [fact("swelling", "calf", "absent"), fact("swelling", "none")])
def test_a_stated_red_flag_read_as_absent_is_counted(heard):
    made = scored(case(fact("swelling", "calf")), heard)
    assert (made.red_flags, made.red_flags_denied) == (1, 1)


def test_a_red_flag_that_was_missed_or_doubted_is_not_one_read_as_absent():
    assert scored(case(fact("swelling", "calf"))).red_flags_denied == 0
    assert scored(case(fact("swelling", "calf")),
                  fact("swelling", "calf", "uncertain")).red_flags_denied == 0  # fmt: skip


def test_silence_about_somebody_else_is_handled_and_silence_about_the_patient_is_not():
    assert scored(case(fact("onset", "sudden_pop", experiencer="other"))).handled == 1
    assert scored(case(fact("onset", "sudden_pop"))).handled == 0


def test_on_a_screen_the_options_not_named_may_be_denied():
    expected = case(fact("swelling", "calf"), screen="signs")
    made = scored(expected, fact("swelling", "calf"), fact("fever", "no"))
    assert made.facts.false == 0
    assert scored(replace(expected, screen=None), fact("fever", "no")).facts.false == 1


def test_red_flags_are_what_the_rules_read():
    assert {("swelling", "calf"), ("walk4_now", "no"), ("drugs", "fq_now")} <= FLAGS
    assert not {("side", "both"), ("walk4_now", "yes"), ("swelling", "none")} & FLAGS


def test_noise_is_the_same_every_time_and_touches_about_its_share():
    text = "calf " * 400
    assert noisy(text, 0.1, "a") == noisy(text, 0.1, "a") != noisy(text, 0.1, "b")
    changed = sum(word != "calf" for word in noisy(text, 0.1, "a").split())
    assert 20 <= changed <= 60


def test_the_notation_gives_every_mark(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        "# register: texting\n"
        "{signs} -fever.yes ?wound.yes <swelling.calf ~neuro.numb_sole @onset.sudden_pop "
        "(side.left) stiffness_min=10..20 area=Liberty Village :: some text\n"
    )
    (made,) = sentences(file, "a", "dev")
    assert (made["id"], made["screen"], made["register"]) == ("a-001", "signs", "texting")
    statuses = [one.status for one in labels(made["facts"])]
    assert statuses == ["absent", "uncertain", "past", "hypothetical", "other", "present",
                        "present", "present"]  # fmt: skip
    assert labels(made["facts"])[-1].value == "Liberty Village"


def test_a_label_outside_the_notation_is_refused(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("fever :: hot\n")
    with pytest.raises(DataError, match="line 1"):
        list(sentences(file, "a", "dev"))


def test_the_benchmark_is_whole():
    cases = list(read())
    assert len(cases) >= 1500
    assert len({(c.author, c.text, c.screen) for c in cases}) == len(cases)
    assert len({c.register for c in cases}) >= 6
    assert not {c.author for c in cases if c.split == "dev"} & {
        c.author for c in cases if c.split == "test"
    }
    specs = protocol().specs
    for one in (made for c in cases for made in c.labels):
        assert one.fact in specs or one.fact == "self_harm"
