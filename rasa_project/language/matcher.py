"""Finds lexicon phrases in a message.

medspaCy's target matcher tries every rule at every word or wants each phrase written out; the
lexicon's alternatives stand for millions of phrases. Here each phrase is one regular expression,
tried only where a word stands that it can begin with, so the cost grows with the message and
not with the lexicon. What is found goes to medspaCy ConText as a spaCy span group.

A denial inside a phrase ("foot does not go numb" for "foot go numb") is taken out and the phrase
looked up again: one mechanism for every phrase of the lexicon, whatever its words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.lexicon import CUE, Entry, Lexicon, Phrase

_DO = {"do", "does", "did"}
_ABLE = {"can", "could", "will", "would", "should", "must"}
"""Before "not" they make an inability, which is a finding in itself ("can not push off")."""
_UNABLE = {"not", "unable", "hardly", "barely"}
_ATTITUDES = {
    "sure", "certain", "only", "just", "like", "that", "too", "really", "so", "much", "even",
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A phrase found at words ``start`` up to ``end``.

    Attributes:
        phrase: What was found.
        start: First word.
        end: One past the last word.
        denied_at: Words inside that deny it and are no part of the phrase ("calf is *not* hard").
    """

    phrase: Phrase
    start: int
    end: int
    denied_at: tuple[int, ...] = ()

    @property
    def entry(self) -> Entry:
        """What it stands for. Idioms stand for nothing and are gone from ``findings``."""
        assert self.phrase.entry is not None
        return self.phrase.entry

    @property
    def length(self) -> int:
        """In words."""
        return self.end - self.start

    def overlaps(self, other: "Hit") -> bool:
        """Whether the two share a word."""
        return self.start < other.end and other.start < self.end


class PhraseMatcher:
    """Looks phrases up by words they cannot do without."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_anchor: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in lexicon.phrases:
            for word in phrase.pattern.anchors:
                self._by_anchor[word].append(phrase)

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase, at every place, longest reading of each, and denied ones."""
        found = self._search(words, range(len(words)))
        denials = _inner_denials(words)
        if denials:
            taken = {at for denial in denials for at in denial}
            kept = [at for at in range(len(words)) if at not in taken]
            at_of = {denial[-1]: denial for denial in denials}
            for hit in self._search([words[at] for at in kept], kept):
                inside = tuple(at for at in at_of if hit.start < at < hit.end)
                if inside and not hit.phrase.pattern.has_gap:
                    # "can't put no weight on it": the second "no" denies nothing.
                    unable = _UNABLE & set(words[hit.start : inside[0]])
                    found.append(Hit(hit.phrase, hit.start, hit.end, () if unable else inside))
        return found

    def _search(self, words: Sequence[str], places: Sequence[int]) -> list[Hit]:
        """Phrases in words that stand at ``places`` of the message."""
        text = "".join(f"{word} " for word in words)
        starts: list[int] = []
        at = 0
        for word in words:
            starts.append(at)
            at += len(word) + 1
        index_of = {start: index for index, start in enumerate(starts)} | {at: len(words)}
        places_of: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            places_of[word].append(index)
        candidates = {
            id(phrase): phrase for word in places_of for phrase in self._by_anchor.get(word, ())
        }
        found: list[Hit] = []
        for phrase in candidates.values():
            for word in phrase.pattern.first & places_of.keys():
                for index in places_of[word]:
                    match = phrase.pattern.regex.match(text, starts[index])
                    if match and match.end() > match.start():
                        last = index_of[match.end()] - 1
                        found.append(Hit(phrase, places[index], places[last] + 1))
        return found


def _inner_denials(words: Sequence[str]) -> list[tuple[int, ...]]:
    """Words that may be taken out of a phrase as its denial: "not", "never", "does not"."""
    found: list[tuple[int, ...]] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word not in ("not", "never", "no", "nor", "neither") or not at or before in _ABLE:
            continue
        if word == "not" and at + 1 < len(words) and words[at + 1] in _ATTITUDES - {"so", "even"}:
            continue
        found.append((at - 1, at) if before in _DO else (at,))
    return found


def findings(hits: Sequence[Hit]) -> list[Hit]:
    """What stands after idioms and shorter readings of the same fact are dropped.

    An idiom drops what it overlaps, unless that is longer than the idiom. Of overlapping
    readings of one fact the longest stays. Doubtful readings yield to any certain one.
    """
    blocks = [hit for hit in hits if hit.phrase.polarity == "not"]
    kept: list[Hit] = []
    candidates = [hit for hit in hits if hit.phrase.polarity != "not"]
    candidates = [hit for hit in candidates if not _weakened(hit, candidates)]
    for hit in sorted(candidates, key=_order):
        blocked = any(
            block.overlaps(hit)
            and block.length >= hit.length
            and (block.phrase.entry is None or block.entry.fact == hit.entry.fact)
            for block in blocks
        )
        if not blocked and not any(_repeats(hit, other) for other in kept):
            kept.append(hit)
    sure = {hit.entry.label for hit in kept if hit.phrase.polarity != "doubt"}
    kept = [
        hit
        for hit in kept
        if hit.phrase.polarity != "doubt"
        or not (hit.entry.label in sure or any(_covers(other, hit) for other in kept))
    ]
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _covers(hit: Hit, doubtful: Hit) -> bool:
    """Whether a doubtful word is part of a certain finding ("numb between the legs")."""
    return (
        hit.phrase.polarity != "doubt"
        and hit.entry.fact not in (CUE, "side", "zones")
        and hit.start <= doubtful.start
        and doubtful.end <= hit.end
    )


def _weakened(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a certain reading is only a part of a doubtful one ("borderline diabetic")."""
    return hit.phrase.polarity in ("present", "implied") and any(
        other.phrase.polarity == "doubt"
        and other.entry.label == hit.entry.label
        and other.length > hit.length
        and other.start <= hit.start
        and hit.end <= other.end
        for other in others
    )


def _order(hit: Hit) -> tuple[bool, int, int, bool]:
    """Certain readings before doubtful ones, then the longest, then the first, then as typed."""
    return hit.phrase.polarity == "doubt", -hit.length, hit.start, bool(hit.denied_at)


def _repeats(hit: Hit, longer: Hit) -> bool:
    """Whether a hit says nothing that a longer one does not."""
    if not longer.overlaps(hit) or longer.entry.fact != hit.entry.fact:
        return False
    if longer.entry.label == hit.entry.label:
        return True
    if hit.phrase.polarity == "doubt":
        return True
    # Different values of one fact, overlapping only in part, may both be meant:
    # "numb foot and leg". Cues are independent of each other.
    inside = longer.start <= hit.start and hit.end <= longer.end
    return inside and hit.entry.fact != CUE and not hit.denied_at
