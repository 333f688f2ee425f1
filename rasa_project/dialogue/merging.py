"""Merging what was said into what is known: nothing known is overwritten in silence.

A change that raises the level acts at once. One that takes back a red flag is put to the visitor,
even when it is said as a correction or tapped on a question that was opened again. Other changes
are made when they are said as corrections, and otherwise put to the visitor. After an emergency
outcome nothing lowers it: only "start again" does.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rasa_project.dialogue.changes import Change, raises, split, takes_back, together
from rasa_project.dialogue.judging import is_emergency
from rasa_project.dialogue.own_questions import about_changes
from rasa_project.dialogue.state import DOUBT, Pending, State
from rasa_project.dialogue.wording import Event, notice, texts, value_words
from rasa_project.triage.facts import NO, UNSURE, YES
from rasa_project.triage.protocol import Protocol

APPLIED, KEPT, ASKED = "applied", "kept", "asked"
"""What became of a change: made; not made; put to the visitor."""


class Merging:
    """Merges one message.

    Args:
        protocol: The protocol in force.
        state: The conversation's memory; changed in place.
        text: The visitor's words, for the record.
        says: What is said this turn; notices are added.
    """

    def __init__(
        self, protocol: Protocol, state: State, text: str, says: list[str | Event]
    ) -> None:
        self._protocol = protocol
        self._state = state
        self._text = text
        self._says = says

    def merge(
        self,
        updates: Mapping[str, Any],
        quotes: Mapping[str, str],
        correcting: bool,
        own: Collection[str] = (),
    ) -> None:
        """Merges facts.

        Args:
            updates: What was said.
            quotes: The words for each.
            correcting: Whether it was said as a correction.
            own: Facts of the open question that this answers: an answer replaces what was known.
        """
        state, protocol = self._state, self._protocol
        exact = correcting or bool(state.reopened)
        fresh, changes = split(state.facts, updates, exact)
        if takes_back(protocol, state.facts, fresh) and is_emergency(
            self._protocol, self._state.facts
        ):
            return
        state.facts = state.facts.with_(fresh)
        for name, words in quotes.items():
            if name.split(".")[0] in fresh:
                state.quotes[name] = words
        at_once = [c for c in changes if raises(protocol, state.facts, c.updates)]
        state.facts, before = state.facts.with_(together(at_once)), state.facts
        rest = [c for c in changes if c not in at_once]
        if at_once:
            self._record(at_once, quotes, APPLIED)
        willing = [
            c
            for c in rest
            if correcting
            or c.old == UNSURE
            or protocol.specs[c.fact].ask == "optional"
            or c.fact in own
        ]
        unasked = [c for c in rest if c not in willing]
        if willing and takes_back(protocol, before, together(willing)):
            sure = all(c.fact in state.settled for c in willing)
            if self._is_emergency() or not sure:
                unasked, willing = [*willing, *unasked], []
        if willing:
            state.facts = state.facts.with_(together(willing))
            self._record(willing, quotes, APPLIED)
        self._say_changed([*at_once, *willing])
        if unasked:
            self._put(unasked, quotes)

    def denied(self, denied: Mapping[str, str]) -> bool:
        """Reopens the question of a choice that is denied with nothing in its place.

        Returns:
            Whether one of them was what is known.
        """
        state = self._state
        for name, value in denied.items():
            if state.facts.get(name) != value:
                continue
            if self._is_emergency():
                self._stay([Change(name, None, value, NO)])
            else:
                home = next(q for q in self._protocol.questions if name in q.sets)
                state.reopened = home.name
                state.settled = [*state.settled, name]
            return True
        return False

    def confirmed(self, updates: Mapping[str, Any], quotes: Mapping[str, str]) -> None:
        """What the visitor answered when asked about a doubt."""
        _, changes = split(self._state.facts, updates, exact=True)
        self._record(changes, quotes, APPLIED)
        self._state.facts = self._state.facts.with_(updates)
        self._state.quotes |= quotes

    def apply(self, pending: Pending) -> None:
        """The visitor chose the new reading."""
        state = self._state
        _, changes = split(state.facts, pending.updates, exact=True)
        state.facts = state.facts.with_(pending.updates)
        self._record(changes, {}, APPLIED)
        self._say_changed(changes)

    def keep(self, pending: Pending) -> None:
        """The earlier reading stays."""
        _, changes = split(self._state.facts, pending.updates, exact=True)
        self._record(changes, {}, KEPT)
        self._says.append({"type": "text", "text": texts()["kept"]})

    def _put(self, changes: Sequence[Change], quotes: Mapping[str, str]) -> None:
        if self._is_emergency():
            self._stay(changes)
            return
        waiting = self._state.pending
        if waiting is not None and waiting.kind == DOUBT:
            self._record(changes, quotes, KEPT)  # a red flag in doubt comes first
            return
        back = takes_back(self._protocol, self._state.facts, together(changes))
        self._state.pending = about_changes(self._protocol, changes, self._text, back)
        self._record(changes, quotes, ASKED)

    def _stay(self, changes: Sequence[Change]) -> None:
        self._record(changes, {}, KEPT)
        self._says.append(notice("corrected", texts()["emergency_stays"]))

    def _record(self, changes: Sequence[Change], quotes: Mapping[str, str], became: str) -> None:
        state = self._state
        for change in changes:
            words = quotes.get(change.key) or quotes.get(change.fact) or self._text
            old_words = state.quotes.get(change.key) or state.quotes.get(change.fact, "")
            state.corrections = [
                *state.corrections,
                {
                    "fact": change.fact, "item": change.item, "old": change.old, "new": change.new,
                    "old_quote": old_words, "new_quote": words, "became": became,
                },
            ]  # fmt: skip
            if became == APPLIED:
                state.quotes[change.key] = words
                if change.item is None or change.new == YES:
                    state.quotes[change.fact] = words
                if state.outcome_given is not None:
                    # What was corrected after the outcome gives it anew.
                    state.outcome_given = {**state.outcome_given, "corrected": True}

    def _say_changed(self, changes: Sequence[Change]) -> None:
        if not changes or self._is_emergency():
            return  # an emergency begins with what to do
        said = [
            texts()["instead"].format(
                new=value_words(self._protocol, c.fact, c.item, c.new),
                old=self._old_words(c),
            )
            for c in changes
            if not (c.fact == "zone_main" and len(changes) > 1)
        ]
        self._says.append(notice("corrected", texts()["corrected"].format(changes="; ".join(said))))

    def _old_words(self, change: Change) -> str:
        """Said after the new value: what is named already needs no name again."""
        if change.old in (YES, NO, UNSURE):
            return str(texts()["plain"][change.old])
        return value_words(self._protocol, change.fact, change.item, change.old)

    def _is_emergency(self) -> bool:
        return is_emergency(self._protocol, self._state.facts)
