"""Questions of the visitor's are answered from the articles and from what is known of the clinics."""

import dataclasses
from datetime import time

import pytest

from rasa_project.advice.articles import default_articles
from rasa_project.clinics.directory import Directory, default_directory
from rasa_project.clinics.hours import OpeningHours
from rasa_project.dialogue import answering
from rasa_project.dialogue.answering import answer, article_of

ARTICLES = default_articles()


def test_only_questions_have_an_article():
    assert article_of("ask_running") is ARTICLES["running"]
    for intent in ("ask_meaning", "ask_repeat", "privacy", "running", "ask_nothing"):
        assert article_of(intent) is None


@pytest.mark.parametrize("id_", list(ARTICLES))
def test_every_answer_is_filled_in(id_):
    said = answer(ARTICLES[id_], None)["text"]
    assert said and "{" not in said


def test_the_places_come_from_the_directory():
    said = answer(ARTICLES["locations"], None)["text"]
    for clinic in default_directory():
        assert clinic.name in said
    assert "Markham is coming soon" in said


def test_what_is_known_is_said_and_nothing_is_made_up(monkeypatch):
    assert "don't have the opening hours" in answer(ARTICLES["hours"], "mimico")["text"]
    hours = OpeningHours(week=(((time(8), time(17)),),) * 7)
    known = [dataclasses.replace(c, hours=hours, status="open") for c in default_directory()]
    monkeypatch.setattr(answering, "default_directory", lambda: Directory(tuple(known)))
    assert answer(ARTICLES["hours"], "mimico")["text"] == f"Mimico: {hours.text()}"
    assert "coming soon" not in answer(ARTICLES["markham"], None)["text"]
    assert "coming soon" not in answer(ARTICLES["locations"], None)["text"]
