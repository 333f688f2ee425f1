"""Whatever is typed, extraction returns, quickly, with spans inside the text."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.language.conftest import MONDAY


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=300))
def test_arbitrary_unicode_never_crashes(extractor, text):
    for mention in extractor.extract(text, MONDAY):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "text",
    ["no " * 300, "😀" * 400, "my calf is swollen, no pop. " * 70, "a" * 2000, "my " * 660,
     "ਮੇਰੀ ਅੱਡੀ ਦੁਖਦੀ ਹੈ " * 40, "脚跟疼痛" * 300, "((((" * 500, "1 " * 1000],
)  # fmt: skip
def test_a_long_hostile_message_stays_under_a_second(extractor, text):
    begun = time.perf_counter()
    extractor.extract(text[:2000], MONDAY)
    assert time.perf_counter() - begun < 1
