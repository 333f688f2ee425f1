"""Asks the questions of ``bench/language/questions.yml`` in the middle of real conversations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from rasa_project.advice.articles import default_articles
from rasa_project.dialogue.answering import answer
from rasa_project.dialogue.wording import texts
from rasa_project.settings import ROOT
from tests.running import TAPS, Chat

QUESTIONS = ROOT / "bench" / "language" / "questions.yml"
ASKED_BACK = {texts()["confirm_why"], texts()["which_why"], texts()["take_back_why"]}
"""Why the chat asks a question of its own: a red flag in doubt, two readings."""

PLACE_NAMED = {
    "locations": ("The nearest open clinic is our",),
    "markham": ("Our Markham clinic is coming soon. It is not open yet and can't be booked.",),
}
"""What is said instead where the question names a place."""

FIRST, LAST = "consent", "area"
"""Screens at which nothing is asked: the form has hardly begun, or is at its end."""


@dataclass(frozen=True)
class Asked:
    """One question that was asked.

    Attributes:
        id: Of the article, or the intent ``privacy``.
        words: As typed.
        screen: The question that was open.
        right: Whether the right answer was given.
        detour: Whether another question than before came next: one back about what was told, or
            the form's next one where the open question was answered in passing.
        goes_on: Whether a question of the form is open afterwards, past a question back.
        said: What the chat said.
    """

    id: str
    words: str
    screen: str
    right: bool
    detour: bool
    goes_on: bool
    said: str


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether an event asks what an earlier one asked."""
    keys = ("type", "screen", "options")
    return [after.get(key) for key in keys] == [before.get(key) for key in keys]


def expected(id_: str) -> list[str]:
    """The words of which some must be in the answer."""
    if id_ in default_articles():
        said = answer(default_articles()[id_], None)
        assert isinstance(said, dict)
        return [said["text"], *PLACE_NAMED.get(id_, ())]
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [domain["responses"][f"utter_{id_}"][0]["text"].strip()]


def wordings() -> Iterator[tuple[str, str]]:
    """Id and words; the four wordings of a question are far apart, so that they meet other screens."""
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    for nth in range(4):
        for id_, words in questions.items():
            yield id_, words[nth]


def ask_all(new_chat: Callable[[], Chat]) -> list[Asked]:
    """Asks every question once, each at another screen, tapping the answers in between."""
    visitor, asked = None, []
    for id_, words in wordings():
        if visitor is None or visitor.screen not in TAPS or visitor.screen == LAST:
            visitor = new_chat()
            visitor.answer({FIRST: TAPS[FIRST]})
        before = visitor.screen_event
        assert before is not None
        visitor.say(words)
        said = visitor.text
        detour = not _same(before, visitor.turn[-1])
        if visitor.turn[-1].get("why") in ASKED_BACK:
            # "No" to a red flag in doubt; the earlier of two readings.
            options = [option["value"] for option in visitor.turn[-1]["options"]]
            visitor.pick("no" if "no" in options else options[0])
        goes_on = visitor.turn[-1]["type"] == "screen"
        right = any(answer in said for answer in expected(id_))
        asked.append(Asked(id_, words, before["screen"], right, detour, goes_on, said))
        if goes_on:
            visitor.answer_one(TAPS)
        else:
            visitor = None
    return asked
