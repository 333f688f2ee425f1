"""Questions about clinics in between: the nearest, one by name, how far; and a place by itself."""

from datetime import datetime

from rasa_project.clinics.directory import Clinic, default_directory
from rasa_project.clinics.offer import area_text, clinic_event, distance_text
from rasa_project.clinics.places import FOUND, PlaceMatch, default_finder, find_place
from rasa_project.clinics.questions import DISTANCE, NAMED, PLACE, ClinicQuestion, read_question
from rasa_project.clinics.texts import texts
from rasa_project.clinics.zone import TORONTO
from rasa_project.dialogue.commands import TALK_TO_PERSON, Say, text_event
from rasa_project.dialogue.judging import judged
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import State
from rasa_project.language.answers import NOTHING, read_answer
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question

ABOUT_CLINICS = frozenset({"ask_locations", "ask_booking", "ask_markham", "ask_hours"})
"""Intents of a message that asks about clinics."""

ANSWERS = frozenset({"affirm", "deny", "dont_know"})
"""Intents of a message that answers the open question, whatever places are in it."""

AREA = "area"


class ClinicQuestions:
    """Answers one message, if it asks about clinics or only says where the visitor is.

    Args:
        protocol: The protocol in force.
        state: What the conversation remembers; the area is kept where the visitor says it.
        says: What is said this turn; the answer is added.
    """

    def __init__(self, protocol: Protocol, state: State, says: list[Say]) -> None:
        self._protocol = protocol
        self._state = state
        self._says = says

    def take(self, message: Message, command: str | None, question: Question | None) -> bool:
        """Answers the message.

        Args:
            message: Typed words.
            command: What it asks of the chat, if it does.
            question: The question that the visitor is to answer, if one is open.

        Returns:
            False when it is about something else or tells of symptoms.
        """
        if command not in (None, TALK_TO_PERSON) or self._state.pending is not None:
            return False
        if any(mention.fact != AREA for mention in message.mentions):
            return False
        asked = self._read(message)
        urgent = self._urgent()
        if urgent is not None:
            return self._put_off(message, asked, urgent, question is not None)
        if asked is None or (command == TALK_TO_PERSON and asked.kind != NAMED):
            return False
        if question is not None and self._answers(message, asked, question):
            return False
        self._answer(asked, message)
        return True

    def _put_off(
        self, message: Message, asked: ClinicQuestion | None, level: Level, asking: bool
    ) -> bool:
        """Where care today comes first, says so instead of naming a clinic.

        After the outcome nothing is added: the chat repeats what to do by itself.
        """
        about = message.classified in ABOUT_CLINICS
        if not about and (asked is None or asked.kind == PLACE):
            return False
        if asking:
            self._say(self._protocol.outcomes[level.name]["do"])
        return True

    def _read(self, message: Message) -> ClinicQuestion | None:
        asks = message.classified in ABOUT_CLINICS
        asked = read_question(message.text, default_finder(), default_directory(), asks)
        if asked is None and message.mentions and _is_told(message):
            # "I live in Hamilton": the language room has heard where, and that it is the writer.
            return ClinicQuestion(PLACE, find_place(str(message.mentions[0].value)))
        return asked

    def _answers(self, message: Message, asked: ClinicQuestion, question: Question) -> bool:
        """Whether the message is rather the answer to the open question."""
        if question.clinic:
            # A place answers the question for the area; "near me" and "how far" do not.
            return (asked.place or message.near) is not None and asked.kind != DISTANCE
        if message.intent in ANSWERS:
            return True
        if message.classified in ABOUT_CLINICS:
            return False
        return read_answer(message.text, question, message.mentions).kind != NOTHING

    def _answer(self, asked: ClinicQuestion, message: Message) -> None:
        place, home = asked.place, self._home(message)
        if asked.kind == DISTANCE and asked.clinic is not None:
            self._say_distance(asked.clinic, home)
            return
        wished = asked.clinic if asked.kind == NAMED else None
        # "Book me in Markham" asks for a clinic there and does not say that the visitor is.
        place = home if wished is not None or place is None else place
        if wished is None and (place is None or place.kind != FOUND):
            self._say(area_text(place))
            return
        event = clinic_event(
            default_directory(), place, self._state.clinic, datetime.now(TORONTO), wished
        )
        assert event is not None  # both a place that is found and a clinic lead to one
        told = place is not None and (asked.kind == PLACE or bool(message.mentions))
        if told and place is not None:
            self._state.facts = self._state.facts.with_({AREA: place.fsa or place.name})
        if self._is_over():
            self._says.append(event)
        elif told and place is not None:
            nearest = event["text"].split("\n")[0]
            self._say(f"{texts()['noted_place'].format(place=place.name)} {nearest}")
        else:
            # In the middle of the questions only the words: a card would look like the next step.
            self._say(event["text"])

    def _say_distance(self, clinic: Clinic, home: PlaceMatch | None) -> None:
        if home is not None:
            self._say(distance_text(clinic, home))
            return
        self._say(f"{texts()['ask_distance'].format(name=clinic.name)} {area_text(None)}")

    def _home(self, message: Message) -> PlaceMatch | None:
        """Where the visitor is: by the page's position, or as they said."""
        area = message.near or self._state.facts.get(AREA)
        place = find_place(area) if area and area != UNSURE else None
        return place if place is not None and place.kind == FOUND else None

    def _is_over(self) -> bool:
        state = self._state
        return state.outcome_given is not None and state.open_question is None

    def _urgent(self) -> Level | None:
        """The level reached so far, if it needs care today."""
        level = judged(self._protocol, self._state.facts).level
        return level if level is not None and level >= Level.URGENT else None

    def _say(self, text: str) -> None:
        self._says.append(text_event(text))


def _is_told(message: Message) -> bool:
    return all(m.fact == AREA and m.assertion == "present" for m in message.mentions)
