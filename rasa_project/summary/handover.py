"""The page for a therapist: the same answers in the field's terms, short enough for one page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.summary.content import ABSENT, NOT_ASKED, NOT_SURE, PRESENT, Answer, Summary
from rasa_project.summary.words import words
from rasa_project.triage.facts import FactSpec, load_fact_specs

LONGEST_QUOTE = 110
"""Characters of a visitor's words on the page; the whole is in the visitor's own part."""
MOST_QUOTES = 6

_STATES = {PRESENT: "flags_present", NOT_SURE: "flags_unsure", ABSENT: "flags_denied",
           NOT_ASKED: "flags_not_asked"}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """The checked content of ``handover.yml``."""

    sections: Mapping[str, list[str]]
    red_flags: list[str]
    terms: Mapping[str, str]
    units: Mapping[str, str]
    grades: Mapping[str, str]
    left_out: list[str]
    source: list[str]

    def term(self, fact: str, value: Any, otherwise: str) -> str:
        """The field's word for a fact (value None) or for one of its values."""
        return self.terms.get(fact if value is None else f"{fact}.{value}", otherwise)


def load_terms(folder: Path = DATA / "clinical") -> Terms:
    """Loads the field's terms.

    Args:
        folder: Holds ``handover.yml``, ``facts.yml`` and ``sources.yml``.

    Raises:
        DataError: A key is unknown or missing, a fact stands nowhere or twice, or a term names no
            fact or value of the protocol.
    """
    file = folder / "handover.yml"
    content = check_keys(file, "", read_mapping(file), (), Terms.__dataclass_fields__)
    specs = load_fact_specs(folder / "facts.yml")
    placed = [name for names in content["sections"].values() for name in names]
    placed += [*content["red_flags"], *content["left_out"]]
    for name in placed:
        if name not in specs:
            raise DataError(file, name, "is not a fact of facts.yml")
        if placed.count(name) > 1:
            raise DataError(file, name, "stands twice")
    for name in specs:
        if name not in placed:
            raise DataError(file, "sections", f"{name} of facts.yml stands nowhere")
    _check_terms(file, content, specs)
    check_keys(file, "grades", content["grades"], (), ("HIGH", "MODERATE", "LOW"))
    sources = read_mapping(folder / "sources.yml")
    for source in content["source"]:
        if source not in sources:
            raise DataError(file, "source", f"{source!r} is not in sources.yml")
    return Terms(**content)


def _check_terms(file: Path, content: Mapping[str, Any], specs: Mapping[str, FactSpec]) -> None:
    for key, text in content["terms"].items():
        fact, _, value = key.partition(".")
        if fact not in specs or (value and value not in specs[fact].values):
            raise DataError(file, f"terms.{key}", "names no fact or value of facts.yml")
        if not isinstance(text, str) or not text.strip():
            raise DataError(file, f"terms.{key}", "must be a text that is not empty")
    for name, unit in content["units"].items():
        if name not in specs or specs[name].kind != "number" or "{n}" not in unit:
            raise DataError(file, f"units.{name}", "must be a number fact, and hold {n}")


@lru_cache(maxsize=1)
def terms() -> Terms:
    """The project's own terms, read once."""
    return load_terms()


@dataclass(frozen=True)
class Row:
    """A line of the page: what it is about, and what was answered."""

    heading: str
    text: str


@dataclass(frozen=True)
class Handover:
    """The page.

    Attributes:
        history: Region to goals.
        flags: Red flags by state.
        quotes: The visitor's own words on what counts most, shortened.
    """

    history: tuple[Row, ...]
    flags: tuple[Row, ...]
    quotes: tuple[Row, ...]

    def sections(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Heading and rows, in the order of the page; those without rows are left out."""
        found = ((words()["history"], self.history), (words()["screening"], self.flags),
                 (words()["quotes"], self.quotes))  # fmt: skip
        return tuple((heading, rows) for heading, rows in found if rows)


def outcome_rows(summary: Summary) -> tuple[Row, ...]:
    """Level, rules and rule set, for the head of the page; empty before the outcome."""
    outcome = summary.outcome
    if not outcome:
        return ()
    rules = ", ".join(rule["id"] for rule in outcome.get("rules", ()))
    return (Row(words()["level"], outcome["level"]), Row(words()["reasons"], rules))


def handover(summary: Summary, known: Terms | None = None) -> Handover:
    """Makes the page out of a summary.

    Args:
        summary: The visitor's summary.
        known: The field's terms; the project's own by default.
    """
    known = known or terms()
    by_fact: dict[str, list[Answer]] = {}
    for answer in summary.answers:
        by_fact.setdefault(answer.fact, []).append(answer)
    history = []
    for heading, names in known.sections.items():
        groups = [by_fact[name] for name in names if name in by_fact]
        history.append(Row(heading, "; ".join(_told(known, groups))))
        if "stiffness_min" in names:
            grade = known.grades.get(summary.irritability or "", words()["not_graded"])
            history.append(Row(words()["irritability"], grade))
    return Handover(tuple(history), _flags(known, by_fact), _quotes(known, summary))


def _told(known: Terms, groups: list[list[Answer]]) -> Iterator[str]:
    """One entry a fact: its answer, or that it was not asked."""
    not_asked = []
    for group in groups:
        first = group[0]
        name = known.term(first.fact, None, first.fact_label)
        if first.item is not None or (len(group) == 1 and isinstance(first.raw, dict)):
            yield f"{name}: {_items(known, group)}"
        elif first.state == NOT_ASKED:
            not_asked.append(name)
        else:
            yield f"{name}: {_value(known, first)}"
    if not_asked:
        yield f"{words()['flags_not_asked'].lower()}: {', '.join(not_asked)}"


def _items(known: Terms, group: list[Answer]) -> str:
    named = {state: [_term(known, a) for a in group if a.state == state] for state in _STATES}
    parts = [", ".join(named[PRESENT])] if named[PRESENT] else []
    if named[NOT_SURE]:
        parts.append(f"{words()['flags_unsure'].lower()}: {', '.join(named[NOT_SURE])}")
    if named[ABSENT]:
        parts.append(
            words()["none_else"] if named[PRESENT] or named[NOT_SURE] else words()["denied_all"]
        )
    if named[NOT_ASKED]:
        parts.append(f"{words()['flags_not_asked'].lower()}: {', '.join(named[NOT_ASKED])}")
    return "; ".join(parts)


def _value(known: Terms, answer: Answer) -> str:
    if answer.state == NOT_SURE:
        return words()["not_certain"]
    if answer.fact in known.units:
        return known.units[answer.fact].format(n=answer.value)
    own = known.terms.get(f"{answer.fact}.{answer.raw}")
    if own is None and answer.raw in ("yes", "no", True, False):
        return "yes" if answer.state == PRESENT else "no"
    return own or _short(known.term(answer.fact, answer.raw, answer.value or answer.label))


def _term(known: Terms, answer: Answer) -> str:
    return known.term(answer.fact, answer.item, answer.label)


def _flags(known: Terms, by_fact: Mapping[str, list[Answer]]) -> tuple[Row, ...]:
    found: dict[str, list[str]] = {state: [] for state in _STATES}
    for fact in known.red_flags:
        group = by_fact.get(fact, [])
        for answer in group:
            if answer.item is not None:
                found[answer.state].append(_term(known, answer))
                continue
            name = known.term(fact, None, answer.fact_label)
            value = answer.raw if answer.state == PRESENT and answer.raw != "yes" else None
            found[answer.state].append(known.term(fact, value, name))
    none = words()["nothing"].lower()
    return tuple(
        Row(words()[key], "; ".join(found[state]) or none) for state, key in _STATES.items()
    )


def _quotes(known: Terms, summary: Summary) -> tuple[Row, ...]:
    """The visitor's words: first behind red flags and doubts, then behind the history."""
    ranked = sorted(
        (a for a in summary.answers if a.quote and a.state in (PRESENT, NOT_SURE)),
        key=lambda a: (a.fact not in known.red_flags, a.state != PRESENT),
    )
    seen: dict[str, str] = {}
    for answer in ranked:
        if len(seen) < MOST_QUOTES:
            name = known.term(answer.fact, answer.item, answer.label)
            seen.setdefault(_short(answer.quote), name)
    return tuple(Row(name, quote) for quote, name in seen.items())


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"
