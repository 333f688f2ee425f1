"""The simulated person: answers every screen with what the case's facts imply, truthfully."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import Option, Question

NONE, SKIP = "none", "skip"
WHICH = "which"
"""Kind of the chat's own question about two readings that contradict each other."""


class Stuck(RuntimeError):
    """The chat asks something that the simulated person cannot make sense of."""


@dataclass(frozen=True)
class Reply:
    """An answer: option values, a number, or words."""

    choice: tuple[str, ...] | None = None
    number: float | None = None
    text: str | None = None


class Visitor:
    """Answers screens from a case's facts.

    Args:
        protocol: For the screens' options and what each one means.
        facts: Every answer of a full interview.
    """

    def __init__(self, protocol: Protocol, facts: Facts) -> None:
        self._protocol = protocol
        self._facts = facts

    def question(self, screen: Mapping[str, Any]) -> Question | None:
        """The protocol's question that a screen event shows; None for one of the chat's own."""
        offered = [option["value"] for option in screen["options"]]
        for question in self._protocol.questions:
            if (
                question.screen == screen["screen"]
                and offered == [option.value for option in question.options]
                and (question.text in screen["text"] or question.again in screen["text"])
            ):
                return question
        return None

    def tap(self, question: Question) -> Reply:
        """What the person taps (a free-text screen: types) on a question of the protocol."""
        facts = self._facts
        first = facts.get(question.sets[0])
        if question.name == "weekly_distance":
            return self._weekly_distance()
        if question.clinic:
            return Reply(text=str(first))
        if question.accepts_number and first != UNSURE:
            return Reply(number=first)
        if question.kind == "map":
            return Reply(choice=self._places())
        if question.kind == "multi":
            return Reply(choice=self._ticked(question))
        extras = [o.value for o in question.options if o.extra and self._holds(o)]
        return Reply(choice=(self._best(question), *extras))

    def type_label(self, question: Question) -> Reply:
        """The same answer, with the options' labels typed instead of tapped."""
        reply = self.tap(question)
        if reply.text is not None:
            return reply
        if reply.number is not None:
            # The duration screen is the one without a unit; it says itself how to type an answer.
            return Reply(text=f"{reply.number:g} {question.unit or 'days ago'}")
        labels = [option.label for option in question.options if option.value in reply.choice]
        return Reply(text=", ".join(labels))

    def settle(self, pending: Mapping[str, Any], screen: Mapping[str, Any]) -> Reply:
        """The truthful answer to one of the chat's own questions.

        Args:
            pending: The question as the chat remembers it.
            screen: Its screen event.

        Raises:
            Stuck: It is about neither a doubtful mention nor two readings.
        """
        offered = [option["value"] for option in screen["options"]]
        if pending["fact"]:
            return Reply(choice=(self._truth(pending["fact"], pending["value"]),))
        if pending["kind"] == WHICH:
            new = all(self._agrees(name, value) for name, value in pending["updates"].items())
            return Reply(choice=(offered[1] if new else offered[0],))
        raise Stuck(f"a question of kind {pending['kind']}: {screen['text']}")

    def _truth(self, fact: str, value: str) -> str:
        known = self._facts.get(fact, NO)
        if isinstance(known, dict):
            return str(known.get(value, NO))
        if known == UNSURE and value != UNSURE:
            return UNSURE
        return YES if known == value else NO

    def _agrees(self, name: str, value: Any) -> bool:
        known = self._facts.get(name)
        if isinstance(value, dict) and isinstance(known, dict):
            return all(known.get(item, NO) == answer for item, answer in value.items())
        return bool(known == value)

    def _holds(self, option: Option) -> bool:
        return bool(option.means) and all(self._means(n, v) for n, v in option.means.items())

    def _means(self, name: str, value: Any) -> bool:
        known = self._facts.get(name)
        if isinstance(known, dict):
            items = value if isinstance(value, list) else [value]
            return all(known.get(item) == YES for item in items)
        return bool(known == value or (isinstance(value, bool) and known in (value, YES)))

    def _best(self, question: Question) -> str:
        """The one option that fits; "not sure" where the fact is; else the one nearest to it."""
        options = [option for option in question.options if not option.extra]
        fitting = [option for option in options if self._holds(option)]
        if fitting:
            return fitting[0].value
        if self._facts.get(question.sets[0]) == UNSURE and question.option(UNSURE):
            return UNSURE
        meant = [option for option in options if option.means]
        return min(meant, key=self._misfits).value

    def _misfits(self, option: Option) -> int:
        return sum(not self._means(name, value) for name, value in option.means.items())

    def _ticked(self, question: Question) -> tuple[str, ...]:
        ticked = [option.value for option in question.options if self._holds(option)]
        if question.option(UNSURE) and any(self._unsure_of(name) for name in question.sets):
            ticked.append(UNSURE)
        return tuple(ticked) or (NONE,)

    def _unsure_of(self, name: str) -> bool:
        known = self._facts.get(name)
        return UNSURE in known.values() if isinstance(known, dict) else known == UNSURE

    def _places(self) -> tuple[str, ...]:
        main = self._facts["zone_main"]
        others = [z for z, answer in self._facts["zones"].items() if answer == YES and z != main]
        return (main, *others, self._facts["side"])

    def _weekly_distance(self) -> Reply:
        before = self._facts.get("weekly_km_before")
        if before is None:
            return Reply(choice=(SKIP,))
        return Reply(text=f"from {before:g} to {self._facts['weekly_km_now']:g} km")
