"""Every red-flag fact in lay words that mean it, and in words that only look like it."""

from pathlib import Path

import pytest
import yaml

_TABLE = yaml.load((Path(__file__).parent / "red_flags.yml").read_text(), yaml.BaseLoader)
_YES = [(key, text) for key, sides in _TABLE.items() for text in sides["yes"]]
_NO = [(key, text) for key, sides in _TABLE.items() for text in sides["no"]]


def _heard(hear, key, text):
    fact, _, value = key.partition(".")
    return [m for m in hear(text) if (m.fact, m.value) == (fact, value) and m.experiencer == "self"]


@pytest.mark.parametrize(("key", "text"), _YES)
def test_a_stated_red_flag_is_heard(hear, key, text):
    assert any(
        m.assertion == "present" and m.temporality == "current" for m in _heard(hear, key, text)
    )


@pytest.mark.parametrize(("key", "text"), _YES)
def test_a_stated_red_flag_is_never_heard_as_absent(hear, key, text):
    assert not any(m.assertion == "absent" for m in _heard(hear, key, text))


@pytest.mark.parametrize(("key", "text"), _NO)
def test_what_only_looks_like_a_red_flag_is_not_stated(hear, key, text):
    assert not any(m.assertion == "present" and m.is_stated for m in _heard(hear, key, text))


@pytest.mark.parametrize("key", _TABLE)
def test_every_red_flag_has_at_least_three_phrasings_a_side(key):
    assert min(len(_TABLE[key]["yes"]), len(_TABLE[key]["no"])) >= 3
