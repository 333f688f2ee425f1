"""Scores what a system heard against the labels. See ``DATASHEET.md`` for the measures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.language.cases import ABSENT, PRESENT, STATED, UNCERTAIN, Case, Label

_TOLERANCE = {"duration_days": 0.15, "weekly_km_before": 0.03, "weekly_km_now": 0.03,
              "longest_run_before": 0.03, "longest_run_now": 0.03}  # fmt: skip
"""Share by which a number may miss; a day more for durations. Pain and minutes must be in range."""

PLACES = {"zones", "side", "sport", "area"}
"""Facts that say where or what, not a finding that could be denied."""


@dataclass
class Counts:
    """Hits and misses of stated facts (present or absent, of the patient, now)."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was recorded that was said."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what was said that was recorded."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / total if total else 1.0


@dataclass
class Score:
    """The measures over a set of sentences.

    Attributes:
        facts: Stated facts, all together.
        by_fact: The same, by fact.
        found: Labelled findings that the system noticed in any way.
        right: Of these, how many with the right assertion.
        labelled: All labelled findings.
        handled: Of these, how many had the right effect: the right assertion, or nothing recorded
            for what was past, hypothetical or somebody else's.
        red_flags: Red flags stated as present.
        red_flags_denied: Of these, read as absent.
        denied_cases: Ids of the sentences they stand in.
        assertions: (labelled status, read status) -> count, over ``found``.
        wrong: Sentences with any error: id -> (missed labels, false labels).
    """

    facts: Counts = field(default_factory=Counts)
    by_fact: dict[str, Counts] = field(default_factory=dict)
    found: int = 0
    right: int = 0
    labelled: int = 0
    handled: int = 0
    red_flags: int = 0
    red_flags_denied: int = 0
    denied_cases: list[str] = field(default_factory=list)
    assertions: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[str, tuple[list[Label], list[Label]]] = field(default_factory=dict)

    @property
    def assertion_accuracy(self) -> float:
        """Right assertion among findings noticed, 0 to 1."""
        return self.right / self.found if self.found else 1.0

    @property
    def handled_rate(self) -> float:
        """Right effect among all labelled findings, 0 to 1."""
        return self.handled / self.labelled if self.labelled else 1.0

    @property
    def denied_rate(self) -> float:
        """Stated red flags read as absent, 0 to 1."""
        return self.red_flags_denied / self.red_flags if self.red_flags else 0.0


def score(
    pairs: Iterable[tuple[Case, Sequence[Label]]], red_flags: frozenset[tuple[str, str]]
) -> Score:
    """Scores a system.

    Args:
        pairs: Each sentence with what the system heard in it.
        red_flags: (fact, value) pairs that some red-flag rule reads.
    """
    total = Score()
    for case, heard in pairs:
        _count_facts(total, case, heard)
        _count_assertions(total, case, heard, red_flags)
    return total


def _count_facts(total: Score, case: Case, heard: Sequence[Label]) -> None:
    expected = [one for one in case.labels if one.is_stated]
    unused = [one for one in heard if one.is_stated]
    missed: list[Label] = []
    for one in sorted(expected, key=lambda item: item.optional):
        matches = [other for other in unused if _agrees(one, other)]
        if matches:
            unused = [other for other in unused if other not in matches]
        if not one.optional:
            counts = total.by_fact.setdefault(one.fact, Counts())
            counts.hit += bool(matches)
            counts.missed += not matches
            total.facts.hit += bool(matches)
            total.facts.missed += not matches
            if not matches:
                missed.append(one)
    # "None of the swellings" implies each single denial, and is no invention beside them.
    false = [
        one for one in unused if not _implied(one, expected) and not (case.screen and _denies(one))
    ]
    for one in dict.fromkeys(false):
        total.by_fact.setdefault(one.fact, Counts()).false += 1
        total.facts.false += 1
    if missed or false:
        total.wrong[case.id] = (missed, list(dict.fromkeys(false)))


def _agrees(expected: Label, heard: Label) -> bool:
    if expected.fact != heard.fact or expected.status != heard.status:
        return False
    if expected.is_number:
        return heard.is_number and _in_range(expected, heard.low or 0.0)
    if expected.value == heard.value:
        return True
    if expected.fact == "area":
        return (expected.value or "").casefold() == (heard.value or "").casefold()
    return False


def _in_range(expected: Label, number: float) -> bool:
    assert expected.low is not None
    assert expected.high is not None
    share = _TOLERANCE.get(expected.fact, 0.0)
    slack = 1.0 if expected.fact == "duration_days" else 0.0
    low = expected.low - max(expected.low * share, slack)
    high = expected.high + max(expected.high * share, slack)
    return low <= number <= high


def _denies(heard: Label) -> bool:
    """On a screen, "the second one" denies the options that were not named."""
    return heard.status == ABSENT or heard.value in ("none", "no")


def _implied(heard: Label, expected: Sequence[Label]) -> bool:
    family = [one for one in expected if one.fact == heard.fact]
    if heard.value == "none" and heard.status == PRESENT:
        return bool(family) and all(one.status == ABSENT or one.value == "none" for one in family)
    if heard.status == ABSENT:
        return any(one.value == "none" and one.status == PRESENT for one in family)
    return False


def _count_assertions(
    total: Score, case: Case, heard: Sequence[Label], red_flags: frozenset[tuple[str, str]]
) -> None:
    for one in case.labels:
        if one.is_number or one.optional or one.fact in PLACES or one.value is None:
            continue
        read = {other.status for other in heard if _same_finding(one, other)}
        total.labelled += 1
        if read:
            total.found += 1
            right = read == {one.status}
            total.right += right
            total.handled += right or (one.status not in STATED and not read & set(STATED))
            total.assertions[one.status, "+".join(sorted(read))] += 1
        else:
            total.handled += one.status not in (*STATED, UNCERTAIN)
        if one.status == PRESENT and (one.fact, one.value) in red_flags:
            total.red_flags += 1
            denied = read == {ABSENT} or (not read and _family_denied(one, heard))
            total.red_flags_denied += denied
            if denied:
                total.denied_cases.append(case.id)


def _same_finding(expected: Label, heard: Label) -> bool:
    return expected.fact == heard.fact and expected.value == heard.value


def _family_denied(expected: Label, heard: Sequence[Label]) -> bool:
    return any(
        one.fact == expected.fact and one.value in ("none", "no") and one.status == PRESENT
        for one in heard
    )
