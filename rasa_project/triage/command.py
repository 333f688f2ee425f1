"""``assess``: JSON lines of facts in, JSON lines of assessments out."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from rasa_project.triage.engine import assess
from rasa_project.triage.facts import FactError, parse_facts
from rasa_project.triage.protocol import Protocol, protocol


def assess_lines(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Assesses one JSON object of facts a line.

    A bad line is reported with its number and key, on ``err`` and as ``{"line", "error"}`` on
    ``out``, so that output lines match input lines; the rest still run. Blank lines are skipped.

    Returns:
        0, or 1 if any line was bad.
    """
    failed = 0
    rules = protocol()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = assess_facts(rules, json.loads(line))
        except json.JSONDecodeError as error:
            answer = {"line": number, "error": f"line {number}: not JSON: {error}"}
        except FactError as error:
            answer = {"line": number, "key": error.key, "error": f"line {number}: {error}"}
        if "error" in answer:
            failed = 1
            print(answer["error"], file=err)
        print(json.dumps(answer), file=out)
    return failed


def assess_facts(rules: Protocol, raw: Any) -> dict[str, Any]:
    """One object of facts to ``{"level", "rules", "irritability", "next_screen"}``.

    ``level`` is null while no rule holds and an open question could still change that.

    Raises:
        FactError: Not an object, an unknown fact, or a value the protocol does not allow.
    """
    if not isinstance(raw, dict):
        raise FactError("(line)", "must be a JSON object of facts")
    result = assess(rules, parse_facts(rules.specs, raw))
    return {
        "level": result.level.name if result.level else None,
        "rules": [hit.rule.id for hit in result.fired],
        "irritability": result.irritability,
        "next_screen": result.question.screen if result.question else None,
    }
