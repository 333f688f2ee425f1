"""The small phrase language of the lexicon, turned into spaCy matcher patterns.

``(a|b c)`` alternatives, ``[x]`` optional, ``{name}`` a word list of ``words.yml``, ``..`` up to
three other words. Words are normalised exactly like a visitor's, so "can't" may be written so.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PARTS = re.compile(r"\(|\)|\[|\]|\||\{[a-z_0-9]+\}|\.\.|[^\s()\[\]|{}]+")
_GAP = ".."
_GAP_WORDS = 3
_MOST = 4000
GAP_STOPS = (
    ", ,, . ! ? ; \n ... : - but and or nor if because although though while when no not never "
    "without none then so until till"
).split(" ")
"""Words a gap does not cross: past them another statement begins."""

Word = Callable[[str], tuple[str, ...]]
Sequence_ = tuple[str, ...]


class PhraseError(ValueError):
    """A phrase is not well formed; the message says how."""


@dataclass(frozen=True)
class _Choice:
    options: tuple["_Sequence", ...]


_Sequence = tuple["str | _Choice", ...]


@dataclass(frozen=True)
class Pattern:
    """One thing to match.

    Attributes:
        literal: Words separated by spaces; matched as they are when ``tokens`` is None.
        tokens: A spaCy token pattern, for phrases with a gap.
    """

    literal: str
    tokens: tuple[dict[str, Any], ...] | None = None


class PhraseCompiler:
    """Compiles phrases.

    Args:
        lists: The word lists: name -> phrases.
        word: Normalises one typed word into one or more words.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]], word: Word) -> None:
        self._lists = lists
        self._word = word
        self._parsed: dict[str, _Choice] = {}

    def compile(self, phrase: str) -> list[Pattern]:
        """Every pattern of one phrase.

        Raises:
            PhraseError: Unbalanced brackets, an unknown list, an empty or far too wide phrase.
        """
        sequence = self._parse(phrase, ())
        if _GAP not in _words_of(sequence):
            return [Pattern(" ".join(w)) for w in self._expanded(sequence, phrase) if w]
        patterns = []
        for parts in self._gap_parts(sequence, phrase):
            patterns.append(Pattern(phrase, tuple(token for part in parts for token in part)))
        return patterns

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
                close = ")" if part == "(" else "]"
                options: list[_Sequence] = [()] if part == "[" else []
                while True:
                    option, at = self._sequence(parts, at + 1, phrase, inside)
                    options.append(option)
                    if at >= len(parts):
                        raise PhraseError(f"{part!r} is never closed in {phrase!r}")
                    if parts[at] == close:
                        break
                    if parts[at] != "|":
                        raise PhraseError(f"stray {parts[at]!r} in {phrase!r}")
                found.append(_Choice(tuple(dict.fromkeys(options))))
            elif part[0] == "{":
                found.append(self._list(part[1:-1], inside))
            elif part == _GAP:
                found.append(_GAP)
            else:
                found.extend(self._word(part))
            at += 1
        return tuple(found), at

    def _list(self, name: str, inside: tuple[str, ...]) -> _Choice:
        if name in inside:
            raise PhraseError(f"word list {name!r} contains itself")
        if name not in self._lists:
            raise PhraseError(f"no word list {name!r}")
        if name not in self._parsed:
            options = tuple(self._parse(text, (*inside, name)) for text in self._lists[name])
            self._parsed[name] = _Choice(options)
        return self._parsed[name]

    def _expanded(self, sequence: _Sequence, phrase: str) -> list[Sequence_]:
        done: dict[Sequence_, None] = {(): None}
        for part in sequence:
            if isinstance(part, str):
                tails: list[Sequence_] = [(part,)]
            else:
                tails = [w for option in part.options for w in self._expanded(option, phrase)]
            done = dict.fromkeys(head + tail for head in done for tail in tails)
            if len(done) > _MOST:
                raise PhraseError(f"{phrase!r} stands for more than {_MOST} phrases: split it")
        return list(done)

    def _gap_parts(self, sequence: _Sequence, phrase: str) -> list[list[tuple[dict, ...]]]:
        rows: list[list[tuple[dict, ...]]] = [[]]
        for part in sequence:
            if part == _GAP:
                step = {"LOWER": {"NOT_IN": GAP_STOPS}, "OP": "?"}
                choices: list[tuple[dict, ...]] = [(step,) * _GAP_WORDS]
            elif isinstance(part, str):
                choices = [({"LOWER": part},)]
            else:
                choices = self._choice_parts(part, phrase)
            rows = [[*row, choice] for row in rows for choice in choices]
            if len(rows) > 300:
                raise PhraseError(f"{phrase!r} has too many alternatives around its gap")
        return rows

    def _choice_parts(self, choice: _Choice, phrase: str) -> list[tuple[dict, ...]]:
        """One token pattern for all single words together, one more for each longer option."""
        options = [words for option in choice.options for words in self._expanded(option, phrase)]
        single = sorted({words[0] for words in options if len(words) == 1})
        parts: list[tuple[dict, ...]] = []
        if single:
            parts.append(({"LOWER": {"IN": single}},))
        if () in options:
            parts.append(())
        parts += [tuple({"LOWER": w} for w in words) for words in options if len(words) > 1]
        return parts


def _words_of(sequence: _Sequence) -> Iterator[str]:
    for part in sequence:
        if isinstance(part, str):
            yield part
        else:
            for option in part.options:
                yield from _words_of(option)
