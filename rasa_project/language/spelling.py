"""Cuts a message into plain lower-case words that remember where they stood.

Everything downstream (lexicon, context rules, numbers, times) sees the same words: contractions
spelt out, curly quotes and accents folded, typos put right. Each word keeps the span of the
letters it came from, so a finding can be quoted as the visitor typed it.

Typos are put right in three steps: the table of the spelling file; for words that nobody knows,
the nearest word of the data (``slips``); what dictation misheard, by its place (``homophones``).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.language.homophones import Homophones
from rasa_project.language.slips import Slips, is_english
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
_TAILS = {"s": ("'s",), "re": ("are",), "ve": ("have",), "ll": ("will",), "d": ("had",)}
_MOST_KEPT = 50_000
LIST_COMMA = ",,"
"""A comma inside a plain list that ends in "or": it does not end a negation."""


@dataclass(frozen=True)
class Token:
    """One normalised word and the span in the message it stands for."""

    norm: str
    start: int
    end: int


@dataclass(frozen=True)
class Corrected:
    """A message with its misspelt words put right.

    Attributes:
        text: The message as it reads now.
        spans: For each character of ``text``, the start and end of what it stands for in the
            message as typed: of itself, or of the whole word that was put right.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The span of the message as typed that a span of ``text`` stands for.

        Args:
            start: First character.
            end: One past the last, after ``start``.
        """
        return self.spans[start][0], self.spans[end - 1][1]


@dataclass(frozen=True)
class _Read:
    """One piece of a message, the words it stands for, and whether it was a slip."""

    words: tuple[str, ...]
    start: int
    end: int
    is_slip: bool


class Speller:
    """Normalises text by the tables of one spelling file.

    Args:
        words: What is typed -> the words it stands for, separated by spaces.
        after_number: The same, right after a number only ("3 k", "8 wks").
        clause_words: Words that show a clause, so that its comma is no list comma.
        homophones: What dictation mishears.
        exact: Words that English has not and that are right all the same: brands, slang, names.
        slips: Puts unknown words right; without it they stay as they are.
    """

    def __init__(
        self,
        words: dict[str, str],
        after_number: dict[str, str],
        clause_words: Iterable[str],
        homophones: Homophones | None = None,
        exact: Iterable[str] = (),
        slips: Slips | None = None,
    ) -> None:
        self._tables = (words, after_number, clause_words, homophones, exact)
        self._words = {typed: tuple(said.split()) for typed, said in words.items()}
        self._after_number = {typed: tuple(said.split()) for typed, said in after_number.items()}
        self._clause_words = frozenset(clause_words)
        self._homophones = homophones or Homophones()
        self._exact = frozenset(exact)
        self._slips = slips
        self._kept: dict[tuple[str, bool], tuple[tuple[str, ...], bool]] = {}

    @classmethod
    def from_file(cls, path: Path) -> "Speller":
        """Reads a spelling file. What is read this way does not put unknown words right.

        Raises:
            DataError: A key is unknown, a table is not words to words, or a rule is malformed.
        """
        content = read_yaml(path, dict)
        check_keys(
            path, "", content, ("words", "after_number", "homophones", "exact", "clause_words")
        )
        tables = []
        for name in ("words", "after_number"):
            table = content.get(name, {})
            for typed, said in table.items():
                if not isinstance(typed, str) or not isinstance(said, str):
                    raise DataError(path, f"{name}.{typed}", "must be words to words; quote them")
            tables.append(table)
        return cls(
            tables[0],
            tables[1],
            clause_words=strings(path, "clause_words", content.get("clause_words", [])),
            homophones=Homophones.from_section(path, content.get("homophones", [])),
            exact=strings(path, "exact", content.get("exact", [])),
        )

    def with_vocabulary(self, used: Mapping[str, int], known: Iterable[str] = ()) -> "Speller":
        """A speller that also puts slips right.

        Args:
            used: Words of the language data -> how often they stand there.
            known: Other words that are never misspelt, such as names of places.
        """
        own: Counter[str] = Counter()
        for word, times in used.items():
            # A word that the table replaces is never read, so no slip may lead to it.
            own.update(dict.fromkeys(self._words.get(word, (word,)), times))
        # "deosnt" is a slip of "doesnt", which stands in the table only.
        own.update({typed: 1 for typed in self._words if typed.isalpha() and len(typed) > 3})
        words, after_number, clause_words, homophones, exact = self._tables
        slips = Slips(own, {*known, *exact, *used})
        return Speller(words, after_number, clause_words, homophones, exact, slips)

    def tokens(self, text: str) -> list[Token]:
        """The normalised words of a message, in order."""
        found = _tokens(self._read(text))
        for start, end, means in reversed(self._homophones.find([one.norm for one in found])):
            first, last = found[start].start, found[end - 1].end
            found[start:end] = [Token(word, first, last) for word in means]
        return self._mark_list_commas(found)

    def corrected(self, text: str) -> Corrected:
        """The message with misspelt and misheard words put right and nothing else touched.

        Real words, their order, all marks, and capitals at the beginning of words stay.
        """
        pieces = list(self._read(text))
        found = _tokens(pieces)
        changes = {
            found[start].start: (found[end - 1].end, means)
            for start, end, means in self._homophones.find([one.norm for one in found])
        }
        for piece in pieces:
            if piece.is_slip:
                changes.setdefault(piece.start, (piece.end, piece.words))
        made: list[str] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for start, (end, words) in sorted(changes.items()):
            if start < at:
                continue  # a slip within misheard words
            new = " ".join(words)
            made += [text[at:start], new[0].upper() + new[1:] if text[start].isupper() else new]
            spans += [(index, index + 1) for index in range(at, start)]
            spans += [(start, end)] * len(new)
            at = end
        made.append(text[at:])
        spans += [(index, index + 1) for index in range(at, len(text))]
        return Corrected("".join(made), tuple(spans))

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
        return self._norms(raw, after_number=False)[0]

    def _read(self, text: str) -> Iterator[_Read]:
        after_number, sentence_starts = False, True
        for piece in _PIECES.finditer(text):
            raw = piece.group()
            as_name = not sentence_starts and raw[0].isupper() and not raw.isupper()
            words, is_slip = self._norms(raw, after_number, as_name)
            yield _Read(words, *piece.span(), is_slip)
            after_number = raw[0].isdigit()
            if words:  # a lone apostrophe is no word
                sentence_starts = words[-1] in _ENDS

    def _norms(
        self, raw: str, after_number: bool, as_name: bool = False
    ) -> tuple[tuple[str, ...], bool]:
        """The words a piece stands for, and whether it was no word but a slip of one."""
        lower = raw.translate(_APOSTROPHES).lower()
        if after_number and lower in self._after_number:
            return self._after_number[lower], False
        key = (lower, as_name)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._norm(lower, as_name)
            if len(self._kept) < _MOST_KEPT:  # a bound, since anyone can type anything
                self._kept[key] = kept
        return kept

    def _norm(self, lower: str, as_name: bool) -> tuple[tuple[str, ...], bool]:
        if lower[0] == "\n":
            return ("\n",), False
        if lower == "…" or lower.startswith(".."):
            return ("...",), False
        if lower[0].isdigit():
            return (lower.replace(",", ""),), False
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in decomposed if not unicodedata.combining(c)) or lower
        if lower in self._words:
            return self._words[lower], not is_english(lower) and "'" not in lower
        short = _STRETCHED.sub(r"\1", lower)
        if short != lower:
            if short in self._words:
                return self._words[short], True
            double = _STRETCHED.sub(r"\1\1", lower)
            if self._slips is None:
                return (double,), False
            told = next((one for one in (double, short) if self._slips.is_own(one)), double)
            return self._slip(told, as_name)[0], True
        if lower.endswith(("'t", "'nt", "nt'")):
            said, is_slip = self._denial(lower.replace("'", ""), as_name)
            if said[-1] == "not":
                return said, is_slip
        if lower.endswith("n't"):
            return (lower[:-3], "not"), False
        head, mark, tail = lower.partition("'")
        if mark:
            if tail == "m" and head == "i":
                return ("i", "am"), False
            if tail in _TAILS:
                words, is_slip = self._norm(head, as_name) if head else ((), False)
                return (*words, *_TAILS[tail]), is_slip
            return tuple(part for part in (head, tail) if part), False
        return self._slip(lower, as_name)

    def _denial(self, bare: str, as_name: bool) -> tuple[tuple[str, ...], bool]:
        """A contraction with "not" whose apostrophe is out of place or that has a slip besides."""
        if bare in self._words:
            return self._words[bare], False
        return self._slip(bare, as_name)

    def _slip(self, word: str, as_name: bool) -> tuple[tuple[str, ...], bool]:
        """The words that an unknown word is a slip of, or the word itself."""
        meant = self._slips.correction(word, as_name) if self._slips else None
        return ((word,), False) if meant is None else (self._words.get(meant, (meant,)), True)

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


def _tokens(pieces: Iterable[_Read]) -> list[Token]:
    return [Token(word, piece.start, piece.end) for piece in pieces for word in piece.words]
