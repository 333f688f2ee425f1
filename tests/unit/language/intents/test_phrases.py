"""The training phrases hold together."""

import re
from collections import Counter, defaultdict

import pytest
import yaml

from rasa_project.settings import DATA, ROOT

FEWEST = 40
FEWEST_OF_A_QUESTION = 12
NOT_CLASSIFIED = {"start", "choose"}
RARE = {"self_harm"}
"""Heard by the lexicon; its phrases are a second net."""


def phrases() -> list[tuple[str, str]]:
    found = []
    for file in sorted((DATA / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                assert line.startswith("- "), f"{file.name}: {line!r}"
                found.append((line.removeprefix("- "), block["intent"]))
    return found


def test_no_phrase_has_two_intents():
    intents = defaultdict(set)
    for text, intent in phrases():
        intents[text.lower().strip(" .!?")].add(intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_every_intent_is_rich_enough():
    counts = Counter(intent for _, intent in phrases())
    least = {i: FEWEST_OF_A_QUESTION if "/" in i else FEWEST for i in counts}
    poor = {i: n for i, n in counts.items() if n < least[i] and i not in NOT_CLASSIFIED | RARE}
    assert poor == {}


def test_no_phrase_is_a_sentence_of_the_questions_held_out():
    held_out = yaml.safe_load((ROOT / "bench" / "language" / "questions.yml").read_text("utf-8"))
    plain = lambda text: re.sub(r"[^a-z0-9 ]", "", text.lower()).strip()  # noqa: E731
    tested = {plain(text) for texts in held_out.values() for text in texts}
    assert [text for text, _ in phrases() if plain(text) in tested] == []


def test_every_intent_with_phrases_is_in_the_domain():
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert {intent.split("/")[0] for _, intent in phrases()} <= set(domain["intents"])


@pytest.mark.parametrize("mark", ["[", "]", "{", "}"])
def test_no_phrase_holds_marks_that_rasa_reads_as_entities(mark):
    assert [text for text, _ in phrases() if mark in text] == []
