"""Free text -> clinical facts with assertion: the room's front door."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rasa_project.language import places
from rasa_project.language.assertions import Assertion, Assertions
from rasa_project.language.dated import date_finding, time_of
from rasa_project.language.lexicon import UNPLACED, Entry, Lexicon, Phrase, project_lexicon
from rasa_project.language.matcher import Hit, PhraseMatcher, findings
from rasa_project.language.meant import is_meant, places_unmeant
from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    HYPOTHETICAL,
    OTHER,
    PAST,
    PRESENT,
    SELF,
    UNCERTAIN,
    Mention,
)  # fmt: skip
from rasa_project.language.message import Message
from rasa_project.language.people import Patient, find_patient, whose
from rasa_project.language.persons import Person, Persons
from rasa_project.language.phrases import Pattern
from rasa_project.language.tidying import tidy
from rasa_project.language.times import Span, spans
from rasa_project.language.values import read_values

_NO_PATTERN = Pattern("(?!)", frozenset())
"""Of a finding that no phrase found."""

_OF_RELATIVES = {("inflam", "family_spa_psoriasis"), ("health", "high_chol_family")}
"""A relative's illness that is a fact about the patient."""

_OF_THE_WRITER = {"area", "respondent"}
"""Facts that are never somebody else's: where the visitor lives serves the patient too."""


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
        self._persons = Persons(self._lexicon)

    def extract(self, text: str, at: date) -> list[Mention]:
        """All facts said in a message.

        Args:
            text: The message as typed; any string, of any length the channel lets through.
            at: The message's date where the visitor is; "yesterday" counts back from it.

        Returns:
            Mentions in the order of their words. The same fact may be there more than once.
        """
        message = self._message(text, at)
        asserted = self._assertions.read(message)
        people = self._persons.named(message.words)
        patient = find_patient(message, people)
        mentions: list[Mention] = []
        others: list[Mention] = []
        used: list[Span] = []
        for hit, assertion in asserted.items():
            if hit.entry.fact == "respondent" and hit.entry.value != "self":
                continue  # what comes of it stands in ``patient``
            own, assertion = _owned(message, hit, assertion, people, patient)
            made, time = self._mentions(message, hit, assertion)
            mentions += [replace(m, experiencer=SELF if own else OTHER) for m in made]
            if hit.entry.fact == "onset" and (assertion.temporality == PAST or not own):
                others += mentions[-len(made) :] if made else []
            if assertion.temporality == PAST and hit.entry.fact == "onset" and time is None:
                long_ago = time_of(message, hit)
                if len(message.times) > 1:  # "tore it 8 years ago, now sore for a week"
                    message.times = [time for time in message.times if time is not long_ago]
            if time is not None:
                used.append(time)
        mentions += self._values(message, used, people, patient)
        if patient.respondent is not None:
            mentions.append(
                _mention(message, "respondent", patient.respondent, patient.start, patient.end)
            )
        return tidy(message, [_of_the_same(mention, others) for mention in mentions])

    def unmeant(self, text: str, at: date) -> frozenset[tuple[str, str]]:
        """Places that a message names without saying that they hurt ("but my calf is fine").

        Args:
            text: The message as typed.
            at: The message's date.

        Returns:
            Fact and value of each place that is named as well, and nowhere as sore.
        """
        message = self._message(text, at)
        unmeant = places_unmeant(message, self._matcher.hits(message.words))
        return frozenset((entry.fact, entry.value) for entry in unmeant)

    def statuses(
        self, text: str, at: date, places: Sequence[tuple[tuple[str, str], int, int]]
    ) -> list[str]:
        """How findings that no phrase found are said, by the rules.

        Args:
            text: The message as typed.
            at: The message's date.
            places: For each finding its fact and value, its first character and one past its last.

        Returns:
            For each: present, absent, uncertain, past, hypothetical or other.
        """
        if not places:
            return []
        message = self._message(text, at)
        made = [self._placed(message, *place) for place in places]
        message.hits = message.hits + [hit for hit in made if hit is not None]
        asserted = self._assertions.read(message)
        people = self._persons.named(message.words)
        patient = find_patient(message, people)
        return [
            PRESENT if hit is None else _status(message, hit, asserted[hit], people, patient)
            for hit in made
        ]

    def _message(self, text: str, at: date) -> Message:
        """The message with its words, phrases and times."""
        speller = self._lexicon.speller
        tokens = speller.tokens(text)
        words = [token.norm for token in tokens]
        message = Message(
            text=text,
            tokens=tokens,
            starts=speller.sentence_starts(tokens),
            hits=findings(self._matcher.hits(words)),
            times=spans(words, at),
            year=at.year,
        )
        message.hits = [hit for hit in message.hits if is_meant(message, hit)]
        return message

    def _placed(self, message: Message, key: tuple[str, str], start: int, end: int) -> Hit | None:
        """A finding at given characters, as if a phrase had found it."""
        inside = [
            at for at, token in enumerate(message.tokens) if token.start < end and token.end > start
        ]
        if not inside:
            return None
        entry = self._lexicon.entries.get(".".join(key)) or Entry(*key)
        phrase = Phrase(_NO_PATTERN, "present", entry)
        return Hit(phrase, inside[0], inside[-1] + 1)

    def _mentions(
        self, message: Message, hit: Hit, assertion: Assertion
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
        pairs = [(one, said) for one in (value, *extra)]
        if fact == "swelling" and value == UNPLACED:
            pairs = places.placed(message, hit, said)
        elif fact == "swelling":
            pairs += places.around(message, hit, said)
        made = [
            _mention(message, fact, one, hit.start, hit.end, how, assertion.temporality)
            for one, how in pairs
        ]
        return made, time

    def _values(
        self, message: Message, used: list[Span], people: list[Person], patient: Patient
    ) -> Iterator[Mention]:
        for value in read_values(message, used):
            own, _ = whose(message, value.start, value.end, people, patient)
            made = _mention(message, value.fact, value.value, value.start, value.end)
            mine = own or value.fact in _OF_THE_WRITER
            yield replace(made, experiencer=SELF if mine else OTHER)


def _owned(
    message: Message,
    hit: Hit,
    assertion: Assertion,
    people: list[Person],
    patient: Patient,
) -> tuple[bool, Assertion]:
    """Whether a finding is the patient's, and its assertion where that is not sure."""
    own, sure = whose(message, hit.start, hit.end, people, patient)
    relatives = (hit.entry.fact, hit.entry.value) in _OF_RELATIVES
    if relatives or assertion.temporality == HYPOTHETICAL:
        own = sure = True
    if not sure and assertion.assertion == PRESENT:
        assertion = replace(assertion, assertion=UNCERTAIN)
    return own, assertion


def _status(
    message: Message,
    hit: Hit,
    assertion: Assertion,
    people: list[Person],
    patient: Patient,
) -> str:
    own, assertion = _owned(message, hit, assertion, people, patient)
    if not own:
        return OTHER
    return assertion.assertion if assertion.temporality == CURRENT else assertion.temporality


def _of_the_same(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A side or place in the words of an injury long ago, or of somebody else's, is that one's."""
    if mention.fact not in ("side", "zones"):
        return mention
    for other in others:
        if other.start <= mention.start < other.end or mention.start <= other.start < mention.end:
            return replace(mention, experiencer=other.experiencer, temporality=other.temporality)
    return mention


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
