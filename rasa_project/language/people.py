"""Who the message is about: the visitor, a child of theirs, or another grown-up.

"My dad ruptured his" is somebody else's story; "my dad can't push off his foot" is about the
patient. Only what is plainly about the other person's complaint makes them the patient.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.assertions import Modifier
from rasa_project.language.message import Message

_BODY = set(
    [
        "heel",
        "heels",
        "foot",
        "feet",
        "achilles",
        "calf",
        "calves",
        "ankle",
        "ankles",
        "leg",
        "legs",
        "toe",
        "toes",
        "tendon",
        "sole",
        "arch",
        "shin",
        "back",
        "knee",
        "chest",
        "pain",
        "injury",
    ]
)
_REPORTS = set(
    [
        "think",
        "guess",
        "believe",
        "worry",
        "wonder",
        "want",
        "need",
        "would",
        "should",
        "noticed",
        "saw",
        "suppose",
        "hope",
        "know",
        "see",
        "ask",
        "asked",
        "read",
        "will",
        "took",
        "take",
        "called",
        "brought",
        "told",
        "do",
        "does",
        "may",
        "might",
    ]
)
_REPORTS_BE = set(
    [
        "worried",
        "concerned",
        "asking",
        "writing",
        "typing",
        "wondering",
        "scared",
        "the",
        "a",
        "his",
        "her",
        "their",
        "not",
        "trying",
        "looking",
        "just",
        "here",
        "really",
        "so",
        "very",
    ]
)
_QUESTIONS = {"should", "can", "do", "could", "may", "would", "must", "shall", "did"}
_STORY = {"too", "also", "once", "ago", "years"}


@dataclass(frozen=True)
class Patient:
    """Who the chat is about.

    Attributes:
        respondent: ``guardian`` or ``other`` when the patient is somebody else; else None.
        start: First word that says so.
        end: One past the last.
    """

    respondent: str | None = None
    start: int = 0
    end: int = 0

    def is_other(self, modifiers: Sequence[Modifier], earlier_person: bool) -> bool:
        """Whether a finding under these people-modifiers belongs to somebody else.

        Args:
            modifiers: The people-modifiers that reach the finding.
            earlier_person: Whether the message named a person before, whom "he" or "she" means.
        """
        if self.respondent is not None:
            return False
        return any(m.kind != "person" or earlier_person for m in modifiers)


def find_patient(message: Message, people: Sequence[Modifier]) -> Patient:
    """Decides who the message is about."""
    for hit in message.findings:
        if hit.entry.fact == "respondent" and hit.entry.value in ("guardian", "other"):
            return Patient(hit.entry.value, hit.start, hit.end)
    named = [person for person in people if person.kind in ("child", "adult")]
    if not named or _about_the_visitor(message, named):
        return Patient()
    for person in named:
        if person.kind == "child" and _complains(message, person, strict=False):
            return Patient("guardian", person.start, person.end)
    for person in named:
        if person.kind == "adult" and _complains(message, person, strict=True):
            return Patient("other", person.start, person.end)
    return Patient()


def _about_the_visitor(message: Message, people: Sequence[Modifier]) -> bool:
    """Whether the visitor speaks of their own body."""
    words = message.words
    taken = {at for person in people for at in range(person.start, person.end)}
    for at, word in enumerate(words):
        if at in taken:
            continue
        following = words[at + 1 : at + 4]
        if word in ("mine", "myself"):
            return True
        if word == "me" and at and words[at - 1] in ("for", "with", "on", "to", "kicked", "hit"):
            return True
        if word == "my" and _BODY & set(following[:2]):
            return True
        if word == "i" and following and not (at and words[at - 1] in _QUESTIONS):
            if following[0] == "am":
                if not (_REPORTS_BE & set(following[1:2])):
                    return True
            elif following[0] not in _REPORTS:
                return True
    return False


def _complains(message: Message, person: Modifier, strict: bool) -> bool:
    """Whether the message tells that person's own trouble, now."""
    words = message.words
    sentence = [
        at for at in range(len(words)) if message.sentence[at] >= message.sentence[person.start]
    ]
    if _STORY & {words[at] for at in sentence} and strict:
        return False
    possessive = person.end < len(words) and words[person.end] in ("'s", "'")
    tells = any(
        0 <= cue.start - person.end <= 3 or words[cue.start - 1] in ("he", "she", "they")
        for cue in message.cues("about_patient")
        if cue.start >= person.end
    )
    if not strict:
        return tells or possessive or not {"had", "too"} & {words[at] for at in sentence}
    body = any(words[at] in _BODY for at in sentence) or any(
        hit.entry.fact in ("walk4_now", "push_off", "heel_raise", "onset")
        for hit in message.findings
    )
    return body and (tells or possessive)
