"""Who gets which advice: the plan of protocol section 5 for one visitor.

The rules are written so that doubt always takes something away: a dose needs every reason for it,
and one missing answer is enough to withhold it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from rasa_project.advice.rows import (
    ANY,
    ASK,
    EXERCISE,
    GENTLE,
    IRRITABILITIES,
    LEVELS,
    LOAD,
    RUN_STATUSES,
    SELF_CARE,
    ZONE,
    ZONES,
    Advice,
    AdviceRow,
    default_advice,
)

ADULT = ("18_39", "40_59", "60p")
_YES, _UNSURE = "yes", "unsure"


@dataclass(frozen=True)
class PlanCase:
    """What the plan depends on, in protocol values; None means not answered.

    Attributes:
        level: The outcome's level.
        zone_main: Where it hurts most, ``Z1`` to ``Z10``.
        irritability: ``LOW``, ``MODERATE`` or ``HIGH``.
        age_band: As the fact of that name.
        respondent: Who is typing; not asked of adults, so None reads as ``self``.
        pregnancy: As the fact of that name; only ``no`` allows amounts.
        onset: As the fact of that name; the pain guide is never for a possible fracture or tear.
        heel_squeeze: As the fact of that name; asked at the heel, so None reads as no elsewhere.
        after_surgery: Whether surgery, a cast or a boot was named or is in doubt.
        training_changes: Items of ``training_change`` that were named.
        run_status: As the fact of that name.
        sport: As the fact of that name.
        goal_weeks: Weeks until the visitor's event.
        push_off_nrs: Pain when pushing off, 0 to 10, to compare with at the check.
        stiffness_min: Minutes of morning stiffness, likewise.
    """

    level: str
    zone_main: str | None
    irritability: str | None
    age_band: str | None
    respondent: str | None
    pregnancy: str | None
    onset: str | None
    heel_squeeze: str | None
    after_surgery: bool
    training_changes: frozenset[str] = frozenset()
    run_status: str | None = None
    sport: str | None = None
    goal_weeks: float | None = None
    push_off_nrs: float | None = None
    stiffness_min: float | None = None

    @classmethod
    def from_facts(
        cls, level: str, irritability: str | None, facts: Mapping[str, Any]
    ) -> "PlanCase":
        """Reads a case out of facts by their protocol names.

        Args:
            level: The outcome's level.
            irritability: As the engine graded it.
            facts: Name to value; a list fact is item to ``yes``, ``no`` or ``unsure``.
        """

        def in_question(fact: str, item: str) -> bool:
            return (facts.get(fact) or {}).get(item) in (_YES, _UNSURE)

        def number(fact: str) -> float | None:
            value = facts.get(fact)
            return value if isinstance(value, int | float) else None

        changes = facts.get("training_change") or {}
        return cls(
            level=level,
            zone_main=facts.get("zone_main"),
            irritability=irritability,
            age_band=facts.get("age_band"),
            respondent=facts.get("respondent"),
            pregnancy=facts.get("pregnancy"),
            onset=facts.get("onset"),
            heel_squeeze=facts.get("heel_squeeze"),
            after_surgery=in_question("health", "surgery_or_boot_6m")
            or in_question("vte_risk", "surgery_12w")
            or in_question("vte_risk", "cast_boot"),
            training_changes=frozenset(item for item, said in changes.items() if said == _YES),
            run_status=facts.get("run_status"),
            sport=facts.get("sport"),
            goal_weeks=number("goal_weeks"),
            push_off_nrs=number("push_off_nrs"),
            stiffness_min=number("stiffness_min"),
        )


@dataclass(frozen=True)
class Plan:
    """A plan in words.

    Attributes:
        level: ``SELF_CARE`` or ``ROUTINE``.
        zone: ``Z2``, ``Z3`` or ``Z5``; None when the advice is not for one of these.
        irritability: ``LOW``, ``MODERATE`` or ``HIGH``; None likewise.
        title: What the plan is for.
        lead: One sentence on how much load fits; may be empty.
        rows: The advice in order.
        headings: For each row the heading that it stands under.
        stop_if: When to stop and when to get help.
        review: What to look at on the day of the check, and what to compare it with.
        review_on: The day of the check.
        stop_title: Heading over ``stop_if``.
    """

    level: str
    zone: str | None
    irritability: str | None
    title: str
    lead: str
    rows: tuple[AdviceRow, ...]
    headings: tuple[str, ...]
    stop_if: tuple[str, ...]
    review: str
    review_on: date
    stop_title: str

    @property
    def has_exercise(self) -> bool:
        """Whether the plan holds dosed exercises."""
        return any(row.given == EXERCISE for row in self.rows)


def make_plan(
    case: PlanCase, today: date, advice: Advice | None = None, review_on: date | None = None
) -> Plan | None:
    """Makes the plan, or none where the protocol gives none.

    No plan: PROMPT and above; under 16 or age unknown (the visit decides); when somebody else than
    the person or a guardian is typing (red flags and routing only).

    Args:
        case: The visitor.
        today: The day of the chat.
        advice: The advice data; the project's own by default.
        review_on: A day of the check that stands already; by default it is counted from today.

    Source: protocol sections 2 (A3), 4 and 5.
    """
    if case.level not in LEVELS or case.respondent == "other":
        return None
    if case.age_band not in (*ADULT, "16_17"):
        return None
    advice = advice or default_advice()
    allowed = _allowed(case)
    specific = ZONE in allowed
    rows = tuple(row for row in advice.rows if row.given in allowed and _fits(row, case, today))
    review_on = review_on or today + timedelta(days=advice.review_days)
    with_numbers = LOAD in allowed
    return Plan(
        level=case.level,
        zone=case.zone_main if specific else None,
        irritability=case.irritability if with_numbers else None,
        title=_title(case, advice, specific),
        lead=advice.irritabilities[str(case.irritability)] if with_numbers else "",
        rows=rows,
        headings=tuple(advice.headings[row.part] for row in rows),
        stop_if=advice.stop_if if with_numbers else advice.gentle_stop_if,
        review=_review(case, advice, today, review_on),
        review_on=review_on,
        stop_title=advice.stop_title,
    )


def plan_event(plan: Plan) -> dict[str, Any]:
    """The ``plan`` event of the chat, without ``seq``, ``at`` and ``from``."""
    return {
        "type": "plan",
        "text": _text(plan),
        "title": plan.title,
        "lead": plan.lead,
        "zone": plan.zone,
        "irritability": plan.irritability,
        "rows": [
            {
                "what": row.what,
                "dose": row.dose,
                "note": row.note,
                "group": heading,
                "drawing": row.drawing,
            }
            for row, heading in zip(plan.rows, plan.headings, strict=True)
        ],
        "stop_title": plan.stop_title,
        "stop_if": list(plan.stop_if),
        "review": plan.review,
        "review_on": plan.review_on.isoformat(),
    }


def _allowed(case: PlanCase) -> set[str]:
    """Which kinds of row may be given."""
    no_pregnancy = case.pregnancy == "no"
    zone = (
        case.zone_main in ZONES
        and case.age_band in ADULT
        and case.onset == "gradual"
        and (case.heel_squeeze == "no" or (case.heel_squeeze is None and case.zone_main != "Z5"))
        and not case.after_surgery
    )
    load = zone and no_pregnancy and case.irritability in IRRITABILITIES
    exercise = (
        load
        and case.level == SELF_CARE
        and case.irritability != "HIGH"
        and case.respondent in (None, "self")
    )
    allowed = {LOAD if load else GENTLE}
    allowed |= {ZONE} if zone else set()
    allowed |= {EXERCISE} if exercise else set()
    allowed |= set() if no_pregnancy else {ASK}
    return allowed


def _fits(row: AdviceRow, case: PlanCase, today: date) -> bool:
    wanted = row.training_change
    if wanted and not (case.training_changes if wanted == ANY else wanted in case.training_changes):
        return False
    if row.goal_within and (case.goal_weeks is None or case.goal_weeks > row.goal_within):
        return False
    return row.fits(
        sports=case.sport,
        levels=case.level,
        zones=case.zone_main,
        irritability=case.irritability,
        # A doubtful answer is none: nobody may lose the lines on running by it.
        run_status=case.run_status if case.run_status in RUN_STATUSES else "unknown",
        months=today.month,
    )


def _title(case: PlanCase, advice: Advice, specific: bool) -> str:
    if specific:
        return advice.titles[case.level].format(place=advice.zones[str(case.zone_main)])
    return advice.gentle_self_care_title if case.level == SELF_CARE else advice.gentle_title


def _review(case: PlanCase, advice: Advice, today: date, review_on: date) -> str:
    review = advice.review[case.level].format(day=_day(review_on))
    if case.push_off_nrs is None or case.stiffness_min is None:
        return review
    baseline = advice.baseline.format(
        day=f"{today:%B} {today.day}",
        pain=f"{case.push_off_nrs:g}", minutes=f"{case.stiffness_min:g}",
    )  # fmt: skip
    return f"{review} {baseline}"


def _text(plan: Plan) -> str:
    blocks = [f"{plan.title}. {plan.lead}".strip()]
    for heading, group in groupby(zip(plan.headings, plan.rows, strict=True), itemgetter(0)):
        lines = [f"• {row.what}: {f'{row.dose} {row.note}'.strip()}" for _, row in group]
        blocks.append("\n".join([f"{heading}:", *lines]))
    stops = "\n".join(f"• {line}" for line in plan.stop_if)
    return "\n\n".join([*blocks, f"{plan.stop_title}:\n{stops}", plan.review])


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
