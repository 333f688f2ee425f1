"""The order of the visitor's part: headings, paragraphs and lines, the same in every form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rasa_project.summary.content import ABSENT, NOT_ASKED, NOT_SURE, PRESENT, Answer, Summary
from rasa_project.summary.words import day_words, words

BULLET = "• "


@dataclass(frozen=True)
class Line:
    """One line of a list.

    Attributes:
        text: What it says.
        quote: The visitor's own words or empty.
        lead: What the line is about, ahead of the text; may be empty.
    """

    text: str
    quote: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Block:
    """A heading with paragraphs and lines under it, in the order in which they are read."""

    heading: str
    parts: tuple[str | Line, ...]
    important: bool = False
    plan: Mapping[str, Any] | None = None
    """The plan's event, where it holds rows: it can be shown better than as lines."""


def head(summary: Summary) -> tuple[str, ...]:
    """The lines under the title: reference, date, who wrote it, rule set."""
    made = summary.created_at
    return (
        words()["reference"].format(reference=summary.reference),
        words()["made"].format(day=day_words(made), time=f"{made:%H:%M} {made.tzname()}"),
        words()["automated"],
        rules_line(summary),
    )


def rules_line(summary: Summary) -> str:
    """Version of the rule set, and whether it is signed."""
    key = "rules_version" if summary.protocol["signed"] else "unsigned"
    return words()[key].format(version=summary.protocol["version"])


def blocks(summary: Summary) -> tuple[Block, ...]:
    """Everything of the visitor's part below the head, in order."""
    found = [_outcome(summary.outcome)]
    check = check_lines(summary)
    if check:
        found.append(Block(words()["check"], check))
    if summary.plan:
        rows = summary.plan if summary.plan.get("rows") else None
        found.append(Block(words()["plan"], tuple(_pieces(summary.plan["text"])), plan=rows))
    if summary.clinic:
        found.append(Block(words()["clinic"], tuple(_pieces(summary.clinic["text"]))))
    nothing = (words()["nothing"],)
    told = tuple(Line(answer.words, answer.quote) for answer in summary.in_state(PRESENT))
    not_sure = tuple(Line(answer.words, answer.quote) for answer in summary.in_state(NOT_SURE))
    found += [
        Block(words()["present"], told or nothing),
        Block(words()["unsure"], not_sure or nothing),
        Block(words()["absent"], _grouped(summary.in_state(ABSENT)) or nothing),
        Block(words()["not_asked"], (_joined(summary.in_state(NOT_ASKED)) or nothing[0],)),
    ]
    return tuple(found)


def check_lines(summary: Summary) -> tuple[str, ...]:
    """When to look again, and with which code; empty when the outcome has no such day."""
    lines = []
    if summary.check_on is not None:
        lines.append(words()["check_on"].format(day=day_words(summary.check_on)))
    if summary.resume is not None:
        lines.append(
            words()["check_code"].format(
                code=summary.resume.code, day=day_words(summary.resume.until)
            )
        )
    return tuple(lines)


def _outcome(outcome: Mapping[str, Any] | None) -> Block:
    if not outcome:
        parts = (words()["no_outcome"], words()["emergency"])
        return Block(words()["what_to_do"], parts, important=True)
    text = outcome["text"]
    # The text of an event is complete; what a caller kept apart is added only when it is not in it.
    more = [
        outcome[key]
        for key in ("because", "safety_net", "unless")
        if outcome.get(key) and outcome[key] not in text
    ]
    return Block(words()["what_to_do"], (*_pieces(text), *more), important=True)


def _pieces(text: str) -> Iterator[str | Line]:
    """Paragraphs, and the lines that begin with a bullet; what is before a colon leads them."""
    for line in text.splitlines():
        if not line.strip():
            continue
        if not line.startswith(BULLET):
            yield line
            continue
        lead, colon, rest = line.removeprefix(BULLET).partition(": ")
        yield Line(rest, lead=lead) if colon and len(lead) <= 60 else Line(line[len(BULLET) :])


def _grouped(answers: tuple[Answer, ...]) -> tuple[Line, ...]:
    """One line a fact, with its items behind it: these lists are long and need no quotes."""
    lines = []
    for _, group in groupby(answers, key=lambda answer: answer.fact):
        parts = list(group)
        items = "; ".join(part.label for part in parts if part.item)
        lines.append(Line(f"{parts[0].fact_label}: {items}" if items else parts[0].words))
    return tuple(lines)


def _joined(answers: tuple[Answer, ...]) -> str:
    """All in one paragraph: there are many, and nobody reads them one by one."""
    lines = _grouped(answers)
    return ". ".join(line.text for line in lines) + "." if lines else ""
