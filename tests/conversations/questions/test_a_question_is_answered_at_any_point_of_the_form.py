"""The questions people ask most, in four wordings each that no phrase was trained on."""

from collections import Counter

import pytest

from tests.conversations.questions.asking import ask_all, wordings

LEAST_RIGHT = 0.95
MOST_DETOURS = 0.02
"""Questions that tell something are asked back about it, or answer the open question in passing."""


@pytest.fixture(scope="module")
def asked(server):
    from tests.running import Chat

    return ask_all(lambda: Chat(server.url))


def test_there_are_four_wordings_of_forty_questions_or_more():
    counts = Counter(id_ for id_, _ in wordings())
    assert len(counts) >= 40
    assert set(counts.values()) == {4}


def test_the_answer_is_the_right_one(asked):
    wrong = [f"{a.id} at {a.screen}: {a.words}\n    {a.said[:200]}" for a in asked if not a.right]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(asked), "\n".join([f"{len(wrong)} wrong", *wrong])


def test_the_form_goes_on(asked):
    lost = [f"{a.id} at {a.screen}: {a.words}\n    {a.said[:300]}" for a in asked if not a.goes_on]
    assert lost == [], "\n".join(lost)
    detours = [f"{a.id}: {a.words}" for a in asked if a.detour]
    assert len(detours) <= MOST_DETOURS * len(asked), "\n".join(detours)
