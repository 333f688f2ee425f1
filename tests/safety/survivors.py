"""Mutants of the rule data that change nothing, each with the reason.

A pattern is a regular expression over a mutant's name. The tests fail when a mutant survives that
no pattern names, and when a pattern names one that is noticed after all.
"""

import re

EQUIVALENT: dict[str, str] = {
    r"^(red_flags|disposition)\.yml .*: unsure no longer counts$": (
        "Changes the words only: in EMERGENCY, URGENT and ROUTINE clauses the engine counts “not sure” for every "
        "test (engine rule 4), so “yes, or not sure” and “yes” come to the same there."
    ),
    r"^facts\.yml rest_nrs\.not_asked_is: drop": (
        "Pain at rest that is not asked for reads as 0; left out, it reads as “does not apply”. No rule tells "
        "the two apart, since every rule asks for 8 or more."
    ),
    r"^facts\.yml bone_tender\.unsure_counts_when": (
        "RF08 reads bone tenderness only after an injury, and after an injury the onset is never gradual."
    ),
}


def reason(name: str) -> str | None:
    """Why a mutant of that name may survive; None when nothing excuses it."""
    return next((why for pattern, why in EQUIVALENT.items() if re.search(pattern, name)), None)
