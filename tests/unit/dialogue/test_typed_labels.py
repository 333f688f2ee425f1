"""Labels typed instead of tapped, on every screen, also after a part of the answer was told."""

from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest

from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.turn import Turn
from rasa_project.language.extractor import FactExtractor
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import protocol
from tests.unit.dialogue.conftest import Talk
from tests.unit.triage.cases import CALF, INJURED

TODAY = date(2026, 11, 23)
OPENED_BY: dict[str, dict[str, Any]] = {
    "who_is_typing": {"age_band": "8_15"},
    "injury_checks": {"onset": "fall_or_blow", **INJURED},
    "clot_risk": {"zones": ["Z1"], "zone_main": "Z1", **CALF},
    "heel_squeeze": {"zones": ["Z5"], "zone_main": "Z5"},
    "rest_pain": {"night_rest": "after_activity"},
    "inflammatory": {"side": "both"},
    "area": {"duration_days": 60},
}
"""What must be known for a question to be asked at all."""

QUESTIONS = {question.name: question for question in protocol().questions}
MOST_TOLD = 6


@pytest.fixture(scope="module")
def hear():
    extractor = FactExtractor()
    return lambda text: extractor.extract(text, TODAY)


def answers(question) -> list[tuple[str, ...]]:
    """Every option; every main option with every set of tick boxes; every two of a list."""
    alone = [option.value for option in question.options if not option.extra]
    extras = [option.value for option in question.options if option.extra]
    some = [c for n in range(1, len(extras) + 1) for c in combinations(extras, n)]
    if question.kind == "single":
        groups = {o.value: o.group for o in question.options}
        some = [c for c in some if len({groups[v] or v for v in c}) == len(c)]
        return [(v, *c) for v in alone for c in [(), *some] if not (c and v == "unsure")]
    made: list[tuple[str, ...]] = [(v,) for v in alone]
    if question.kind == "multi":
        items = [v for v in alone if v not in ("none", "unsure")]
        made += list(pairwise(items))
    if question.kind == "map":
        sides = [o.value for o in question.options if o.group == "side"]
        made = [(v, side) for v in alone if v not in sides for side in sides]
    return made


def open_at(name: str, told: dict[str, Any] | None = None) -> Talk:
    """A conversation in which a question is open, with a part of its facts told before."""
    question = QUESTIONS[name]
    changes = {**OPENED_BY.get(name, {}), **dict.fromkeys(question.sets), **(told or {})}
    talk = Talk(**changes)
    assert talk.state.open_question == name
    return talk


def label(question, values: tuple[str, ...], between: str) -> str:
    return between.join(question.option(value).label for value in values)


@cache
def told_before(name: str) -> list[dict[str, Any]]:
    """Facts of the question that may have been volunteered, and that leave it open."""
    specs, question = protocol().specs, QUESTIONS[name]
    made = []
    for option in question.options:
        for fact, value in option.means.items():
            known = [value] if specs[fact].kind == "list" else value
            try:
                talk = open_at(name, {fact: known})
            except (AssertionError, IndexError):
                continue
            if talk.question is not None and talk.state.pending is None:
                made.append({fact: known})
    return made[:MOST_TOLD]


ONE_BY_ONE = [
    (name, values) for name, question in QUESTIONS.items() for values in answers(question)
]


def outcome(talk: Talk, message: Message) -> tuple[Facts, str | None, str | None]:
    Turn(protocol(), talk.state).take(message)
    pending = talk.state.pending
    return talk.state.facts, talk.state.open_question, pending and pending.text


@pytest.mark.parametrize(("name", "values"), ONE_BY_ONE, ids=lambda part: str(part))
def test_typed_labels_are_taken_as_taps_and_nothing_is_asked_again(hear, name, values):
    question = QUESTIONS[name]
    for told in [{}, *told_before(name)]:
        tapped = outcome(open_at(name, told), Message("…", choice=values))
        for between in (", ", " and "):
            text = label(question, values, between)
            typed = Message(text, mentions=hear(text), intent="inform", classified="inform")
            assert outcome(open_at(name, told), typed) == tapped, (told, text)
        if values != ("unsure",) and (name, values) != ("consent", ("no",)):
            _facts, still, pending = tapped
            assert pending is not None or still != name, (told, values)
