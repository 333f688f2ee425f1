"""Field libraries for times and units against the project's own reading, on the benchmark's values.

``python -m bench.language.values_libraries --file FILE`` prints, for each system, hits, false
values, F1 and milliseconds of processor time a message. dateparser reads durations; quantulum3
reads minutes and kilometres. Neither is a dependency of the project; a library that is
not installed is left out.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bench.language.cases import FILE, PRESENT, Case, Label, read
from bench.language.score import Counts, score
from bench.language.systems import facts_only
from rasa_project.triage.protocol import protocol
from rasa_project.triage.warning_signs import warning_signs

DURATION, STIFFNESS = ("duration_days",), ("stiffness_min",)
DISTANCES = ("weekly_km_before", "weekly_km_now", "longest_run_before", "longest_run_now")
_MILE_KM = 1.609344
Reader = Callable[[Case], Iterable[tuple[str, float]]]


def dateparser_reader() -> Reader:
    """dateparser's search: the first date that lies back."""
    from dateparser.search import search_dates

    def read_case(case: Case) -> Iterable[tuple[str, float]]:
        noon = datetime.combine(case.at, datetime.min.time()).replace(hour=12)
        settings = {"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past"}
        for _, found in search_dates(case.text, languages=["en"], settings=settings) or ():
            days = (case.at - found.date()).days
            if days >= 0:
                return [("duration_days", float(days))]
        return []

    return read_case


def quantulum_reader() -> Reader:
    """quantulum3's quantities: times under a day as stiffness, lengths as the week's distance."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its classifier wants another scikit-learn than Rasa's

    minutes = {"second": 1 / 60, "minute": 1.0, "hour": 60.0}
    km = {"kilometre": 1.0, "mile": _MILE_KM, "kilometre per week": 1.0, "mile per week": _MILE_KM}

    def read_case(case: Case) -> Iterable[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        for quantity in parser.parse(case.text):
            unit = quantity.unit.name
            if unit in minutes and quantity.value * minutes[unit] <= 180:
                found.append(("stiffness_min", quantity.value * minutes[unit]))
            elif unit in km:
                found.append(("weekly_km_now", quantity.value * km[unit]))
        return found

    return read_case


def own_reader() -> Reader:
    """This project's extractor, whole."""
    system = facts_only()

    def read_case(case: Case) -> Iterable[tuple[str, float]]:
        return [
            (one.fact, one.low or 0.0) for one in system(case) if one.is_number and one.is_stated
        ]

    return read_case


def measure(reader: Reader, cases: Sequence[Case], facts: Sequence[str]) -> tuple[Counts, float]:
    """Counts over some facts, and milliseconds of processor time a message."""
    heard: dict[str, tuple[Label, ...]] = {}
    started = time.process_time()
    for case in cases:
        values = dict.fromkeys(reader(case))
        heard[case.id] = tuple(Label(fact, None, low, low, PRESENT) for fact, low in values)
    spent = (time.process_time() - started) * 1000 / len(cases)
    made = score(((case, heard[case.id]) for case in cases), warning_signs(protocol()))
    counts = Counts()
    for fact in facts:
        one = made.by_fact.get(fact, Counts())
        counts.hit += one.hit
        counts.false += one.false
        counts.missed += one.missed
    return counts, spent


SYSTEMS: tuple[tuple[str, Callable[[], Reader], tuple[str, ...]], ...] = (
    ("dateparser, duration", dateparser_reader, DURATION),
    ("quantulum3, stiffness", quantulum_reader, STIFFNESS),
    ("quantulum3, distances", quantulum_reader, DISTANCES),
    ("own, duration", own_reader, DURATION),
    ("own, stiffness", own_reader, STIFFNESS),
    ("own, distances", own_reader, DISTANCES),
)


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--file", type=Path, default=FILE)
    cases = [case for case in read(options.parse_args().file) if case.screen is None]
    print("| system, value | said | hit | false | F1 | ms a message |\n|---|---|---|---|---|---|")
    for name, make, facts in SYSTEMS:
        try:
            reader = make()
        except ImportError as error:
            print(f"| {name} | not installed: {error.name} |")
            continue
        counts, spent = measure(reader, cases, facts)
        said = counts.hit + counts.missed
        print(
            f"| {name} | {said} | {counts.hit} | {counts.false} | {counts.f1:.3f} | {spent:.2f} |"
        )


if __name__ == "__main__":
    main()
