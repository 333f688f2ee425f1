"""One turn: what a message changes, what is said to it, and what is asked next.

Order matters. A red flag acts before anything else, whatever the message was for. Then come a
question of the chat's own, commands, corrections and answers, and last what is said in passing.
"""

from dataclasses import replace
from typing import Any

from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.offer import area_text
from rasa_project.clinics.places import find_place
from rasa_project.dialogue import commands, fallback
from rasa_project.dialogue.commands import (
    COMMANDS,
    NAMING,
    REWORDING,
    STEERING,
    Say,
    text_event,
)  # fmt: skip
from rasa_project.dialogue.cues import Correction, cues
from rasa_project.dialogue.merging import Merging
from rasa_project.dialogue.own_questions import (
    about_doubt,
    about_meaning,
    as_question,
    chosen,
    doubt_settled,
)
from rasa_project.dialogue.reading import Doubt, Message, find_doubt, is_certain, read_message
from rasa_project.dialogue.restating import flipped, restated
from rasa_project.dialogue.state import ANSWER, DOUBT, MEANING, WHICH, Pending, State
from rasa_project.dialogue.wording import answer_words, known_so_far, notice, screen_event, texts
from rasa_project.language.mentions import UNCERTAIN
from rasa_project.triage.engine import Assessment, assess
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question

SURE = 0.5
"""Confidence from which the classifier is believed beside facts that were heard."""

QUIET = frozenset({"inform", "choose", "nlu_fallback", "start", "self_harm", "start_again", ""})
"""Intents that have no reply of their own."""


def outcome_key(assessment: Assessment) -> dict[str, Any]:
    """What makes an outcome another one than the last."""
    assert assessment.level is not None
    return {"level": assessment.level.name, "rules": [hit.rule.id for hit in assessment.fired]}


class Turn:
    """Takes one message.

    Args:
        protocol: The protocol in force.
        state: What the conversation remembers; changed in place.
    """

    def __init__(self, protocol: Protocol, state: State) -> None:
        self._protocol = protocol
        self._state = state
        self._says: list[Say] = []
        self._again = False

    def take(self, message: Message) -> list[Say]:
        """Reads a message and asks what comes next.

        Args:
            message: The message; it is read once.

        Returns:
            What to say, in order. The state's ``open_question`` is the question now open.
        """
        state = self._state
        if message.intent == "start":
            state.clinic = message.clinic
            self._says.append("utter_greeting")
        elif message.intent == "self_harm":
            state.ended = "self_harm"
        elif not state.ended:
            if message.is_tapped:
                self._tapped(message)
            else:
                self._typed(message)
        return self.ask()

    def ask(self) -> list[Say]:
        """Asks the next question, or ends; for when there is no new message."""
        self._ask()
        return self._says

    # Reading

    @property
    def _question(self) -> Question | None:
        name = self._state.reopened or self._state.open_question
        return self._protocol.question(name) if name else None

    def _tapped(self, message: Message) -> None:
        state, pending = self._state, self._state.pending
        state.stopped, state.misses = False, 0
        if pending is not None and pending.kind != MEANING:
            self._settle(pending, chosen(self._protocol, pending, message), message)
            return
        state.pending = None
        self._answer(message, None)

    def _typed(self, message: Message) -> None:
        state = self._state
        command = cues().command(message.text)
        correction = cues().correction(message.text)
        if command is None and message.classified in COMMANDS and message.confidence >= SURE:
            command = message.classified
            if command in REWORDING and any(map(is_certain, message.mentions)):
                # "Go back, it is the left": what is told says what to change.
                command, correction = None, correction or Correction(True, ())
        if self._stays_stopped(message, command):
            return
        state.stopped = False
        if command in NAMING:
            message = self._only_named(message)
        if command in STEERING and self._own_question_first(message, str(command)):
            return
        pending = state.pending
        if pending is not None and pending.kind == MEANING:
            state.pending = None
            meant = chosen(self._protocol, pending, message)
            if meant is not None:
                self._meant(meant, message)
                return
        elif pending is not None and command is None:
            value = chosen(self._protocol, pending, message)
            if value is not None:
                self._settle(pending, value, message)
                return
        if self._understood(message, command, correction):
            state.misses = 0
            if message.foreign is not None:
                # A word or two was understood, the rest may hold a red flag.
                self._says.insert(0, commands.foreign_notice(state, message.foreign))
        else:
            self._aside(message, command)

    def _stays_stopped(self, message: Message, command: str | None) -> bool:
        """After "stop", thanks and goodbyes ask nothing new; "go on" only asks again."""
        if not self._state.stopped or message.mentions:
            return False
        if command == commands.STOP or message.intent in ("thank", "goodbye"):
            self._says.append("utter_goodbye")
            return True
        if cues().only(message.text, "go_on") or message.intent == "affirm":
            self._state.stopped = False
            self._says.append(text_event(texts()["went_on"]))
            return True
        return False

    def _only_named(self, message: Message) -> Message:
        """ "Why do you ask about chest pain?" tells of no chest pain, but may hint at one."""
        question = self._question
        asked = question.sets if question is not None else ()
        named = [
            replace(mention, assertion=UNCERTAIN) if is_certain(mention) else mention
            for mention in message.mentions
            if mention.fact not in asked
        ]
        return replace(message, mentions=named)

    def _own_question_first(self, message: Message, command: str) -> bool:
        """Whether a question of the chat's own stands in the way of a command.

        A red flag in doubt cannot be skipped; two readings fall back to the earlier one.
        """
        state, pending = self._state, self._state.pending
        if pending is None or command == commands.STOP:
            return False
        if pending.kind == DOUBT:
            self._settle(pending, None, message)
            return True
        state.pending = None
        if pending.kind == WHICH:
            self._merging(message).keep(pending)
        return False

    def _understood(
        self, message: Message, command: str | None, correction: Correction | None
    ) -> bool:
        """Merges what is said, and obeys a command.

        Returns:
            Whether the message meant anything.
        """
        state, question = self._state, self._question
        told = [m for m in message.mentions if is_certain(m)]
        if command == commands.CHANGE_ANSWER:
            self._doubt(message)
            self._says += commands.change_answer(self._protocol, state, message)
            return True
        if command is not None and not told:
            self._doubt(message)
            if command in STEERING:
                self._says += self._steer(command, question)
                return True
            return False
        asks_area = question is not None and question.clinic and not told
        if asks_area and self._read_area(question, message):  # type: ignore[arg-type]
            return True
        if correction is not None and not told:
            updates = restated(self._protocol, state, correction, message)
            if updates:
                self._merging(message).merge(updates, {}, correcting=True)
                return True
        if self._answer(message, correction):
            self._reply_too(message, command)
            return True
        if correction is not None and correction.sure and not correction.rest:
            self._says += commands.go_back(self._protocol, state)
            return True
        return False

    def _steer(self, command: str, question: Question | None) -> list[Say]:
        if command == commands.SKIP:
            return commands.skip(self._protocol, self._state, question)
        if command == commands.STOP:
            return commands.stop(self._protocol, self._state)
        return commands.go_back(self._protocol, self._state)

    def _answer(self, message: Message, correction: Correction | None) -> bool:
        """Reads an answer to the open question and every fact told; False if there is none."""
        state, question = self._state, self._question
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
        merging = self._merging(message)
        own = question.sets if question is not None and heard.answered else ()
        merging.merge(heard.updates, heard.quotes, correcting=correction is not None, own=own)
        if heard.doubt is not None:
            self._put_doubt(heard.doubt)
        taken_back = merging.denied(heard.denied) if not heard.answered else False
        if question is not None:
            self._after_answer(question, message, heard.answered, heard.unsure)
        return bool(heard.understood or taken_back)

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
            self._again = True
        elif answered:
            state.reopened, state.settled = None, []
            if not question.always:
                state.answered = [n for n in state.answered if n != question.name]
                state.answered.append(question.name)

    def _read_area(self, question: Question, message: Message) -> bool:
        """A place name or postal area; after a second miss the outcome comes without one."""
        place = find_place(message.text)
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
            self._again = True
            return True
        self._state.facts = self._state.facts.with_({"area": area})
        self._after_answer(question, message, answered=True, unsure=False)
        return True

    # The chat's own questions

    def _settle(self, pending: Pending, value: str | None, message: Message) -> None:
        """Takes the reply to a question of the chat's own; what else it tells counts too."""
        state = self._state
        if pending.kind == ANSWER:
            state.pending = None
            state.reopened = value
            return
        others = [m for m in message.mentions if m.fact != pending.fact]
        if pending.kind == WHICH:
            others = [m for m in message.mentions if m.fact not in pending.updates]
        if value is None and pending.tries < 1:
            state.pending = pending.tried()
        else:
            state.pending = None
            merging = self._merging(message)
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
            self._answer(replace(message, mentions=others, text=""), None)
            state.pending = state.pending or again

    def _put_doubt(self, doubt: Doubt) -> None:
        self._state.pending = about_doubt(self._protocol, doubt)

    def _doubt(self, message: Message) -> None:
        """A red flag that a question or command only names is asked about, never dropped."""
        doubt = find_doubt(self._protocol, self._state.facts, message.mentions)
        if doubt is not None:
            self._put_doubt(doubt)

    def _meant(self, value: str, message: Message) -> None:
        """The visitor said what an unclear message meant."""
        if value == "none":
            self._miss(message, offer=False)
        elif value.startswith("option:"):
            tapped = Message(message.text, choice=(value.removeprefix("option:"),))
            self._answer(tapped, None)
        else:
            self._state.misses = 0
            meant = Message("", intent=value, classified=value, confidence=1.0)
            if value in STEERING and value != commands.CHANGE_ANSWER:
                self._says += self._steer(value, self._question)
            elif value == commands.CHANGE_ANSWER:
                self._says += commands.change_answer(self._protocol, self._state, meant)
            else:
                self._aside(meant, value if value in COMMANDS else None)

    # What is no answer

    def _aside(self, message: Message, command: str | None) -> None:
        state, question = self._state, self._question
        intent = command or message.intent
        shown = as_question(self._protocol, state.pending) if state.pending else question
        foreign = message.foreign is not None and intent not in COMMANDS
        if foreign and intent not in ("affirm", "deny", "dont_know", "greet", "thank", "goodbye"):
            self._says.append(commands.foreign_notice(state, str(message.foreign)))
            return
        if state.pending is not None and intent in ("affirm", "deny", "dont_know"):
            self._settle(state.pending, None, message)
            return
        if intent == "dont_know" and question is not None and state.pending is None:
            self._unsure(question, message)
            return
        if intent in (commands.WHY, commands.ASK_MEANING):
            self._again = intent == commands.ASK_MEANING
            self._says += commands.explain(self._protocol, state, shown, self._again)
        elif intent == commands.TALK_TO_PERSON:
            self._says.append(commands.hand_off(state))
        elif intent in QUIET:
            self._miss(message, offer=True)
            return
        else:
            self._says.append(f"utter_{intent}")
        state.misses = 0

    def _unsure(self, question: Question, message: Message) -> None:
        """ "Not the foggiest": not sure, in words that only the classifier knows."""
        unsure = replace(message, choice=("unsure",), mentions=())
        if question.option(UNSURE) is None:
            unsure = replace(message, text=texts()["plain_unsure"], mentions=())
        self._answer(unsure, None)

    def _miss(self, message: Message, offer: bool) -> None:
        """Asks what was meant; the second time in a row, offers a person."""
        state, question = self._state, self._question
        if state.pending is not None:
            # The chat's own question is asked again; twice unsettled, it settles itself.
            self._settle(state.pending, None, message)
            return
        state.misses += 1
        if state.misses > 1:
            self._says.append(commands.hand_off(state, "still_not_followed"))
            return
        readings = fallback.likely_readings(message, question) if offer else []
        if not readings:
            self._says.append(notice("fallback", texts()["not_followed"]))
            return
        home = question.name if question is not None else self._protocol.questions[0].name
        state.pending = about_meaning(readings, home)
        offered = [{"value": v, "label": label} for v, label in state.pending.options]
        self._says.append(notice("fallback", state.pending.text) | {"options": offered})

    def _reply_too(self, message: Message, command: str | None) -> None:
        """A question beside facts is answered as well, unless there is something urgent to say."""
        level = assess(self._protocol, self._state.facts).level
        if level is not None and level >= Level.URGENT:
            return
        intent = command or message.classified
        asks = intent.startswith("ask_") or intent == commands.TALK_TO_PERSON
        if asks and "?" in message.text and message.confidence >= SURE and intent not in NAMING:
            if intent == commands.TALK_TO_PERSON:
                self._says.append(commands.hand_off(self._state))
            else:
                self._says.append(f"utter_{intent}")
        elif command in STEERING:
            self._says += self._steer(str(command), self._question)

    # Asking

    def _merging(self, message: Message) -> Merging:
        return Merging(self._protocol, self._state, message.text, self._says)

    def _is_emergency(self) -> bool:
        return assess(self._protocol, self._state.facts).level == Level.EMERGENCY

    def _ask(self) -> None:
        state, protocol = self._state, self._protocol
        result = assess(protocol, state.facts, clinic_known=_clinic_known(state.clinic))
        if state.ended or result.level == Level.EMERGENCY:
            state.pending = state.reopened = None
            self._end(result)
            return
        if state.stopped:
            return
        if state.pending is not None and state.pending.kind != MEANING:
            self._says.append(screen_event(as_question(protocol, state.pending), result))
            return
        reopened = protocol.question(state.reopened) if state.reopened else None
        question = reopened or result.question
        if question is None:
            self._end(result)
            return
        if reopened is not None:
            answer = answer_words(protocol, question, state.facts)
            lead = texts()["reopened"].format(answer=answer)
            if set(question.sets) & set(state.settled):
                lead = texts()["not_so"].format(old=answer)
        else:
            lead = known_so_far(protocol, question, state.facts)
        again = self._again or (
            question.name == state.open_question and question.name in state.asked_again
        )
        state.open_question = question.name
        self._says.append(screen_event(question, result, again, lead))

    def _end(self, result: Assessment) -> None:
        """Nothing is left to ask: the outcome action speaks, unless the outcome still stands."""
        state = self._state
        state.open_question = None
        if state.ended or state.outcome_given is None or result.level is None:
            return
        same = outcome_key(result) == state.outcome_given
        if same and (not self._says or result.level >= Level.URGENT):
            # After an urgent outcome nothing may sound as if it were over.
            self._says.append("utter_outcome_stands")
            self._says.append(text_event(self._protocol.outcomes[result.level.name]["do"]))


def _clinic_known(slug: str | None) -> bool:
    """Whether the page's own clinic can be named: it exists and is open."""
    clinic = default_directory().by_slug(slug)
    return clinic is not None and clinic.is_open


def requested_slot(protocol: Protocol, state: State) -> str | None:
    """The fact that the open question asks for; None when nothing is open."""
    own = state.pending is not None and state.pending.kind != MEANING
    name = state.pending.home if own and state.pending else state.open_question
    question = protocol.question(name) if name else None
    return question.sets[0] if question is not None else None
