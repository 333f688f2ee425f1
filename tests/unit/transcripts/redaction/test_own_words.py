"""What the chat must hear and what it says itself is never taken for a name or a number."""

import random
import re

import pytest
import yaml

from rasa_project.settings import DATA, ROOT
from rasa_project.transcripts.redaction import redact

CHOICE = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
LIST = re.compile(r"\{([a-z_0-9]+)\}")
SAMPLES = 3


def texts(content):
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts(value)


def lexicon_phrases(file):
    """Every phrase of a lexicon file, written out a few times with random alternatives."""
    lists = yaml.safe_load((DATA / "language" / "words.yml").read_text(encoding="utf-8"))
    rng = random.Random(file.name)

    def chosen(match):
        if match.group(1) is not None:
            return rng.choice(match.group(1).split("|"))
        return rng.choice(["", *match.group(2).split("|")])

    def listed(match):
        return rng.choice(lists[match.group(1)])

    for entry in yaml.safe_load(file.read_text(encoding="utf-8")).values():
        for kind in ("present", "doubt", "absent"):
            for phrase in entry.get(kind, ()):
                for _ in range(SAMPLES):
                    made = phrase
                    while LIST.search(made) or CHOICE.search(made):
                        made = CHOICE.sub(chosen, LIST.sub(listed, made))
                    yield re.sub(r"\s+", " ", made.replace("..", " ")).strip()


@pytest.mark.parametrize(
    "file", sorted((DATA / "language" / "lexicon").glob("*.yml")), ids=lambda file: file.stem
)
def test_no_phrase_of_a_fact_is_touched(file):
    phrases = list(lexicon_phrases(file))
    assert len(phrases) > 20
    touched = []
    for phrase in phrases:
        for said in (
            phrase,
            f"I'm worried, {phrase}",
            phrase.capitalize(),
            f"I have {phrase} today",
        ):
            if redact(said).spans:
                touched.append(redact(said).text)
    assert not touched


@pytest.mark.parametrize(
    "file",
    ["screens.yml", "red_flags.yml", "outcomes.yml", "advice.yml", "warning_card.yml", "texts.yml"],
)
def test_nothing_that_the_chat_says_is_touched(file):
    content = yaml.safe_load((DATA / "clinical" / file).read_text(encoding="utf-8"))
    lines = [line for text in texts(content) for line in text.splitlines()]
    assert lines
    assert [redact(line).text for line in lines if redact(line).spans] == []


def test_no_answer_of_the_domain_is_touched():
    content = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert [text for text in texts(content) if redact(text).spans] == []
