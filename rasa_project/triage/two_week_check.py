"""The two-week check: new answers against the first ones, and the one step that follows.

Source: protocol section 4, "Two-week check", and section 5 for moving on. Pure: facts in, step out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.conditions import Finding
from rasa_project.triage.engine import Assessment, Fired
from rasa_project.triage.facts import UNSURE, YES, load_fact_specs
from rasa_project.triage.rules import Clause, Level, Rule

PAIN, STIFF, FLARE, TREND, LIMP = (
    "push_off_nrs", "stiffness_min", "next_day_worse", "trend", "walk_limp",
)  # fmt: skip
COMPARED = (PAIN, STIFF, FLARE, LIMP)
"""Facts whose first answers the check needs."""

BOOK, HOLD, MOVE_ON = "book", "hold", "move_on"
_RULES = {
    "S4-CHECK-WORSE": BOOK, "S4-CHECK-EARLY": HOLD, "S4-CHECK-PAIN": BOOK,
    "S4-CHECK-STIFF": BOOK, "S4-CHECK-HOLD": HOLD, "S4-CHECK-MOVE-ON": MOVE_ON,
}  # fmt: skip
_REFUSED = ("unknown", "used", "expired", "too_late")
_TEXTS = ("compared", "pain_words", "stiff_words", "unsure_words", "greeting", "code_line")
_LONGEST_LIFE = 30
"""Days: unbooked transcripts are kept no longer (protocol section 6)."""


@dataclass(frozen=True)
class TwoWeekCheck:
    """The checked content of ``two_week_check.yml``; the head of that file describes every key."""

    code_days: int
    keep: list[str]
    pain: Mapping[str, float]
    gone: float
    acceptable: float
    flare: list[str]
    rules: Mapping[str, Rule]
    steps: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, Any]
    refused: Mapping[str, str]
    compared: str
    pain_words: str
    stiff_words: str
    unsure_words: str
    greeting: str
    code_line: str


@dataclass(frozen=True)
class Step:
    """What the check comes to.

    Attributes:
        name: ``book``, ``hold`` or ``move_on``.
        hit: The rule that decided.
        words: Title and what to do; empty for booking, which has the words of its level.
        compared: First answers and new ones in one line.
    """

    name: str
    hit: Fired
    words: Mapping[str, str]
    compared: str


def take_step(
    check: TwoWeekCheck,
    then: Mapping[str, Any],
    now: Mapping[str, Any],
    on: date,
    review_on: date,
    today: date,
) -> Step:
    """Compares.

    Not better, or in doubt, is never "hold" once the day of the check has come: the protocol books
    unless pain and stiffness have dropped. Before that day only what is worse counts.

    Args:
        check: The criterion.
        then: The first answers of :data:`COMPARED`; a missing one is in doubt.
        now: The new answers, with the trend.
        on: Day of the first chat.
        review_on: Day from which the comparison counts.
        today: Today.

    Source: protocol section 4 [K8]; pain monitoring [F19, K6].
    """
    if _worse(check, then, now):
        id_ = "S4-CHECK-WORSE"
    elif today < review_on:
        id_ = "S4-CHECK-EARLY"
    elif not _pain_fell(check, then.get(PAIN), now.get(PAIN)):
        id_ = "S4-CHECK-PAIN"
    elif not _fell(check, then.get(STIFF), now.get(STIFF)):
        id_ = "S4-CHECK-STIFF"
    elif now.get(FLARE) != check.flare[0] or not _at_most(now.get(PAIN), check.acceptable):
        id_ = "S4-CHECK-HOLD"
    else:
        id_ = "S4-CHECK-MOVE-ON"
    rule, name = check.rules[id_], _RULES[id_]
    findings = frozenset(Finding(f, now[f]) for f in (PAIN, STIFF, FLARE, TREND) if f in now)
    hit = Fired(rule, rule.clauses[0].level, findings)
    return Step(name, hit, check.steps.get(name, {}), _in_words(check, then, now, on))


def with_step(assessment: Assessment, step: Step) -> Assessment:
    """The assessment with the check's rule in it; its level is never lowered."""
    assert assessment.level is not None
    level = max(assessment.level, step.hit.level)
    if step.hit.level < assessment.level:
        return assessment
    return replace(assessment, level=level, fired=(step.hit, *assessment.fired))


def _worse(check: TwoWeekCheck, then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    before: Any
    after: Any
    if now.get(TREND) == "worse":
        return True
    for fact in (PAIN, STIFF):
        before, after = then.get(fact), now.get(fact)
        if _is_number(before) and _is_number(after) and after > before:
            return True
    before, after = then.get(FLARE), now.get(FLARE)
    known = before in check.flare and after in check.flare
    if known and check.flare.index(after) > check.flare.index(before):
        return True
    return now.get(LIMP) in (YES, UNSURE) and then.get(LIMP) not in (YES, UNSURE)


def _pain_fell(check: TwoWeekCheck, then: Any, now: Any) -> bool:
    if _at_most(now, check.gone):
        return True
    if not (_is_number(then) and _is_number(now)):
        return False
    fallen = then - now
    return bool(fallen >= check.pain["falls_by"] or fallen >= check.pain["or_share"] * then > 0)


def _fell(check: TwoWeekCheck, then: Any, now: Any) -> bool:
    if _at_most(now, check.gone):
        return True
    return _is_number(then) and _is_number(now) and now < then


def _at_most(value: Any, most: float) -> bool:
    return _is_number(value) and value <= most


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_words(
    check: TwoWeekCheck, then: Mapping[str, Any], now: Mapping[str, Any], on: date
) -> str:
    def said(answers: Mapping[str, Any], fact: str, words: str) -> str:
        value = answers.get(fact)
        return words.format(n=f"{value:g}") if _is_number(value) else check.unsure_words

    return check.compared.format(
        day=f"{on:%B} {on.day}",
        pain_then=said(then, PAIN, check.pain_words), pain_now=said(now, PAIN, check.pain_words),
        stiff_then=said(then, STIFF, check.stiff_words),
        stiff_now=said(now, STIFF, check.stiff_words),
    )  # fmt: skip


def load_check(folder: Path = DATA / "clinical") -> TwoWeekCheck:
    """Loads the check.

    Args:
        folder: Holds ``two_week_check.yml``, ``facts.yml`` and ``sources.yml``.

    Raises:
        DataError: A key, fact, rule, step or source is unknown or missing, or a figure is out of
            its range; the error names file and key.
    """
    file = folder / "two_week_check.yml"
    content = dict(check_keys(file, "", read_mapping(file), (), TwoWeekCheck.__dataclass_fields__))
    specs, sources = load_fact_specs(folder / "facts.yml"), read_mapping(folder / "sources.yml")
    if type(content["code_days"]) is not int or not 15 <= content["code_days"] <= _LONGEST_LIFE:
        raise DataError(file, "code_days", f"must be a whole number from 15 to {_LONGEST_LIFE}")
    for name in content["keep"]:
        if name not in specs:
            raise DataError(file, "keep", f"{name!r} is not a fact of facts.yml")
        if name in (*COMPARED, TREND):
            raise DataError(file, "keep", f"{name} is what the check asks")
    pain = check_keys(file, "pain", content["pain"], (), ("falls_by", "or_share"))
    _in_range(file, "pain.falls_by", pain["falls_by"], 1, 10)
    _in_range(file, "pain.or_share", pain["or_share"], 0.01, 1)
    _in_range(file, "gone", content["gone"], 0, 2)
    _in_range(file, "acceptable", content["acceptable"], 0, 10)
    if content["flare"] != list(specs[FLARE].values):
        raise DataError(file, "flare", f"must be {list(specs[FLARE].values)}")
    content["rules"] = {
        id_: _rule(file, id_, raw, sources)
        for id_, raw in check_keys(file, "rules", content["rules"], (), _RULES).items()
    }
    for name, step in check_keys(file, "steps", content["steps"], (), (HOLD, MOVE_ON)).items():
        check_keys(file, f"steps.{name}", step, (), ("title", "do"))
    check_keys(file, "refused", content["refused"], (), _REFUSED)
    for key, text in (*((k, content[k]) for k in _TEXTS), *content["refused"].items()):
        if not isinstance(text, str) or not text.strip():
            raise DataError(file, key, "must be a text that is not empty")
    _check_questions(file, content["questions"])
    return TwoWeekCheck(**content)


def _rule(file: Path, id_: str, raw: Any, sources: Mapping[str, Any]) -> Rule:
    key = f"rules.{id_}"
    entry = check_keys(file, key, raw, (), ("step", "say", "source"))
    if entry["step"] != _RULES[id_]:
        raise DataError(file, f"{key}.step", f"must be {_RULES[id_]}")
    for source in entry["source"] or [""]:
        if source not in sources:
            raise DataError(file, f"{key}.source", f"{source!r} is not in sources.yml")
    level = Level.ROUTINE if entry["step"] == BOOK else Level.SELF_CARE
    clause = Clause(level, {}, frozenset((*COMPARED, TREND)))
    return Rule(id_, entry["say"], "", (clause,), (), tuple(entry["source"]))


def _check_questions(file: Path, raw: Any) -> None:
    entry = check_keys(file, "questions", raw, (), ("onset", "background"))
    words = ("text", "again", "why")
    check_keys(file, "questions.onset", entry["onset"], (), (*words, "nothing_new"))
    background = check_keys(
        file, "questions.background", entry["background"], (), (*words, "options")
    )
    told = [option.get("means") for option in background["options"]]
    if told != [{TREND: value} for value in ("better", "same", "worse")]:
        raise DataError(file, "questions.background.options", "must be better, same, worse")


def _in_range(file: Path, key: str, value: Any, low: float, high: float) -> None:
    if not _is_number(value) or not low <= value <= high:
        raise DataError(file, key, f"must be a number from {low:g} to {high:g}")


@lru_cache(maxsize=1)
def two_week_check() -> TwoWeekCheck:
    """The check in force, loaded once."""
    return load_check()
