"""Takes answers and facts out of a message into what the conversation remembers."""

from dataclasses import replace

from rasa_project.clinics.offer import area_text
from rasa_project.clinics.places import UNKNOWN, find_place
from rasa_project.dialogue.changes import split
from rasa_project.dialogue.checking import as_asked
from rasa_project.dialogue.commands import QUIET, Say, text_event
from rasa_project.dialogue.cues import Correction
from rasa_project.dialogue.judging import is_emergency, judged
from rasa_project.dialogue.merging import Merging
from rasa_project.dialogue.own_questions import NO_CHANGE, about_doubt, beside, doubt_settled
from rasa_project.dialogue.reading import Heard, Message, answer_in_part, read_message
from rasa_project.dialogue.restating import flipped
from rasa_project.dialogue.said import find_doubt
from rasa_project.dialogue.state import ANSWER, DOUBT, Pending, State
from rasa_project.dialogue.wording import texts
from rasa_project.language.answers import left_over
from rasa_project.triage.engine import asked_facts
from rasa_project.triage.facts import UNSURE, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import Question, answer_choice


class Hearing:
    """Hears one message.

    Args:
        protocol: The protocol in force.
        state: What the conversation remembers; changed in place.
        says: What is said this turn; replies are added.

    Attributes:
        again: Whether the open question is to be asked in other words.
    """

    def __init__(self, protocol: Protocol, state: State, says: list[Say]) -> None:
        self._protocol = protocol
        self._state = state
        self._says = says
        self.again = False

    @property
    def question(self) -> Question | None:
        """The question that the visitor is to answer."""
        name = self._state.reopened or self._state.open_question
        return as_asked(self._state, self._protocol.question(name)) if name else None

    def answer(self, message: Message, correction: Correction | None) -> bool:
        """Reads an answer to the open question and every fact told; False if there is none."""
        state, question = self._state, self.question
        facts = state.facts
        if state.reopened and question is not None:
            facts = facts.without(set(question.sets))
        if correction is not None:
            mentions = flipped(message.mentions, message.text, state.facts)
            message = replace(message, mentions=mentions)
        again = question is not None and question.name in state.asked_again
        heard = read_message(self._protocol, facts, question, again, message)
        if not heard.understood and not heard.denied:
            return False
        if question is not None and _tells_nothing_new(heard, facts, message):
            if question.kind != "multi" or left_over(message.text, question, message.mentions):
                return False  # asked again without a word it would seem not to listen
            # "The lump, as I said", to "you told me: a lump; anything else?"
            asked = asked_facts(self._protocol, facts)
            rest = answer_choice(question, ("none",), facts, self._protocol.specs, asked, again)
            heard.updates.update(rest.updates)
        merging = self.merging(message)
        own = question.sets if question is not None and heard.answered else ()
        merging.merge(heard.updates, heard.quotes, correcting=correction is not None, own=own)
        if heard.doubt is not None:
            self._state.pending = about_doubt(self._protocol, heard.doubt)
        taken_back = not heard.answered and merging.denied(heard.denied)
        if question is not None:
            self._after_answer(question, message, heard.answered, heard.unsure)
        silent = not self._says and state.pending is None and not self._is_emergency()
        left_open = question is not None and question.kind == "single" and self._is_open(question)
        if silent and not ((heard.answered and not left_open) or heard.unsure or taken_back):
            self._says.append(text_event(texts()["noted"]))
        return True

    def picked(self, value: str, message: Message) -> None:
        """An option that an unclear message turned out to mean; the others stay open."""
        question = self.question
        if question is None:
            return
        if question.kind == "multi":
            part = answer_in_part(self._protocol, question, (value,))
            self.merging(message).merge(part.updates, {}, correcting=False, own=question.sets)
            self._after_answer(question, message, answered=True, unsure=False)
        else:
            self.answer(Message(message.text, choice=(value,)), None)

    def _after_answer(
        self, question: Question, message: Message, answered: bool, unsure: bool
    ) -> None:
        state = self._state
        if state.facts.get("consent_chat") is False:
            # A refusal is respected and can be taken back: the question stays open.
            self._says.append("utter_consent_declined")
            state.facts = state.facts.without({"consent_chat"})
        elif question.always and not answered and not self._is_emergency():
            # Consent is still open. An emergency must not begin with small talk.
            self._says.append(text_event(texts()["acknowledged"]))
        if "respondent" in question.sets and state.facts.get("respondent") == "self" and answered:
            self._says.append("utter_child_typing")
        if unsure:
            state.asked_again.append(question.name)
            self.again = True
        elif answered:
            state.reopened, state.settled = None, []
            if not question.always:
                state.answered = [n for n in state.answered if n != question.name]
                state.answered.append(question.name)

    def read_area(self, question: Question, message: Message) -> bool:
        """A place name or postal area; after a second miss the outcome comes without one."""
        place = find_place(message.text)
        if place.kind == UNKNOWN and message.near is not None:
            place = find_place(message.near)
        known = message.intent not in QUIET and message.intent not in ("affirm", "deny")
        if place.kind == "found":
            area = place.fsa or place.name
        elif known:
            return False
        elif place.kind == "outside" or question.name in self._state.asked_again:
            # Two misses, or too far away: the next step must not wait for a place name.
            self._says.append(text_event(area_text(place)))
            area = UNSURE
        else:
            self._state.asked_again.append(question.name)
            self._says.append(text_event(area_text(place)))
            self.again = True
            return True
        self._state.facts = self._state.facts.with_({"area": area})
        self._after_answer(question, message, answered=True, unsure=False)
        return True

    def settle(self, pending: Pending, value: str | None, message: Message) -> None:
        """Takes the reply to a question of the chat's own; what else it tells counts too."""
        state = self._state
        if pending.kind == ANSWER:
            state.pending = None
            state.reopened = None if value == NO_CHANGE else value
            return
        others = beside(pending, message.mentions)
        if value is None and pending.tries < 1:
            state.pending = pending.tried()
        else:
            state.pending = None
            merging = self.merging(message)
            if pending.kind == DOUBT:
                updates = doubt_settled(self._protocol, pending, value or UNSURE)
                words = f"{pending.quote}: {message.text}" if pending.quote else message.text
                quotes = {f"{pending.fact}.{pending.value}": words, pending.fact: words}
                merging.confirmed(updates, quotes)
            elif value is not None and value == pending.options[1][0]:
                merging.apply(pending)
            else:
                merging.keep(pending)
        if others:
            again = state.pending
            state.pending = None
            self.answer(replace(message, mentions=others, text=""), None)
            state.pending = state.pending or again

    def doubt(self, message: Message) -> None:
        """A red flag that a question or command only names is asked about, never dropped."""
        doubt = find_doubt(self._protocol, self._state.facts, message.mentions)
        if doubt is not None:
            self._state.pending = about_doubt(self._protocol, doubt)

    def unsure(self, question: Question, message: Message) -> None:
        """ "Not the foggiest": not sure, in words that only the classifier knows."""
        unsure = replace(message, choice=("unsure",), mentions=())
        if question.option(UNSURE) is None:
            unsure = replace(message, text=texts()["plain_unsure"], mentions=())
        self.answer(unsure, None)

    def merging(self, message: Message) -> Merging:
        """Merges facts of the message."""
        return Merging(self._protocol, self._state, message.text, self._says)

    def _is_open(self, question: Question) -> bool:
        """Whether the question is still to be answered."""
        following = judged(self._protocol, self._state.facts).question
        return following is not None and following.name == question.name

    def _is_emergency(self) -> bool:
        return is_emergency(self._protocol, self._state.facts)


def _tells_nothing_new(heard: Heard, facts: Facts, message: Message) -> bool:
    """Whether a typed answer only says again what is known, so that its question stays open."""
    if message.is_tapped or not heard.answered or heard.unsure or heard.doubt or heard.denied:
        return False
    fresh, changes = split(facts, heard.updates, exact=True)
    return not fresh and not changes
