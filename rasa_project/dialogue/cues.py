"""Words that steer the conversation: corrections, commands, names of questions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon, project_lexicon
from rasa_project.language.phrases import PhraseError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

_FLAT = (
    "correction", "maybe_correction", "only", "nothing_else", "there_is", "other_side", "keep",
    "change", "none_of_these", "go_on", "change_answer", "around_a_time", "start_again", "asks",
)  # fmt: skip


_PAUSE = re.compile(
    r"[.?!;,\n]|\b(?:but|because|cause|cuz|i have|i've|ive|i do|i did|i got)\b", re.I
)


@dataclass(frozen=True)
class Correction:
    """A sign that something said before is wrong.

    Attributes:
        sure: Whether the words can hardly mean anything else; "actually" and "sorry" may.
        rest: What is said besides, in normalised words.
    """

    sure: bool
    rest: tuple[str, ...]


class Cues:
    """The words of ``data/dialogue/cues.yml``.

    Args:
        lexicon: For spelling and the phrase language.
        file: The file.

    Raises:
        DataError: An unknown key or a phrase that is not well formed.
    """

    def __init__(self, lexicon: Lexicon, file: Path) -> None:
        self._speller = lexicon.speller
        content = check_keys(
            file, "", read_mapping(file), (), (*_FLAT, "commands", "about", "names")
        )
        groups: dict[str, Iterable[str]] = {name: content[name] for name in _FLAT}
        groups |= {f"commands.{name}": words for name, words in content["commands"].items()}
        groups |= {f"about.{name}": words for name, words in content["about"].items()}
        groups |= {f"names.{name}": words for name, words in content["names"].items()}
        self._groups: dict[str, re.Pattern[str]] = {}
        for name, phrases in groups.items():
            try:
                made = [lexicon.compiler.pattern(str(text)).regex.pattern for text in phrases]
            except PhraseError as error:
                raise DataError(file, name, str(error)) from error
            # Longer phrases come first, so that what is left over is as little as can be.
            made.sort(key=len, reverse=True)
            self._groups[name] = re.compile(rf"(?:(?<=\s)|^)(?:{'|'.join(made)})")

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text, normalised as for the lexicon, without punctuation."""
        norms = (token.norm for token in self._speller.tokens(text))
        return tuple(word for word in norms if word[0].isalnum())

    def has(self, text: str, group: str) -> bool:
        """Whether the text holds a phrase of the group."""
        return self._groups[group].search(_joined(self.words(text))) is not None

    def asks(self, text: str) -> bool:
        """Whether the text asks something, with a question mark or without."""
        return "?" in text or self.has(text, "asks")

    def all_of(self, words: Iterable[str], group: str) -> bool:
        """Whether the words are phrases of the group, any number of them or none."""
        pattern = self._groups[group].pattern
        return re.fullmatch(f"(?:{pattern})*", _joined(words)) is not None

    def only(self, text: str, group: str) -> bool:
        """Whether the text is a phrase of the group and nothing else."""
        return self._groups[group].fullmatch(_joined(self.words(text))) is not None

    def bare_command(self, text: str) -> str | None:
        """The intent of a text that is nothing but a command."""
        return self._command("commands.", re.Pattern.fullmatch, text)

    def command(self, text: str) -> str | None:
        """The intent of a text that is a command, or that asks about a question or an answer."""
        bare = self.bare_command(text) or self._command("about.", re.Pattern.match, text)
        if bare is None and self.has(text, "change_answer"):
            return "change_answer"
        return bare

    def _command(
        self, kind: str, matches: Callable[[re.Pattern[str], str], object], text: str
    ) -> str | None:
        joined = _joined(self.words(text))
        for name, pattern in self._groups.items():
            if name.startswith(kind) and matches(pattern, joined):
                return name.removeprefix(kind)
        return None

    def pause(self, text: str) -> int:
        """Where the first clause of a text ends: the place of its first pause, or its length."""
        match = _PAUSE.search(text)
        return match.start() if match else len(text)

    def correction(self, text: str) -> Correction | None:
        """The correction that a text announces, if it does."""
        joined = _joined(self.words(text))
        for group, sure in (("correction", True), ("maybe_correction", False)):
            if self._groups[group].search(joined):
                rest = self._groups[group].sub("", joined)
                if sure:
                    rest = self._groups["maybe_correction"].sub("", rest)
                return Correction(sure, tuple(rest.split()))
        return None

    def named_question(self, text: str) -> list[str]:
        """Names of the questions that a text speaks of, the longest name first."""
        joined = _joined(self.words(text))
        found: list[tuple[int, str]] = []
        for name, pattern in self._groups.items():
            if name.startswith("names."):
                lengths = [len(match.group()) for match in pattern.finditer(joined)]
                if lengths:
                    found.append((-max(lengths), name.removeprefix("names.")))
        return [name for _, name in sorted(found)]


def _joined(words: Iterable[str]) -> str:
    return "".join(f"{word} " for word in words)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The project's own cues, read once."""
    return Cues(project_lexicon(), DATA / "dialogue" / "cues.yml")
