"""The articles: a mistake is an error that names file and key, and none says what it must not."""

import re
import shutil

import pytest

from rasa_project.advice.articles import default_articles, load_articles
from rasa_project.errors import DataError
from rasa_project.settings import DATA

ARTICLES = list(default_articles().values())

MISTAKES = [
    ("  button: Can I keep running?\n", "", "running"),
    ("- id: running\n", "- id: Running!\n", "Running!.id"),
    ("- id: return_to_run\n", "- id: running\n", "running.id"),
    ("  button: Can I keep running?\n", "  button: ''\n", "running.button"),
    ("  button: Can I keep running?\n", "  button: Running?\n  colour: red\n", "running.colour"),
    ("  sources: [F34]\n", "  sources: [F99]\n", "gait.sources"),
    ("  fact: prices\n", "", "cost.fact"),
    ("clinics in {open_clinics}", "clinics in {cities}", "locations.answer"),
    ('known: "{value}"', 'known: "{price}"', "cost.known"),
]


@pytest.mark.parametrize(("good", "bad", "key"), MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_mistake_is_named(tmp_path, good, bad, key):
    for name in ("articles.yml", "sources.yml"):
        shutil.copy(DATA / "clinical" / name, tmp_path)
    file = tmp_path / "articles.yml"
    text = file.read_text()
    assert good in text
    file.write_text(text.replace(good, bad, 1))
    with pytest.raises(DataError) as error:
        load_articles(tmp_path)
    assert (error.value.file, error.value.key) == (str(file), key)


def sentences(text):
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


@pytest.mark.parametrize("article", ARTICLES, ids=[a.id for a in ARTICLES])
def test_an_answer_is_short_and_promises_nothing(article):
    assert 2 <= len(sentences(article.answer)) <= 5
    assert len(article.answer.split()) <= 65
    for never in ("%", "percent", "you have a", "likely", "safe to", "guarantee", "will heal",
                  "cure you", "best clinic", "certified", "root cause", "inflammation"):  # fmt: skip
        assert never not in article.answer.lower()


@pytest.mark.parametrize("article", ARTICLES, ids=[a.id for a in ARTICLES])
def test_an_answer_gives_no_dose_of_an_exercise(article):
    # Doses belong to the plan, which knows age, level and zone.
    assert not re.search(r"\b(\d+ sets?|reps?|times a day|\d+ ?x ?\d+|seconds)\b", article.answer)


@pytest.mark.parametrize(
    ("id_", "must"),
    [
        ("rest", "settle while it stays loaded"),
        ("causes", "None of them is proven"),
        ("exercises", "No single type"),
        ("massage", "comfort for a short while"),
        ("stretch", "meets the heel bone"),
        ("heel_drops", "stay at floor level"),
        ("gait", "Don't switch to landing on your forefoot"),
        ("duration", "at least 12 weeks"),
        ("warning_signs", "911"),
    ],
)
def test_where_the_source_article_and_the_guidelines_part_the_guidelines_are_said(id_, must):
    assert must in default_articles()[id_].answer
