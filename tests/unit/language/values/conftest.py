"""One reading of a message: its stated values by fact, written on Tuesday 24 November 2026."""

from collections.abc import Callable
from datetime import date

import pytest

from rasa_project.language.extractor import FactExtractor
from rasa_project.language.mentions import SELF

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def values(extractor: FactExtractor) -> Callable[[str], dict[str, object]]:
    """Fact -> the first value heard of the patient."""

    def read(text: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for mention in extractor.extract(text, TUESDAY):
            if mention.experiencer == SELF:
                found.setdefault(mention.fact, mention.value)
        return found

    return read
