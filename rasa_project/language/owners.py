"""Whose a finding is: the last person named before it ("my", "my dad", "he") owns it."""

from collections.abc import Sequence

from rasa_project.language.message import Message
from rasa_project.language.persons import Person

VISITOR, THEM, UNCLEAR = "visitor", "them", "unclear"

BODY = {
    "heel", "heels", "foot", "feet", "achilles", "calf", "calves", "ankle", "ankles", "leg",
    "legs", "toe", "toes",
}  # fmt: skip
_I = {"i"}
_MINE = {"my", "me", "mine", "myself", "meself"}
_PRONOUNS = {
    "he", "she", "they", "his", "her", "their", "hers", "him", "them", "himself", "herself",
}  # fmt: skip
_REPORTS = {
    "think", "guess", "believe", "worry", "wonder", "want", "need", "would", "should", "noticed",
    "notice", "saw", "suppose", "hope", "know", "see", "ask", "asked", "asking", "read", "will",
    "took", "take", "called", "brought", "told", "do", "does", "may", "might", "press", "pressed",
    "squeeze", "squeezed", "touch", "touched", "checked", "check", "measured", "say", "said",
    "gave", "give", "put", "am", "looked", "look", "can", "could", "try", "tried", "write",
    "doing", "type", "message", "help",
}  # fmt: skip
"""What a visitor says of themselves while telling somebody else's trouble ("I squeezed it")."""
_AM_UNWELL = {
    "having", "getting", "feeling", "sore", "in", "limping", "unable", "numb", "swollen",
    "diabetic", "on",
}  # fmt: skip
_QUESTIONS = {"should", "can", "do", "could", "may", "would", "must", "shall", "did"}
_CUTS = {",", "but", "just", "only", "so"}
_CARRIES_ON = {
    "and", "or", "nor", "had", "has", "have", "said", "says", "is", "was", "got", "with", "who",
    "then", "could", "can", "did", "does", "tore", "ended", "went", "were", "are", "not",
}  # fmt: skip
_SAYS = {
    "says", "said", "thinks", "reckons", "told", "tells", "figures", "swears", "noticed",
    "noticing", "saying", "thought", "suggested", "mentioned", "asks", "asked",
}  # fmt: skip
_LINKS = {"is", "are", "was", "were", "be", "not", "it", "those", "that", "these"}


def owner(message: Message, start: int, end: int, people: Sequence[Person]) -> str:
    """Whose the words ``start`` up to ``end`` are: ``visitor``, ``them`` or ``unclear``.

    ``unclear`` is a finding without a subject of its own, after a comma, in a sentence about
    somebody else ("my dad had one, calf swollen").
    """
    words = message.words
    if words[end : end + 2] in (["for", "me"], ["in", "mine"], ["on", "mine"], ["with", "me"]):
        return VISITOR
    inside = any(start <= person.start <= end for person in people)
    if _MINE & set(words[start : end + 1]) and not inside:
        return VISITOR  # "a player kicked me"
    named = {at: person for person in people for at in range(person.start, person.end)}
    crossed: int | None = None
    for at in range(start, -1, -1):
        word = words[at]
        them = at in named and not _tells(words, named[at])
        if them or (word in _PRONOUNS and any(person.start < at for person in people)):
            return UNCLEAR if crossed and _verbless(words, crossed, end) else THEM
        if at not in named:
            if _is_own(words, at, start) or (word in _I and not _reports(message, at)):
                return VISITOR
            if word in _CUTS and at < start and crossed is None:
                crossed = at
        if message.starts[at]:
            break
    return THEM if _predicated(message, end, people) else VISITOR


def _is_own(words: Sequence[str], at: int, start: int) -> bool:
    """Whether a "my" is about the visitor's body, not about their gym."""
    if words[at] in ("my", "me"):
        return at + 1 >= start or bool(BODY & set(words[at + 1 : at + 4]))
    return words[at] in _MINE


def first_person(message: Message, start: int, end: int, people: Sequence[Person]) -> bool:
    """Whether a finding is told by "I" or "my" within it or shortly before it."""
    words = message.words
    named = {at for person in people for at in range(person.start, person.end)}
    if {"him", "her", "his", "he", "she"} & set(words[start : end + 2]):
        return False
    for at in range(end - 1, max(-1, start - 6), -1):
        if at in named or words[at] in _PRONOUNS:
            return False
        if words[at] in _MINE and (start <= at or BODY & set(words[at + 1 : at + 4])):
            return True
        if words[at] in _I and not _reports(message, at):
            return True
        if message.starts[at] and at < start:
            return False
    return False


def _reports(message: Message, at: int) -> bool:
    """Whether the "I" at a word only tells, asks or examines ("I think", "should I")."""
    words = message.words
    if at and words[at - 1] in _QUESTIONS:
        return True
    following = words[at + 1 : at + 3]
    if not following:
        return True
    if following[0] == "am":
        return not _AM_UNWELL & set(following[1:2])
    if following[0] in ("can", "could") and following[1:2] == ["not"]:
        return False
    return following[0] in _REPORTS


def _verbless(words: Sequence[str], cut: int, end: int) -> bool:
    """Whether the clause behind a comma has no verb that the person before could be subject of."""
    return not _CARRIES_ON & set(words[cut + 1 : end])


def _tells(words: Sequence[str], person: Person) -> bool:
    """Whether a person only says something about the visitor ("the guy at the gym says")."""
    return bool(_SAYS & set(words[person.end : person.end + 2]))


def _predicated(message: Message, place: int, people: Sequence[Person]) -> bool:
    """Whether the sentence goes on to say whose it is: "those are my neighbour's troubles"."""
    words = message.words
    for person in people:
        if person.start < place or not message.same_sentence(person.start, place - 1):
            continue
        between = words[place : person.start]
        if words[person.start] in ("in", "runs", "run", "history", "family") and len(between) < 3:
            return True
        if between and between[-1] in _LINKS and not {*_MINE, "i"} & set(between):
            return True
    return False
