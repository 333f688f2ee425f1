"""The lexicon: which lay words stand for which protocol fact. All of it is data.

``data/language/lexicon/*.yml`` holds entries by ``fact.value``; ``words.yml`` the word lists the
phrases may use; ``idioms.yml`` words that only look like findings. An entry may hold

- ``present``, ``absent``, ``doubt``: phrases that say the value holds, does not, or may hold;
- ``implied``: phrases that say it holds, but whose denial says nothing ("limping" shows that one
  walks, "no limp" does not show that one cannot);
- ``not``: phrases that look like this entry and are not;
- ``history``: true when it is a finding although told in the past tense;
- ``within_days``: how old such a finding may be; older ones count as ``older`` says, or not at
  all, and one without a date is uncertain unless ``undated`` says ``present``;
- ``now_is``: the value it stands for when it goes on now ("on cipro");
- ``needs``: cues, one of which must stand in the same sentence (a very short message needs none);
- ``needs_anywhere``: cues, one of which must stand in the message.

Entries named ``cue.x`` are no facts: words that other entries need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.language.mentions import SELF_HARM
from rasa_project.language.phrases import Pattern, PhraseCompiler, PhraseError
from rasa_project.language.spelling import Speller
from rasa_project.language.vocabulary import words_elsewhere, words_used
from rasa_project.language.yaml_files import check_keys, read_yaml, strings
from rasa_project.settings import DATA
from rasa_project.triage.facts import load_fact_specs

_KEYS = (
    "implied", "present", "absent", "doubt", "not", "history", "within_days", "older", "undated",
    "now_is", "needs", "needs_anywhere",
)  # fmt: skip
_POLARITIES = ("present", "implied", "absent", "doubt", "not")
CUE = "cue"
UNPLACED = "unplaced"
"""Swelling that the words do not place; the extractor looks for the place around it."""


@dataclass(frozen=True)
class Entry:
    """One ``fact.value`` of the lexicon, without its phrases."""

    fact: str
    value: str
    history: bool = False
    within_days: int | None = None
    older: str | None = None
    undated: str = "uncertain"
    now_is: str | None = None
    needs: tuple[str, ...] = ()
    needs_anywhere: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """``fact.value``: how rules and context files name it."""
        return f"{self.fact}.{self.value}"


@dataclass(frozen=True)
class Phrase:
    """One pattern and what it stands for; ``entry`` None is an idiom, never a finding."""

    pattern: Pattern
    polarity: str
    entry: Entry | None


@dataclass(frozen=True)
class Lexicon:
    """Every phrase the extractor knows.

    Attributes:
        phrases: All patterns with their entries.
        entries: Entries by label.
        speller: The normaliser of messages: that of phrases, which also puts slips right.
        compiler: The phrase compiler, for the context rules.
        folder: Where it was read from.
    """

    phrases: tuple[Phrase, ...]
    entries: Mapping[str, Entry]
    speller: Speller
    compiler: PhraseCompiler
    folder: Path

    @classmethod
    def load(
        cls, folder: Path = DATA / "language", facts: Path = DATA / "clinical" / "facts.yml"
    ) -> "Lexicon":
        """Reads and checks the lexicon.

        Args:
            folder: The language data.
            facts: The protocol's facts, which every entry must name.

        Raises:
            DataError: An unknown key, fact, value, cue or word list, a phrase that is not well
                formed.
        """
        speller = Speller.from_file(folder / "spelling.yml")
        words = read_yaml(folder / "words.yml", dict)
        lists = {name: strings(folder / "words.yml", name, words[name]) for name in words}
        compiler = PhraseCompiler(lists, lambda raw: _written_word(speller, raw))
        known = _known_values(facts)
        phrases: list[Phrase] = []
        entries: dict[str, Entry] = {}
        for path in sorted((folder / "lexicon").glob("*.yml")):
            content = read_yaml(path, dict)
            for label in content:
                if label in entries:
                    raise DataError(path, label, "is already in another file")
                entries[label] = _entry(path, label, content[label], known)
                for polarity in _POLARITIES:
                    where = f"{label}.{polarity}"
                    for text in strings(path, where, content[label].get(polarity, [])):
                        pattern = _compile(compiler, path, where, text)
                        phrases.append(Phrase(pattern, polarity, entries[label]))
        for label, entry in entries.items():
            for need in (*entry.needs, *entry.needs_anywhere):
                if f"{CUE}.{need}" not in entries:
                    raise DataError(folder, label, f"needs the unknown cue {need!r}")
        path = folder / "idioms.yml"
        for text in strings(path, "", read_yaml(path, list)):
            phrases.append(Phrase(_compile(compiler, path, text, text), "not", None))
        return cls(
            phrases=tuple(phrases),
            entries=entries,
            speller=speller.with_vocabulary(words_used(folder), words_elsewhere()),
            compiler=compiler,
            folder=folder,
        )


@lru_cache(maxsize=1)
def project_lexicon() -> Lexicon:
    """The project's own lexicon, read once.

    Raises:
        DataError: See :meth:`Lexicon.load`.
    """
    return Lexicon.load()


def _written_word(speller: Speller, raw: str) -> tuple[str, ...]:
    """One word of a phrase as a message would hold it. "'s" stands alone only in phrases."""
    if raw.startswith("'"):
        return speller.word(raw)
    return tuple(token.norm for token in speller.tokens(raw))


def _known_values(facts: Path) -> dict[str, frozenset[str] | None]:
    """Fact -> its values; None for free text. Facts of numbers have no phrases."""
    known: dict[str, frozenset[str] | None] = {SELF_HARM: frozenset({"yes"}), CUE: None}
    for name, spec in load_fact_specs(facts).items():
        if spec.kind == "tri":
            known[name] = frozenset({"yes", "no"})
        elif spec.kind == "text":
            known[name] = None
        elif spec.kind in ("choice", "list"):
            known[name] = frozenset(spec.values) | {"none"}
    known["swelling"] = (known.get("swelling") or frozenset()) | {UNPLACED}
    return known


def _entry(
    path: Path, label: str, raw: object, known: Mapping[str, frozenset[str] | None]
) -> Entry:
    check_keys(path, label, raw, _KEYS)
    assert isinstance(raw, dict)
    fact, _, value = label.partition(".")
    _check_value(path, label, label, known)
    for key in ("older", "now_is"):
        if key in raw:
            _check_value(path, f"{label}.{key}", raw[key], known)
    for key, kind in (("history", bool), ("within_days", int)):
        if key in raw and not isinstance(raw[key], kind):
            raise DataError(path, f"{label}.{key}", f"must be a {kind.__name__}")
    if raw.get("undated", "uncertain") not in ("present", "uncertain"):
        raise DataError(path, f"{label}.undated", "must be present or uncertain")
    if not any(raw.get(polarity) for polarity in _POLARITIES):
        raise DataError(path, label, f"has no phrase; give one of {', '.join(_POLARITIES)}")
    return Entry(
        fact=fact,
        value=value,
        history=bool(raw.get("history", False)),
        within_days=raw.get("within_days"),
        older=raw.get("older"),
        undated=raw.get("undated", "uncertain"),
        now_is=raw.get("now_is"),
        needs=strings(path, f"{label}.needs", raw.get("needs", [])),
        needs_anywhere=strings(path, f"{label}.needs_anywhere", raw.get("needs_anywhere", [])),
    )


def _check_value(
    path: Path, where: str, label: object, known: Mapping[str, frozenset[str] | None]
) -> None:
    fact, dot, value = str(label).partition(".")
    if not dot or not value:
        raise DataError(path, where, "must be written fact.value")
    if fact not in known:
        raise DataError(path, where, f"no such fact: {fact!r} (numbers have no phrases)")
    values = known[fact]
    if values is not None and value not in values:
        raise DataError(path, where, f"{fact} has no value {value!r}; it has {sorted(values)}")


def _compile(compiler: PhraseCompiler, path: Path, where: str, text: str) -> Pattern:
    try:
        return compiler.pattern(text)
    except PhraseError as error:
        raise DataError(path, where, str(error)) from error
