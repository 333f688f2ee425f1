"""Counts: exact, acceptable, under- and over-triage, with Wilson intervals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scipy.stats import binomtest

from bench.vignettes.cases import Case
from bench.vignettes.chatting import Played
from rasa_project.triage.rules import Level


class Result(Protocol):
    """What is scored: a case and the level it was given."""

    case: Case
    level: Level | None


@dataclass(frozen=True)
class Share:
    """So many of so many.

    Attributes:
        count: How many.
        total: Of how many.
    """

    count: int
    total: int

    @property
    def rate(self) -> float:
        """From 0 to 1; nan where nothing was counted."""
        return self.count / self.total if self.total else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval."""
        if not self.total:
            return (float("nan"), float("nan"))
        found = binomtest(self.count, self.total).proportion_ci(method="wilson")
        return (float(found.low), float(found.high))

    def __str__(self) -> str:
        if not self.total:
            return "none"
        low, high = self.interval
        return (
            f"{self.count} of {self.total}, {100 * self.rate:.1f}% ({100 * low:.1f} to "
            f"{100 * high:.1f})"
        )


@dataclass(frozen=True)
class Score:
    """The four shares of one group of results."""

    exact: Share
    acceptable: Share
    under: Share
    over: Share


def is_under(result: Result) -> bool:
    """Below the lowest acceptable level; no outcome at all counts as below."""
    return result.level is None or result.level < min(result.case.acceptable)


def is_over(result: Result) -> bool:
    """Above the highest acceptable level."""
    return result.level is not None and result.level > max(result.case.acceptable)


def is_exact(result: Result) -> bool:
    """The fixed level itself."""
    return result.level == result.case.level


def share(results: Iterable[Result], holds: Callable[[Result], bool]) -> Share:
    """How many of the results hold."""
    counted = list(results)
    return Share(sum(map(holds, counted)), len(counted))


def score(results: Sequence[Result]) -> Score:
    """The four shares."""
    return Score(
        exact=share(results, is_exact),
        acceptable=share(results, lambda result: result.level in result.case.acceptable),
        under=share(results, is_under),
        over=share(results, is_over),
    )


def over_to_urgent(results: Sequence[Result]) -> Share:
    """Sent to URGENT or EMERGENCY, of those for whom neither is acceptable."""
    calm = [result for result in results if max(result.case.acceptable) < Level.URGENT]
    return share(calm, lambda result: result.level is not None and result.level >= Level.URGENT)


def self_care_recognised(results: Sequence[Result]) -> Share:
    """Given SELF_CARE, of those whose level it is."""
    return share([result for result in results if result.case.level == Level.SELF_CARE], is_exact)


def whole_cases(results: Sequence[Result]) -> Share:
    """Cases of which every message came out exact: messages of one case are not independent."""
    by_case: dict[str, bool] = {}
    for result in results:
        by_case[result.case.id] = by_case.get(result.case.id, True) and is_exact(result)
    return Share(sum(by_case.values()), len(by_case))


def captured(results: Sequence[Played], denied: bool) -> Share:
    """Labelled facts that the chat knew after the opening message alone.

    Args:
        results: Played messages; those without labels add nothing.
        denied: Whether to count what the messages say is not so, or what they tell.
    """
    heard = [
        result.heard[label]
        for result in results
        for label in (result.phrasing.denies if denied else result.phrasing.tells)
    ]
    return Share(sum(heard), len(heard))
