"""Everything the chat says reads at grade 7 or lower (Flesch-Kincaid, by textstat)."""

from datetime import date
from functools import lru_cache

import pytest
import textstat
import yaml

from rasa_project.advice.articles import default_articles
from rasa_project.advice.rows import load_advice
from rasa_project.dialogue.answering import answer
from rasa_project.dialogue.outcomes import outcome_event
from rasa_project.settings import DATA, ROOT
from rasa_project.triage.protocol import protocol
from tests.safety import protocol_table as table
from tests.safety.walking import row_answers, walk

RULES = protocol()
HIGHEST = 7.0
FEWEST_WORDS = 12  # A grade of fewer words says nothing: one long word decides it.
# Links, addresses and lists of names are no sentences.
NO_SENTENCES = ("{clinics}", "{url}", "http")


def grade(words: str) -> float:
    return textstat.flesch_kincaid_grade(words)


def strings(content, path=""):
    """Every text of a data file with enough words, and where it stands."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from strings(value, f"{path}.{key}")
    elif isinstance(content, list):
        for i, value in enumerate(content):
            yield from strings(value, f"{path}[{i}]")
    elif isinstance(content, str) and not any(mark in content for mark in NO_SENTENCES):
        yield path, content


def said():
    """Name -> words, of everything that stands in a file and reaches a visitor."""
    for question in RULES.questions:
        options = ". ".join(option.label for option in question.options)
        yield f"{question.name} screen", f"{question.text} {question.why} {options}."
        yield f"{question.name} again", f"{question.again} {question.why}"
    for rule in (*RULES.red_flags, *RULES.disposition.clauses, RULES.disposition.otherwise):
        yield rule.id, " ".join([rule.say, rule.do, *(words for _, words in rule.more)])
    for row in load_advice().rows:
        yield f"advice row {row.id}", f"{row.what}: {row.dose} {row.note}"
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    for name, variants in responses.items():
        for i, variant in enumerate(variants):
            yield f"{name}[{i}]", variant["text"]
    for article in default_articles().values():
        yield f"article {article.id}", answer(article, None)["text"]
    for file in (
        "clinical/texts.yml",
        "clinical/outcomes.yml",
        "clinical/advice.yml",
        "clinical/two_week_check.yml",
        "clinics/texts.yml",
        "clinical/warning_card.yml",
        "website/home.yml",
        "website/privacy.yml",
    ):
        content = yaml.safe_load((DATA / file).read_text(encoding="utf-8"))
        for path, words in strings(content):
            yield f"{file}{path}", words


@pytest.mark.parametrize(("name", "words"), list(said()), ids=[name for name, _ in said()])
def test_every_text_reads_at_grade_seven_or_lower(name, words):
    assert len(words.split()) < FEWEST_WORDS or grade(words) <= HIGHEST, words


@lru_cache(maxsize=1)
def outcomes():
    """Rule -> the whole outcome of a visitor for whom it decides."""
    found = {}
    for row in table.rows():
        if row.cells[0].fact == table.COUNT_FACT:
            continue
        known = next(row_answers(RULES, row))
        done = walk(RULES, known, {cell.fact: known[cell.fact] for cell in row.cells})
        event = outcome_event(RULES, done.facts, done.result, {}, False, date(2026, 11, 25))
        found[f"row {row.number}, {row.rule}"] = event["text"]
    return found


def test_every_outcome_reads_at_grade_seven_or_lower():
    assert {name: grade(text) for name, text in outcomes().items() if grade(text) > HIGHEST} == {}
