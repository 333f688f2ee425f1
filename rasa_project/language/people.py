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
from rasa_project.language.persons import Person

VISITOR, THEM, UNCLEAR = "visitor", "them", "unclear"

_LEG = {
    "onset", "walk4_now", "walk4_then", "push_off", "heel_raise", "gap_or_dent", "bone_tender",
    "swelling", "calf_bigger", "calf_tense", "heat_redness", "wound", "neuro", "zones",
    "walk_limp", "heel_squeeze", "emergency_flags", "night_rest", "side",
}  # fmt: skip
"""Facts about the complaint itself."""
_BODY = set("heel heels foot feet achilles calf calves ankle ankles leg legs toe toes".split())
_I = {"i"}
_MINE = {"my", "me", "mine", "myself", "meself"}
_PRONOUNS = set("he she they his her their hers him them himself herself".split())
_REPORTS = set(
    """think guess believe worry wonder want need would should noticed notice saw suppose hope know
    see ask asked read will took take called brought told do does may might press pressed squeeze
    squeezed touch touched checked check measured say said gave give put am looked look can could
    try tried feel_it write type message help""".split()
)
"""What a visitor says of themselves while telling somebody else's trouble ("I squeezed it")."""
_AM_UNWELL = set("having getting feeling sore in limping unable numb swollen diabetic on".split())
_QUESTIONS = {"should", "can", "do", "could", "may", "would", "must", "shall", "did"}
_LINKS = {"is", "are", "was", "were", "be", "not", "it", "those", "that", "these"}
_STORY = set(
    "too also once ago years decade decades ruptured tore torn snapped had was were did went got "
    "heard said broke when".split()
)
_COMPARES = {"too", "also", "once", "same", "always", "similar", "like"}
_NOW = set(
    "today yesterday since now tonight week weeks days hours morning lately started keeps still "
    "friday saturday sunday monday tuesday wednesday thursday".split()
)
_PRESENT = set(
    "is are has have can cannot will does do hurts keeps needs feels says gets limps plays runs "
    "complains looks woke cries refuses he's she's".split()
)
_HELP = set("should what can does".split())
_FOR = ("for", "about", "on behalf of")
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


def owner(message: Message, place: int, people: Sequence[Person]) -> str:
    """Whose a finding at word ``place`` is: ``visitor``, ``them`` or ``unclear``.

    ``unclear`` is a finding without a subject of its own, after a comma, in a sentence about
    somebody else ("my dad had one, calf swollen").
    """
    named = {at: person for person in people for at in range(person.start, person.end)}
    first = next(at for at in range(place, -1, -1) if message.starts[at] or at == 0)
    crossed = False
    for at in range(place, first - 1, -1):
        word = message.words[at]
        if at in named:
            return THEM if not (crossed and _verbless(message, at, place)) else UNCLEAR
        if word in _PRONOUNS and any(person.start < at for person in people):
            return THEM
        if word in _MINE or (word in _I and not _reports(message, at)):
            return VISITOR
        if word in (",", "but", "just", "only") and at < place:
            crossed = True
    if _predicated(message, place, people):
        return THEM
    return VISITOR


def whose(
    message: Message, start: int, end: int, people: Sequence[Person], patient: Patient
) -> tuple[bool, bool]:
    """Whether the words ``start`` up to ``end`` tell of the patient, and whether that is sure."""
    if not people:
        return True, True
    within = set(message.words[start : end + 1])
    if patient.respondent is not None:
        own = owner(message, start, people) == VISITOR and _first_person(message, start)
        return not own, True
    if within & _MINE and not any(start <= p.start < end for p in people):
        return True, True
    found = owner(message, start, people)
    if found == UNCLEAR:
        return True, False
    return found == VISITOR, True


def find_patient(message: Message, people: Sequence[Person]) -> Patient:
    """Decides who the message is about."""
    for hit in message.findings:
        if hit.entry.fact == "respondent" and hit.entry.value in ("guardian", "other"):
            return Patient(hit.entry.value, hit.start, hit.end)
    named = [person for person in people if person.kind in ("child", "adult")]
    if not named:
        return Patient()
    leg = [hit for hit in message.findings if hit.entry.fact in _LEG]
    theirs = [hit for hit in leg if owner(message, hit.start, people) != VISITOR or _he(message)]
    own = [hit for hit in leg if hit not in theirs or _first_person(message, hit.start)]
    if own and not _for_somebody(message, named[0]):
        return Patient()
    for person in named:
        if person.kind == "child" and _is_patient(message, person, theirs, child=True):
            return Patient("guardian", person.start, person.end)
    for person in named:
        if person.kind == "adult" and _is_patient(message, person, theirs, child=False):
            return Patient("other", person.start, person.end)
    return Patient()


def _is_patient(message: Message, person: Person, theirs: Sequence[Hit], child: bool) -> bool:
    """Whether the message tells that person's own trouble, now."""
    if any(other.start < person.start for other in theirs) and not child:
        return False
    words = message.words
    sentence = [
        words[at]
        for at in range(person.end, len(words))
        if message.sentence[at] == message.sentence[person.start]
    ]
    if _for_somebody(message, person):
        return True
    body = bool(theirs) or bool(_BODY & set(words[person.end :]))
    if not body:
        return False
    story = bool(_STORY & set(sentence)) and not _PRESENT & set(sentence)
    aged = _has_age(message, person)
    now = bool(_NOW & set(words[person.end :]))
    if child:
        return bool(theirs or aged) and not story
    compares = _COMPARES & set(sentence) or "years" in sentence
    asks = "?" in words and bool({"he", "she", "we", "they"} & set(words)) and bool(
        _HELP & set(words)
    )
    if _WRITING & set(words) and {"i", "am", "he", "she"} & set(words) and aged:
        return True
    if story or compares:
        return aged and now and len(theirs) >= 2
    return bool(theirs) and (aged or asks or now or len(theirs) >= 2)


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
    after = message.words[person.end : person.end + 12]
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


def _he(message: Message) -> bool:
    """Whether the message speaks of one other person throughout, and never of the visitor."""
    own = any(
        word in _MINE and set(message.words[at + 1 : at + 4]) & _BODY
        for at, word in enumerate(message.words)
    )
    return not own and bool({"he", "she", "his", "her"} & set(message.words))


def _first_person(message: Message, place: int) -> bool:
    """Whether a finding is told by "I" or "my" right before it or within it."""
    words = message.words
    for at in range(place, max(-1, place - 5), -1):
        if words[at] in _MINE and not (at + 1 < len(words) and words[at + 1] not in _BODY
                                       and at == place - 1 and words[at] == "my"):
            return True
        if words[at] in _I and not _reports(message, at):
            return True
        if words[at] in _PRONOUNS or (message.starts[at] and at < place):
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
        return not (_AM_UNWELL & set(following[1:2]))
    if following[0] in ("can", "could") and following[1:2] == ["not"]:
        return False
    return following[0] in _REPORTS


def _verbless(message: Message, at: int, place: int) -> bool:
    """Whether the clause of a finding has no verb that the person before could be the subject of."""
    last = max(
        back for back in range(at, place) if message.words[back] in (",", "but", "just", "only")
    )
    return not ({"and", "or", "nor", "had", "has", "have", "said", "says", "is", "was", "got",
                 "with", "who", "then", "could", "can", "did", "does", "tore", "ended"}
                & set(message.words[last + 1 : place + 2]))  # fmt: skip


def _predicated(message: Message, place: int, people: Sequence[Person]) -> bool:
    """Whether the sentence goes on to say whose it is: "those are my neighbour's troubles"."""
    words = message.words
    return any(
        person.start > place
        and message.same_sentence(person.start, place)
        and words[person.start - 1] in _LINKS
        and not _MINE & set(words[place : person.start])
        and not {"i"} & set(words[place : person.start])
        for person in people
    )
