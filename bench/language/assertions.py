"""Scores fact and assertion reading on the benchmark, for this project and for its rivals.

``python -m bench.language.assertions`` prints the tables; ``--wrong`` lists what this project
read wrongly, which is for the development part only.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.language.cases import FILE, Case, Label, read
from bench.language.noise import noisy
from bench.language.score import Score, score
from bench.language.systems import SYSTEMS, System, facts_only
from rasa_project.triage.protocol import protocol
from rasa_project.triage.warning_signs import warning_signs

NOISE = 0.1
"""Share of words with a slip, in the row about noise."""


def evaluate(system: System, cases: Sequence[Case]) -> Score:
    """The score of one system over sentences."""
    return score(((case, system(case)) for case in cases), warning_signs(protocol()))


def noisy_cases(cases: Sequence[Case]) -> list[Case]:
    """The same sentences with slips in a tenth of their words, the same ones every time."""
    return [replace(case, text=noisy(case.text, NOISE, case.id)) for case in cases]


_HEAD = "| {:28} | {:>5} | {:>7} | {:>9} | {:>6} | {:>9} | {:>7} | {:>16} |"
COLUMNS = (
    "",
    "lines",
    "fact F1",
    "precision",
    "recall",
    "assertion",
    "handled",
    "flag read absent",
)


def header() -> str:
    """The head of a table of scores."""
    return _HEAD.format(*COLUMNS) + "\n|" + "---|" * len(COLUMNS)


def row(name: str, lines: int, made: Score) -> str:
    """One line of a table of scores."""
    facts = made.facts
    flags = f"{made.red_flags_denied}/{made.red_flags} ({made.denied_rate:.1%})"
    return _HEAD.format(
        name,
        lines,
        f"{facts.f1:.3f}",
        f"{facts.precision:.3f}",
        f"{facts.recall:.3f}",
        f"{made.assertion_accuracy:.3f}",
        f"{made.handled_rate:.3f}",
        flags,
    )


def by_fact(made: Score) -> str:
    """F1 of every fact, worst first."""
    lines = ["| fact | said | F1 | precision | recall |", "|---|---|---|---|---|"]
    for fact, counts in sorted(made.by_fact.items(), key=lambda item: item[1].f1):
        said = counts.hit + counts.missed
        lines.append(
            f"| {fact} | {said} | {counts.f1:.3f} | {counts.precision:.3f} | {counts.recall:.3f} |"
        )
    return "\n".join(lines)


def wrong(made: Score, cases: Sequence[Case]) -> str:
    """Every sentence with an error, for those who improve the rules."""
    texts = {case.id: case for case in cases}
    lines = []
    for id_, (missed, false) in made.wrong.items():
        case = texts[id_]
        lines.append(f"{id_} {{{case.screen or ''}}} {case.text}")
        lines += [f"    missed {_short(one)}" for one in missed]
        lines += [f"    false  {_short(one)}" for one in false]
    return "\n".join(lines)


def _short(one: Label) -> str:
    value = one.value if one.value is not None else f"{one.low:g}..{one.high:g}"
    return f"{one.fact}.{value} {one.status}"


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--facts-only", action="store_true", help="the extractor alone, quickly")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrongly")
    options = parser.parse_args()
    cases = list(read(options.file, options.split))
    if options.wrong or options.facts_only:
        if options.facts_only:
            cases = [case for case in cases if case.screen is None]
        made = evaluate(facts_only() if options.facts_only else SYSTEMS["this project"](), cases)
        print(header())
        print(row("all", len(cases), made))
        if options.wrong:
            print(by_fact(made))
            print(wrong(made, cases))
        return
    tables(cases)


def tables(cases: Sequence[Case] | None = None) -> None:
    """Prints the scores of every system on both parts, by register, with noise and by fact."""
    cases = list(read()) if cases is None else cases
    for split in ("test", "dev"):
        part = [case for case in cases if case.split == split]
        if not part:
            continue
        print(f"\n## {split}: {len(part)} sentences\n\n{header()}")
        for name, make in SYSTEMS.items():
            system = make()
            made = evaluate(system, part)
            print(row(name, len(part), made))
            if name == "this project":
                noise = evaluate(system, noisy_cases(part))
                print(row("  with 10% noisy words", len(part), noise))
                for register in dict.fromkeys(case.register for case in part):
                    some = [case for case in part if case.register == register]
                    print(row(f"  {register}", len(some), evaluate(system, some)))
                ours = made
        print(f"\n### By fact\n\n{by_fact(ours)}")


if __name__ == "__main__":
    main()
