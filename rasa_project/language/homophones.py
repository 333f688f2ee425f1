"""Words that dictation writes for others that sound the same, put right where their place tells.

"My half is swollen" is about a calf and "half an hour" is not. Each rule of the section
``homophones`` in ``data/language/spelling.yml`` has

- ``heard``: the words as written, one phrase or several;
- ``means``: the words meant;
- ``after`` and ``before``: phrases of which one stands right before, or right after, what is
  heard; a rule with both needs both;
- ``not_before``: phrases that may not follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.language.yaml_files import check_keys, strings

_KEYS = ("heard", "means", "after", "before", "not_before")

_Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Homophone:
    """One rule; see the head of the module."""

    heard: _Phrases
    means: tuple[str, ...]
    after: _Phrases
    before: _Phrases
    not_before: _Phrases

    def fits(self, words: Sequence[str], start: int, end: int) -> bool:
        """Whether what is heard at ``start`` up to ``end`` stands where it means something else."""
        if any(_stands(words, end, phrase) for phrase in self.not_before):
            return False
        after = any(_stands(words, start - len(one), one) for one in self.after)
        before = any(_stands(words, end, one) for one in self.before)
        return (after or not self.after) and (before or not self.before)


class Homophones:
    """Finds homophones in normalised words.

    Args:
        rules: The rules; of two that fit, the first counts.
    """

    def __init__(self, rules: Sequence[Homophone] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Homophone]]] = {}
        for rule in rules:
            for heard in rule.heard:
                self._by_first.setdefault(heard[0], []).append((heard, rule))

    @classmethod
    def from_section(cls, path: Path, section: Any) -> "Homophones":
        """Reads the section ``homophones``.

        Raises:
            DataError: A rule has an unknown key, says nothing of its place, or nothing it means.
        """
        if not isinstance(section, list):
            raise DataError(path, "homophones", "must be a list of rules")
        return cls([_rule(path, f"homophones[{at}]", raw) for at, raw in enumerate(section)])

    def find(self, words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Each homophone as first word, one past the last, and the words it means."""
        found: list[tuple[int, int, tuple[str, ...]]] = []
        at = 0
        while at < len(words):
            for heard, rule in self._by_first.get(words[at], ()):
                end = at + len(heard)
                if _stands(words, at, heard) and rule.fits(words, at, end):
                    found.append((at, end, rule.means))
                    at = end - 1
                    break
            at += 1
        return found


def _stands(words: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    return at >= 0 and tuple(words[at : at + len(phrase)]) == phrase


def _rule(path: Path, where: str, raw: Any) -> Homophone:
    check_keys(path, where, raw, _KEYS)
    lists = {
        key: tuple(tuple(one.split()) for one in strings(path, f"{where}.{key}", raw.get(key, [])))
        for key in ("heard", "after", "before", "not_before")
    }
    means = raw.get("means")
    if not lists["heard"] or not isinstance(means, str) or not means:
        raise DataError(path, where, "needs what is heard and what it means")
    if not lists["after"] and not lists["before"]:
        raise DataError(path, where, "needs the words before or after it: elsewhere it is right")
    return Homophone(means=tuple(means.split()), **lists)
