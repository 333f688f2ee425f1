"""What is no answer and tells nothing: questions, small talk, and words not understood."""

from rasa_project.advice.articles import Article
from rasa_project.dialogue import commands, fallback
from rasa_project.dialogue.answering import answer, article_of
from rasa_project.dialogue.commands import COMMANDS, QUIET, STEERING, Say, text_event
from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.hearing import Hearing
from rasa_project.dialogue.judging import judged
from rasa_project.dialogue.own_questions import about_meaning, as_question
from rasa_project.dialogue.reading import SURE, Message
from rasa_project.dialogue.state import State
from rasa_project.dialogue.wording import notice, texts
from rasa_project.language.answers import bare_number, left_over, named_in_part
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question

UNSETTLING = frozenset({"affirm", "deny", "dont_know", "out_of_scope"})
"""Intents of a reply that leaves a question of the chat's own as open as before."""

VERY_SURE = 0.8
"""Confidence from which a question beside facts is answered where its words do not ask."""


class Asides:
    """Replies to one message.

    Args:
        protocol: The protocol in force.
        state: What the conversation remembers; changed in place.
        says: What is said this turn; replies are added.
        heard: What the same message told.
    """

    def __init__(self, protocol: Protocol, state: State, says: list[Say], heard: Hearing) -> None:
        self._protocol = protocol
        self._state = state
        self._says = says
        self._heard = heard

    def reply(self, message: Message, command: str | None) -> None:
        """Answers a message that told nothing and answered nothing.

        Args:
            message: The message.
            command: What it asks of the chat, if it does.
        """
        state, question = self._state, self._heard.question
        if command is None and state.pending is None and self._asks_unit(message, question):
            return
        intent = command or message.intent
        shown = as_question(self._protocol, state.pending) if state.pending else question
        foreign = message.foreign is not None and intent not in COMMANDS
        if foreign and intent not in ("affirm", "deny", "dont_know", "greet", "thank", "goodbye"):
            self._says.append(commands.foreign_notice(state, str(message.foreign)))
            return
        if state.pending is not None and intent in UNSETTLING:
            if intent == "out_of_scope":
                self._says.append("utter_out_of_scope")
            self._heard.settle(state.pending, None, message)
            return
        if intent in ("affirm", "deny") and question and named_in_part(message.text, question):
            self._miss(message, offer=True)  # "none but the numbness": of which of two?
            return
        if intent == "dont_know" and question is not None and state.pending is None:
            self._heard.unsure(question, message)
            return
        if intent in (commands.WHY, commands.ASK_MEANING):
            self._heard.again = intent == commands.ASK_MEANING
            self._says += commands.explain(self._protocol, state, shown, self._heard.again)
        elif intent == commands.TALK_TO_PERSON:
            self._says.append(commands.hand_off(state))
        elif intent in QUIET:
            self._miss(message, offer=True)
            return
        elif (article := article_of(intent)) is not None:
            self._answer(article)
        else:
            self._says.append(f"utter_{intent}")
        state.misses = 0

    def _asks_unit(self, message: Message, question: Question | None) -> bool:
        """ "90" to "when did it start" is asked back; a guess could make an old pain a new one."""
        readings = fallback.in_which_unit(message.text, question) if question else []
        if not readings or question is None:
            return False
        self._state.pending = about_meaning(readings, question.name)
        words = texts()["which_unit"].format(n=bare_number(message.text))
        offered = [{"value": v, "label": label} for v, label in self._state.pending.options]
        self._says.append(notice("fallback", words) | {"options": offered})
        return True

    def _answer(self, article: Article) -> None:
        """Answers a question, unless there is something urgent to say."""
        level = self._urgent_level()
        if level is None:
            self._says.append(answer(article, self._state.clinic))
        elif self._state.open_question is not None:
            # What to do comes first. After the outcome the chat says it again by itself.
            do = self._protocol.outcomes[level.name]["do"]
            self._says.append(text_event(texts()["safety_first"].format(do=do)))

    def _urgent_level(self) -> Level | None:
        """The level reached so far, if it needs care today."""
        level = judged(self._protocol, self._state.facts).level
        return level if level is not None and level >= Level.URGENT else None

    def _miss(self, message: Message, offer: bool) -> None:
        """Asks what was meant; the second time in a row, offers a person."""
        state, question = self._state, self._heard.question
        if state.pending is not None:
            # The chat's own question is asked again; twice unsettled, it settles itself.
            self._heard.settle(state.pending, None, message)
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

    def meant(self, value: str, message: Message) -> None:
        """The visitor said what an unclear message meant."""
        if value == "none":
            self._miss(message, offer=False)
        elif value.startswith("number:"):
            number = float(value.removeprefix("number:"))
            self._heard.answer(Message(message.text, number=number), None)
        elif value.startswith("option:"):
            self._heard.picked(value.removeprefix("option:"), message)
        else:
            self._state.misses = 0
            meant = Message("", intent=value, classified=value, confidence=1.0)
            if value in STEERING and value != commands.CHANGE_ANSWER:
                self._says += commands.steer(
                    value, self._protocol, self._state, self._heard.question
                )
            elif value == commands.CHANGE_ANSWER:
                self._says += commands.change_answer(self._protocol, self._state, meant)
            else:
                self.reply(meant, value if value in COMMANDS else None)

    def reply_too(self, message: Message) -> None:
        """A question beside facts is answered as well, unless there is something urgent to say."""
        asks, question = cues().asks(message.text), self._heard.question
        if not asks and question and not left_over(message.text, question, message.mentions):
            return  # "first time" is all told: it asks nothing about a first visit
        sure = message.confidence >= (SURE if asks else VERY_SURE)
        if not sure or self._urgent_level() is not None:
            return
        if message.classified == commands.TALK_TO_PERSON:
            self._says.append(commands.hand_off(self._state))
        elif (article := article_of(message.classified)) is not None:
            self._answer(article)
