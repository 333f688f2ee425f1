"""From one message to facts: what was said, what was chosen, and what is in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_project.clinics.places import AMBIGUOUS, TOO_WIDE, find_place
from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.said import (
    Doubt,
    choices_denied,
    facts_said,
    find_doubt,
    is_certain,
    merge_into,
)
from rasa_project.language.answers import VALUES, Reading, left_over, read_answer
from rasa_project.language.mentions import PRESENT, Mention
from rasa_project.triage.engine import asked_facts
from rasa_project.triage.facts import UNSURE, YES, FactError, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import (
    Answered,
    Option,
    Question,
    answer_choice,
    answer_number,
    unsure_about,
)

SURE = 0.5
"""Confidence from which the classifier is believed beside what else was heard or read."""


@dataclass(frozen=True)
class Message:
    """One message of the visitor.

    Attributes:
        text: The words typed, or the labels chosen.
        mentions: Facts heard in typed words.
        choice: Option values chosen on the open screen; None for typed words.
        number: A number given on the open screen.
        intent: What the message is for, facts in it considered.
        classified: The classifier's own intent.
        confidence: Of the classifier's intent, 0 to 1.
        ranking: The classifier's intents, the best first.
        foreign: Code of another language that the message is written in.
        clinic: The page's clinic, when the chat starts.
        near: The postal area of the browser's position, in words, when the page sent it along.
        resume: What a code for the two-week check stands for, when one was given.
    """

    text: str
    mentions: Sequence[Mention] = ()
    choice: Sequence[str] | None = None
    number: float | None = None
    intent: str = ""
    classified: str = ""
    confidence: float = 0.0
    ranking: Sequence[tuple[str, float]] = ()
    foreign: str | None = None
    clinic: str | None = None
    near: str | None = None
    resume: Mapping[str, Any] | None = None

    @property
    def is_tapped(self) -> bool:
        """Whether it is an answer given with a screen's own controls."""
        return self.choice is not None or self.number is not None

    @property
    def surely_asks(self) -> bool:
        """Whether it asks something: the classifier is sure, and so its words have it."""
        asks = self.classified.startswith("ask_") and self.confidence >= SURE
        return asks and cues().asks(self.text)


@dataclass
class Heard:
    """What a message came to.

    Attributes:
        updates: Facts to merge.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        answered: Whether the message answered the open question, in whole or in part.
        unsure: Whether the visitor is not sure, for the first time: ask in other words.
        doubt: A red flag to confirm before anything else.
        denied: Values of choice facts that were denied without another in their place.
        vague: Whether a place was named that is too wide, or one of several, to be an area.
    """

    updates: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    answered: bool = False
    unsure: bool = False
    doubt: Doubt | None = None
    denied: dict[str, str] = field(default_factory=dict)
    vague: bool = False

    @property
    def understood(self) -> bool:
        """Whether the message told the triage anything."""
        told = self.updates or self.doubt or self.vague
        return bool(self.answered or self.unsure or told)


def read_message(
    protocol: Protocol, facts: Facts, question: Question | None, again: bool, message: Message
) -> Heard:
    """Reads a message against what is known and what is being asked.

    Args:
        protocol: The protocol in force.
        facts: What is known so far.
        question: The open question, if any.
        again: Whether it was already asked in other words.
        message: The message.
    """
    heard = Heard()
    asked = asked_facts(protocol, facts)
    if message.is_tapped:
        if question is None:
            return heard
        if message.number is not None:
            answered = answer_number(question, message.number)
        else:
            answered = answer_choice(
                question, message.choice or (), facts, protocol.specs, asked, again
            )
        heard.updates, heard.unsure = dict(answered.updates), answered.unsure
        heard.answered = True
        heard.quotes = _quotes(question, message, heard.updates)
        return heard
    if question is not None:
        message = _without_likenesses(question, message)
    said = facts_said(protocol, message.mentions, heard.quotes)
    heard.vague = "area" in said and find_place(said["area"]).kind in (TOO_WIDE, AMBIGUOUS)
    if heard.vague:
        del said["area"]
    heard.denied = choices_denied(protocol, message.mentions, said)
    if question is not None:
        _read_reply(protocol, facts, question, again, message, said, heard, asked)
    for name, value in said.items():
        merge_into(heard.updates, name, value)
    heard.answered = heard.answered or bool(question and set(question.sets) & set(said))
    if question is not None and heard.answered and not heard.unsure:
        _rest_of_a_choice(facts, question, message, heard)
    heard.doubt = find_doubt(protocol, facts.with_(heard.updates), message.mentions)
    return heard


def _read_reply(
    protocol: Protocol,
    facts: Facts,
    question: Question,
    again: bool,
    message: Message,
    said: Mapping[str, Any],
    heard: Heard,
    asked: frozenset[str],
) -> None:
    """A typed reply to the open question: an option in words, a number, none, or not sure."""
    reading = read_answer(message.text, question, message.mentions)
    if reading.kind == "number" and message.surely_asks and not message.text[:1].isdigit():
        return  # "can I come after 7?" is no number of minutes
    try:
        answered = _answered(protocol, facts, question, again, reading, asked, said)
    except FactError:
        answered = None
    if answered is None and (option := _told_option(facts, question, message)) is not None:
        answered = answer_choice(question, [option.value], facts, protocol.specs, asked, again)
    if answered is None:
        return
    heard.answered = True
    heard.unsure = answered.unsure
    heard.updates.update(answered.updates)
    for name, value in answered.updates.items():
        heard.quotes.setdefault(name, message.text)
        if isinstance(value, dict):
            for item, state in value.items():
                if state == YES:
                    heard.quotes.setdefault(f"{name}.{item}", message.text)


def _answered(
    protocol: Protocol,
    facts: Facts,
    question: Question,
    again: bool,
    reading: Reading,
    asked: frozenset[str],
    said: Mapping[str, Any],
) -> Answered | None:
    specs = protocol.specs
    if reading.kind == "values" and not reading.complete:
        return answer_in_part(protocol, question, reading.values)
    if reading.kind == "values":
        return answer_choice(question, reading.values, facts, specs, asked, again)
    if reading.kind == "number" and reading.number is not None and question.accepts_number:
        return answer_number(question, reading.number)
    if reading.kind == "none" and question.option("none"):
        return answer_choice(question, ("none",), facts, specs, asked, again)
    if reading.kind == "unsure":
        option = question.option(UNSURE)
        if option is not None and option.means:
            return answer_choice(question, (UNSURE,), facts, specs, asked, again)
        if again:
            return unsure_about(question, facts.with_(said), specs, asked)
        return Answered({}, unsure=True)
    return None


_LIKENESS = {"age_band": "duration_days", "next_day_worse": "trend"}
"""What an answer to a question about the one looks like but is not: "11 yrs" is no length of time
there, and "a bit worse" is not how it goes from week to week."""


def _without_likenesses(question: Question, message: Message) -> Message:
    """The message without what its answer only looks like."""
    unlike = {_LIKENESS[name] for name in question.sets if name in _LIKENESS}
    if not unlike or read_answer(message.text, question, message.mentions).kind != VALUES:
        return message
    return replace(message, mentions=[m for m in message.mentions if m.fact not in unlike])


def _told_option(facts: Facts, question: Question, message: Message) -> Option | None:
    """The option of a single choice that was said in other words than its label."""
    told = [m for m in message.mentions if m.fact in question.sets]
    if not told or not all(is_certain(m) and m.assertion == PRESENT for m in told):
        return None
    said = {m.fact: m.value for m in told}
    for option in question.options:
        fits = all(facts.get(n) in (None, UNSURE, v) for n, v in option.means.items())
        if option.told_by and option.told_by == said and fits:
            return option
    return None


def _rest_of_a_choice(facts: Facts, question: Question, message: Message, heard: Heard) -> None:
    """A choice in words with nothing else beside it leaves its tick boxes unticked."""
    chosen = {name for o in question.options if not o.extra for name in o.means}
    if not question.unless_ticked or not chosen <= set(heard.updates):
        return
    if left_over(message.text, question, message.mentions):
        return  # a tick box may be in the words that were not understood
    for name, value in question.unless_ticked.items():
        if facts.get(name) in (None, UNSURE):
            heard.updates.setdefault(name, value)


def answer_in_part(protocol: Protocol, question: Question, values: Sequence[str]) -> Answered:
    """What the named options state, and nothing about the others."""
    updates: dict[str, Any] = {}
    for value in values:
        option = question.option(value)
        for name, meant in (option.means if option is not None else {}).items():
            listed = protocol.specs[name].kind == "list"
            merge_into(updates, name, {str(meant): YES} if listed else meant)
    return Answered(updates)


def _quotes(question: Question, message: Message, updates: Mapping[str, Any]) -> dict[str, str]:
    """For a tapped answer the words are the labels of the options."""
    quotes: dict[str, str] = {}
    for value in message.choice or ():
        option = question.option(value)
        if option is None:
            continue
        for name, meant in {**option.means, **option.means_if_asked}.items():
            quotes.setdefault(name, option.label)
            if isinstance(meant, str):
                quotes.setdefault(f"{name}.{meant}", option.label)
    for name in updates:
        quotes.setdefault(name, message.text)
    return quotes
