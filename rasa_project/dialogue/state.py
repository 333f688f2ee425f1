"""What a conversation remembers between two messages."""

from dataclasses import dataclass, field, replace
from typing import Any

from rasa_project.triage.facts import Facts

DOUBT, WHICH, ANSWER, MEANING = "doubt", "which", "answer", "meaning"
"""What a question of the chat's own is about: a red flag mentioned in doubt; two readings that
contradict each other; which earlier answer to change; what an unclear message meant."""


@dataclass(frozen=True)
class Pending:
    """A question of the chat's own, put to the visitor before the protocol's next one.

    Attributes:
        kind: DOUBT, WHICH, ANSWER or MEANING.
        home: Name of the protocol's question that it belongs to.
        text: What is asked.
        options: Value and label of each answer.
        updates: WHICH: the facts of the new reading.
        fact: DOUBT: the fact in doubt.
        value: DOUBT: its value or list item.
        quote: The words that led to the question.
        tries: Replies that settled nothing.
    """

    kind: str
    home: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    updates: dict[str, Any] = field(default_factory=dict)
    fact: str = ""
    value: str = ""
    quote: str = ""
    tries: int = 0

    @classmethod
    def from_slot(cls, raw: dict[str, Any]) -> "Pending":
        """Reads what JSON made of it."""
        options = tuple((value, label) for value, label in raw["options"])
        return cls(**{**raw, "options": options})

    def tried(self) -> "Pending":
        """The same after one more reply that settled nothing."""
        return replace(self, tries=self.tries + 1)


@dataclass
class State:
    """A conversation's memory; every field but ``facts`` is a slot of its name.

    Attributes:
        facts: What is known.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        clinic: The page's own clinic.
        open_question: Name of the protocol's question that is open.
        asked_again: Questions that were already asked in other words.
        skipped: Mandatory questions that the visitor once wished to skip.
        answered: Questions in the order in which they were answered.
        reopened: Name of an answered question that is open again.
        settled: Facts the visitor took back before they were asked again: no need to confirm.
        pending: A question of the chat's own, if one is open.
        corrections: What was changed: fact, old, new, both quotes, and what became of it.
        misses: Messages in a row that were not understood.
        stopped: Whether the visitor asked for no more questions.
        ended: Why the questions stopped for good.
        outcome_given: Level and rules of the outcome last given.
        check: In a two-week check, what to compare with: ``then`` (first answers), ``on`` and
            ``review_on`` (ISO dates), ``onset`` and ``duration_days`` should nothing new have
            happened.
    """

    facts: Facts
    quotes: dict[str, str] = field(default_factory=dict)
    clinic: str | None = None
    open_question: str | None = None
    asked_again: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    reopened: str | None = None
    settled: list[str] = field(default_factory=list)
    pending: Pending | None = None
    corrections: list[dict[str, Any]] = field(default_factory=list)
    misses: int = 0
    stopped: bool = False
    ended: str | None = None
    outcome_given: dict[str, Any] | None = None
    check: dict[str, Any] | None = None
