"""The outcome in words: what to do, what it rests on, and what would have changed it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rasa_project.dialogue.wording import Event, texts, value_words
from rasa_project.triage.conditions import Finding
from rasa_project.triage.counterfactuals import (
    Told,
    default_counterfactuals,
    higher_levels,
    later_steps,
)
from rasa_project.triage.engine import Assessment, Fired, level_of
from rasa_project.triage.facts import UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.two_week_check import Step

MOST_REASONS = 3
"""How many rules the words of an outcome draw on; the event's ``rules`` hold every one."""

_TELLS_LITTLE = re.compile(r"\W*(?:\d[\d.,]*|yes|yeah|yep|no|nope|none.*)?\W*", re.IGNORECASE)
"""Words of an answer that say nothing without their question."""


def today_in_ontario() -> date:
    """The date where the clinics are."""
    return datetime.now(ZoneInfo("America/Toronto")).date()


def outcome_event(
    protocol: Protocol,
    facts: Facts,
    assessment: Assessment,
    quotes: Mapping[str, str],
    revised: bool,
    today: date,
    step: Step | None = None,
) -> Event:
    """The ``outcome`` event of the chat contract.

    Args:
        protocol: The protocol in force.
        facts: What is known.
        assessment: What the facts come to; its level is not None.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        revised: Whether an earlier outcome is replaced.
        today: The visitor's date.
        step: What a two-week check comes to.
    """
    assert assessment.level is not None
    words = {**protocol.outcomes[assessment.level.name], **(step.words if step else {})}
    deciding = _deciding(assessment)
    because = _because(protocol, deciding, quotes)
    others = _above(protocol, facts, assessment)
    unless = _unless(protocol, facts, assessment.level, others, today)
    paragraphs = [
        texts()["revised"] if revised else "",
        f"{words['title']}. {words['do']}",
        step.compared if step else "",
        " ".join(_steps(deciding)),
        because,
        # An emergency has one message; nothing stands beside it.
        unless if assessment.level < Level.EMERGENCY else "",
        words["safety_net"],
        texts()["automated"],
        "" if protocol.signed else texts()["unsigned"],
    ]
    return {
        "type": "outcome",
        "text": "\n\n".join(part for part in paragraphs if part),
        "level": assessment.level.name,
        "title": words["title"],
        "do": " ".join([words["do"], *_steps(deciding)]),
        "rules": [
            {
                "id": hit.rule.id,
                "level": hit.level.name,
                "words": hit.rule.say.strip(),
                "facts": [
                    {
                        "fact": finding.fact,
                        "value": finding.value,
                        "words": _plain(protocol, finding),
                        "quote": _quote(finding, quotes),
                    }
                    for finding in _in_order(protocol, hit)
                ],
                "source": sources_of(protocol, [hit]),
            }
            for hit in assessment.fired
        ],
        "because": because,
        "unless": unless,
        "changes": [
            {"level": told.level.name, "fact": c.fact, "value": c.value, "words": c.words}
            for told in others
            for c in told.changes
        ],
        "safety_net": words["safety_net"],
        "protocol": protocol.stamp,
        "revised": revised,
        **({"check": {"step": step.name, "compared": step.compared}} if step else {}),
    }


def explained(
    protocol: Protocol,
    facts: Facts,
    assessment: Assessment,
    quotes: Mapping[str, str],
    today: date,
) -> str:
    """The answer to "why?" after an outcome: reasons, what would have changed it, sources.

    Args:
        protocol: The protocol in force.
        facts: What is known.
        assessment: What the facts come to; its level is not None.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        today: The visitor's date.
    """
    assert assessment.level is not None
    deciding = _deciding(assessment)
    others = _above(protocol, facts, assessment)
    return "\n\n".join(
        [
            _because(protocol, deciding, quotes),
            _unless(protocol, facts, assessment.level, others, today),
            texts()["rests_on"].format(sources=sources_of(protocol, deciding)),
        ]
    )


def _above(protocol: Protocol, facts: Facts, assessment: Assessment) -> tuple[Told, ...]:
    """What would have led higher than this outcome, which a two-week check may have raised."""
    told = higher_levels(protocol, default_counterfactuals(), facts)
    return tuple(t for t in told if assessment.level is None or t.level > assessment.level)


def sources_of(protocol: Protocol, hits: list[Fired]) -> str:
    """The sources behind rules, by id and title."""
    ids = dict.fromkeys(id_ for hit in hits for id_ in hit.rule.source)
    return "; ".join(f"{id_}: {protocol.sources[id_]}" for id_ in ids)


def _deciding(assessment: Assessment) -> list[Fired]:
    return [hit for hit in assessment.fired if hit.level == assessment.level][:MOST_REASONS]


def _steps(deciding: list[Fired]) -> list[str]:
    """What the deciding rules say to do, without saying anything twice."""
    steps: list[str] = []
    for hit in deciding:
        for step in (hit.rule.do.strip(), *(words.strip() for words in hit.more)):
            if step and step not in steps:
                steps.append(step)
    return steps


def _because(protocol: Protocol, deciding: list[Fired], quotes: Mapping[str, str]) -> str:
    reasons = " ".join(dict.fromkeys(hit.rule.say.strip() for hit in deciding))
    said, unsure = [], []
    for hit in deciding:
        for finding in _in_order(protocol, hit):
            if finding.value == UNSURE:
                unsure.append(protocol.specs[finding.fact].label)
            else:
                said.append(_in_own_words(protocol, finding, quotes))
    parts = [texts()["because"].format(reasons=reasons)]
    if said:
        parts.append(texts()["you_said"].format(quotes=", ".join(dict.fromkeys(said))))
    if unsure:
        parts.append(texts()["unsure_said"].format(facts=", ".join(dict.fromkeys(unsure))))
    return " ".join(parts)


def _unless(
    protocol: Protocol, facts: Facts, level: Level, others: tuple[Told, ...], today: date
) -> str:
    """What would have changed the outcome; never what would have made it milder."""
    if level == Level.EMERGENCY:
        return str(texts()["unless_emergency"])
    would = [
        texts()["would"][told.level.name].format(changes=_listed([c.words for c in told.changes]))
        for told in others
    ]
    # What time alone would change does not matter once a two-week check has raised the level.
    raised = level_of(protocol, facts) != level
    later = () if raised else later_steps(protocol, default_counterfactuals(), facts, today)
    return " ".join([*would, *later])


def _in_order(protocol: Protocol, hit: Fired) -> list[Finding]:
    """The findings in the order in which the protocol asks for them."""
    order = list(protocol.specs)
    return sorted(hit.findings, key=lambda f: (order.index(f.fact), str(f.value)))


def _listed(words: list[str]) -> str:
    """ "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _in_own_words(protocol: Protocol, finding: Finding, quotes: Mapping[str, str]) -> str:
    """The visitor's words; where those were only "4" or "yes", what that answered."""
    quote = _quote(finding, quotes)
    return _plain(protocol, finding) if _TELLS_LITTLE.fullmatch(quote) else f"“{quote}”"


def _plain(protocol: Protocol, finding: Finding) -> str:
    spec = protocol.specs[finding.fact]
    if spec.kind != "list":
        return value_words(protocol, finding.fact, None, finding.value)
    if finding.value in spec.values:
        return value_words(protocol, finding.fact, finding.value, YES)
    # "None", or in doubt about some item of the list.
    return f"{spec.label}: {texts()['plain'].get(finding.value, finding.value)}"


def _quote(finding: Finding, quotes: Mapping[str, str]) -> str:
    return quotes.get(f"{finding.fact}.{finding.value}") or quotes.get(finding.fact, "")
