"""The engine: facts in, assessment out. Every rule is judged; the highest level wins."""

from dataclasses import dataclass

from rasa_project.triage.conditions import Context, Finding, Verdict, applies, judge
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Clause, Level, Rule
from rasa_project.triage.screens import Question


@dataclass(frozen=True)
class Fired:
    """A rule that holds: its level here, the findings behind it, and its further words."""

    rule: Rule
    level: Level
    findings: frozenset[Finding]
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What the facts come to.

    Attributes:
        level: The highest level that holds so far; None while nothing holds and an open
            question could still change that.
        fired: Every rule that holds, highest level first.
        irritability: HIGH, MODERATE or LOW; None while unknown.
        missing: Facts that could still change the level.
        question: What to ask next; None when the outcome can be given.
        answered: Questions that need no asking any more.
        remaining: Questions still to come, the next one included, as far as is known.
    """

    level: Level | None
    fired: tuple[Fired, ...]
    irritability: str | None
    missing: frozenset[str]
    question: Question | None
    answered: int
    remaining: int


def assess(protocol: Protocol, facts: Facts, clinic_known: bool = False) -> Assessment:
    """Judges every rule and picks the next question.

    Args:
        protocol: The protocol in force.
        facts: What is known; what is not in it is unanswered, never "no".
        clinic_known: Whether a clinic is given already, so that no area is needed.

    Source: protocol, engine rules 1 to 5 and section 4.
    """
    context = Context(protocol.specs, facts, protocol.named, safety=protocol.safety)
    fired, grade, missing = _judge_all(protocol, context)
    top = fired[0].level if fired else None
    settled = not missing
    queue = _queue(protocol, context, top, missing, settled, clinic_known)
    questions = [q for q in protocol.questions if _applies(q, context)]
    return Assessment(
        level=top,
        fired=tuple(fired),
        irritability=grade,
        missing=missing,
        question=queue[0] if queue else None,
        answered=sum(1 for q in questions if q not in queue and not _open(q, context)),
        remaining=len(queue),
    )


def level_of(protocol: Protocol, facts: Facts) -> Level | None:
    """The level alone, as in :class:`Assessment`: what further answers can only raise."""
    context = Context(protocol.specs, facts, protocol.named, safety=protocol.safety)
    fired, _, _ = _judge_all(protocol, context)
    return fired[0].level if fired else None


def asked_facts(protocol: Protocol, facts: Facts) -> frozenset[str]:
    """The facts that the protocol asks for in this case."""
    context = Context(protocol.specs, facts, protocol.named)
    return frozenset(n for n, spec in protocol.specs.items() if applies(spec, context).holds)


def unanswered_mandatory(protocol: Protocol, facts: Facts) -> frozenset[str]:
    """Facts the protocol demands in this case and nobody answered: no advice before they are."""
    asked = asked_facts(protocol, facts)
    return frozenset(
        name
        for name, spec in protocol.specs.items()
        if spec.ask != "optional" and name in asked and not facts.answered(name)
    )


def open_facts(protocol: Protocol, facts: Facts, assessment: Assessment) -> frozenset[str]:
    """Facts that an outcome still waits for: no advice while there are any.

    An emergency waits for nothing, urgent care only for what could still raise the level.

    Source: protocol, engine rule 5 and section 2, "Adaptive".
    """
    if assessment.level == Level.EMERGENCY:
        return frozenset()
    if assessment.level == Level.URGENT:
        return assessment.missing
    return assessment.missing | unanswered_mandatory(protocol, facts)


Pending = list[tuple[Level, frozenset[str]]]


def _judge_all(
    protocol: Protocol, context: Context
) -> tuple[list[Fired], str | None, frozenset[str]]:
    """Every rule that holds, highest level first; the irritability; what could raise the level."""
    fired, pending = _red_flags(protocol, context)
    grade, behind = _irritability(protocol, context)
    top = max((hit.level for hit in fired), default=None)
    if top is None or top < Level.PROMPT:
        more, open_ = _disposition(protocol, context, grade, behind, bool(pending))
        fired, pending = fired + more, pending + open_
        top = max((hit.level for hit in fired), default=None)
    fired.sort(key=lambda hit: (-hit.level, hit.rule.id))
    # Only what can raise the level is still open: a lower rule cannot change the outcome.
    missing = frozenset().union(
        *(facts_ for level, facts_ in pending if top is None or level > top)
    )
    return fired, grade, missing


def _red_flags(protocol: Protocol, context: Context) -> tuple[list[Fired], Pending]:
    fired: list[Fired] = []
    pending: Pending = []
    for rule in protocol.red_flags:
        for clause in rule.clauses:
            verdict = _judge(clause, context)
            if verdict.holds:
                more = tuple(
                    text for when, text in rule.more if judge(when, _lenient(context)).holds
                )
                fired.append(Fired(rule, clause.level, verdict.because, more))
                break
            if verdict.holds is None:
                pending.append((clause.level, verdict.missing))
    return fired, pending


def _disposition(
    protocol: Protocol, context: Context, grade: str | None, behind: Verdict, red_flag_open: bool
) -> tuple[list[Fired], Pending]:
    unless = judge(protocol.disposition.unless, context)
    if unless.holds:
        return [], []
    context = Context(
        context.specs, context.facts, context.named,
        irritability=behind, irritability_grade=grade,
    )  # fmt: skip
    fired: list[Fired] = []
    pending: Pending = []
    for rule in protocol.disposition.clauses:
        clause = rule.clauses[0]
        verdict = _judge(clause, context)
        if verdict.holds:
            fired.append(Fired(rule, clause.level, verdict.because))
        elif verdict.holds is None:
            pending.append((clause.level, verdict.missing))
    if unless.holds is None:
        pending.append((Level.PROMPT, unless.missing))
    if not fired and not pending and not red_flag_open:
        left = protocol.disposition.otherwise
        told = frozenset(
            Finding(n, context.facts[n]) for n in protocol.disposition.tells if n in context.facts
        )
        fired.append(Fired(left, left.clauses[0].level, behind.because | told))
    return fired, pending


def _irritability(protocol: Protocol, context: Context) -> tuple[str | None, Verdict]:
    """Section 4's grade, and the findings behind it; unsure counts towards HIGH."""
    high = judge(protocol.disposition.irritability["HIGH"], _lenient(context))
    if high.holds:
        return "HIGH", high
    low = judge(protocol.disposition.irritability["LOW"], context)
    if high.holds is None:
        return None, Verdict(None, missing=high.missing | low.missing)
    if low.holds is None:
        return None, low
    if low.holds:
        return "LOW", low
    seen = ("push_off_nrs", "stiffness_min", "next_day_worse")
    return "MODERATE", Verdict(
        True, frozenset(Finding(n, context.facts[n]) for n in seen if n in context.facts)
    )


def _judge(clause: Clause, context: Context) -> Verdict:
    """Unsure counts in EMERGENCY and URGENT rules (engine rule 4) and in section 4's ROUTINE."""
    if clause.level == Level.PROMPT:
        return judge(clause.when, context)
    return judge(clause.when, _lenient(context))


def _lenient(context: Context) -> Context:
    return Context(
        context.specs, context.facts, context.named, True, context.safety,
        context.irritability, context.irritability_grade,
    )  # fmt: skip


def _queue(
    protocol: Protocol,
    context: Context,
    top: Level | None,
    missing: frozenset[str],
    settled: bool,
    clinic_known: bool,
) -> list[Question]:
    """Questions still to ask, in the protocol's order ("Adaptive", section 2)."""
    if top == Level.EMERGENCY:
        return []
    open_ = [q for q in protocol.questions if _applies(q, context) and _open(q, context)]
    if top == Level.URGENT:
        return [q for q in open_ if q.always or missing & set(q.sets)]
    named = settled and top in (Level.PROMPT, Level.ROUTINE) and not clinic_known
    spared = _beyond_the_limit(protocol, context, open_, clinic_known)
    return [q for q in open_ if (not q.clinic or named) and q not in spared]


def _beyond_the_limit(
    protocol: Protocol, context: Context, open_: list[Question], clinic_known: bool
) -> list[Question]:
    """Questions nobody has time for: nobody sees more than so many screens (section 2).

    Those that decide no level go first: the training distance, then the area.
    """
    asked = [q for q in protocol.questions if _applies(q, context)]
    over = len([q for q in asked if not (q.clinic and clinic_known)]) - protocol.most_screens
    deciding_nothing = [q for q in open_ if q.follow_up] + [q for q in open_ if q.clinic]
    return deciding_nothing[: max(over, 0)]


def _applies(question: Question, context: Context) -> bool:
    if question.ask_when is not None:
        return bool(judge(question.ask_when, _lenient(context)).holds)
    return any(applies(context.specs[name], context).holds for name in question.sets)


def _open(question: Question, context: Context) -> bool:
    if question.follow_up:
        return not any(context.facts.answered(name) for name in question.sets)
    return any(
        applies(context.specs[name], context).holds and not context.facts.answered(name)
        for name in question.sets
    )
