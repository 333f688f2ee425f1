"""Redaction: what goes, what stays, and that it does both alike the second time."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rasa_project.errors import DataError
from rasa_project.transcripts.redaction import find, redact
from rasa_project.transcripts.redaction.command import redact_lines
from rasa_project.transcripts.redaction.events import redact_event
from rasa_project.transcripts.redaction.numbers import luhn
from rasa_project.transcripts.redaction.spans import Span, settle
from rasa_project.transcripts.redaction.words import load_words, project_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is Priya Sharma and my heel hurts", "my name is [name] and my heel hurts"),
        ("this is keith's wife", "this is [name]'s wife"),
        ("Dr. van der Berg fixed it", "Dr. [name] fixed it"),
        ("my friend Mark drove", "my friend [name] drove"),
        ("Thanks,\nMagdalena", "Thanks,\n[name]"),
        ("call 416-555-0123 ext 4 please", "call [phone] please"),
        ("or (905) 555 0147", "or [phone]"),
        ("+44 7700 900123", "[phone]"),
        ("mail a.b+c@mail.example.com.", "mail [email]."),
        ("lola at example dot ca", "[email]"),
        ("ohip 8877 893 282 TK", "ohip [health card]"),
        ("health card 1234567890", "health card [health card]"),
        ("8877893282 is my ohip", "[health card] is my ohip"),
        ("416 555 0123, ohip 8877893282", "[phone], ohip [health card]"),
        ("visa 4111 1111 1111 1111", "visa [payment card]"),
        ("I'm in m4k1n2", "I'm in [postal code]"),
        ("postal MIP 2L7", "postal [postal code]"),
        ("1204-25 Capreol Ct", "[address]"),
        ("88 Harbour St unit 3105 toronto", "[address] toronto"),
        ("i live at 77 huntley st", "i live at [address]"),
    ],
)
def test_goes(text, expected):
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "pain is 6/10, 40 km a week, 2023-07-14, 1:48, $120",
        "Brooks Ghost 15, Hoka Clifton 9, Dr. Scholl's, Dr Google",
        "I live near Port Credit, by Yonge and Eglinton, M5V",
        "45 minutes on Dunvegan Road and it hurts",
        "Achilles, Haglund's deformity, thompson test, Morton's neuroma",
        "started in May after the Terry Fox Run",
        "im pregnant. this is bad. I'm Polish. It's Swollen.",
        "my doctor sent me, my physio says rest, Dr said wait",
        "on yasmin, cipro, Levaquin and prednisone",
        "call 911 or 811",
        "slipped by Christie Pits, work on King Street West",
        "a Keith Test, they call it; ran the Derrick Run",
        "was in Georgina in summer",
        "claim number 7781229033",
    ],
)
def test_stays(text):
    assert redact(text) == (redact(text).__class__(text, ()))


def test_the_spans_say_where_it_stood_in_the_message():
    text = "I'm Priya, 416 555 0123"
    redacted = redact(text)
    assert [(span.kind, text[span.start : span.end]) for span in redacted.spans] == [
        ("name", "Priya"), ("phone", "416 555 0123"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Hi", "Hi"),
        ("I'm Priya", "I'm [name]"),
        ("Priya", "[name]"),
        ("iya, my heel", "[name], my heel"),
        ("my heel", "my heel"),
        ("heel, 416 555", "heel, [phone]"),
        ("sore", "sore"),
    ],
)
def test_the_words_of_a_fact_are_found_in_the_redacted_text(words, expected):
    text = "Hi I'm Priya, my heel, 416 555 0123 is sore"
    redacted = redact(text)
    start, end = redacted.shown(text.index(words), text.index(words) + len(words))
    assert redacted.text[start:end] == expected


_PIECES = st.sampled_from(
    [
        "my name is Priya Sharma",
        "Dr.",
        "Dr",
        "Wong",
        "hi",
        "I'm",
        "im",
        "Rose",
        "call me",
        "416 555 0123",
        "ohip",
        "8877893282",
        "TK",
        "12 King St W",
        "unit 4",
        "M4K 1N2",
        "a@b.ca",
        "at gmail.com",
        "thanks,",
        "\n",
        "-",
        ",",
        ".",
        "'s",
        "heel",
        "said",
        "here",
        "and",
        "O'Brien",
        "[name]",
        "[health card]",
        "St. Michael",
        "de la",
        "J.",
        ":",
        "(",
        "@",
        "postal",
        "4111 1111 1111 1111",
        "É",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=12).map(" ".join))
@example("Dr. [name] Wong")
def test_redacting_again_changes_nothing(text):
    once = redact(text).text
    assert redact(once).text == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_redacted_and_its_spans_are_in_order_and_apart(text):
    spans = find(text)
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end <= len(text)
               for end, span in zip(ends, spans, strict=False))  # fmt: skip


def test_where_kinds_overlap_no_letter_stays_readable():
    spans = settle([Span("name", 0, 10), Span("email", 4, 7)])
    assert spans == (Span("name", 0, 4), Span("email", 4, 7), Span("name", 7, 10))


def test_a_check_digit_that_fits_and_one_that_does_not():
    assert luhn("8877893282")
    assert not luhn("8877893283")


def test_an_event_of_the_visitor_and_the_quotes_in_an_outcome():
    event = {
        "seq": 4, "from": "bot", "type": "outcome", "text": "You wrote: my name is Priya",
        "level": "URGENT",
        "rules": [{"id": "RF09", "facts": [{"fact": "onset", "value": "gradual",
                                            "quote": "I'm Priya, it came on slowly"}]}],
    }  # fmt: skip
    made = redact_event(event)
    assert made["text"] == "You wrote: my name is [name]"
    assert made["rules"][0]["facts"][0]["quote"] == "I'm [name], it came on slowly"
    assert made["rules"][0]["id"] == "RF09" and made["level"] == "URGENT" and made["seq"] == 4
    assert event["text"].endswith("Priya")


def test_a_clinics_own_phone_is_no_secret():
    event = {"type": "clinic", "name": "Mimico", "phone": "416-555-0123", "text": "Mimico"}
    assert redact_event(event) == event


def test_the_command_redacts_line_by_line():
    out = io.StringIO()
    assert redact_lines(["I'm Priya\n", "sore heel\n"], out, io.StringIO()) == 0
    assert out.getvalue() == "I'm [name]\nsore heel\n"


def test_a_broken_list_is_named(tmp_path):
    (tmp_path / "words.yml").write_text("titles: [dr]\n")
    with pytest.raises(DataError, match=r"words\.yml"):
        load_words(tmp_path)


def test_no_word_is_both_a_name_and_a_word_that_never_is_one():
    words = project_words()
    assert not (words.given | words.family) & (words.stop | words.groups | words.relations)
