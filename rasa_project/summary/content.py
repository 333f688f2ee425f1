"""Gathers what a summary shows: each answer under its state, and the events of the outcome."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rasa_project.clinics.postal import cut_codes

PRESENT, ABSENT, NOT_SURE, NOT_ASKED = "present", "absent", "unsure", "not_asked"
Labels = Callable[[str, str | None], str]
"""Plain words for a fact (``None``), or for an item or value of it."""

_STATES: Mapping[Any, str] = {
    "yes": PRESENT, "no": ABSENT, "unsure": NOT_SURE, True: PRESENT, False: ABSENT,
}  # fmt: skip


class NoCheckDate(LookupError):
    """The outcome has no day for a check: there is nothing to put into a calendar."""


@dataclass(frozen=True)
class Answer:
    """One line of the summary.

    Attributes:
        fact: The protocol's name of the fact.
        item: The item of a list fact, else None.
        fact_label: Plain words for the fact.
        label: Plain words for the item, or for the fact itself.
        value: Plain words for a choice, or a number as text; empty where the state says it all.
        raw: The value as given; None when not asked.
        state: ``present``, ``absent``, ``unsure`` or ``not_asked``.
        quote: The visitor's own words; empty when there are none.
    """

    fact: str
    item: str | None
    fact_label: str
    label: str
    value: str
    raw: Any
    state: str
    quote: str

    @property
    def words(self) -> str:
        """Label and value in one."""
        return f"{self.label}: {self.value}" if self.value else self.label


@dataclass(frozen=True)
class Resume:
    """How the visitor comes back for the two-week check.

    Attributes:
        code: As the visitor types it.
        until: The last day on which it works.
    """

    code: str
    until: date


@dataclass(frozen=True)
class Summary:
    """All that the renderers need.

    Attributes:
        reference: The short code to quote.
        created_at: When the summary was made; aware of its time zone.
        answers: In the protocol's order.
        outcome: The ``outcome`` event, or None when the chat did not get that far.
        plan: The ``plan`` event or None.
        clinic: The ``clinic`` event or None.
        protocol: Version and sign-off of the rules the outcome came from, or, without an outcome,
            of those in force.
        irritability: ``LOW``, ``MODERATE`` or ``HIGH``, None while it is not graded.
        resume: The code for the two-week check, where there is one.
    """

    reference: str
    created_at: datetime
    answers: tuple[Answer, ...]
    outcome: Mapping[str, Any] | None
    plan: Mapping[str, Any] | None
    clinic: Mapping[str, Any] | None
    protocol: Mapping[str, Any]
    irritability: str | None = None
    resume: Resume | None = None

    @property
    def check_on(self) -> date | None:
        """The day of the two-week check; None when the outcome has none."""
        day = (self.plan or {}).get("review_on")
        return date.fromisoformat(day) if day else None

    def in_state(self, state: str) -> tuple[Answer, ...]:
        """The answers in that state."""
        return tuple(answer for answer in self.answers if answer.state == state)


def make_summary(
    facts: Mapping[str, Any],
    quotes: Mapping[str, str],
    outcome: Mapping[str, Any] | None,
    plan: Mapping[str, Any] | None,
    clinic: Mapping[str, Any] | None,
    reference: str,
    created_at: datetime,
    labels: Labels,
    protocol_facts: Mapping[str, Sequence[str]],
    protocol: Mapping[str, Any],
    irritability: str | None = None,
    resume: Resume | None = None,
) -> Summary:
    """Makes a summary.

    Args:
        facts: What is known: name to value; a list fact is item to ``yes``, ``no`` or ``unsure``.
            A fact that is not in it was not asked.
        quotes: ``fact`` or ``fact.item`` to the visitor's own words.
        outcome: The ``outcome`` event of the chat contract.
        plan: The ``plan`` event.
        clinic: The ``clinic`` event.
        reference: The short code to quote.
        created_at: Now, aware of its time zone.
        labels: Plain words for facts and items.
        protocol_facts: Every fact in the order to show, with the items of list facts; an empty
            sequence for other facts, and for a list whose unnamed items do not count as open.
        protocol: ``version`` and ``signed`` of the rules in force.
        irritability: The engine's grade.
        resume: The code for the two-week check.

    Raises:
        ValueError: ``created_at`` has no time zone.
    """
    if created_at.tzinfo is None:
        raise ValueError("created_at has no time zone")
    answers: list[Answer] = []
    for fact in [*protocol_facts, *(name for name in facts if name not in protocol_facts)]:
        answers += _answers(fact, facts.get(fact), quotes, labels, protocol_facts.get(fact, ()))
    return Summary(
        reference=clean(reference),
        created_at=created_at,
        answers=tuple(answers),
        outcome=_cleaned(outcome),
        plan=_cleaned(plan),
        clinic=_cleaned(clinic),
        protocol=(outcome or {}).get("protocol") or protocol,
        irritability=irritability,
        resume=resume,
    )


def clean(text: str) -> str:
    """A text without control characters, and with postal codes cut to three characters."""
    kept = "".join(
        mark for mark in text if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cs")
    )
    return cut_codes(kept).strip()


def _cleaned(event: Any) -> Any:
    if isinstance(event, str):
        return clean(event)
    if isinstance(event, Mapping):
        return {key: _cleaned(value) for key, value in event.items()}
    return [_cleaned(value) for value in event] if isinstance(event, list | tuple) else event


def _answers(
    fact: str, value: Any, quotes: Mapping[str, str], labels: Labels, items: Sequence[str]
) -> list[Answer]:
    label = labels(fact, None)
    quote = clean(quotes.get(fact, ""))
    if isinstance(value, str):
        value = clean(value)
    if value is None or value == "":
        return [Answer(fact, None, label, label, "", None, NOT_ASKED, "")]
    if isinstance(value, Mapping):
        named = [*items, *(item for item in value if item not in items)]
        return [
            Answer(
                fact, item, label, labels(fact, item), "", value.get(item),
                _STATES.get(value.get(item), NOT_ASKED), clean(quotes.get(f"{fact}.{item}", "")),
            )
            for item in named
        ]  # fmt: skip
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [Answer(fact, None, label, label, f"{value:g}", value, PRESENT, quote)]
    if isinstance(value, bool):
        return [Answer(fact, None, label, label, "", value, _STATES[value], quote)]
    said = str(value)
    state = ABSENT if said == "none" else _STATES.get(said, PRESENT)
    words = labels(fact, said)
    if state != PRESENT or said == "yes":
        value_words = "" if words == label else words
        return [Answer(fact, None, label, label, value_words, said, state, quote)]
    # A text fact has no words of its own for what was typed.
    return [
        Answer(fact, None, label, label, said if words == label else words, said, PRESENT, quote)
    ]
