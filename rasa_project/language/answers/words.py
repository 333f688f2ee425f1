"""The words of replies: what counts as yes, no, none, not sure, and what may stand around it."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.phrases import Pattern, PhraseError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings
from rasa_project.settings import DATA

GROUPS = ("yes", "no", "none", "unsure", "doubtful", "all", "fillers", "except")
_ONLY = ("only", "nothing_else", "limiting", "harmless")
_LONGEST = 12
"""Words, fillers aside, that a reply of nothing but "no", "yes" or "not sure" can have."""


class ReplyWords:
    """The phrases of ``data/language/answers.yml`` and ``data/dialogue/replies.yml``.

    Args:
        lexicon: For spelling and the phrase language.

    Attributes:
        places: Words that point at an option, such as "second", and their positions.
        pointing: Words that may stand around those.
        first: Words that begin "the first two".

    Raises:
        rasa_project.errors.DataError: A file breaks its format.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._speller = lexicon.speller
        self._lexicon = lexicon
        self._only: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._labels: dict[str, tuple[str, ...]] = {}
        path = lexicon.folder / "answers.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, (*GROUPS, "ordinals"))
        self._groups = {name: self._compile(path, name, content.get(name, [])) for name in GROUPS}
        ordinals = content.get("ordinals", {})
        check_keys(path, "ordinals", ordinals, ("places", "fillers", "first"))
        self.places: dict[str, int] = ordinals.get("places", {})
        if not all(isinstance(place, int) for place in self.places.values()):
            raise DataError(path, "ordinals.places", "must be words to positions")
        self.pointing = frozenset(strings(path, "ordinals.fillers", ordinals.get("fillers", [])))
        self.first = frozenset(strings(path, "ordinals.first", ordinals.get("first", [])))
        self._replies = self._load_replies(DATA / "dialogue" / "replies.yml")

    def _load_replies(self, path: Path) -> dict[str, dict[str, list[Pattern]]]:
        content = read_yaml(path, dict)
        check_keys(path, "", content, (*_ONLY, "questions"))
        for name in _ONLY:
            self._groups[name] = self._compile(path, name, content.get(name, []))
        return {
            question: {
                option: self._compile(path, f"questions.{question}.{option}", phrases)
                for option, phrases in options.items()
            }
            for question, options in content.get("questions", {}).items()
        }

    def _compile(self, path: Path, where: str, phrases: Iterable[str]) -> list[Pattern]:
        try:
            return [self._lexicon.compiler.pattern(text) for text in strings(path, where, phrases)]
        except PhraseError as error:
            raise DataError(path, where, str(error)) from error

    def words(self, text: str) -> list[str]:
        """The normalised words of a reply."""
        return [token.norm for token in self._speller.tokens(text)]

    def label(self, label: str) -> tuple[str, ...]:
        """The words of an option's label."""
        if label not in self._labels:
            self._labels[label] = tuple(w for w in self.words(label) if w[0].isalnum())
        return self._labels[label]

    def is_(self, words: Sequence[str], *groups: str) -> bool:
        """Whether the words are nothing but phrases of these groups."""
        if not 0 < len(words) <= _LONGEST:
            return False
        if groups not in self._only:
            patterns = [p.regex.pattern for group in groups for p in self._groups[group]]
            self._only[groups] = re.compile(f"(?:{'|'.join(patterns)})+")
        return self._only[groups].fullmatch(joined(words)) is not None

    def meant(self, words: Sequence[str], question: str, offered: Collection[str]) -> str | None:
        """The option of a question that the words mean there, of those it offers now."""
        text = joined(words)
        for option, patterns in self._replies.get(question, {}).items():
            if option in offered and any(pattern.regex.fullmatch(text) for pattern in patterns):
                return option
        return None

    def after(self, words: Sequence[str], group: str) -> list[str] | None:
        """The words after a phrase of the group that the reply begins with, or None."""
        text = joined(words)
        ends = [m.end() for p in self._groups[group] if (m := p.regex.match(text))]
        return text[max(ends) :].split() if ends else None

    def has(self, words: Sequence[str], group: str) -> bool:
        """Whether a phrase of the group stands among the words."""
        text = joined(words)
        return any(re.search(rf"(?:^|(?<= )){p.regex.pattern}", text) for p in self._groups[group])

    def without(self, words: Sequence[str], *groups: str) -> list[str]:
        """The words without the groups' phrases and without punctuation.

        Words that are nothing but one such phrase are left as they are.
        """
        text = joined([word for word in words if word[0].isalnum() or word == "/"])
        for group in groups:
            for pattern in self._groups[group]:
                while True:
                    match = re.search(rf"(?:(?<=^)|(?<= )){pattern.regex.pattern}", text)
                    if match is None or match.end() - match.start() == len(text):
                        break
                    text = text[: match.start()] + text[match.end() :]
        return text.split()


def joined(words: Sequence[str]) -> str:
    """Words, each followed by a space, as the patterns want them."""
    return "".join(f"{word} " for word in words)
