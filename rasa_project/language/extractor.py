"""Free text -> clinical facts with assertion: the room's front door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rasa_project.language.assertions import Assertion, Assertions, Modifier
from rasa_project.language.dated import date_finding, time_of
from rasa_project.language.lexicon import UNPLACED, Entry, Lexicon, project_lexicon
from rasa_project.language.matcher import Hit, PhraseMatcher, findings
from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    OTHER,
    PRESENT,
    SELF,
    UNCERTAIN,
    Mention,
)  # fmt: skip
from rasa_project.language.message import Message
from rasa_project.language.people import Patient, find_patient
from rasa_project.language.tidying import tidy
from rasa_project.language.times import Span, spans
from rasa_project.language.values import postal_area, read_values

_SHORT = 6
"""A message of so few words answers a question; its zone needs no word for pain beside it."""

_EXCEPTIONS = {"except", "apart", "aside", "besides", "other"}

_SWELLING_OF_ZONE = {
    "Z1": "calf", "Z2": "tendon_heel", "Z3": "tendon_heel", "Z4": "tendon_heel",
    "Z5": "tendon_heel", "Z6": "tendon_heel", "Z7": "ankle_joint", "Z8": "ankle_joint",
    "Z9": "ankle_joint", "Z10": "whole_leg",
}  # fmt: skip


class FactExtractor:
    """Reads facts out of messages. Building it takes about a second; keep one.

    Args:
        lexicon: The lexicon to use; the project's own by default.

    Raises:
        rasa_project.errors.DataError: The context rules break their format.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or project_lexicon()
        self._matcher = PhraseMatcher(self._lexicon)
        self._assertions = Assertions(self._lexicon)

    def extract(self, text: str, at: date) -> list[Mention]:
        """All facts said in a message.

        Args:
            text: The message as typed; any string, of any length the channel lets through.
            at: The message's date where the visitor is; "yesterday" counts back from it.

        Returns:
            Mentions in the order of their words. The same fact may be there more than once.
        """
        speller = self._lexicon.speller
        tokens = speller.tokens(text)
        words = [token.norm for token in tokens]
        message = Message(
            text=text,
            tokens=tokens,
            starts=speller.sentence_starts(tokens),
            hits=findings(self._matcher.hits(words)),
            times=spans(words, at),
        )
        zones = [hit for hit in message.findings if hit.entry.fact == "zones"]
        message.hits = [hit for hit in message.hits if _is_meant(message, hit)]
        asserted, people = self._assertions.read(message)
        patient = find_patient(message, people)
        mentions: list[Mention] = []
        used: list[Span] = []
        for hit, assertion in asserted.items():
            whose = _experiencer(message, people, patient, assertion)
            made, time = self._mentions(message, hit, assertion, zones)
            mentions += [replace(mention, experiencer=whose) for mention in made]
            if time is not None:
                used.append(time)
        mentions += self._values(message, used, people, patient)
        if patient.respondent is not None:
            mentions.append(
                _mention(message, "respondent", patient.respondent, patient.start, patient.end)
            )
        return tidy(message, mentions)

    def _mentions(
        self, message: Message, hit: Hit, assertion: Assertion, zones: list[Hit]
    ) -> tuple[list[Mention], Span | None]:
        """The mentions of one finding, and the time that dates it."""
        entry: Entry | None = hit.entry
        certain, time = True, None
        said = assertion.assertion
        extra: list[str] = []
        if hit.entry.within_days is not None and said != ABSENT:
            dated = date_finding(message, hit, self._lexicon.entries)
            entry, certain, time = dated.entry, dated.certain, dated.time
        elif hit.entry.history:
            time = time_of(message, hit)
        if entry is None or (said == ABSENT and hit.phrase.polarity == "implied"):
            return [], time
        fact, value = entry.fact, entry.value
        if said == ABSENT and hit.entry.now_is:
            extra.append(hit.entry.now_is.partition(".")[2])
        if not certain and said == PRESENT:
            said = UNCERTAIN
        if fact == "swelling" and value == UNPLACED:
            if said == ABSENT and not _has_exception(message, hit):
                value, said = "none", PRESENT
            else:
                placed = _place(message, hit, zones)
                value = placed or "tendon_heel"
                said = PRESENT if placed and said == PRESENT else UNCERTAIN
        made = [
            _mention(message, fact, one, hit.start, hit.end, said, assertion.temporality)
            for one in (value, *extra)
        ]
        return made, time

    def _values(
        self, message: Message, used: list[Span], people: list[Modifier], patient: Patient
    ) -> Iterator[Mention]:
        for value in read_values(message, used):
            others = tuple(
                person
                for person in people
                if person.end <= value.start
                and message.same_clause(person.start, value.start)
                and not {"i", "my", "me"} & set(message.words[person.end : value.start])
            )
            whose = _experiencer(message, people, patient, Assertion(PRESENT, CURRENT, others))
            made = _mention(message, value.fact, value.value, value.start, value.end)
            yield replace(made, experiencer=whose)
        area = postal_area(message.text)
        if area is not None:
            name, start, end = area
            yield Mention("area", name, PRESENT, SELF, CURRENT, start, end, message.text[start:end])


def _is_meant(message: Message, hit: Hit) -> bool:
    """Whether the words that a finding needs stand near it ("calf" needs a word for pain)."""
    entry = hit.entry
    if entry.fact in ("zones", "side") and any(
        other.start <= hit.start and hit.end <= other.end and other.entry.fact == "neuro"
        for other in message.findings
    ):
        return False  # "numb sole": a place of numbness, not yet of pain
    if entry.needs_anywhere and not any(message.cues(need) for need in entry.needs_anywhere):
        return False
    if not entry.needs:
        return True
    part_of_other = any(
        other.start <= hit.start and hit.end <= other.end and other.entry.fact != entry.fact
        for other in message.findings
    )
    if len(message.words) <= _SHORT and not part_of_other:
        return True
    return any(
        message.same_sentence(cue.start, hit.start)
        for need in entry.needs
        for cue in message.cues(need)
    )


def _experiencer(
    message: Message, people: list[Modifier], patient: Patient, assertion: Assertion
) -> str:
    first = min((m.start for m in assertion.others), default=0)
    earlier = any(person.kind != "person" and person.start < first for person in people)
    return OTHER if patient.is_other(assertion.others, earlier) else SELF


def _has_exception(message: Message, hit: Hit) -> bool:
    """Whether a denial goes on with what it leaves out: "no swelling except in my calf"."""
    after = message.words[hit.end : hit.end + 4]
    return bool(_EXCEPTIONS & set(after))


def _place(message: Message, hit: Hit, zones: list[Hit]) -> str | None:
    """Where an unplaced swelling is: the zone of the same sentence, or the message's only one."""
    near = [zone for zone in zones if message.same_sentence(zone.start, hit.start)] or zones
    places = {_SWELLING_OF_ZONE[zone.entry.value] for zone in near}
    return places.pop() if len(places) == 1 else None


def _mention(
    message: Message,
    fact: str,
    value: str | int | float,
    start: int,
    end: int,
    assertion: str = PRESENT,
    temporality: str = CURRENT,
) -> Mention:
    first, last = message.span(start, min(end, len(message.tokens)))
    return Mention(fact, value, assertion, SELF, temporality, first, last, message.text[first:last])
