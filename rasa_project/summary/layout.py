"""The order of a summary: headings, paragraphs and lines, the same for text, HTML and PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.summary.content import ABSENT, NOT_ASKED, NOT_SURE, PRESENT, Answer, Summary

_KEYS = (
    "title", "reference", "made", "automated", "rules_version", "unsigned", "what_to_do",
    "no_outcome", "emergency", "reasons", "reason", "plan", "clinic", "present", "absent",
    "unsure", "not_asked", "nothing", "said", "page",
)  # fmt: skip
_WORDS = Path(__file__).with_name("words.yml")


@dataclass(frozen=True)
class Line:
    """One line of a list; ``quote`` is the visitor's own words or empty."""

    text: str
    quote: str = ""


@dataclass(frozen=True)
class Block:
    """A heading with paragraphs (which may hold line breaks) and then lines under it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def load_words(file: Path = _WORDS) -> Mapping[str, str]:
    """Loads headings and fixed sentences.

    Raises:
        DataError: A key is unknown, missing or empty.
    """
    words = check_keys(file, "", read_mapping(file), (), _KEYS)
    for key, text in words.items():
        if not isinstance(text, str) or not text.strip():
            raise DataError(file, key, "must be a text that is not empty")
    return words


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """The project's own words, read once."""
    return load_words()


def head(summary: Summary) -> tuple[str, ...]:
    """The lines under the title: reference, date, who wrote it, rule set."""
    made = summary.created_at
    return (
        words()["reference"].format(reference=summary.reference),
        words()["made"].format(
            day=f"{made:%B} {made.day}, {made.year}", time=f"{made:%H:%M} {made.tzname()}"
        ),
        words()["automated"],
        rules_line(summary),
    )


def rules_line(summary: Summary) -> str:
    """Version of the rule set, and whether it is signed."""
    key = "rules_version" if summary.protocol["signed"] else "unsigned"
    return words()[key].format(version=summary.protocol["version"])


def blocks(summary: Summary) -> tuple[Block, ...]:
    """Everything below the head, in order."""
    found = [_outcome(summary.outcome)]
    for key, event in (("plan", summary.plan), ("clinic", summary.clinic)):
        if event:
            found.append(Block(words()[key], tuple(event["text"].split("\n\n"))))
    told = tuple(Line(answer.words, answer.quote) for answer in summary.in_state(PRESENT))
    not_sure = tuple(Line(answer.words, answer.quote) for answer in summary.in_state(NOT_SURE))
    found += [
        Block(words()["present"], lines=told or (Line(words()["nothing"]),)),
        Block(words()["absent"], lines=_grouped(summary.in_state(ABSENT))),
        Block(words()["unsure"], lines=not_sure or (Line(words()["nothing"]),)),
        Block(words()["not_asked"], (_joined(summary.in_state(NOT_ASKED)),)),
    ]
    if summary.outcome and summary.outcome.get("rules"):
        found.append(Block(words()["reasons"], lines=_reasons(summary.outcome["rules"])))
    return tuple(found)


def _outcome(outcome: Mapping[str, Any] | None) -> Block:
    if not outcome:
        return Block(words()["what_to_do"], (words()["no_outcome"], words()["emergency"]))
    text = outcome["text"]
    # The text of an event is complete; what a caller kept apart is added only when it is not in it.
    more = [
        outcome[key]
        for key in ("because", "safety_net", "unless")
        if outcome.get(key) and outcome[key] not in text
    ]
    return Block(words()["what_to_do"], (*text.split("\n\n"), *more))


def _grouped(answers: tuple[Answer, ...]) -> tuple[Line, ...]:
    """One line a fact, with its items behind it: these lists are long and need no quotes."""
    lines = []
    for _, group in groupby(answers, key=lambda answer: answer.fact):
        parts = list(group)
        items = "; ".join(part.label for part in parts if part.item)
        lines.append(Line(f"{parts[0].fact_label}: {items}" if items else parts[0].words))
    return tuple(lines) or (Line(words()["nothing"]),)


def _joined(answers: tuple[Answer, ...]) -> str:
    """All in one paragraph: there are many, and nobody reads them one by one."""
    return ". ".join(line.text for line in _grouped(answers)) + "."


def _reasons(rules: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(words()["reason"].format(rule=rule["id"], source=_source(rule.get("source"))))
        for rule in rules
    )


def _source(source: Any) -> str:
    return "; ".join(map(str, source)) if isinstance(source, list | tuple) else str(source or "")
