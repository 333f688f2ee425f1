"""Cuts a message into plain lower-case words that remember where they stood.

Everything downstream (lexicon, context rules, numbers, times) sees the same words: contractions
spelt out, curly quotes and accents folded, common typos put right. Each word keeps the span of
the letters it came from, so a finding can be quoted as the visitor typed it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import OSA

from rasa_project.errors import DataError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings

_PIECES = re.compile(
    r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*"  # a word, contractions whole
    r"|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"  # a number
    r"|\.{2,}|…|\n+|[^\w\s]|_"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_STRETCHED = re.compile(r"(.)\1{2,}")
_ENDS = {".", "!", "?", ";", "\n", "..."}
_ANSWERS = {"no", "none", "nope", "nah", "nil", "yes", "yeah", "yep"}
_LIST_ENDS = {"or", "nor"}
LIST_COMMA = ",,"
"""A comma inside a plain list that ends in "or": it does not end a negation."""


@dataclass(frozen=True)
class Token:
    """One normalised word and the span in the message it stands for."""

    norm: str
    start: int
    end: int


class Speller:
    """Normalises text by the tables of one spelling file.

    Args:
        words: What is typed -> the words it stands for, separated by spaces.
        after_number: The same, right after a number only ("3 k", "8 wks").
        fuzzy: Words that one or two wrong letters may still reach.
        clause_words: Words that show a clause, so that its comma is no list comma.
        exact: Real words that are never taken for a misspelt fuzzy word.
    """

    def __init__(
        self,
        words: dict[str, str],
        after_number: dict[str, str],
        fuzzy: Iterable[str],
        clause_words: Iterable[str],
        exact: Iterable[str] = (),
    ) -> None:
        self._words = {typed: tuple(said.split()) for typed, said in words.items()}
        self._after_number = {typed: tuple(said.split()) for typed, said in after_number.items()}
        self._fuzzy: dict[str, list[str]] = {}
        for word in fuzzy:
            self._fuzzy.setdefault(word[0], []).append(word)
        self._fuzzy_words = frozenset(fuzzy)
        self._exact = frozenset(exact)
        self._clause_words = frozenset(clause_words)
        self._known: dict[str, tuple[str, ...]] = {}

    @classmethod
    def from_file(cls, path: Path) -> "Speller":
        """Reads a spelling file.

        Raises:
            DataError: A key is unknown or a table is not words to words.
        """
        content = read_yaml(path, dict)
        known = ("words", "after_number", "fuzzy", "exact", "clause_words")
        check_keys(path, "", content, known)
        tables = []
        for name in ("words", "after_number"):
            table = content.get(name, {})
            for typed, said in table.items():
                if not isinstance(typed, str) or not isinstance(said, str):
                    raise DataError(path, f"{name}.{typed}", "must be words to words; quote them")
            tables.append(table)
        lists = [strings(path, name, content.get(name, [])) for name in known[2:]]
        return cls(tables[0], tables[1], lists[0], lists[2], exact=lists[1])

    def tokens(self, text: str) -> list[Token]:
        """The normalised words of a message, in order."""
        found: list[Token] = []
        after_number = False
        for piece in _PIECES.finditer(text):
            raw = piece.group()
            start, end = piece.span()
            for word in self._norms(raw, after_number):
                found.append(Token(word, start, end))
            after_number = raw[0].isdigit()
        return self._mark_list_commas(found)

    def sentence_starts(self, tokens: list[Token]) -> list[bool]:
        """For each token, whether a sentence starts there. "Any pop? no" is one sentence."""
        starts = []
        for index, token in enumerate(tokens):
            before = tokens[index - 1].norm if index else "."
            answer = before == "?" and token.norm in _ANSWERS
            starts.append(
                index == 0 or (before in _ENDS and token.norm not in _ENDS and not answer)
            )
        return starts

    def word(self, raw: str) -> tuple[str, ...]:
        """The normalised words of one typed word."""
        return self._norms(raw, after_number=False)

    def _norms(self, raw: str, after_number: bool) -> tuple[str, ...]:
        lower = raw.translate(_APOSTROPHES).lower()
        if after_number and lower in self._after_number:
            return self._after_number[lower]
        known = self._known.get(lower)
        if known is None:
            known = self._norm(lower)
            if len(self._known) < 50_000:  # a bound, since anyone can type anything
                self._known[lower] = known
        return known

    def _norm(self, lower: str) -> tuple[str, ...]:
        if lower[0] == "\n":
            return ("\n",)
        if lower in ("…",) or lower.startswith(".."):
            return ("...",)
        if lower[0].isdigit():
            return (lower.replace(",", ""),)
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in decomposed if not unicodedata.combining(c)) or lower
        if lower in self._words:
            return self._words[lower]
        short = _STRETCHED.sub(r"\1", lower)
        if short != lower:
            if short in self._words:
                return self._words[short]
            double = _STRETCHED.sub(r"\1\1", lower)
            lower = short if short in self._fuzzy_words else double
        if lower.endswith("n't"):
            return (lower[:-3], "not")
        head, mark, tail = lower.partition("'")
        if mark:
            ends = {"s": ("'s",), "re": ("are",), "ve": ("have",), "ll": ("will",), "d": ("had",)}
            if tail == "m" and head == "i":
                return ("i", "am")
            if tail in ends:
                return (*self._norm(head), *ends[tail]) if head else ends[tail]
            return tuple(part for part in (head, tail) if part)
        return (self._nearest(lower),)

    def _nearest(self, word: str) -> str:
        """The fuzzy word this one is a slip of, or the word itself."""
        if len(word) < 6 or word in self._fuzzy_words or word in self._exact:
            return word
        allowed = 1 if len(word) < 10 else 2
        best = min(
            (
                (OSA.distance(word, candidate, score_cutoff=allowed), candidate)
                for candidate in self._fuzzy.get(word[0], ())
            ),
            default=(allowed + 1, word),
        )
        return best[1] if best[0] <= allowed else word

    def _mark_list_commas(self, tokens: list[Token]) -> list[Token]:
        """Marks the commas of "no pop, swelling or numbness", walking back from each "or"."""
        marked = list(tokens)
        for index, token in enumerate(tokens):
            if token.norm not in _LIST_ENDS:
                continue
            segment = 0
            for back in range(index - 1, -1, -1):
                norm = tokens[back].norm
                if norm == ",":
                    marked[back] = Token(LIST_COMMA, tokens[back].start, tokens[back].end)
                    segment = 0
                elif norm in _ENDS or norm in self._clause_words or segment >= 6:
                    break
                else:
                    segment += 1
        return marked
