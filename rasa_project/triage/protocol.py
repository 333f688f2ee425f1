"""The protocol: everything under ``data/clinical/`` that decides, loaded and validated."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.conditions import check_condition
from rasa_project.triage.facts import FactSpec, load_fact_specs
from rasa_project.triage.rules import Disposition, Level, Rule, RuleReader
from rasa_project.triage.screens import Question, load_questions
from rasa_project.triage.signing import SignOff, content_hash, load_sign_off

_HEAD = ("version", "title", "intended_use", "levels", "screen_limits")
LONGEST_VERSION = 32
"""Characters; the record keeps it with every outcome."""


@dataclass(frozen=True)
class Protocol:
    """One version of the clinical protocol.

    Attributes:
        version: Its version, such as "0.2".
        title: What it is called.
        hash: The hash of its files; see :func:`~rasa_project.triage.signing.content_hash`.
        sign_off: The last signature given, for these or for earlier files; None while unsigned.
        specs: Facts by name.
        named: Shared conditions by name.
        red_flags: RF01 to RF30.
        disposition: Section 4.
        questions: The screens' questions in the order they are asked.
        safety: Facts that a rule at URGENT or EMERGENCY reads.
        most_screens: Nobody sees more screens than this.
        outcomes: Words of each outcome, by level name.
        sources: Source texts by id.
    """

    version: str
    title: str
    hash: str
    sign_off: SignOff | None
    specs: Mapping[str, FactSpec]
    named: Mapping[str, Any]
    red_flags: tuple[Rule, ...]
    disposition: Disposition
    questions: tuple[Question, ...]
    safety: frozenset[str]
    most_screens: int
    outcomes: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, str]

    @property
    def signed(self) -> bool:
        """Whether a physiotherapist has signed exactly these files."""
        return self.sign_off is not None and self.sign_off.hash == self.hash

    @property
    def why_unsigned(self) -> str:
        """Why no signature holds, for staff; empty when one does."""
        last = self.sign_off
        if last is None:
            return "nobody has signed these rules"
        if self.signed:
            return ""
        return (
            f"the rules have changed since {last.name} ({last.registration}) signed version "
            f"{last.version} on {last.date}"
        )

    @property
    def stamp(self) -> dict[str, Any]:
        """What every outcome carries: ``version``, ``signed`` and ``hash``."""
        return {"version": self.version, "signed": self.signed, "hash": self.hash}

    def question(self, name: str) -> Question | None:
        """The question of that name."""
        return next((q for q in self.questions if q.name == name), None)


def load_protocol(folder: Path = DATA / "clinical") -> Protocol:
    """Loads and validates the protocol.

    Args:
        folder: Where the data files are.

    Raises:
        DataError: A file breaks its rules; the error names file and key.
    """
    head = check_keys(folder / "protocol.yml", "", read_mapping(folder / "protocol.yml"), (), _HEAD)
    if head["levels"] != list(Level.__members__):
        raise DataError(folder / "protocol.yml", "levels", f"must be {list(Level.__members__)}")
    version = head["version"]
    if not isinstance(version, str) or not 1 <= len(version) <= LONGEST_VERSION:
        problem = f"must be a text of 1 to {LONGEST_VERSION} characters; put it in quotes"
        raise DataError(folder / "protocol.yml", "version", problem)
    specs = load_fact_specs(folder / "facts.yml")
    named = read_mapping(folder / "conditions.yml")
    for name, condition in named.items():
        check_condition(folder / "conditions.yml", name, condition, specs, named)
    for name, spec in specs.items():
        for key in ("ask_when", "unsure_counts_when"):
            if getattr(spec, key) is not None:
                where = f"{name}.{key}"
                check_condition(folder / "facts.yml", where, getattr(spec, key), specs, named)
    sources = read_mapping(folder / "sources.yml")
    reader = RuleReader(specs, named, sources)
    red_flags = reader.red_flags(folder / "red_flags.yml")
    outcomes = read_mapping(folder / "outcomes.yml")
    for level in Level:
        check_keys(
            folder / "outcomes.yml", level.name, outcomes.get(level.name), ("numbers",),
            ("title", "do", "safety_net"),
        )  # fmt: skip
    return Protocol(
        version=version,
        title=head["title"],
        hash=content_hash(folder),
        sign_off=load_sign_off(folder),
        specs=specs,
        named=named,
        red_flags=red_flags,
        disposition=reader.disposition(folder / "disposition.yml"),
        questions=load_questions(folder / "screens.yml", specs, named),
        safety=frozenset(
            name
            for rule in red_flags
            for clause in rule.clauses
            if clause.level >= Level.URGENT
            for name in clause.reads
        ),
        most_screens=head["screen_limits"]["highest"],
        outcomes=outcomes,
        sources=sources,
    )


@lru_cache(maxsize=1)
def protocol() -> Protocol:
    """The protocol in force, loaded once."""
    return load_protocol()
