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
        deny: Probability from which it may take a red flag that the rules take for present for
            somebody else's or an old one; under it the finding is in doubt. It never denies one.
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
    if learnt == PRESENT and rules not in (ABSENT, UNCERTAIN):
        # "My dad tore his", "is it a strain": to believe it of the visitor now takes more than a
        # likelihood, to ask takes no more.
        return UNCERTAIN if candidate.red_flag and sure >= lines.turn else rules
    if candidate.red_flag and learnt == ABSENT and rules in (PRESENT, UNCERTAIN):
        # What was learnt never answers a safety question for good: it may only have it asked.
        return UNCERTAIN if rules == UNCERTAIN or sure >= lines.turn else rules
    if candidate.red_flag and rules == PRESENT:
        if sure >= lines.deny:
            return learnt
        return UNCERTAIN if sure >= lines.turn else rules
    if rules == UNCERTAIN and learnt == PRESENT and candidate.red_flag:
        heard = candidate.score is not None and candidate.score >= lines.add
        return PRESENT if heard and sure >= lines.turn else UNCERTAIN
    if rules == ABSENT and learnt == PRESENT:
        # A denial that a phrase and its context carry stands, unless it is surely none: then ask.
        return UNCERTAIN if sure >= lines.deny else rules
    return learnt if sure >= lines.turn else rules


def one_of_each(
    kept: Sequence[tuple[Candidate, str]], exclusive: frozenset[str]
) -> list[tuple[Candidate, str]]:
    """Leaves out what was learnt where the rules, or a better score, say otherwise.

    Args:
        kept: Candidates with their status.
        exclusive: Facts that have one value.
    """
    graver = {c.key: UNCERTAIN for c, status in kept if _disputes(c, status, kept, exclusive)}
    kept = [(c, graver.get(c.key, status)) for c, status in kept]
    items = {c.key[0] for c, status in kept if status == PRESENT and c.key[1] != "none"}
    ruled = {c.key[0] for c, status in kept if status == PRESENT and c.rules is not None}
    best: dict[str, Candidate] = {}
    for candidate, status in kept:
        fact = candidate.key[0]
        if status == PRESENT and candidate.rules is None and fact in exclusive - ruled:
            other = best.get(fact)
            if other is None or (candidate.score or 0.0) > (other.score or 0.0):
                best[fact] = candidate

    def stands(candidate: Candidate, status: str) -> bool:
        fact, value = candidate.key
        if status != PRESENT or candidate.rules is not None:
            return True
        if value == "none" and fact in items:
            return False
        return fact not in exclusive or best.get(fact) is candidate

    return [(candidate, status) for candidate, status in kept if stands(candidate, status)]


def _disputes(
    candidate: Candidate,
    status: str,
    kept: Sequence[tuple[Candidate, str]],
    exclusive: frozenset[str],
) -> bool:
    """Whether a red flag was learnt from words that the rules took for another value of the fact.

    Only where the finder is surer of it than of theirs: then the chat asks, and drops neither.
    """
    if status != PRESENT or candidate.rules is not None or not candidate.red_flag:
        return False
    fact = candidate.key[0]
    ruled = [c for c, said in kept if c.key[0] == fact and c.rules is not None and said == PRESENT]
    return fact in exclusive and len(ruled) == 1 and _surer(candidate, ruled[0])


def _surer(candidate: Candidate, other: Candidate) -> bool:
    return other.score is not None and (candidate.score or 0.0) > other.score
