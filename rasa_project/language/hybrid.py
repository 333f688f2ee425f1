"""Facts out of free text by phrases and by what was learnt, joined."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rasa_project.language.extractor import FactExtractor
from rasa_project.language.learned.features import WordVectors, statements
from rasa_project.language.learned.finder import Found, Key
from rasa_project.language.learned.joining import Candidate, Thresholds, joined, one_of_each
from rasa_project.language.learned.reader import LearnedReader
from rasa_project.language.mentions import ABSENT, CURRENT, OTHER, PRESENT, SELF, Mention
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.warning_signs import warning_signs

_ON_EFFORT = {("neuro", "numb_sole"), ("neuro", "numb_leg"), ("emergency_flags", "foot_cold_pale")}
"""Signs that the rules take for one fact of its own when they come on a run and settle."""

_REASSURING = {
    ("walk4_now", "yes"), ("walk4_then", "yes"), ("push_off", "normal"), ("heel_raise", "full"),
    ("onset", "gradual"), ("next_day_worse", "no"), ("trend", "better"), ("pregnancy", "no"),
    ("history", "first"),
}  # fmt: skip
"""Values that settle a safety question for the better, beside every "none"."""

_LEFT_TO_RULES = {"next_day_worse", "trend", "history"}
"""Facts about the course that the finder takes for one another; their screens ask for them."""

_NONE = "none"
_DENIAL = re.compile(r"\b(?:not|no|never|neither|nor)\b|n['’]t\b", re.IGNORECASE)

_DATED = ("drugs", "fq_")
"""Courses that the rules date; a phrase for one decides which of the values it is."""


_OPPOSITES = {"walk4_now", "push_off", "heel_raise"}
"""Facts about what a leg can do: one value said in so many words leaves no room for another."""


class HybridExtractor:
    """Reads facts out of messages with the rules and the learned reader.

    Args:
        rules: The rules.
        reader: What was learnt.
        protocol: Says which findings are red flags, and which facts have one value.
        lines: Where the two readings meet.
    """

    def __init__(
        self,
        rules: FactExtractor,
        reader: LearnedReader,
        protocol: Protocol,
        lines: Thresholds | None = None,
    ) -> None:
        self._rules = rules
        self._reader = reader
        self._lines = lines or Thresholds()
        self._flags = warning_signs(protocol)
        self._choices = frozenset(n for n, spec in protocol.specs.items() if spec.kind == "choice")

    def extract(self, text: str, at: date) -> list[Mention]:
        """All facts said in a message.

        Args:
            text: The message as typed.
            at: The message's date where the visitor is.

        Returns:
            Mentions in the order of their words.
        """
        ruled = self._rules.extract(text, at)
        words = self._reader.finder.read(text)
        wanted = frozenset(_key(mention) for mention in ruled)
        lowest = min(self._lines.add, self._lines.ask)
        found = {f.key: f for f in self._reader.finder.find(words, lowest, placed=wanted)}
        plain, weighed = self._weighed(ruled, found, words)
        weighed += self._unforeseen(text, at, found, words, ruled)
        said = [
            (candidate, status, mention)
            for candidate, mention in weighed
            if (status := joined(candidate, self._lines)) is not None
        ]
        kept = one_of_each([(candidate, status) for candidate, status, _ in said], self._choices)
        ids = {id(candidate) for candidate, _ in kept}
        plain += [_with(m, status) for c, status, m in said if id(c) in ids]
        return sorted(_main_zone(plain), key=lambda mention: (mention.start, mention.end))

    def _weighed(
        self, ruled: Sequence[Mention], found: Mapping[Key, Found], words: WordVectors
    ) -> tuple[list[Mention], list[tuple[Candidate, Mention]]]:
        """The rules' mentions: those that only rules read, and those to be weighed."""
        plain: list[Mention] = []
        weighed: list[tuple[Candidate, Mention]] = []
        for mention in ruled:
            if mention.fact == "zone_main":
                continue  # follows from the zones that are left
            seen = found.get(_key(mention))
            if seen is None or not isinstance(mention.value, str) or mention.value == _NONE:
                plain.append(mention)  # a "none" follows from a denial, which the rules read
                continue
            if mention.assertion == ABSENT and _DENIAL.search(mention.text):
                plain.append(mention)  # "calf is not swollen": nothing can come between
                continue
            status = _status(mention)
            judged = self._reader.judge(words, _at(seen, mention, words), status)
            weighed.append((self._candidate(seen, status, judged), mention))
        return plain, weighed

    def _unforeseen(
        self,
        text: str,
        at: date,
        found: Mapping[Key, Found],
        words: WordVectors,
        said: Sequence[Mention],
    ) -> list[tuple[Candidate, Mention]]:
        """What was found without a phrase."""
        ruled = frozenset(_key(mention) for mention in said)
        effort = ("exertional_leg", "yes") in ruled
        unmeant = self._rules.unmeant(text, at)
        dated = any(fact == _DATED[0] and value.startswith(_DATED[1]) for fact, value in ruled)
        new = [
            one
            for key, one in found.items()
            if key not in ruled
            and key not in unmeant
            and key[0] not in _LEFT_TO_RULES
            and one.score >= min(self._lines.add, self._lines.ask)
            and not (effort and key in _ON_EFFORT)
            and not (dated and key[0] == _DATED[0] and key[1].startswith(_DATED[1]))
        ]
        places = [(one.key, *_characters(one, words)) for one in new]
        denied = [m for m in said if m.value == _NONE and m.assertion == PRESENT]
        made = []
        for one, (key, start, end), status in zip(
            new, places, self._rules.statuses(text, at, places), strict=True
        ):
            if any(m.fact == key[0] and m.start < end and start < m.end for m in denied):
                continue  # "no swelling": the rules read it of every place
            if one.score < self._lines.alone and any(_says_other(m, key, start, end) for m in said):
                continue  # "I can walk on it" is hardly "cannot walk", whatever words they share
            judged = self._reader.judge(words, one, status)
            mention = Mention(*key, PRESENT, SELF, CURRENT, start, end, text[start:end])
            made.append((self._candidate(one, None, judged), mention))
        return made

    def _candidate(self, found: Found, rules: str | None, judged: Mapping[str, float]) -> Candidate:
        reassures = found.key in _REASSURING or found.key[1] == _NONE
        flag = found.key in self._flags
        return Candidate(found.key, rules, found.score, judged, flag, reassures)


def _says_other(mention: Mention, key: Key, start: int, end: int) -> bool:
    """Whether the rules read another value of the fact, for certain, out of the same words."""
    same = mention.fact == key[0] and mention.start <= start and end <= mention.end
    other = _status(mention) == PRESENT and str(mention.value) != key[1]
    return same and other and mention.fact in _OPPOSITES


def _key(mention: Mention) -> Key:
    return mention.fact, str(mention.value)


def _status(mention: Mention) -> str:
    if mention.experiencer != SELF:
        return OTHER
    return mention.assertion if mention.temporality == CURRENT else mention.temporality


def _with(mention: Mention, status: str) -> Mention:
    """The mention said in another way."""
    if status == _status(mention):
        return mention
    if status == OTHER:
        return replace(mention, assertion=PRESENT, experiencer=OTHER, temporality=CURRENT)
    if status in ("past", "hypothetical"):
        return replace(mention, assertion=PRESENT, experiencer=SELF, temporality=status)
    return replace(mention, assertion=status, experiencer=SELF, temporality=CURRENT)


def _at(found: Found, mention: Mention, words: WordVectors) -> Found:
    """The finding at the words of the phrase, in the statement that they stand in."""
    inside = [
        at
        for at, (start, end) in enumerate(words.typed)
        if start < mention.end and end > mention.start
    ]
    if not inside:
        return found
    for first, last in statements(words):
        if first <= inside[0] < last:
            end = min(inside[-1] + 1, last)
            return replace(found, start=inside[0], end=end, first=first, last=last)
    return found


def _characters(found: Found, words: WordVectors) -> tuple[int, int]:
    return words.typed[found.start][0], words.typed[found.end - 1][1]


def _main_zone(mentions: list[Mention]) -> list[Mention]:
    """When only one place hurts it is the main one."""
    zones = [m for m in mentions if m.fact == "zones" and m.is_stated and m.assertion == PRESENT]
    if len({zone.value for zone in zones}) != 1:
        return mentions
    return [*mentions, replace(zones[0], fact="zone_main")]
