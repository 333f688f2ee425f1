"""Writes `docs/safety/report.md` and its plots from the figures of a run."""

import platform
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol
from tests.safety import protocol_table as table
from tests.safety.measuring import Compared, Mutated, Tested, Walked
from tests.safety.worse import DOUBT_LOWERS, FINDING_LOWERS

FOLDER = ROOT / "docs" / "safety"
LEVEL_COLOURS = {
    "EMERGENCY": "#a4161a", "URGENT": "#d9730d", "PROMPT": "#b8860b", "ROUTINE": "#2f6f8f", "SELF_CARE": "#3a7d44",
}  # fmt: skip
BAR, GAP, LEFT, WIDTH = 20, 8, 190, 720


def bars(title: str, values: Mapping[str, float], unit: str, limit: float | None = None) -> str:
    """A bar chart as SVG: one labelled bar a line, readable without colours.

    Args:
        title: What the chart shows; also its text for screen readers.
        values: Label -> length of the bar, 0 or more.
        unit: What a bar counts.
        limit: A line that no bar may cross.
    """
    most = max([*values.values(), limit or 0, 1])
    scale = (WIDTH - LEFT - 90) / most
    height = 44 + len(values) * (BAR + GAP) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" font-size="13">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="22" font-size="15" font-weight="bold">{title}</text>',
    ]
    for i, (label, value) in enumerate(values.items()):
        y = 40 + i * (BAR + GAP)
        colour = LEVEL_COLOURS.get(label, "#2f6f8f")
        parts.append(f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{label}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{max(value * scale, 1):.1f}" height="{BAR}" fill="{colour}"/>'
        )
        parts.append(
            f'<text x="{LEFT + value * scale + 6:.1f}" y="{y + 15}">{value:,.4g} {unit}</text>'
        )
    if limit is not None:
        x = LEFT + limit * scale
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="34" y2="{height - 4}" stroke="#000" stroke-dasharray="4 3"/>'
        )
    return "\n".join([*parts, "</svg>", ""])


def verdict(good: bool) -> str:
    """A word for a table."""
    return "met" if good else "**NOT MET**"


def figures(
    compared: Compared, walked: Walked, mutated: Mutated, tested: Tested
) -> list[tuple[str, str, str, bool]]:
    """Every figure as (what, goal, measured, whether it is met)."""
    killed, total = sum(mutated.killed.values()), sum(mutated.total.values())
    excused = len(mutated.excused)
    clauses = f"{sum(1 for r in protocol().red_flags for _ in r.clauses)} clauses, all reached"
    limits = all(walked.longest_always.get(level, 0) <= 16 for level in ("SELF_CARE", "ROUTINE"))
    longest = max(walked.longest.values())
    return [
        ("Under-triage against the protocol table", "0", str(len(compared.under)), not compared.under),
        ("Over-triage against the protocol table", "0", str(len(compared.over)), not compared.over),
        ("Rules or clauses that can never fire", "0", clauses, not tested.failed),
        ("Paths that do not end, ask twice, or end without a level", "0", str(len(walked.faults)), not walked.faults),
        ("Most screens anybody can see", "20", str(longest), longest <= 20),
        ("Screens everybody sees, on ways to SELF_CARE and ROUTINE", "at most 16",
         str(max(walked.longest_always.get(level, 0) for level in ("SELF_CARE", "ROUTINE"))), limits),
        ("“Not sure” or a new finding lowers the level", "only where the protocol says so",
         f"{len(DOUBT_LOWERS) + len(FINDING_LOWERS)} exceptions, all listed below", not tested.failed),
        ("Mistakes in the rule data that are noticed", "at least 95%",
         f"{killed} of {total} ({100 * killed / total:.1f}%)", killed >= 0.95 * total),
        ("Mistakes not noticed that do change something", "0", str(len(mutated.survivors)), not mutated.survivors),
        ("Mistakes not noticed that change nothing", "listed", str(excused), True),
        ("Safety tests", "all pass", f"{tested.passed} passed, {len(tested.failed)} failed", not tested.failed),
    ]  # fmt: skip


def write(
    compared: Compared, walked: Walked, mutated: Mutated, tested: Tested, seconds: float
) -> Path:
    """Writes the report and its plots.

    Returns:
        The report's file.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    plots = {
        "combinations": bars("Combinations of answers compared, rule by rule", compared.combinations, ""),
        "screens": bars(
            "Most screens before each outcome", {n: walked.longest[n] for n in reversed(table.LEVELS)}, "screens", 20
        ),
        "mutants": bars(
            "Mistakes put into the rules, and noticed",
            {kind: 100 * mutated.killed[kind] / n for kind, n in sorted(mutated.total.items())}, "%", 95,
        ),
    }  # fmt: skip
    for name, drawing in plots.items():
        (FOLDER / f"{name}.svg").write_text(drawing, encoding="utf-8")
    file = FOLDER / "report.md"
    text = "\n".join(_sections(compared, walked, mutated, tested, seconds))
    file.write_text(text, encoding="utf-8")
    return file


def _sections(
    compared: Compared, walked: Walked, mutated: Mutated, tested: Tested, seconds: float
) -> list[str]:
    rules = protocol()
    signed = (
        "signed" if rules.signed else "**unsigned: no physiotherapist has approved these rules**"
    )
    rows = [f"| {what} | {goal} | {measured} | {verdict(good)} |"
            for what, goal, measured, good in figures(compared, walked, mutated, tested)]  # fmt: skip
    versions = ", ".join(f"{name} {version(name)}" for name in ("rasa", "hypothesis", "pytest"))
    exceptions = [
        f"| {rule} | `{fact}` | {words} |"
        for (rule, fact), words in (DOUBT_LOWERS | FINDING_LOWERS).items()
    ]
    return [
        "# Safety report",
        "",
        f"Made by `make safety` on {date.today():%d %B %Y} in {seconds / 60:.0f} minutes. Do not edit by hand.",
        "",
        f"Protocol version {rules.version}, {signed}. Rule data: `{rules.hash[:12]}`. Python {platform.python_version()}, "
        f"{versions}.",
        "",
        "This report shows that the program does what the written protocol says. It does not show that the protocol is "
        "right: that needs a physiotherapist's signature and data from real visitors. See "
        "[intended use](intended_use.md) and the [hazard log](hazard_log.md).",
        "",
        "## In one table",
        "",
        "| What | Goal | Measured | |",
        "|---|---|---|---|",
        *rows,
        "",
        "## 1. The rules against the protocol",
        "",
        "The protocol was written down a second time, as a [table](../../tests/safety/protocol_table.md) a physiotherapist "
        "can read, from its words alone. The table and the product's rules share no code. Points where the two readings "
        "parted, and how each was settled, stand at the end of the table.",
        "",
        f"The rules test facts in {compared.atoms} ways (“pain at rest is 8 or more”, “the calf is swollen”). Two answers "
        "that no such test tells apart are one class; a test shows this for every answer. "
        f"That leaves {compared.classes} classes of single answers. The level is the highest of the rules that fire, so each "
        "rule can be enumerated by itself; a test shows this too. Each rule was compared on every combination of the "
        f"classes it reads, “not sure” and “not answered” included: {sum(compared.combinations.values()):,} combinations. "
        f"On top of that came every pair of answers ({compared.pairs:,}) and {compared.random:,} random whole sets.",
        "",
        "Every row of the table is reached by answering screens, but two: after an injury nobody is asked to rise on the "
        "toes, so rows 13 and 20 wait for the visitor to say it.",
        "",
        "![Combinations of answers compared, rule by rule](combinations.svg)",
        "",
        "Random sets by level: "
        + ", ".join(f"{name} {compared.levels[name]:,}" for name in reversed(table.LEVELS))
        + ".",
        "",
        *_listed("Differences", [*compared.under, *compared.over]),
        "## 2. Every path through the screens",
        "",
        f"All paths were walked, by class of answers, with “not sure” on every question: {walked.steps:,} answers in "
        f"{walked.states:,} different states. Visitors whose remaining rules are the same were walked as one; for "
        f"{walked.merged:,} pairs of them both were walked to the end, and their questions and levels were the same.",
        "",
        "![Most screens before each outcome](screens.svg)",
        "",
        "After URGENT only these screens are asked, since only they can still raise the level: "
        + ", ".join(f"`{name}`" for name in walked.after_urgent)
        + ". `health` is there for dark urine (RF30).",
        "",
        "An emergency sign that is ticked ends the questions at the first clinical screen.",
        "",
        *_listed("Faults", walked.faults),
        "## 3. Doubt and bad news",
        "",
        "Tests with a thousand random visitors each show that one more abnormal finding, or a known answer turned into “not "
        "sure”, never gives a milder level; that the order of answers does not matter; and that a corrected answer counts "
        "like a first one. The exceptions below are the protocol's own. The tests fail when there is one more, or one less.",
        "",
        "| Rule | Fact | The protocol's words |",
        "|---|---|---|",
        *exceptions,
        "",
        "Some of these let a single “not sure” end in SELF_CARE (a fever, numbness, when it started). They are open "
        "questions for the clinical lead: see the hazard log, H12.",
        "",
        "Every question says why it asks. Every outcome names the answers that mattered, the rule in plain words and its "
        "sources, and the nearest other answers that would have led to a higher level. Those are found by running the rules "
        "again with one answer changed; tests check each against the table. None is milder than the outcome.",
        "",
        "## 4. Mistakes put into the rules on purpose",
        "",
        f"{sum(mutated.total.values()):,} copies of the rule data, each with one small mistake (a clause dropped, a bound "
        "moved by one, a level lowered, a value swapped), were given to the checks. Every deletion of a part of a red-flag "
        "rule is noticed.",
        "",
        "![Mistakes put into the rules, and noticed](mutants.svg)",
        "",
        "| Noticed by | Mistakes |",
        "|---|---|",
        *(f"| {check.replace('_', ' ')} | {n} |" for check, n in mutated.by.most_common()),
        "",
        *_listed("Not noticed", mutated.survivors),
        f"**Not noticed, and rightly so ({len(mutated.excused)}): these change nothing.**",
        "",
        *_excused(mutated.excused),
        "## 5. Mistakes put into the program itself",
        "",
        _elsewhere("engine_mutation.md", "`make mutation`"),
        "",
        "## 6. Vignettes",
        "",
        _elsewhere("vignettes.md", "`make vignettes`"),
        "",
        "## 7. When parts of the system fail",
        "",
        _elsewhere("resilience.md", "the resilience tests"),
        "",
        *(
            ["## Failed tests", "", *(f"- {name}" for name in tested.failed), ""]
            if tested.failed
            else []
        ),
    ]


def _listed(title: str, lines: list[str]) -> list[str]:
    shown = [f"- {line}" for line in lines[:50]] or ["None."]
    return [
        f"**{title}.** {len(lines)} in all." if lines else f"**{title}.** None.",
        "",
        *(shown if lines else []),
        "",
    ]


def _excused(excused: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for why in dict.fromkeys(excused.values()):
        lines += [why, "", *(f"- `{name}`" for name, given in excused.items() if given == why), ""]
    return lines


def _elsewhere(name: str, maker: str) -> str:
    if (FOLDER / name).exists():
        return f"See [{name}]({name}), made by {maker}."
    return f"Not measured to the end yet: {maker} writes `{name}`."
