"""Puts slips of the thumb right: a word nobody knows becomes the nearest word of our own data.

Known words are never changed: the 82,000 English words that symspellpy brings, the words of the
language data, the names of places. Only the word list of symspellpy is read, not its index: the
index takes three seconds and 145 MB, and the words to reach are a few thousand, which rapidfuzz
compares in a fraction of a millisecond.

English words that the data does not use stand as rivals: "stangled" may be "strangled" and so is
not read as "tangled".
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST, _TWO_SLIPS = 4, 7
"""Letters from which a word is put right at all, and from which two slips are allowed."""

_NAME = 7
"""Letters from which a capital inside a sentence makes no name of a word ("Achilies")."""

_AMERICAN = (
    ("or", "our"), ("iz", "is"), ("yz", "ys"), ("led", "lled"), ("ling", "lling"), ("ler", "ller"),
    ("er", "re"), ("e", "ae"), ("e", "oe"), ("ense", "ence"), ("og", "ogue"), ("ll", "l"),
)  # fmt: skip
"""American letters and the British ones: the word list is British ("humour", "oedema")."""

_ENDINGS = (
    ("in", "ing"),
    ("pd", "pped"),
    ("pd", "ped"),
    ("ld", "led"),
    ("rd", "red"),
    ("td", "ted"),
    ("nd", "ned"),
    ("kd", "ked"),
    ("sd", "sed"),
    ("zd", "zed"),
    ("cta", "cter"),
    ("fta", "fter"),
    ("gga", "gger"),
    ("tta", "tter"),
    ("nga", "nger"),
)
"""Endings written as they are spoken: "achin", "snapd", "afta"."""

_MOST_KEPT = 50_000
_VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# What a slip costs, in slips. Swapped and doubled letters and keys side by side come first.
_SWAP, _DOUBLE, _NEAR, _DROP, _EXTRA, _OTHER, _TWO = 0.6, 0.5, 0.7, 0.65, 0.9, 1.0, 1.8
_FIRST = 0.5
"""What it costs besides that the first letter is another."""

_SHORT, _SHORT_COST = 5, 0.85
"""Up to so many letters only the commonest slips are believed: names and slang are short."""

_OWN = 0.45
"""What being a word of the data is worth against a word that only English has."""

_NOT_ENGLISH = 0.15
"""What a word of the data costs that English has not: some stand there misspelt."""

_WEIGHT = 0.12
"""What being ten times as frequent is worth."""


@lru_cache(maxsize=1)
def english() -> Mapping[str, int]:
    """English words in lower case -> how often they stand in a large corpus."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = text.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines)}


def is_english(word: str) -> bool:
    """Whether a lower-case word is English, British or American."""
    words = english()
    return word in words or any(
        word[: found.start()] + british + word[found.end() :] in words
        for american, british in _AMERICAN
        for found in re.finditer(american, word)
    )


class Slips:
    """Corrects words that are neither English nor ours. Building it takes a tenth of a second.

    Args:
        own: Words that a slip may stand for -> how often the data uses them.
        known: Other words that are right as they are ("etobicoke").
    """

    def __init__(self, own: Mapping[str, int], known: Iterable[str] = ()) -> None:
        self._own = own
        self._known = frozenset(known)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in own:
            if len(word) >= _SHORTEST - 1:
                self._by_length[len(word)].append(word)
        self._rivals: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in (*english(), *self._known):
            if word not in own:
                self._rivals[word[0], len(word)].append(word)
        self._found: dict[str, str | None] = {}

    def is_own(self, word: str) -> bool:
        """Whether a lower-case word is one of the data and English besides."""
        return word in self._own and word in english()

    def is_known(self, word: str) -> bool:
        """Whether a lower-case word is right as it is."""
        return word in self._own or is_english(word) or word in self._known

    def correction(self, word: str, as_name: bool = False) -> str | None:
        """The word of ours that an unknown word is a slip of.

        Args:
            word: One word of letters, lower case, without accents.
            as_name: Whether it stands with a capital inside a sentence, as names do.

        Returns:
            None if the word is known, too short, or not near enough to any.
        """
        if len(word) < _SHORTEST or self.is_known(word):
            return None
        if word in self._found:
            found = self._found[word]
        else:
            found = self._nearest(word)
            if len(self._found) < _MOST_KEPT:  # a bound, since anyone can type anything
                self._found[word] = found
        if as_name and len(word) < _NAME:
            return None
        return found

    def _nearest(self, word: str) -> str | None:
        for spoken, written in _ENDINGS:
            whole = word[: -len(spoken)] + written
            if word.endswith(spoken) and whole in english():
                return whole if whole in self._own else None
        for slips in (1, 2) if len(word) >= _TWO_SLIPS else (1,):
            lengths = range(len(word) - slips, len(word) + slips + 1)
            own = [one for length in lengths for one in self._by_length.get(length, ())]
            options = [one for one in _within(word, own, slips) if slips == 1 or one[0] == word[0]]
            if not options:
                continue
            best = min(options, key=lambda one: (self._cost(word, one), one))
            starts = {word[0], word[1]}
            rivals = [
                one
                for start in starts
                for length in lengths
                for one in self._rivals.get((start, length), ())
            ]
            if len(word) <= _SHORT and slip_cost(word, best) > _SHORT_COST:
                return None
            price = self._cost(word, best)
            if any(self._cost(word, one) < price for one in _within(word, rivals, slips)):
                return None
            return best
        return None

    def _cost(self, typed: str, word: str) -> float:
        """How unlikely it is that the word was meant; less is likelier."""
        cost = slip_cost(typed, word)
        if word in self._own:
            rare = 0.0 if word in english() else _NOT_ENGLISH
            return cost + rare - _OWN - _WEIGHT * math.log10(1 + self._own[word])
        # A word of a million in the corpus is common enough to be meant; it tops at a billion.
        return cost - _WEIGHT * max(0.0, math.log10(1 + english().get(word, 10**6)) - 6)


def slip_cost(typed: str, word: str) -> float:
    """What the slip from one word to another costs, in slips; two slips are not told apart."""
    first = 0.0 if typed[0] == word[0] else _FIRST
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(word)) - start and typed[-1 - end] == word[-1 - end]:
        end += 1
    got, meant = typed[start : len(typed) - end], word[start : len(word) - end]
    if len(got) == len(meant) == 2 and got == meant[::-1]:
        return _SWAP + first / 2
    if len(got) + len(meant) == 1:
        # The letter beside it is the same one: "swolen", "heeel".
        longer, letter = (typed, got) if got else (word, meant)
        if start and longer[start - 1] == letter:
            return _DOUBLE + first
        beside = {longer[at] for at in (start - 1, start + 1) if 0 <= at < len(longer)}
        near = bool(got) and any(_are_near(letter, one) for one in beside)
        return (_NEAR if near else _EXTRA if got else _DROP) + first
    if len(got) == len(meant) == 1:
        near = _are_near(got, meant) or {got, meant} <= _VOWELS
        return (_NEAR if near else _OTHER) + first
    return _TWO + first


@lru_cache(maxsize=4096)
def _are_near(one: str, other: str) -> bool:
    """Whether two letters lie side by side on a keyboard."""
    place = {mark: (row, at) for row, keys in enumerate(_ROWS) for at, mark in enumerate(keys)}
    if one not in place or other not in place:
        return False
    (row, at), (other_row, other_at) = place[one], place[other]
    if row == other_row:
        return abs(at - other_at) == 1
    # Each row is shifted by about half a key to the right of the one above it.
    return abs(row - other_row) == 1 and (at - other_at) * (other_row - row) in (0, 1)


def _within(word: str, options: list[str], slips: int) -> list[str]:
    found = process.extract(
        word, options, scorer=OSA.distance, processor=None, score_cutoff=slips, limit=None
    )
    return [one for one, _, _ in found]
