"""The figures of ``docs/privacy.md``: the floors on the test messages, and how they are counted."""

import time

import pytest

from bench.redaction.__main__ import other_messages
from bench.redaction.cases import parse, read
from bench.redaction.score import score
from rasa_project.transcripts.redaction import find, redact
from rasa_project.transcripts.redaction.spans import Span


def test_the_test_messages_are_found_and_little_else():
    result = score(read("test"), find)
    assert len(read("test")) >= 390
    assert result.recall >= 0.97
    assert result.precision >= 0.9


@pytest.mark.parametrize("kind", ["phone", "email", "health_card", "card", "postal_code"])
def test_what_has_a_form_is_always_found(kind):
    result = score(read("test"), find)
    assert result.found[kind] / result.marked[kind] >= 0.98


def test_messages_without_names_are_left_alone():
    texts = list(other_messages("dev"))
    assert sum(bool(find(text)) for text in texts) / len(texts) <= 0.01


def test_a_message_takes_less_than_two_milliseconds():
    texts = [case.text for case in read("dev")]
    redact(texts[0])
    start = time.process_time()
    for text in texts:
        redact(text)
    assert (time.process_time() - start) / len(texts) < 0.002


def test_marks_are_taken_out():
    case = parse("x", "I'm [Ana Li](name) at [k (at) b.ca](email), pet [Rex](name?)")
    assert case.text == "I'm Ana Li at k (at) b.ca, pet Rex"
    assert case.marked == (Span("name", 4, 10), Span("email", 14, 25))
    assert case.optional == (Span("name", 31, 34),)
    assert parse("x", "[o [at] b.ca](email)").text == "o [at] b.ca"


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="pet"):
        parse("x", "[Rex](pet)")


@pytest.mark.parametrize(
    ("made", "found", "right", "kind"),
    [
        ([Span("name", 4, 10)], 1, 1, 1),
        ([Span("name", 4, 7)], 0, 1, 0),  # half a name is no name hidden
        ([Span("name", 0, 10)], 1, 0, 1),  # a word too many
        ([Span("phone", 4, 10)], 1, 1, 0),
        ([Span("name", 4, 7), Span("name", 8, 10)], 1, 2, 1),
        ([], 0, 0, 0),
    ],
)
def test_counting(made, found, right, kind):
    result = score([parse("x", "I'm [Ana Li](name) hi")], lambda text: made)
    assert (result.found["name"], result.right.total(), result.same_kind["name"]) == (
        found, right, kind,
    )  # fmt: skip


def test_what_is_optional_counts_neither_way():
    result = score([parse("x", "pet [Rex](name?)")], lambda text: [Span("name", 4, 7)])
    assert not result.made and result.left_alone == 1
