"""ConText with lay-language rules: negation, doubt and time, from data. People: ``persons.py``.

``data/language/context.yml`` is a list of rule groups, each with

- ``category``: NEGATED, AFFIRMED, UNCERTAIN, HYPOTHETICAL, PAST, STOP (ends all of them), CLAUSE
  (a new clause: ends denials and the past), OBJECT (may begin a clause: ends the past) or IGNORE;
- ``direction``: ConText's FORWARD, BACKWARD, BIDIRECTIONAL, TERMINATE or PSEUDO;
- ``phrases``: in the lexicon's phrase language;
- ``max_scope``: how many words it reaches;
- ``comma``: what a comma does to it: ``keep`` (nothing), ``doubt`` (what follows is uncertain)
  or ``stop`` (what follows is untouched);
- ``only`` or ``except``: facts, or fact.value, it may or may not touch;
- ``kind``: for HYPOTHETICAL, ``fear`` when the words fear something; for PAST, ``long`` when
  they speak of years ago, so that a finding that counts for some months only is past too.

The sign ¥ stands for any year before this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medspacy.context import ConTextRule

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Entry, Lexicon
from rasa_project.language.phrases import PhraseError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings

NEGATED = "NEGATED"
AFFIRMED = "AFFIRMED"
UNCERTAIN = "UNCERTAIN"
HYPOTHETICAL = "HYPOTHETICAL"
PAST = "PAST"
STOP = "STOP"
CLAUSE = "CLAUSE"
OBJECT = "OBJECT"
IGNORE = "IGNORE"
COMMA = "COMMA"
FEAR = "fear"
LONG = "long"

_CATEGORIES = (
    NEGATED, AFFIRMED, UNCERTAIN, HYPOTHETICAL, PAST, STOP, CLAUSE, OBJECT, IGNORE,
)  # fmt: skip
_KINDS = {HYPOTHETICAL: ("", FEAR), PAST: ("", LONG)}
_DIRECTIONS = ("FORWARD", "BACKWARD", "BIDIRECTIONAL", "TERMINATE", "PSEUDO")
_KEYS = (
    "category", "direction", "phrases", "max_scope", "comma", "only", "except", "kind",
)  # fmt: skip
_COMMAS = ("keep", "doubt", "stop")


@dataclass(frozen=True)
class _Group:
    """One group of the file, checked."""

    category: str
    direction: str
    phrases: tuple[str, ...]
    max_scope: int | None
    comma: str
    allowed: frozenset[str] | None
    excluded: frozenset[str] | None
    kind: str


def context_rules(lexicon: Lexicon) -> list[ConTextRule]:
    """Reads ``context.yml`` beside the lexicon.

    Raises:
        DataError: An unknown key, category, direction, fact, or a malformed phrase.
    """
    path = lexicon.folder / "context.yml"
    rules = [
        ConTextRule(",", COMMA, direction="PSEUDO", metadata={"comma": "keep", "kind": ""}),
    ]
    seen: dict[str, str] = {}
    for number, raw in enumerate(read_yaml(path, list), 1):
        where = f"group {number}"
        check_keys(path, where, raw, _KEYS)
        group = _group(path, where, raw, lexicon.entries)
        for text in group.phrases:
            try:
                literals = lexicon.compiler.literals(text)
            except PhraseError as error:
                raise DataError(path, f"{where}.phrases", str(error)) from error
            for literal in literals:
                if seen.get(literal, where) != where:
                    message = f"{literal!r} is already in {seen[literal]}; only one would match"
                    raise DataError(path, f"{where}.phrases", message)
            seen.update(dict.fromkeys(literals, where))
            rules += [
                ConTextRule(
                    literal,
                    group.category,
                    direction=group.direction,
                    max_scope=group.max_scope,
                    allowed_types=set(group.allowed) if group.allowed else None,
                    excluded_types=set(group.excluded) if group.excluded else None,
                    terminated_by=_ends(group),
                    metadata={"comma": group.comma, "kind": group.kind},
                )
                for literal in literals
            ]
    return rules


def _ends(group: _Group) -> set[str]:
    """Categories that end a modifier of this group, beyond ConText's own TERMINATE."""
    ends = {CLAUSE} if group.category in (NEGATED, PAST) else set()
    if group.category == PAST:
        ends.add(OBJECT)
    return ends | {COMMA} if group.comma == "stop" else ends


def _group(path, where: str, raw: Mapping, entries: Mapping[str, Entry]) -> _Group:
    for key, allowed in (("category", _CATEGORIES), ("direction", _DIRECTIONS)):
        if raw.get(key) not in allowed:
            raise DataError(path, f"{where}.{key}", f"must be one of {', '.join(allowed)}")
    comma = raw.get("comma", "keep")
    if comma not in _COMMAS:
        raise DataError(path, f"{where}.comma", f"must be one of {', '.join(_COMMAS)}")
    scope = raw.get("max_scope")
    if scope is not None and (not isinstance(scope, int) or scope < 1):
        raise DataError(path, f"{where}.max_scope", "must be a number of words, 1 or more")
    if "only" in raw and "except" in raw:
        raise DataError(path, where, "give either only or except")
    kinds = _KINDS.get(raw["category"], ("",))
    if raw.get("kind", "") not in kinds:
        raise DataError(path, f"{where}.kind", f"must be one of {', '.join(kinds) or 'none'}")
    return _Group(
        category=raw["category"],
        direction=raw["direction"],
        phrases=strings(path, f"{where}.phrases", raw.get("phrases")),
        max_scope=scope,
        comma=comma,
        allowed=_labels(path, f"{where}.only", raw.get("only"), entries),
        excluded=_labels(path, f"{where}.except", raw.get("except"), entries),
        kind=raw.get("kind", ""),
    )


def _labels(
    path, where: str, names: Iterable[str] | None, entries: Mapping[str, Entry]
) -> frozenset[str] | None:
    """Labels for facts or fact.value names."""
    if names is None:
        return None
    labels: set[str] = set()
    for name in strings(path, where, list(names)):
        found = {e.label for e in entries.values() if name in (e.fact, e.label)}
        if not found:
            raise DataError(path, where, f"the lexicon has no {name!r}")
        labels |= found
    return frozenset(labels)
