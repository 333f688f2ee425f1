"""One extractor for all tests of the room: building it takes a second."""

from collections.abc import Callable
from datetime import date

import pytest

from rasa_project.language.extractor import FactExtractor
from rasa_project.language.mentions import ABSENT, CURRENT, SELF, Mention

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def extractor() -> FactExtractor:
    return FactExtractor()


@pytest.fixture(scope="session")
def hear(extractor: FactExtractor) -> Callable[[str], list[Mention]]:
    """Mentions of a message written on Monday 23 November 2026."""
    return lambda text: extractor.extract(text, MONDAY)


@pytest.fixture(scope="session")
def stated(hear) -> Callable[[str], set[tuple[str, object, str]]]:
    """(fact, value, assertion) of what is plainly said of the patient now."""
    return lambda text: {(m.fact, m.value, m.assertion) for m in hear(text) if m.is_stated}


def present(*facts: tuple[str, object]) -> set[tuple[str, object, str]]:
    return {(fact, value, "present") for fact, value in facts}


def absent(*facts: tuple[str, object]) -> set[tuple[str, object, str]]:
    return {(fact, value, ABSENT) for fact, value in facts}


__all__ = ["CURRENT", "MONDAY", "SELF", "absent", "present"]
