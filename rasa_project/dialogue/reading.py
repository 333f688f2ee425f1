"""From one message to facts: what was said, what was chosen, and what is in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_project.language.answers import Reading, read_answer
from rasa_project.language.mentions import Mention
from rasa_project.triage.engine import asked_facts, assess
from rasa_project.triage.facts import NO, UNSURE, YES, FactError, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import (
    Answered,
    Option,
    Question,
    answer_choice,
    answer_number,
    unsure_about,
)


@dataclass(frozen=True)
class Message:
    """One message of the visitor.

    Attributes:
        text: The words typed, or the labels chosen.
        mentions: Facts heard in typed words.
        choice: Option values chosen on the open screen; None for typed words.
        number: A number given on the open screen.
    """

    text: str
    mentions: Sequence[Mention] = ()
    choice: Sequence[str] | None = None
    number: float | None = None


@dataclass(frozen=True)
class Doubt:
    """A red flag that was mentioned in doubt and is put to the visitor in one question."""

    fact: str
    value: str
    tries: int = 0


@dataclass
class Heard:
    """What a message came to.

    Attributes:
        updates: Facts to merge.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        answered: Whether the message answered the open question, in whole or in part.
        unsure: Whether the visitor is not sure, for the first time: ask in other words.
        doubt: A red flag to confirm before anything else.
    """

    updates: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    answered: bool = False
    unsure: bool = False
    doubt: Doubt | None = None

    @property
    def understood(self) -> bool:
        """Whether the message told the triage anything."""
        return bool(self.answered or self.unsure or self.updates or self.doubt)


def doubt_question(protocol: Protocol, doubt: Doubt, text: str, why: str) -> Question:
    """The one question that settles a doubtful mention, on the screen that asks for the fact."""
    home = next(q for q in protocol.questions if doubt.fact in q.sets)
    return replace(
        home,
        kind="single",
        text=text,
        why=why,
        accepts_number=False,
        options=(
            Option(YES, "Yes", {}, {}),
            Option(NO, "No", {}, {}),
            Option(UNSURE, "I'm not sure", {}, {}),
        ),
    )


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
    if message.choice is not None or message.number is not None:
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
    said = _said(protocol, message.mentions, heard.quotes)
    if question is not None:
        _read_reply(protocol, facts, question, again, message, said, heard, asked)
    for name, value in said.items():
        _merge(heard.updates, name, value)
    heard.answered = heard.answered or bool(question and set(question.sets) & set(said))
    if not heard.answered:
        heard.updates = _never_lower(protocol, facts, heard.updates)
    heard.doubt = _doubt(protocol, facts.with_(heard.updates), message.mentions)
    return heard


def settle_doubt(protocol: Protocol, doubt: Doubt, message: Message) -> tuple[Heard, Doubt | None]:
    """Reads the reply to a confirming question.

    Returns:
        What was heard, and the doubt if it is still open. After two replies that settle nothing
        the finding counts as unsure: it is never silently dropped.
    """
    question = doubt_question(protocol, doubt, "", "")
    heard = Heard()
    value = message.choice[0] if message.choice else None
    if value is None:
        reading = read_answer(message.text, question, message.mentions)
        if reading.kind == "values":
            value = reading.values[0]
        elif reading.kind in ("none", "unsure"):
            value = NO if reading.kind == "none" else UNSURE
    if value is None:
        if doubt.tries < 1:
            return heard, replace(doubt, tries=doubt.tries + 1)
        value = UNSURE
    spec = protocol.specs[doubt.fact]
    heard.answered = True
    if spec.kind == "list":
        heard.updates = {doubt.fact: {doubt.value: value}}
    elif spec.kind == "tri":
        opposite = {YES: NO, NO: YES}
        heard.updates = {
            doubt.fact: {YES: doubt.value, NO: opposite[doubt.value]}.get(value, value)
        }
    elif value != NO:
        heard.updates = {doubt.fact: doubt.value if value == YES else UNSURE}
    elif spec.absent_is:
        heard.updates = {doubt.fact: spec.absent_is}
    heard.quotes = {f"{doubt.fact}.{doubt.value}": message.text, doubt.fact: message.text}
    return heard, None


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
    try:
        answered = _answered(protocol, facts, question, again, reading, asked, said)
    except FactError:
        answered = None
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


def _said(
    protocol: Protocol, mentions: Sequence[Mention], quotes: dict[str, str]
) -> dict[str, Any]:
    """Facts that were stated for certain, about the visitor, now."""
    said: dict[str, Any] = {}
    for mention in mentions:
        if mention.fact not in protocol.specs or not _certain(mention):
            continue
        stated = _stated(protocol, mention)
        if stated is None:
            continue
        spec = protocol.specs[mention.fact]
        if spec.kind == "choice" and mention.fact in said and mention.fact != "zone_main":
            said[mention.fact] = spec.graver(said[mention.fact], stated)
        else:
            _merge(said, mention.fact, stated)
        key = f"{mention.fact}.{mention.value}" if spec.kind == "list" else mention.fact
        quotes.setdefault(key, mention.text)
    if "zones" in said and "zone_main" not in said:
        named = [z for z, answer in said["zones"].items() if answer == YES]
        if named:
            said["zone_main"] = named[0]
    return said


def _certain(mention: Mention) -> bool:
    return (
        mention.experiencer == "self"
        and mention.temporality == "current"
        and mention.assertion in ("present", "absent")
    )


def _stated(protocol: Protocol, mention: Mention) -> Any:
    """The value of a certain mention in the form facts keep; None when it states nothing."""
    spec = protocol.specs[mention.fact]
    denied = mention.assertion == "absent"
    try:
        if spec.kind == "list":
            if mention.value == "none":
                return None if denied else spec.parse(["none"])
            spec.parse([mention.value])
            return {mention.value: NO if denied else YES}
        if spec.kind == "tri":
            flipped = {YES: NO, NO: YES}
            return flipped[str(mention.value)] if denied else spec.parse(mention.value)
        if denied:
            return spec.absent_is
        return spec.parse(mention.value)
    except (FactError, KeyError):
        return None


def _merge(updates: dict[str, Any], name: str, value: Any) -> None:
    if isinstance(value, dict) and isinstance(updates.get(name), dict):
        # Of "yes" and "no" about one item in the same message, "yes" is the safe reading.
        for item, answer in value.items():
            if updates[name].get(item) != YES:
                updates[name][item] = answer
    else:
        updates[name] = value


def _never_lower(protocol: Protocol, facts: Facts, updates: dict[str, Any]) -> dict[str, Any]:
    """A passing remark adds facts; it does not take back an answer that raised the level."""
    before = assess(protocol, facts).level
    after = assess(protocol, facts.with_(updates)).level
    if before is None or (after is not None and after >= before):
        return updates
    kept: dict[str, Any] = {}
    for name, value in updates.items():
        if isinstance(value, dict):
            known = facts.get(name, {})
            value = {item: answer for item, answer in value.items() if item not in known}
        elif name in facts:
            continue
        if value != {}:
            kept[name] = value
    return kept


def _doubt(protocol: Protocol, facts: Facts, mentions: Sequence[Mention]) -> Doubt | None:
    """The first doubtful mention that would raise the level to URGENT or EMERGENCY."""
    settled = {(m.fact, m.value) for m in mentions if _certain(m)}
    now = assess(protocol, facts)
    for mention in mentions:
        name, value = mention.fact, mention.value
        if name not in protocol.specs or _certain(mention) or (name, value) in settled:
            continue
        if mention.assertion == "absent" or not isinstance(value, str) or value == "none":
            continue
        known = facts.get(name)
        # What was answered "no" before is asked again: the doubt came after the answer.
        if known == value or (isinstance(known, dict) and known.get(value) == YES):
            continue
        stated = {value: YES} if protocol.specs[name].kind == "list" else value
        raised = assess(protocol, facts.with_({name: stated})).level
        if raised is not None and raised >= Level.URGENT and raised > (now.level or 0):
            return Doubt(name, value)
    return None


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
