"""The chat's own questions: put before the protocol's next one, and answered by tap or in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_project.dialogue.changes import Change, together
from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.said import Doubt, is_certain
from rasa_project.dialogue.state import ANSWER, DOUBT, MEANING, WHICH, Pending
from rasa_project.dialogue.wording import label_of, texts, value_words
from rasa_project.language.answers import bare_number, named_in_part, read_answer
from rasa_project.language.mentions import Mention
from rasa_project.triage.facts import NO, UNSURE, YES
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import Option, Question

OLD, NEW, NO_CHANGE = "old", "new", "none"


def about_doubt(protocol: Protocol, doubt: Doubt) -> Pending:
    """Whether a red flag that was mentioned in doubt is so."""
    label = label_of(protocol, doubt.fact, doubt.value)
    if protocol.specs[doubt.fact].kind == "tri":
        label = texts()["tri_facts"].get(f"{doubt.fact}.{doubt.value}", label)
    return Pending(
        kind=DOUBT,
        home=_home(protocol, doubt.fact),
        text=texts()["confirm"].format(fact=label),
        options=((YES, "Yes"), (NO, "No"), (UNSURE, "I'm not sure")),
        fact=doubt.fact,
        value=doubt.value,
        quote=doubt.quote,
    )


def about_changes(
    protocol: Protocol, changes: Sequence[Change], quote: str, taking_back: bool
) -> Pending:
    """Which of two readings is right. The earlier one comes first."""
    old = ", ".join(value_words(protocol, c.fact, c.item, c.old) for c in changes)
    new = ", ".join(value_words(protocol, c.fact, c.item, c.new) for c in changes)
    values = (OLD, NEW)
    if len(changes) == 1 and protocol.specs[changes[0].fact].kind == "choice":
        values = (changes[0].old, changes[0].new)
    return Pending(
        kind=WHICH,
        home=_home(protocol, changes[0].fact),
        text=texts()["take_back" if taking_back else "which"].format(old=old, new=new),
        options=((values[0], _capital(old)), (values[1], _capital(new))),
        updates=together(changes),
        value=NEW if taking_back else "",
        quote=quote,
    )


def about_answers(questions: Sequence[Question], home: str) -> Pending:
    """Which earlier answer to change; the last answered comes first."""
    names = texts()["screen_names"]
    return Pending(
        kind=ANSWER,
        home=home,
        text=texts()["change_which"],
        options=(
            *((question.name, names[question.name]) for question in questions),
            (NO_CHANGE, texts()["no_change"]),
        ),
    )


def about_meaning(readings: Sequence[tuple[str, str]], home: str) -> Pending:
    """What an unclear message meant: intents, or options of the open question."""
    options = (*readings, ("none", texts()["none_of_these"]))
    listed = " ".join(f"{i}. {label}" for i, (_, label) in enumerate(options, start=1))
    return Pending(
        kind=MEANING,
        home=home,
        text=texts()["did_you_mean"].format(options=listed),
        options=options,
    )


def as_question(protocol: Protocol, pending: Pending) -> Question:
    """The question as a screen shows it, on the protocol's screen that it belongs to."""
    why = {
        DOUBT: "confirm_why",
        WHICH: "take_back_why" if pending.value == NEW else "which_why",
        ANSWER: "change_which_why",
        MEANING: "which_why",
    }
    return replace(
        next(q for q in protocol.questions if q.name == pending.home),
        kind="single",
        text=pending.text,
        again=pending.text,
        why=texts()[why[pending.kind]],
        accepts_number=False,
        options=tuple(Option(value, label, {}, {}) for value, label in pending.options),
    )


def chosen(protocol: Protocol, pending: Pending, message: Message) -> str | None:
    """The option that a reply chooses; None when it chooses none."""
    offered = [value for value, _ in pending.options]
    if message.choice is not None:
        return next((value for value in message.choice if value in offered), None)
    if message.number is not None:
        return None
    if pending.kind == WHICH:
        said = _in_words(pending, message)
        if said is not None:
            return said
    if pending.kind == DOUBT:
        for mention in filter(is_certain, message.mentions):
            if mention.fact == pending.fact and mention.value == "none":
                return NO
            if (mention.fact, mention.value) == (pending.fact, pending.value):
                return YES if mention.assertion == "present" else NO
    if pending.kind == ANSWER and any(
        cues().only(message.text, group) for group in ("none_of_these", "go_on", "keep")
    ):
        return NO_CHANGE
    if pending.kind == MEANING and cues().only(message.text, "none_of_these"):
        return "none"
    # Read as a plain choice: on their own screens "2" is days, minutes or a pain score.
    question = replace(as_question(protocol, pending), screen="")
    if pending.kind == MEANING and offered[0].startswith("number:"):
        unit = named_in_part(message.text, question)  # "weeks"; the number again says no more
        if len(unit) == 1 or bare_number(message.text) is not None:
            return unit[0] if len(unit) == 1 else None
    reading = read_answer(message.text, question, message.mentions)
    if reading.kind == "values":
        return reading.values[0]
    if pending.kind == MEANING:
        # "Yes" to several readings picks none, and must not answer the question behind them.
        plain = replace(question, options=(Option(YES, "Yes", {}, {}), Option(NO, "No", {}, {})))
        return "none" if read_answer(message.text, plain, ()).values == (YES,) else None
    if reading.kind in ("none", "unsure") and pending.kind == DOUBT:
        return NO if reading.kind == "none" else UNSURE
    if pending.kind == ANSWER:
        return next((name for name in cues().named_question(message.text) if name in offered), None)
    return None


def _in_words(pending: Pending, message: Message) -> str | None:
    """ "Keep it", "the new one", or the value said once more."""
    (old, _), (new, _) = pending.options[:2]
    if cues().only(message.text, "keep"):
        return old
    if cues().only(message.text, "change"):
        return new
    for mention in message.mentions:
        if mention.fact not in pending.updates or not is_certain(mention):
            continue
        value = pending.updates[mention.fact]
        wanted: Any = value.get(mention.value) if isinstance(value, dict) else value
        present = mention.assertion == "present"
        if isinstance(value, dict) and mention.value == "none":
            return old if YES in value.values() else new
        if isinstance(value, dict):
            if wanted is not None:
                return new if present == (wanted == YES) else old
        elif mention.value in (YES, NO):
            return new if present == (wanted == mention.value) else old
        elif present:
            return new if mention.value == wanted else old if mention.value == old else None
    return None


def beside(pending: Pending, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are about something else than the question."""
    if pending.kind == DOUBT:
        return [m for m in mentions if (m.fact, m.value) != (pending.fact, pending.value)]
    left = []
    for mention in mentions:
        asked = pending.updates.get(mention.fact)
        if asked is None or (isinstance(asked, dict) and mention.value not in asked):
            left.append(mention)
    return left


def doubt_settled(protocol: Protocol, pending: Pending, value: str) -> dict[str, Any]:
    """The facts that an answer to a doubt states."""
    spec = protocol.specs[pending.fact]
    if spec.kind == "list":
        return {pending.fact: {pending.value: value}}
    if spec.kind == "tri":
        opposite = {YES: NO, NO: YES}
        return {pending.fact: {YES: pending.value, NO: opposite[pending.value]}.get(value, value)}
    if value != NO:
        return {pending.fact: pending.value if value == YES else UNSURE}
    return {pending.fact: spec.absent_is} if spec.absent_is else {}


def _home(protocol: Protocol, fact: str) -> str:
    return next(q.name for q in protocol.questions if fact in q.sets)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
