"""Writes the report: Markdown that a physiotherapist can read, beside its picture."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from bench.vignettes import scoring
from bench.vignettes.cases import AGE_GROUPS, REGISTERS, TYPING
from bench.vignettes.chatting import Played
from bench.vignettes.scoring import Result, Share, score
from bench.vignettes.structured import Judged
from rasa_project.triage.rules import Level

ORDER = sorted(Level, reverse=True)
NO_OUTCOME = "no outcome"

INTRODUCTION = """\
# Vignettes: does the chat send people to the right level of care?

Run on {day} with protocol {version} ({signed}). Made by `make vignettes`; how the cases were made,
what the words mean and what this does not measure stand in
[the datasheet](../../bench/vignettes/DATASHEET.md).

{cases} written cases, each built after a published description, with a level of care fixed from the
protocol's text before the first run. Each case has at least four opening messages, from terse to
worried, some well typed and some not: {messages} messages. A simulated person types the message,
answers every question truthfully, and gets an outcome.

No clinician has reviewed the cases, and the protocol is a draft. The figures say how well the chat
**follows the protocol**, not whether the protocol is right. Nor do they say how people answer: this
simulated person never taps a wrong answer, so a typed message can only spoil what the screens would
have found, or save questions.
"""

GOALS = """\
| | goal |
|---|---|
| exact, from structured facts | 97% or more |
| exact, from typed messages | 93% or more |
| acceptable, from typed messages | 98% or more |
| sent to URGENT or EMERGENCY without need | 5% or less |
| self-care recognised | 90% or more |
| under-triage, from structured facts | 0 |
"""

HELD_OUT = """\
Cases of one message each, written in other words than the rest and committed before anything was
changed because of a vignette. They are run when such a change is finished, and nothing is changed
because of them. What they can and cannot show stands in the datasheet.

"""

SCREENS = """\
Answers given after the opening message: consent, questions about doubtful words and the area
included. A full sentence or two: the careful, worried and playing-down messages.

"""

FULL = frozenset({"careful", "worried", "playing_down"})

DISAGREEMENT = (
    "case", "message", "fixed", "given", "kind", "rules that fired", "taken otherwise",
)  # fmt: skip
HEADLINE = ("measure", "count, share (95% interval)")


@dataclass(frozen=True)
class Run:
    """Everything that was played.

    Attributes:
        judged: Structured facts through the engine.
        played: Messages through the chat, with taps.
        typed: A sample of them, with typed labels.
        held_out: What came of the cases held out; None when they were not played.
        version: The protocol's version.
        signed: Whether it is signed.
        seconds: How long the chats took.
        places: Zones and their names in plain words.
    """

    judged: Sequence[Judged]
    played: Sequence[Played]
    typed: Sequence[Played]
    version: str
    signed: bool
    seconds: float
    places: Mapping[str, str]
    held_out: "Run | None" = None


def markdown(run: Run, day: date, picture: str) -> str:
    """The whole report.

    Args:
        run: What was played.
        day: Its date.
        picture: The picture's file name.
    """
    introduction = INTRODUCTION.format(
        day=day.isoformat(),
        version=run.version,
        signed="signed" if run.signed else "not signed",
        cases=len(run.judged),
        messages=len(run.played),
    )
    parts = [
        introduction,
        "## In short\n\n" + headline(run) + "\n\nThe goals:\n\n" + GOALS,
        held_out(run.held_out) if run.held_out else "",
        f"![What each level's messages were given]({picture})",
        "## By level, from typed messages\n\n"
        + _slices(run.played, _level, [level.name for level in ORDER]),
        "## What was given instead\n\nRows: the fixed level. Columns: the level given.\n\n"
        + _confusion(run.played),
        "## By kind of person and message",
        "### Age\n\n"
        + _slices(run.played, lambda result: result.case.age_group, [a for _, a in AGE_GROUPS]),
        "### Register\n\n"
        + _slices(run.played, lambda result: result.phrasing.register, REGISTERS),
        "### Typing\n\n" + _slices(run.played, lambda result: result.phrasing.typing, TYPING),
        "### Sorest place\n\n"
        + _slices(
            run.played,
            lambda result: run.places[result.case.zone],
            list(run.places.values()),
        ),
        "## How many screens it takes\n\n" + SCREENS + _screens(run.played),
        "## Every disagreement\n\n" + _disagreements(run),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def held_out(run: Run) -> str:
    """The section about the cases held out.

    Args:
        run: What came of them.
    """
    wrong = [line(result) for result in disagreements(run.played)]
    return (
        f"## Held out: {len(run.played)} messages that nothing was changed for\n\n"
        + HELD_OUT
        + headline(run)
        + ("\n\n" + _table(DISAGREEMENT, wrong) if wrong else "")
    )


def headline(run: Run) -> str:
    """The figures that the goals are about."""
    rows: list[tuple[str, Share | str]] = []
    for name, results in (
        ("structured facts", run.judged),
        ("typed messages", run.played),
        ("typed messages, labels typed too (sample)", run.typed),
    ):
        if not results:
            continue
        found = score(results)
        rows += [
            (f"exact, {name}", found.exact),
            (f"acceptable, {name}", found.acceptable),
            (f"under-triage, {name}", found.under),
            (f"over-triage, {name}", found.over),
        ]
    if not run.played:
        return _table(HEADLINE, rows)
    rows += [
        ("sent to URGENT or EMERGENCY without need", scoring.over_to_urgent(run.played)),
        ("self-care recognised", scoring.self_care_recognised(run.played)),
        ("cases with every message exact", scoring.whole_cases(run.played)),
        ("facts told in the message that were captured", scoring.captured(run.played, False)),
        ("denials in the message that were captured", scoring.captured(run.played, True)),
        ("asked to confirm or clear up something", _confirming(run.played)),
    ]
    return _table(HEADLINE, rows)


def disagreements(results: Iterable[Result]) -> list[Result]:
    """Results that are not the fixed level, those below an acceptable level first."""
    wrong = [result for result in results if not scoring.is_exact(result)]
    return sorted(wrong, key=lambda r: (not scoring.is_under(r), not scoring.is_over(r)))


def line(result: Judged | Played) -> tuple[str, ...]:
    """One disagreement as a row."""
    kind = (
        "under" if scoring.is_under(result) else "over" if scoring.is_over(result) else "defensible"
    )
    given = result.level.name if result.level else NO_OUTCOME
    words = f"“{result.phrasing.text}”" if isinstance(result, Played) else "(structured)"
    fired = ", ".join(result.rules[:3])
    heard = ""
    if isinstance(result, Played):
        heard = result.problem or ", ".join(result.differs[:6])
    return (result.case.id, words, result.case.level.name, given, kind, fired, heard)


def _disagreements(run: Run) -> str:
    parts = []
    for name, results in (
        ("Structured facts and typed messages", [*run.judged, *run.played]),
        ("The sample in which labels were typed too", run.typed),
    ):
        rows = [line(result) for result in disagreements(results)]
        parts.append(f"### {name}\n\n" + (_table(DISAGREEMENT, rows) if rows else "None."))
    return "\n\n".join(parts)


def _level(result: Result) -> str:
    return result.case.level.name


def _confirming(played: Sequence[Played]) -> Share:
    return scoring.share(played, lambda result: result.asked_to_confirm > 0)


def _slices(played: Sequence[Played], of: Callable[[Played], str], order: Sequence[str]) -> str:
    rows = []
    for name in order:
        found = score([result for result in played if of(result) == name])
        if found.exact.total:
            rows.append((name, found.exact, found.acceptable, found.under.count, found.over.count))
    return _table(("", "exact", "acceptable", "under-triage", "over-triage"), rows)


def _confusion(played: Sequence[Played]) -> str:
    counted = Counter(
        (result.case.level, result.level.name if result.level else NO_OUTCOME) for result in played
    )
    columns = [level.name for level in ORDER]
    if any(given == NO_OUTCOME for _, given in counted):
        columns.append(NO_OUTCOME)
    rows = [(level.name, *(counted[level, name] for name in columns)) for level in ORDER]
    return _table(("", *columns), rows)


def _screens(played: Sequence[Played]) -> str:
    rows = []
    for level in ORDER:
        given = [result for result in played if result.level == level]
        if not given:
            continue
        full = [result.answers for result in given if result.phrasing.register in FULL]
        most = max(result.answers for result in given)
        rows.append(
            (
                level.name,
                f"{median(result.answers for result in given):g}",
                f"{median(full):g}" if full else "none",
                most,
                len(given),
            )
        )
    head = ("level given", "median", "median after a full sentence or two", "most", "messages")
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "/").replace("\n", " ")
