"""Who the message is about: the visitor, a child of theirs, or another grown-up; and whose each
finding is.

"My dad ruptured his" is somebody else's story; "my dad can't push off his foot" is about the
patient. Only what is plainly about the other person's leg, now, makes them the patient. A finding
belongs to the last person named before it ("my", "my dad", "he").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.persons import ADULT, CHILD, FAR, Person

VISITOR, THEM, UNCLEAR = "visitor", "them", "unclear"

_LEG = {
    "onset", "walk4_now", "walk4_then", "push_off", "heel_raise", "gap_or_dent", "bone_tender",
    "swelling", "calf_bigger", "calf_tense", "heat_redness", "wound", "neuro", "zones",
    "walk_limp", "heel_squeeze", "emergency_flags", "side",
}  # fmt: skip
"""Facts about the complaint itself."""
_BODY = set("heel heels foot feet achilles calf calves ankle ankles leg legs toe toes".split())
_I = {"i"}
_MINE = {"my", "me", "mine", "myself", "meself"}
_PRONOUNS = set("he she they his her their hers him them himself herself".split())
_REPORTS = set(
    """think guess believe worry wonder want need would should noticed notice saw suppose hope know
    see ask asked asking read will took take called brought told do does may might press pressed squeeze
    squeezed touch touched checked check measured say said gave give put am looked look can could
    try tried write doing do type message help""".split()
)
"""What a visitor says of themselves while telling somebody else's trouble ("I squeezed it")."""
_AM_UNWELL = set("having getting feeling sore in limping unable numb swollen diabetic on".split())
_QUESTIONS = {"should", "can", "do", "could", "may", "would", "must", "shall", "did"}
_CUTS = {",", "but", "just", "only", "so"}
_CARRIES_ON = set(
    "and or nor had has have said says is was got with who then could can did does tore ended went "
    "were are not".split()
)
_SAYS = set(
    "says said thinks reckons told tells figures swears noticed noticing saying thought suggested "
    "mentioned asks asked".split()
)
_LINKS = {"is", "are", "was", "were", "be", "not", "it", "those", "that", "these"}
_STORY = set(
    "once ago years decade decades ruptured tore torn snapped had was were did went got came landed fell "
    "heard said broke when".split()
)
_COMPARES = {"once", "same", "always", "similar", "years"}
_NOW = set(
    "today yesterday since now tonight week weeks days hours morning lately started keeps still "
    "friday saturday sunday monday tuesday wednesday thursday".split()
)
_PRESENT = set(
    "is are has have can cannot will does do hurts keeps needs feels says gets limps plays runs "
    "complains looks woke cries refuses he's she's".split()
)
_WRITING = set("typing writing doing asking type english".split())


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


def owner(message: Message, start: int, end: int, people: Sequence[Person]) -> str:
    """Whose the words ``start`` up to ``end`` are: ``visitor``, ``them`` or ``unclear``.

    ``unclear`` is a finding without a subject of its own, after a comma, in a sentence about
    somebody else ("my dad had one, calf swollen").
    """
    words = message.words
    if words[end : end + 2] in (["for", "me"], ["in", "mine"], ["on", "mine"], ["with", "me"]):
        return VISITOR
    named = {at: person for person in people for at in range(person.start, person.end)}
    crossed: int | None = None
    for at in range(start, -1, -1):
        word = words[at]
        them = at in named and not _tells(words, named[at])
        if them or (word in _PRONOUNS and any(person.start < at for person in people)):
            return UNCLEAR if crossed and _verbless(words, crossed, end) else THEM
        if at not in named:
            if word in _MINE or (word in _I and not _reports(message, at)):
                return VISITOR
            if word in _CUTS and at < start and crossed is None:
                crossed = at
        if message.starts[at]:
            break
    return THEM if _predicated(message, end, people) else VISITOR


def whose(
    message: Message, start: int, end: int, people: Sequence[Person], patient: Patient
) -> tuple[bool, bool]:
    """Whether the words ``start`` up to ``end`` tell of the patient, and whether that is sure."""
    if not people:
        return True, True
    if patient.respondent is not None:
        return not _first_person(message, start, end, people), True
    within = set(message.words[start : end + 1])
    if within & _MINE and not any(start <= person.start <= end for person in people):
        return True, True
    found = owner(message, start, end, people)
    if found == UNCLEAR:
        return True, False
    return found == VISITOR, True


def find_patient(message: Message, people: Sequence[Person]) -> Patient:
    """Decides who the message is about."""
    for hit in message.findings:
        if hit.entry.fact == "respondent" and hit.entry.value in ("guardian", "other"):
            return Patient(hit.entry.value, hit.start, hit.end)
    named = [person for person in people if person.kind != FAR]
    if not named:
        return Patient()
    leg = [hit for hit in message.findings if hit.entry.fact in _LEG]
    own = [hit for hit in leg if _first_person(message, hit.start, hit.end, people)]
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


def _is_patient(message: Message, person: Person, theirs: Sequence[Hit]) -> bool:
    """Whether the message tells that person's own trouble, now."""
    words = message.words
    if _for_somebody(message, person):
        return True
    after = words[person.end :]
    if not theirs and not _BODY & set(after):
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
    return bool(theirs) and (aged or asks or now or len(theirs) >= 2)


def _compares(sentence: Sequence[str]) -> bool:
    """Whether a sentence tells somebody's story for comparison ("she had it too")."""
    return bool(_COMPARES & set(sentence)) or any(
        word in ("too", "also") and after in (".", ",", "!", "but", "and", "so")
        for word, after in zip(sentence, [*sentence[1:], "."])
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
    return any(hit.entry.fact == "age_band" for hit in message.findings) or _age_in_words(after)


_TENS = set("twenty thirty forty fourty fifty sixty seventy eighty ninety".split())
_TEENS = set(
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
)


def _age_in_words(after: Sequence[str]) -> bool:
    return any(
        word == "is" and set(after[at + 1 : at + 3]) & (_TENS | _TEENS)
        for at, word in enumerate(after)
    )


def _first_person(message: Message, start: int, end: int, people: Sequence[Person]) -> bool:
    """Whether a finding is told by "I" or "my" within it or shortly before it."""
    words = message.words
    named = {at for person in people for at in range(person.start, person.end)}
    if {"him", "her", "his", "he", "she"} & set(words[start : end + 2]):
        return False
    for at in range(end - 1, max(-1, start - 6), -1):
        if at in named or words[at] in _PRONOUNS:
            return False
        if words[at] in _MINE and (start <= at or _BODY & set(words[at + 1 : at + 4])):
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
