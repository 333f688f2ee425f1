"""A data file that breaks the rules is refused, and the error names the place."""

import shutil

import pytest

from rasa_project.errors import DataError
from rasa_project.language.context import context_rules
from rasa_project.language.lexicon import Lexicon
from rasa_project.settings import DATA


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(DATA / "language", tmp_path / "language")
    return tmp_path / "language"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nonsense.yes: {present: [a]}", "no such fact"),
        ("swelling.knee: {present: [a]}", "has no value"),
        ("sport.golf: {presnt: [golf]}", "unknown key"),
        ("sport.golf: {}", "has no phrase"),
        ('sport.golf: {present: ["(golf"]}', "never closed"),
        ('sport.golf: {present: ["{nolist}"]}', "no word list"),
        ('sport.golf: {present: ["[golf]"]}', "can be empty"),
        ("sport.golf: {present: [golf], needs: [nocue]}", "unknown cue"),
        ("sport.golf: {present: [a]}\nsport.golf: {present: [b]}", "there twice"),
    ],
)
def test_a_faulty_lexicon_is_refused(folder, text, named):
    (folder / "lexicon" / "zz.yml").write_text(text)
    with pytest.raises(DataError, match=named):
        Lexicon.load(folder)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- {category: NEGATTED, direction: FORWARD, phrases: [a]}", "category"),
        ("- {category: NEGATED, direction: UP, phrases: [a]}", "direction"),
        ("- {category: NEGATED, direction: FORWARD, phrases: [a], colour: b}", "unknown key"),
        ("- {category: NEGATED, direction: FORWARD, phrases: [a], only: [nofact]}", "has no"),
        (
            "- {category: PAST, direction: FORWARD, phrases: [a]}\n"
            "- {category: PAST, direction: BACKWARD, phrases: [a]}",
            "already in group 1",
        ),
    ],
)
def test_faulty_context_rules_are_refused(folder, text, named):
    (folder / "context.yml").write_text(text)
    with pytest.raises(DataError, match=named):
        context_rules(Lexicon.load(folder))
