"""The engine's judgement, remembered: one turn asks for that of the same facts several times."""

from collections import deque

from rasa_project.triage.engine import Assessment, assess
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level

_REMEMBERED = 8

_recent: deque[tuple[Protocol, Facts, bool, Assessment]] = deque(maxlen=_REMEMBERED)


def judged(protocol: Protocol, facts: Facts, clinic_known: bool = False) -> Assessment:
    """As :func:`~rasa_project.triage.engine.assess`, but the same facts are judged once.

    Args:
        protocol: The protocol in force.
        facts: What is known; the very object, since facts never change.
        clinic_known: Whether a clinic is given already.
    """
    for of_protocol, of_facts, of_clinic, assessment in _recent:
        if of_facts is facts and of_protocol is protocol and of_clinic == clinic_known:
            return assessment
    assessment = assess(protocol, facts, clinic_known)
    _recent.append((protocol, facts, clinic_known, assessment))
    return assessment


def is_emergency(protocol: Protocol, facts: Facts) -> bool:
    """Whether the facts are an emergency: then nothing else is said or asked."""
    return judged(protocol, facts).level == Level.EMERGENCY
