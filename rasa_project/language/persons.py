"""Finds the other people a message names: "my son", "a guy at work", "the dog"."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.phrases import Pattern, PhraseError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings

CHILD, ADULT, FAR = "child", "adult", "far"
_KINDS = (CHILD, ADULT, FAR)


_NOT_AFTER = {"as", "like", "than", "had", "delivered", "birthed"}
"""Words before that make no person of it: "sick as a dog", "had my little guy 4 weeks ago"."""
_THINGS = {
    "tape", "house", "place", "wedding", "car", "cottage", "phone", "party", "birthday", "advice",
    "shop", "bike", "shoes", "funeral", "couch", "boots", "old", "farm", "team", "class",
    "basement", "office", "truck", "dog", "cat",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody named at words ``start`` up to ``end``.

    Attributes:
        kind: ``child`` or ``adult``, who may be the patient, or ``far``, who never is.
        start: First word.
        end: One past the last word.
    """

    kind: str
    start: int
    end: int


class Persons:
    """The patterns of ``people.yml``.

    Args:
        lexicon: Its compiler reads the patterns, its folder holds the file.

    Raises:
        DataError: An unknown kind or a malformed pattern.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        path = lexicon.folder / "people.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, _KINDS)
        self._by_first: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        for kind in _KINDS:
            for text in strings(path, kind, content.get(kind, [])):
                try:
                    pattern = lexicon.compiler.pattern(text)
                except PhraseError as error:
                    raise DataError(path, kind, str(error)) from error
                for word in pattern.first:
                    self._by_first[word].append((kind, pattern))

    def named(self, words: Sequence[str]) -> list[Person]:
        """The people named, in order; of overlapping names the longest."""
        text = "".join(f"{word} " for word in words)
        found: list[Person] = []
        at = 0
        for place, word in enumerate(words):
            for kind, pattern in self._by_first.get(word, ()):
                match = pattern.regex.match(text, at)
                if match and not _no_person(words, place, match.group().split()):
                    found.append(Person(kind, place, place + match.group().count(" ")))
            at += len(word) + 1
        kept: list[Person] = []
        for person in sorted(found, key=lambda p: (p.start - p.end, p.start)):
            if not any(person.start < other.end and other.start < person.end for other in kept):
                kept.append(person)
        return sorted(kept, key=lambda person: person.start)


def _no_person(words: Sequence[str], place: int, name: Sequence[str]) -> bool:
    """Whether words that name a person do not bring one in ("my sister's wedding")."""
    after = words[place + len(name) : place + len(name) + 2]
    thing = len(after) == 2 and after[0] in ("'s", "'") and after[1] in _THINGS
    if place > 1 and name[0] in ("a", "an") and words[place - 1] in ("am", "was", "as", "been"):
        return True  # "I was a nurse"
    return thing or (place > 0 and words[place - 1] in _NOT_AFTER)
