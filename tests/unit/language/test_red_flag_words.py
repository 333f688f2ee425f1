"""Every red-flag fact in lay words that mean it, and in words that only look like it.

``red_flags/*.yml`` holds, by ``fact.value``: ``yes`` (stated), ``doubt`` (might be) and ``no``
(denied, somebody else's, long over, only feared, or an idiom).
"""

from pathlib import Path

import pytest
import yaml

from rasa_project.triage.protocol import protocol
from rasa_project.triage.warning_signs import warning_signs

_FOLDER = Path(__file__).parent / "red_flags"
_TABLE = {
    key: sides
    for path in sorted(_FOLDER.glob("*.yml"))
    for key, sides in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).items()
}
_LEAST = 12
"""Phrasings a side that every red-flag fact must have."""


def _rows(*sides: str) -> list[tuple[str, str]]:
    return [(key, text) for key in _TABLE for side in sides for text in _TABLE[key].get(side, ())]


def _heard(hear, key, text):
    """The patient's own mentions of the fact, those of now."""
    fact, _, value = key.partition(".")
    return [
        m
        for m in hear(text)
        if (m.fact, m.value) == (fact, value)
        and m.experiencer == "self"
        and m.temporality == "current"
    ]


@pytest.mark.parametrize(("key", "text"), _rows("yes"))
def test_a_stated_red_flag_is_heard(hear, key, text):
    assert any(m.assertion == "present" for m in _heard(hear, key, text))


@pytest.mark.parametrize(("key", "text"), _rows("doubt"))
def test_a_doubtful_red_flag_is_not_lost(hear, key, text):
    assert any(m.assertion in ("present", "uncertain") for m in _heard(hear, key, text))


@pytest.mark.parametrize(("key", "text"), _rows("yes", "doubt"))
def test_a_stated_red_flag_is_never_heard_as_absent(hear, key, text):
    assert not any(m.assertion == "absent" for m in _heard(hear, key, text))


@pytest.mark.parametrize(("key", "text"), _rows("no"))
def test_what_only_looks_like_a_red_flag_is_not_stated(hear, key, text):
    assert not any(m.assertion == "present" for m in _heard(hear, key, text))


def test_every_red_flag_of_the_protocol_has_its_words():
    expected = {f"{fact}.{value}" for fact, value in warning_signs(protocol())}
    assert set(_TABLE) == expected | {"self_harm.yes"}


@pytest.mark.parametrize("key", _TABLE)
def test_every_red_flag_has_enough_phrasings_a_side(key):
    sides = _TABLE[key]
    assert min(len(set(sides["yes"])), len(set(sides["no"]))) >= _LEAST
