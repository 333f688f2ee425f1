"""The benchmark's sentences: reading them, and the one form in which labels are compared."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FILE = HERE / "lay_assertion.jsonl"

PRESENT, ABSENT, UNCERTAIN = "present", "absent", "uncertain"
PAST, HYPOTHETICAL, OTHER = "past", "hypothetical", "other"
STATED = (PRESENT, ABSENT)
"""What is said for certain of the patient now, so that it may be recorded."""

_FINDING_IS_NO = {"walk4_now", "walk4_then"}
"""Yes/no facts whose finding is "no": not being able to take four steps."""

_TRI = {
    "walk4_now", "walk4_then", "gap_or_dent", "bone_tender", "calf_bigger", "calf_tense", "fever",
    "wound", "walk_limp", "heel_squeeze", "exertional_leg", "self_harm",
}  # fmt: skip
_ABSENT_IS = {"heat_redness": "none", "night_rest": "none", "pregnancy": "no"}
_UNSURE_IS_A_VALUE = {"onset", "push_off"}
_NOT_SCORED = {"zone_main", "consent_chat"}
"""Follow from others, or are no symptom."""


@dataclass(frozen=True)
class Label:
    """One fact of a sentence, in canonical form.

    Attributes:
        fact: Protocol fact name.
        value: The value or item; None for numbers.
        low: Least acceptable number; None otherwise.
        high: Greatest acceptable number.
        status: present, absent, uncertain, past, hypothetical or other.
        optional: Neither required nor punished.
    """

    fact: str
    value: str | None
    low: float | None
    high: float | None
    status: str
    optional: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the fact is a number."""
        return self.low is not None

    @property
    def is_stated(self) -> bool:
        """Whether it may be recorded as it stands."""
        return self.status in STATED


@dataclass(frozen=True)
class Case:
    """One sentence with its labels and where it comes from."""

    id: str
    text: str
    screen: str | None
    at: date
    author: str
    register: str
    split: str
    labels: tuple[Label, ...]


def label(raw: Mapping[str, Any]) -> Label | None:
    """A fact as the benchmark or a system writes it, in canonical form.

    "No redness" may be written as ``none`` present or ``hot_red`` absent, "no fever" as ``no``
    present or ``yes`` absent; here each has one form.

    Args:
        raw: ``fact``, ``value`` or ``low`` and ``high``, ``assertion``, ``experiencer``,
            ``temporality``.

    Returns:
        The label; None for a fact that is not scored.
    """
    fact = str(raw["fact"])
    if fact in _NOT_SCORED or (fact, raw.get("value")) == ("respondent", "self"):
        return None
    if raw.get("value") == "unsure" and fact not in _UNSURE_IS_A_VALUE | _TRI:
        return None  # "not sure" in answer to a list names no item
    status = _status(raw)
    optional = bool(raw.get("optional", False))
    if "low" in raw:
        return Label(fact, None, float(raw["low"]), float(raw["high"]), status, optional)
    value = raw["value"]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Label(fact, None, float(value), float(value), status, optional)
    value = str(value)
    if fact in _TRI:
        finding = "no" if fact in _FINDING_IS_NO else "yes"
        if value == "unsure":
            status = UNCERTAIN if status == PRESENT else status
        elif value != finding:
            status = {PRESENT: ABSENT, ABSENT: PRESENT}.get(status, status)
        value = finding
    elif fact in _ABSENT_IS and status == ABSENT:
        value, status = _ABSENT_IS[fact], PRESENT
    elif value == "none" and status == ABSENT:
        status = UNCERTAIN  # "not none" names no item
    return Label(fact, value, None, None, status, optional)


def _status(raw: Mapping[str, Any]) -> str:
    if raw.get("experiencer", "self") != "self":
        return OTHER
    when = raw.get("temporality", "current")
    return str(raw["assertion"] if when == "current" else when)


def labels(raw: Iterable[Mapping[str, Any]]) -> tuple[Label, ...]:
    """Canonical labels, without those that are not scored."""
    return tuple(made for one in raw if (made := label(one)) is not None)


def read(path: Path = FILE, split: str | None = None) -> Iterator[Case]:
    """The sentences of the benchmark.

    Args:
        path: A file of JSON lines.
        split: ``dev``, ``test`` or None for both.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            if split is None or raw["split"] == split:
                yield Case(
                    id=raw["id"],
                    text=raw["text"],
                    screen=raw.get("screen"),
                    at=date.fromisoformat(raw["at"]),
                    author=raw["author"],
                    register=raw["register"],
                    split=raw["split"],
                    labels=labels(raw["facts"]),
                )
