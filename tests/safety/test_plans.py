"""Every plan against the protocol's advice as it is written down a second time (plan_table.md).

The cases are all combinations of what decides who is given what, and then, under each condition
that withholds something, all combinations of what chooses among the rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, combinations, product

import pytest

from rasa_project.advice.plan import Plan, PlanCase, make_plan, plan_event
from rasa_project.advice.rows import AdviceRow
from tests.safety import plan_table as table

# Over two million cases: half a minute of computing, more on a busy machine.
pytestmark = pytest.mark.timeout(600)
COLD, WARM = date(2026, 1, 20), date(2026, 7, 1)
LEVELS = ("SELF_CARE", "ROUTINE", "PROMPT", "URGENT", "EMERGENCY")
ZONES = (*(f"Z{number}" for number in range(1, 11)), None)
GRADES = ("LOW", "MODERATE", "HIGH", None)
AGES = ("u8", "8_15", "16_17", "18_39", "40_59", "60p", None)
TYPING = ("self", "guardian", "other", None)
PREGNANCY = ("no", "pregnant", "postpartum_6w", "prefer_not", "unsure", None)
ONSETS = ("gradual", "sudden_pop", "sudden_no_pop", "fall_height", "fall_or_blow", "unsure", None)
SQUEEZE = ("no", "yes", "unsure", None)
RUNNING = ("normal", "reduced", "stopped", "non_runner", "unsure", None)
CHANGES = (
    "mileage", "speed_hills", "surface", "footwear", "no_rest_pushed_through",
    "no_warmup_cooldown", "calf_tight_glute_weak",
)  # fmt: skip
SPORTS = (
    None, "running", "tennis", "soccer", "basketball", "hockey", "dance", "cycling", "walking",
    "gym", "triathlon",
)  # fmt: skip
# What the rows of a plan depend on, once it is clear which kinds of row may be given.
CHOOSING = ("level", "zone", "irritability", "running", "change", "sport", "goal", "season")
NONE, ALL = frozenset(), frozenset(CHANGES)
SUBSETS = [frozenset(some) for size in range(8) for some in combinations(CHANGES, size)]
# (level, age, typing, pregnancy, onset, squeeze, surgery): nothing withholds, and one thing each.
CLEAR = ("SELF_CARE", "18_39", None, "no", "gradual", "no", False)
CONDITIONS = [
    CLEAR,
    ("ROUTINE", *CLEAR[1:]),
    ("PROMPT", *CLEAR[1:]),
    ("SELF_CARE", "8_15", *CLEAR[2:]),
    ("ROUTINE", "16_17", *CLEAR[2:]),
    ("SELF_CARE", "60p", "guardian", *CLEAR[3:]),
    ("SELF_CARE", "60p", "other", *CLEAR[3:]),
    (*CLEAR[:3], "pregnant", *CLEAR[4:]),
    ("ROUTINE", *CLEAR[1:3], "prefer_not", *CLEAR[4:]),
    (*CLEAR[:4], "fall_or_blow", "no", False),
    (*CLEAR[:5], "unsure", False),
    (*CLEAR[:6], True),
]


def case(condition, zone, grade, running=None, changes=NONE, sport=None, goal=None) -> PlanCase:
    level, age, typing, pregnancy, onset, squeeze, surgery = condition
    return PlanCase(
        level, zone, grade, age, typing, pregnancy, onset, squeeze, surgery, changes, running,
        sport, goal,
    )  # fmt: skip


def who_is_given_what() -> Iterator[tuple[PlanCase, date]]:
    """Two million combinations, most of them without a plan."""
    for level, age, typing, pregnancy, onset, squeeze, surgery, zone, grade in product(
        LEVELS, AGES, TYPING, PREGNANCY, ONSETS, SQUEEZE, (False, True), ZONES, GRADES
    ):
        condition = (level, age, typing, pregnancy, onset, squeeze, surgery)
        yield case(condition, zone, grade), COLD


def which_rows() -> Iterator[tuple[PlanCase, date]]:
    some = [NONE, ALL, *(frozenset({change}) for change in CHANGES)]
    also = [*((sport, None) for sport in SPORTS), *((None, weeks) for weeks in (0, 12, 13, 40))]
    places = list(product(("Z1", "Z2", "Z3", "Z5", None), GRADES))
    for condition, (zone, grade), running in product(CONDITIONS, places, RUNNING):
        for day in (COLD, WARM):
            for changes in some:
                yield case(condition, zone, grade, running, changes), day
            for sport, goal in also:
                yield case(condition, zone, grade, running, ALL, sport, goal), day
    for condition, (zone, grade), running, changes in product(
        CONDITIONS[:2], places, RUNNING, SUBSETS
    ):
        yield case(condition, zone, grade, running, changes), COLD


def told(who: PlanCase, day: date) -> dict[str, str | frozenset[str]]:
    """A case in the words of the table."""

    def known(value: str | None) -> str:
        return value if value is not None else table.NOT_ASKED

    soon = who.goal_weeks is not None and who.goal_weeks <= 12
    return {
        "level": who.level, "age": known(who.age_band), "typing": known(who.respondent),
        "zone": known(who.zone_main), "irritability": known(who.irritability),
        "pregnancy": known(who.pregnancy), "onset": known(who.onset),
        "squeeze": known(who.heel_squeeze), "surgery": "yes" if who.after_surgery else "no",
        # A doubtful answer is no answer: nobody may be taken for somebody who does not run.
        "running": known(None if who.run_status == "unsure" else who.run_status),
        "change": who.training_changes, "sport": known(who.sport),
        "goal": "within 12 weeks" if soon else "none",
        "season": "cold" if day is COLD else "warm",
    }  # fmt: skip


def words(row: AdviceRow) -> str:
    return f"{row.what}: {row.dose} {row.note}"


_met: dict[str, frozenset[int]] = {}


def lines_met(row: AdviceRow) -> frozenset[int]:
    """Numbers of the table's lines that a row says all of, and nothing else."""
    if row.id not in _met:
        _met[row.id] = frozenset(
            line.number
            for line in table.lines()
            if line.part == row.part and not line.wrong_with(words(row))
        )
    return _met[row.id]


def compare(rows: Iterable[AdviceRow], wanted: Iterable[table.Line]) -> list[str]:
    """What differs between a plan's rows and the lines that the table asks for."""
    lines = {line.number: line for line in wanted}
    wrong = []
    counts: Counter[int] = Counter()
    for row in rows:
        met = lines_met(row) & lines.keys()
        counts.update(met)
        if not met:
            near = [line.wrong_with(words(row)) for line in lines.values() if line.part == row.part]
            wrong.append(f"no line asks for {row.id}: {near}")
    wrong += [
        f"line {number} ({line.part}) is met by {counts[number]} rows"
        for number, line in lines.items()
        if counts[number] != 1
    ]
    return wrong


class Comparison:
    """Compares cases and keeps what is wrong, each mistake once, with an example."""

    def __init__(self) -> None:
        self.wrong: dict[str, PlanCase] = {}
        self.counts: Counter[str] = Counter()
        self.plans: dict[tuple, Plan] = {}
        self._kinds = table.Kinds()
        self._done: set[tuple] = set()

    def look(self, who: PlanCase, day: date) -> None:
        self.counts["cases"] += 1
        made = make_plan(who, day)
        case = told(who, day)
        given = self._kinds.given(case)
        if not given or made is None:
            if bool(given) != (made is not None):
                self.wrong.setdefault(f"plan: {made is not None}, table: {sorted(given)}", who)
            return
        self.counts["plans"] += 1
        rows = tuple(row.id for row in made.rows)
        self.plans.setdefault((rows, made.title, made.lead, made.stop_if, made.review), made)
        chosen = (rows, given, *(case[name] for name in CHOOSING))
        if chosen in self._done:
            return
        self._done.add(chosen)
        for mistake in compare(made.rows, table.expected(case, given)):
            self.wrong.setdefault(mistake, who)


@pytest.fixture(scope="module")
def compared() -> Comparison:
    comparison = Comparison()
    for who, day in chain(which_rows(), who_is_given_what()):
        comparison.look(who, day)
    return comparison


def test_every_plan_is_the_protocols(compared):
    assert compared.wrong == {}
    assert compared.counts["cases"] > 2_000_000
    assert compared.counts["plans"] > 400_000


def test_every_line_of_the_table_is_asked_for_by_some_case(compared):
    lines = table.lines()
    met = {
        number for made in compared.plans.values() for row in made.rows for number in lines_met(row)
    }
    assert met == {line.number for line in lines}


def test_without_amounts_no_part_of_a_plan_names_one(compared):
    gentle = [made for made in compared.plans.values() if made.irritability is None]
    assert gentle
    for made in gentle:
        assert made.lead == ""
        for line in made.stop_if:
            assert re.findall(r"\d+", line) in ([], ["911"])
            assert not table.amounts_in(line)


def test_every_plan_renders_whole_with_its_check_in_two_weeks(compared):
    for made in compared.plans.values():
        event = plan_event(made)
        assert event["rows"]
        assert event["stop_if"][-1] == "Call 911 for chest pain or trouble breathing."
        assert event["review_on"] in ("2026-02-03", "2026-07-15")
        assert not re.search(r"[{}]|None|\s{2}(?!\S*•)", event["text"].replace("\n", "¶"))
