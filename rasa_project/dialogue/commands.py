"""What the visitor can ask of the chat at any time: back, change, skip, stop, and what is asked."""

from rasa_project.clinics.directory import default_directory
from rasa_project.dialogue.checking import concluded
from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.judging import judged
from rasa_project.dialogue.outcomes import explained, today_in_ontario
from rasa_project.dialogue.own_questions import about_answers
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import State
from rasa_project.dialogue.wording import Event, notice, texts
from rasa_project.triage.engine import asked_facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question, unsure_about

Say = str | Event
"""What is said: the name of a response in ``domain.yml``, or a chat event."""

GO_BACK, CHANGE_ANSWER, SKIP, STOP = "go_back", "change_answer", "skip", "stop"
WHY, ASK_MEANING, ASK_REPEAT = "why", "ask_meaning", "ask_repeat"
TALK_TO_PERSON = "talk_to_person"
STEERING = frozenset({GO_BACK, CHANGE_ANSWER, SKIP, STOP})
"""Commands that change what is asked next."""
REWORDING = frozenset({GO_BACK, CHANGE_ANSWER})
"""Commands about an earlier answer; told with the new answer they are a correction."""
NAMING = frozenset({WHY, ASK_MEANING, CHANGE_ANSWER, ASK_REPEAT})
"""What these name ("why do you ask about a fever") is not told of anybody."""
QUIET = frozenset({"inform", "choose", "nlu_fallback", "start", "self_harm", "start_again", ""})
"""Intents that have no reply of their own."""
COMMANDS = STEERING | NAMING | {TALK_TO_PERSON}


def text_event(text: str) -> Event:
    """A plain line."""
    return {"type": "text", "text": text}


def reopenable(protocol: Protocol, state: State) -> list[Question]:
    """Answered questions, the last answered first; those answered in passing come after."""
    known = {
        question.name: question
        for question in protocol.questions
        if not question.always and any(name in state.facts for name in question.sets)
    }
    recent = [name for name in reversed(state.answered) if name in known]
    return [known[name] for name in dict.fromkeys([*recent, *known])]


def go_back(protocol: Protocol, state: State) -> list[Say]:
    """Opens the question before the open one; once more goes back one more."""
    steps = [name for name in state.answered if name != state.open_question or state.reopened]
    if state.reopened in steps:
        steps = steps[: steps.index(state.reopened)]
    if not steps:
        return ["utter_go_back"]
    state.reopened = steps[-1]
    return []


def change_button(text: str) -> str | None:
    """The question whose "Change" was pressed on the page: the words are those it was given."""
    typed = " ".join(text.split())
    names = texts()["screen_names"]
    words = texts()["change_about"]
    return next((name for name in names if words.format(topic=names[name]) == typed), None)


def change_answer(protocol: Protocol, state: State, message: Message) -> list[Say]:
    """Opens the question that the message names, or asks which."""
    able = reopenable(protocol, state)
    pressed = change_button(message.text)
    named = [pressed] if pressed else cues().named_question(message.text)
    for mention in message.mentions:
        named += [q.name for q in protocol.questions if mention.fact in q.sets]
    names = [question.name for question in able]
    found = next((name for name in named if name in names), None)
    if found is not None:
        state.reopened = found
        return []
    if not able:
        return ["utter_change_answer"]
    home = state.open_question or names[0]
    state.pending = about_answers(able, home)
    return []


def skip(protocol: Protocol, state: State, question: Question | None) -> list[Say]:
    """Skips what may be skipped; what may not is explained once, and then taken as unsure."""
    if question is None:
        return ["utter_skip"]
    if state.reopened:
        state.reopened = None
        return [text_event(texts()["kept"])]
    if question.always:
        return ["utter_consent_declined"]
    if question.option("skip"):
        state.facts = state.facts.with_({name: "unsure" for name in question.sets})
        _done(state, question)
        return []
    if question.name not in state.skipped:
        state.skipped.append(question.name)
        return [text_event(texts()["skip_needed"].format(why=question.why))]
    asked = asked_facts(protocol, state.facts)
    unsure = unsure_about(question, state.facts, protocol.specs, asked)
    state.facts = state.facts.with_(unsure.updates)
    _done(state, question)
    return [text_event(texts()["skipped"])]


def stop(protocol: Protocol, state: State) -> list[Say]:
    """Ends kindly, with what is known already."""
    state.stopped = True
    level = judged(protocol, state.facts).level
    if level is not None and level >= Level.PROMPT:
        words = protocol.outcomes[level.name]
        text = texts()["stopped_with"].format(title=words["title"], do=words["do"])
    else:
        text = texts()["stopped"]
    return [notice("handoff", _with_phone(text, state))]


def steer(command: str, protocol: Protocol, state: State, question: Question | None) -> list[Say]:
    """Obeys a command that changes what is asked next, but for "change my answer"."""
    if command == SKIP:
        return skip(protocol, state, question)
    return stop(protocol, state) if command == STOP else go_back(protocol, state)


def explain(
    protocol: Protocol, state: State, question: Question | None, meaning: bool
) -> list[Say]:
    """Why the open question is asked, or what it means; after the outcome, why that."""
    if question is not None:
        text = texts()["in_other_words"] if meaning else "{why}"
        return [text_event(text.format(why=question.why))]
    if state.outcome_given is None:
        return ["utter_ask_meaning" if meaning else "utter_why"]
    result, _ = concluded(protocol, state, judged(protocol, state.facts), clinic_known=True)
    today = today_in_ontario()
    return [text_event(explained(protocol, state.facts, result, state.quotes, today))]


def hand_off(state: State, key: str = "talk_to_person") -> Event:
    """How to reach a person."""
    return notice("handoff", _with_phone(texts()[key], state))


def foreign_notice(state: State, language: str) -> Event:
    """Which language the chat speaks, and where help is, in English and if known in theirs."""
    words = _with_phone(texts()["foreign"], state)
    own = texts()["foreign_in"].get(language)
    return notice("fallback", f"{own}\n\n{words}" if own else words)


def _with_phone(text: str, state: State) -> str:
    clinic = default_directory().by_slug(state.clinic) if state.clinic else None
    if clinic is None or not clinic.phone:
        return text
    return f"{text} {texts()['phone'].format(name=clinic.name, phone=clinic.phone)}"


def _done(state: State, question: Question) -> None:
    if question.name in state.answered:
        state.answered.remove(question.name)
    state.answered.append(question.name)
