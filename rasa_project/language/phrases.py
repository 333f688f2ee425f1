"""The small phrase language of the lexicon.

``(a|b c)`` alternatives, ``[x|y]`` optional, ``{name}`` a word list of ``words.yml``, ``..`` up to
three other words. Words are normalised exactly like a visitor's, so "can't" may be written so.

A lexicon phrase becomes one regular expression over words that each end in a space; a context
phrase is written out, because ConText wants literal phrases.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_PARTS = re.compile(r"\(|\)|\[|\]|\||\{[a-z_0-9]+\}|\.\.|[^\s()\[\]|{}]+")
_GAP = ".."
_GAP_STOPS = [
    ",",
    ",,",
    ".",
    "!",
    "?",
    ";",
    "¶",
    "...",
    ":",
    "-",
    "but",
    "and",
    "or",
    "nor",
    "if",
    "because",
    "although",
    "though",
    "while",
    "when",
    "no",
    "not",
    "never",
    "without",
    "none",
    "neither",
    "nothing",
    "zero",
    "nobody",
    "except",
    "then",
    "so",
    "until",
    "till",
]
"""Words a gap does not cross: past them another statement begins."""

_GAP_REGEX = rf"(?:(?!(?:{'|'.join(map(re.escape, _GAP_STOPS))}) )\S+ ){{0,3}}?"
_COMMON = frozenset(
    {
        "a", "and", "at", "but", "can", "for", "from", "have", "i", "in", "is", "it", "my", "no",
        "not", "of", "on", "or", "the", "this", "to", "was", "when", "with", "that", "so", "am",
    }
)  # fmt: skip
"""Words in most messages: no anchor for a phrase."""
_MOST_LITERALS = 6000

Word = Callable[[str], tuple[str, ...]]


class PhraseError(ValueError):
    """A phrase is not well formed; the message says how."""


@dataclass(frozen=True)
class _Choice:
    options: tuple["_Sequence", ...]


_Sequence = tuple["str | _Choice", ...]


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase.

    Attributes:
        source: The regular expression, over words each followed by one space.
        first: Every word it can begin with.
        has_gap: Whether other words may stand within it.
        anchors: Words one of which stands in whatever it matches: a cheap test before the regex.
    """

    source: str
    first: frozenset[str]
    has_gap: bool = False
    anchors: frozenset[str] = frozenset()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression compiled, when first needed: of thousands a message needs a few."""
        return re.compile(self.source)


class PhraseCompiler:
    """Compiles phrases.

    Args:
        lists: The word lists: name -> phrases.
        word: Normalises one written word into one or more words.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]], word: Word) -> None:
        self._lists = lists
        self._word = word
        self._parsed: dict[str, _Choice] = {}

    def pattern(self, phrase: str) -> Pattern:
        """The phrase as one regular expression.

        Raises:
            PhraseError: Unbalanced brackets, an unknown list, nothing but optional words, or a
                gap at either end.
        """
        sequence = self._parse(phrase, ())
        if _GAP in (sequence[0], sequence[-1]):
            raise PhraseError(f"{phrase!r} has a gap at its end; a gap stands between words")
        first = frozenset(_first_words(sequence))
        if "" in first:
            raise PhraseError(f"{phrase!r} can be empty: make a word obligatory")
        return Pattern(_regex(sequence), first, _has_gap(sequence), _anchors(sequence))

    def literals(self, phrase: str) -> list[str]:
        """Everything the phrase stands for, written out.

        Raises:
            PhraseError: As for ``pattern``, or a gap, or too many alternatives.
        """
        written = [words for words in _written_out(self._parse(phrase, ()), phrase) if words]
        if any(_GAP in words for words in written):
            raise PhraseError(f"{phrase!r} has a gap, which cannot be written out")
        return [" ".join(words) for words in written]

    def _parse(self, phrase: str, inside: tuple[str, ...]) -> _Sequence:
        parts = _PARTS.findall(phrase)
        sequence, rest = self._sequence(parts, 0, phrase, inside)
        if rest != len(parts):
            raise PhraseError(f"stray {parts[rest]!r} in {phrase!r}")
        if not sequence:
            raise PhraseError("an empty phrase")
        return sequence

    def _sequence(
        self, parts: list[str], at: int, phrase: str, inside: tuple[str, ...]
    ) -> tuple[_Sequence, int]:
        found: list[str | _Choice] = []
        while at < len(parts) and parts[at] not in ")]|":
            part = parts[at]
            if part in "([":
                choice, at = self._choice(parts, at, phrase, inside)
                found.append(choice)
            elif part[0] == "{":
                found.append(self._list(part[1:-1], inside))
            elif part == _GAP:
                found.append(_GAP)
            else:
                found.extend(self._word(part))
            at += 1
        return tuple(found), at

    def _choice(
        self, parts: list[str], at: int, phrase: str, inside: tuple[str, ...]
    ) -> tuple[_Choice, int]:
        opening = parts[at]
        closing = ")" if opening == "(" else "]"
        options: list[_Sequence] = [()] if opening == "[" else []
        while True:
            option, at = self._sequence(parts, at + 1, phrase, inside)
            options.append(option)
            if at >= len(parts):
                raise PhraseError(f"{opening!r} is never closed in {phrase!r}")
            if parts[at] == closing:
                return _Choice(tuple(dict.fromkeys(options))), at
            if parts[at] != "|":
                raise PhraseError(f"stray {parts[at]!r} in {phrase!r}")

    def _list(self, name: str, inside: tuple[str, ...]) -> _Choice:
        if name in inside:
            raise PhraseError(f"word list {name!r} contains itself")
        if name not in self._lists:
            raise PhraseError(f"no word list {name!r}")
        if name not in self._parsed:
            options = tuple(self._parse(text, (*inside, name)) for text in self._lists[name])
            self._parsed[name] = _Choice(options)
        return self._parsed[name]


def _regex(sequence: _Sequence) -> str:
    """Longer alternatives come first, so that the longest phrase is found."""
    made = []
    for part in sequence:
        if part == _GAP:
            made.append(_GAP_REGEX)
        elif isinstance(part, str):
            made.append(re.escape(part) + " ")
        else:
            full = {_regex(option) for option in part.options if option}
            ordered = sorted(full, key=lambda regex: (-regex.count(" "), regex))
            optional = "?" if () in part.options else ""
            made.append(f"(?:{'|'.join(ordered)}){optional}")
    return "".join(made)


def _anchors(sequence: _Sequence) -> frozenset[str]:
    """The words of the obligatory part that says most: few words, and rare ones."""
    parts = [frozenset(_first_words((part,))) for part in sequence if part != _GAP]
    obligatory = [words for words in parts if "" not in words]
    return min(obligatory, key=lambda words: (len(words & _COMMON), len(words)))


def _has_gap(sequence: _Sequence) -> bool:
    return any(
        part == _GAP or (isinstance(part, _Choice) and any(map(_has_gap, part.options)))
        for part in sequence
    )


def _first_words(sequence: _Sequence) -> Iterator[str]:
    """The words a sequence can begin with; an empty string if it can be empty."""
    for part in sequence:
        if isinstance(part, str):
            yield part
            return
        starts = {word for option in part.options for word in _first_words(option)}
        yield from starts - {""}
        if "" not in starts:
            return
    yield ""


def _written_out(sequence: _Sequence, phrase: str) -> list[tuple[str, ...]]:
    done: dict[tuple[str, ...], None] = {(): None}
    for part in sequence:
        if isinstance(part, str):
            tails: list[tuple[str, ...]] = [(part,)]
        else:
            tails = [words for option in part.options for words in _written_out(option, phrase)]
        done = dict.fromkeys(head + tail for head in done for tail in tails)
        if len(done) > _MOST_LITERALS:
            raise PhraseError(f"{phrase!r} stands for over {_MOST_LITERALS} phrases: split it")
    return list(done)
