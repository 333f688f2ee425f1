"""Joins what the rules heard with what the learned reader heard; where they differ, doubt.

Each candidate is one fact value with the rules' status, if they have one, the finder's score and
the assertion model's probabilities. Numbers and names are the rules' alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasa_project.language.learned.finder import LINE

PRESENT, ABSENT, UNCERTAIN = "present", "absent", "uncertain"


@dataclass(frozen=True)
class Thresholds:
    """Where the joined reading draws its lines; chosen on sentences nobody tuned on.

    Attributes:
        add: Finder score from which a finding without a phrase counts.
        alone: Score from which it may state a red flag without asking, when it is also surely
            present.
        ask: Score from which such a finding is asked about, where it is a red flag.
        drop: Score under which a phrase is taken for another sense of its words.
        turn: Probability from which the assertion model outweighs the rules.
        deny: Probability from which it may take back a red flag that the rules take for present;
            under it the finding is in doubt.
    """

    add: float = LINE
    alone: float = 0.7
    ask: float = 0.4
    drop: float = 0.05
    turn: float = 0.8
    deny: float = 0.95


@dataclass(frozen=True)
class Candidate:
    """One fact value that a message may speak of.

    Attributes:
        key: Fact and value.
        rules: The rules' status; None when no phrase was found.
        score: The finder's score; None when the value is not learnt.
        statuses: Probability of each status, by the assertion model.
        red_flag: Whether a red-flag rule reads it.
        reassures: Whether it would settle a safety question for the better.
    """

    key: tuple[str, str]
    rules: str | None
    score: float | None
    statuses: Mapping[str, float]
    red_flag: bool = False
    reassures: bool = False


def joined(candidate: Candidate, lines: Thresholds) -> str | None:
    """The status of a candidate; None when it is not said.

    Args:
        candidate: The candidate.
        lines: Where to draw the lines.
    """
    if candidate.score is None:
        return candidate.rules
    learnt = max(candidate.statuses, key=lambda status: candidate.statuses[status])
    sure = candidate.statuses[learnt]
    if candidate.rules is None:
        if candidate.score >= lines.add:
            return _without_rules(learnt, sure, candidate, lines)
        asks = candidate.red_flag and candidate.score >= lines.ask and learnt == PRESENT
        return UNCERTAIN if asks else None
    if candidate.score < lines.drop and candidate.rules == PRESENT:
        return UNCERTAIN if candidate.red_flag else None
    return _settled(candidate.rules, learnt, sure, candidate, lines)


def _without_rules(learnt: str, sure: float, candidate: Candidate, lines: Thresholds) -> str | None:
    """What was learnt may add a finding or a doubt; it never answers a safety question for good."""
    if learnt == ABSENT or candidate.reassures:
        return None
    if learnt == PRESENT and candidate.red_flag:
        plain = candidate.score is not None and candidate.score >= lines.alone
        return PRESENT if plain and sure >= lines.turn else UNCERTAIN
    return learnt


def _settled(rules: str, learnt: str, sure: float, candidate: Candidate, lines: Thresholds) -> str:
    """Of two readings of how it is said, the one that holds; a red flag in dispute is in doubt."""
    if rules == learnt:
        return rules
    if candidate.red_flag and rules == PRESENT:
        if sure >= lines.deny:
            return learnt
        return UNCERTAIN if sure >= lines.turn else rules
    if candidate.red_flag and rules == ABSENT and learnt == PRESENT:
        return learnt if sure >= lines.turn else UNCERTAIN
    return learnt if sure >= lines.turn else rules


def one_of_each(
    kept: Sequence[tuple[Candidate, str]], exclusive: frozenset[str], several: frozenset[str]
) -> list[tuple[Candidate, str]]:
    """Leaves one present value of each choice, and no "none" beside an item.

    Args:
        kept: Candidates with their status.
        exclusive: Facts that have one value.
        several: Of these, the ones whose values may stand beside each other in one message.
    """
    best: dict[str, Candidate] = {}
    items: set[str] = set()
    for candidate, status in kept:
        fact, value = candidate.key
        if status != PRESENT:
            continue
        if value != "none":
            items.add(fact)
        if fact in exclusive - several:
            other = best.get(fact)
            if other is None or _weight(candidate) > _weight(other):
                best[fact] = candidate
    return [
        (candidate, status)
        for candidate, status in kept
        if not (
            status == PRESENT
            and (
                (candidate.key[0] in best and best[candidate.key[0]] is not candidate)
                or (
                    candidate.key[1] == "none"
                    and candidate.rules is None
                    and candidate.key[0] in items
                )
            )
        )
    ]


def _weight(candidate: Candidate) -> float:
    score = candidate.score if candidate.score is not None else 0.5
    return score + (0.5 if candidate.rules else 0.0)
