"""Who the message is about: the visitor, a child of theirs, or another grown-up.

"My dad ruptured his" is somebody else's story; "my dad can't push off his foot" is about the
patient. Only what is plainly about the other person's leg, now, makes them the patient.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.owners import BODY, UNCLEAR, VISITOR, first_person, owner
from rasa_project.language.persons import ADULT, CHILD, FAR, Person

_LEG = {
    "onset", "walk4_now", "walk4_then", "push_off", "heel_raise", "gap_or_dent", "bone_tender",
    "swelling", "calf_bigger", "calf_tense", "heat_redness", "wound", "neuro", "zones",
    "walk_limp", "heel_squeeze", "emergency_flags", "side",
}  # fmt: skip
"""Facts about the complaint itself."""
_BEGINS = {",", ".", ";", "!", "-", "\n", "but", "and", "now", "so", "while", "whereas"}
_OF_MINE = {
    "is", "has", "was", "just", "only", "hurts", "aches", "feels", "started", "came", "been",
    "sore", "stiff", "began", "crept", "does", "did", "are", "not", "still",
}  # fmt: skip
"""Words after "mine" that tell of the writer's own trouble; "a friend of mine" does not."""
_STORY = {
    "once", "ago", "years", "decade", "decades", "ruptured", "tore", "torn", "snapped", "had",
    "was", "were", "did", "went", "got", "came", "landed", "fell", "heard", "said", "broke",
    "when",
}  # fmt: skip
_EXPLICIT = {
    "for", "about", "behalf", "regarding", "re", "parent", "guardian", "am", "as", "speak",
    "here",
}  # fmt: skip
"""Words that say outright for whom one writes; "my brother" alone does not."""
_COMPARES = {"once", "same", "always", "similar", "years"}
_NOW = {
    "today", "yesterday", "now", "tonight", "week", "weeks", "days", "hours", "morning", "lately",
    "friday", "saturday", "sunday", "monday", "tuesday", "wednesday", "thursday",
}  # fmt: skip
_PRESENT = {
    "is", "are", "has", "have", "can", "cannot", "will", "does", "do", "hurts", "keeps", "needs",
    "feels", "says", "gets", "limps", "plays", "runs", "complains", "looks", "woke", "cries",
    "refuses", "he's", "she's",
}  # fmt: skip
_WRITING = {
    "typing", "writing", "doing", "asking", "type", "english",
}  # fmt: skip


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


def whose(
    message: Message, start: int, end: int, people: Sequence[Person], patient: Patient
) -> tuple[bool, bool]:
    """Whether the words ``start`` up to ``end`` tell of the patient, and whether that is sure."""
    if not people:
        return True, True
    if patient.respondent is not None:
        return not first_person(message, start, end, people), True
    found = owner(message, start, end, people)
    if found == UNCLEAR:
        return True, False
    return found == VISITOR, True


def find_patient(message: Message, people: Sequence[Person]) -> Patient:
    """Decides who the message is about."""
    for hit in message.findings:
        explicit = _EXPLICIT & set(message.words[hit.start : hit.end])
        if explicit and hit.entry.label in ("respondent.guardian", "respondent.other"):
            return Patient(hit.entry.value, hit.start, hit.end)
    named = [person for person in people if person.kind != FAR]
    if not named:
        return Patient()
    if _contrasted(message.words) and not any(_for_somebody(message, p) for p in named):
        return Patient()
    leg = [hit for hit in message.findings if hit.entry.fact in _LEG]
    own = [hit for hit in leg if first_person(message, hit.start, hit.end, people)]
    if own and not any(_for_somebody(message, person) for person in named):
        return Patient()
    whole = not own and bool({"he", "she", "his", "her"} & set(message.words))
    theirs = [
        hit for hit in leg
        if whole or owner(message, hit.start, hit.end, people) != VISITOR
    ]  # fmt: skip
    for kind, respondent in ((CHILD, "guardian"), (ADULT, "other")):
        for person in named:
            if person.kind == kind and _is_patient(message, person, theirs):
                return Patient(respondent, person.start, person.end)
    return Patient()


def _contrasted(words: Sequence[str]) -> bool:
    """Whether the writer sets themselves against somebody's story: "no pop for me", "mine is"."""
    if any(
        word == "mine" and words[at + 1] in _OF_MINE and (not at or words[at - 1] in _BEGINS)
        for at, word in enumerate(words[:-1])
    ):
        return True
    return any(
        list(words[at : at + 2]) == ["for", "me"]
        and {"no", "not", "never"} & set(words[max(0, at - 4) : at])
        for at in range(1, len(words))
    )


def _is_patient(message: Message, person: Person, theirs: Sequence[Hit]) -> bool:
    """Whether the message tells that person's own trouble, now."""
    words = message.words
    if _for_somebody(message, person):
        return True
    after = words[person.end :]
    if not theirs and not BODY & set(after):
        return False
    sentence = [
        words[at]
        for at in range(person.end, len(words))
        if message.sentence[at] == message.sentence[person.start]
    ]
    aged = _has_age(message, person)
    now = bool(_NOW & set(after))
    story = bool(_STORY & set(sentence)) and not _PRESENT & set(sentence) and not now
    if person.kind == CHILD:
        return bool(theirs or aged) and not story
    if any(hit.start < person.start for hit in theirs):
        return False
    asks = "?" in words or bool({"should", "advice"} & set(words))
    asks = asks and bool({"he", "she", "we", "they", "him", "her"} & set(words))
    if aged and _WRITING & set(words):
        return True
    if story or _compares(sentence):
        return aged and now and len(theirs) >= 2
    limb = [hit for hit in theirs if hit.entry.fact not in ("emergency_flags", "walk4_then")]
    return bool(theirs) and (aged or asks or (now and bool(limb)) or len(limb) >= 2)


def _compares(sentence: Sequence[str]) -> bool:
    """Whether a sentence tells somebody's story for comparison ("she had it too")."""
    return bool(_COMPARES & set(sentence)) or any(
        word in ("too", "also") and after in (".", ",", "!", "but", "and", "so")
        for word, after in zip(sentence, [*sentence[1:], "."], strict=False)
    )


def _for_somebody(message: Message, person: Person) -> bool:
    """Whether the message says for whom it is written: "this is about my husband"."""
    before = message.words[max(0, person.start - 3) : person.start]
    if not before or before[-1] not in ("for", "about"):
        return False
    return bool(
        {"is", "this", "asking", "writing", "here", "help", "question", "advice", "chatting",
         "inquiring", "it", "typing", "message", "booking"} & set(before)
    ) or person.start <= 2  # fmt: skip


def _has_age(message: Message, person: Person) -> bool:
    """Whether an age stands behind a person: "my mom is 74", "daughters 7"."""
    after = message.words[person.end : person.end + 25]
    for at, word in enumerate(after):
        if word.isdigit() and 0 < int(word) < 111:
            before = after[:at]
            if not before or before[-1] in ("is", "aged", "age", "turned", "who", ",", "he", "she"):
                return True
            if after[at + 1 : at + 2] in (["year"], ["years"]):
                return True
    told = any(
        hit.entry.fact == "respondent" and hit.start <= person.end and person.start <= hit.end
        for hit in message.findings
    )
    return told or _age_in_words(after)


_TENS = {
    "twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety",
}  # fmt: skip
_TEENS = {
    "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen",
}  # fmt: skip


def _age_in_words(after: Sequence[str]) -> bool:
    return any(
        word == "is" and set(after[at + 1 : at + 3]) & (_TENS | _TEENS)
        for at, word in enumerate(after)
    )
