"""One turn: what a message changes, what is said to it, and what is asked next.

Order matters. A red flag acts before anything else, whatever the message was for. Then come a
question of the chat's own, commands, corrections and answers, and last what is said in passing.
"""

from dataclasses import replace

from rasa_project.dialogue import commands
from rasa_project.dialogue.asides import Asides
from rasa_project.dialogue.asking import ask_next
from rasa_project.dialogue.checking import begin
from rasa_project.dialogue.clinic_questions import ClinicQuestions
from rasa_project.dialogue.commands import (
    COMMANDS,
    NAMING,
    QUIET,
    REWORDING,
    STEERING,
    Say,
    text_event,
)
from rasa_project.dialogue.cues import Correction, cues
from rasa_project.dialogue.hearing import Hearing
from rasa_project.dialogue.judging import is_emergency
from rasa_project.dialogue.own_questions import as_question, chosen
from rasa_project.dialogue.reading import SURE, Message
from rasa_project.dialogue.restating import restated
from rasa_project.dialogue.said import is_certain
from rasa_project.dialogue.state import DOUBT, MEANING, WHICH, State
from rasa_project.dialogue.wording import texts
from rasa_project.language.answers import NOTHING, labels_typed, read_answer
from rasa_project.language.mentions import UNCERTAIN
from rasa_project.triage.protocol import Protocol

VAGUE = QUIET | {"affirm", "deny", "dont_know"}
"""Intents that ask for nothing."""


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
        self._heard = Hearing(protocol, state, self._says)
        self._clinics = ClinicQuestions(protocol, state, self._says)
        self._asides = Asides(protocol, state, self._says, self._heard)

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
            if not self._protocol.signed:
                self._says.append(text_event(texts()["unsigned"]))
            if message.resume is not None:
                self._says.append(begin(self._protocol, state, message.resume))
        elif message.intent == "self_harm":
            state.ended = "self_harm"
        elif not state.ended:
            if message.resume is not None:
                self._says.append(begin(self._protocol, state, message.resume))
            if message.is_tapped:
                self._tapped(message)
            elif message.resume is None or message.mentions:
                self._typed(message)
        return self.ask()

    def ask(self) -> list[Say]:
        """Asks the next question, or ends; by itself when there is no new message."""
        said = bool(self._says)
        self._says += ask_next(self._protocol, self._state, self._heard.again, said)
        return self._says

    def _tapped(self, message: Message) -> None:
        state, pending = self._state, self._state.pending
        state.stopped, state.misses = False, 0
        if pending is not None and pending.kind != MEANING:
            self._heard.settle(pending, chosen(self._protocol, pending, message), message)
            return
        state.pending = None
        self._heard.answer(message, None)

    def _typed(self, message: Message) -> None:
        state = self._state
        tapped = self._as_tapped(message)
        if tapped is not None:
            self._tapped(tapped)
            return
        pressed = commands.change_button(message.text)
        if pressed or cues().bare_command(message.text):
            # "Go back" tells nothing, whatever was heard in it.
            message = replace(message, mentions=())
        command = commands.CHANGE_ANSWER if pressed else cues().command(message.text)
        correction = cues().correction(message.text)
        surely_corrects = correction is not None and correction.sure
        if command is None and not surely_corrects and self._asks(message):
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
                self._asides.meant(meant, message)
                return
        elif pending is None and state.reopened and cues().only(message.text, "keep"):
            state.reopened = None
            self._says.append(text_event(texts()["kept"]))
            return
        elif pending is not None and command is None:
            value = chosen(self._protocol, pending, message)
            if value is not None:
                self._heard.settle(pending, value, message)
                return
        if correction is None and self._clinics.take(message, command, self._heard.question):
            state.misses = 0
        elif self._understood(message, command, correction):
            state.misses = 0
            if message.foreign is not None and not is_emergency(self._protocol, state.facts):
                # A word or two was understood, the rest may hold a red flag.
                self._says.insert(0, commands.foreign_notice(state, message.foreign))
        else:
            self._asides.reply(message, command)

    def _as_tapped(self, message: Message) -> Message | None:
        """A reply of nothing but the open question's labels is what tapping them would have been.

        Whatever else could be heard in a label, it was written to mean its option.
        """
        pending = self._state.pending
        question = self._heard.question
        if pending is not None and pending.kind != MEANING:
            question = as_question(self._protocol, pending)
        elif pending is not None and chosen(self._protocol, pending, message) is not None:
            return None
        if question is None:
            return None
        values = labels_typed(message.text, question)
        return replace(message, choice=values, mentions=()) if values else None

    def _asks(self, message: Message) -> bool:
        """Whether the classifier is sure of a command in words that are no answer."""
        if message.classified not in COMMANDS or message.confidence < SURE:
            return False
        question = self._heard.question
        if question is None or message.classified in NAMING:
            return True
        return read_answer(message.text, question, message.mentions).kind == NOTHING

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
        """ "Why do you ask about chest pain?" tells of no chest pain, but may hint at one.

        What comes after a pause ("why? I have chest pain") is told, not named.
        """
        question = self._heard.question
        asked = question.sets if question is not None else ()
        pause = cues().pause(message.text)
        left = []
        for mention in message.mentions:
            if mention.start >= pause or not is_certain(mention):
                left.append(mention)
            elif mention.fact not in asked:
                left.append(replace(mention, assertion=UNCERTAIN))
        return replace(message, mentions=left)

    def _own_question_first(self, message: Message, command: str) -> bool:
        """Whether a question of the chat's own stands in the way of a command.

        A red flag in doubt cannot be skipped; two readings fall back to the earlier one.
        """
        state, pending = self._state, self._state.pending
        if pending is None or command == commands.STOP:
            return False
        if pending.kind == DOUBT:
            self._heard.settle(pending, None, message)
            return True
        state.pending = None
        if pending.kind == WHICH:
            self._heard.merging(message).keep(pending)
        return False

    def _understood(
        self, message: Message, command: str | None, correction: Correction | None
    ) -> bool:
        """Merges what is said, and obeys a command.

        Returns:
            Whether the message meant anything.
        """
        state, question = self._state, self._heard.question
        told = [m for m in message.mentions if is_certain(m)]
        if command == commands.CHANGE_ANSWER:
            self._heard.doubt(message)
            self._says += commands.change_answer(self._protocol, state, message)
            return True
        if command is not None and not told:
            self._heard.doubt(message)
            if command in STEERING:
                self._says += commands.steer(command, self._protocol, state, question)
                return True
            return False
        asks_area = question is not None and question.clinic and not told
        if asks_area and self._heard.read_area(question, message):  # type: ignore[arg-type]
            return True
        if correction is not None and not told:
            updates = restated(self._protocol, state, correction, message)
            if updates:
                self._heard.merging(message).merge(updates, {}, correcting=True)
                return True
        if self._heard.answer(message, correction):
            self._asides.reply_too(message)
            return True
        if correction is None:
            return False
        if correction.rest and self._heard.answer(self._rest(message, correction), None):
            return True
        if correction.sure and (not correction.rest or message.intent in VAGUE):
            # "Oops", "no wait, yes": the last answer was wrong, so it is asked again.
            self._says += commands.go_back(self._protocol, state)
            return True
        return False

    def _rest(self, message: Message, correction: Correction) -> Message:
        return replace(message, text=" ".join(correction.rest))
