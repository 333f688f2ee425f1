"""Which phone numbers can be dialled. 555-01xx is set aside for examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.clinics.phones import read_phone


@pytest.mark.parametrize(
    ("typed", "text", "link"),
    [
        ("416-555-0100", "+1 416-555-0100", "tel:+1-416-555-0100"),
        ("(647) 555 0100", "+1 647-555-0100", "tel:+1-647-555-0100"),
        ("1.905.555.0100", "+1 905-555-0100", "tel:+1-905-555-0100"),
        ("+1 4165550100 ext 12", "+1 416-555-0100 ext. 12", "tel:+1-416-555-0100;ext=12"),
        ("+44 20 7946 0958", "+44 20 7946 0958", "tel:+44-20-7946-0958"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed, text, link):
    phone = read_phone(typed)
    assert (phone.text, phone.link) == (text, link)


@pytest.mark.parametrize(
    "typed", ["", "555-0100", "call me", "416 555 010", "416 555 01000", "911", "+999 123 4567",
              "000 000 0000", "me@example.org", "4" * 41, "416\x00555 0100x" * 9],
)  # fmt: skip
def test_what_cannot_be_dialled_is_no_number(typed):
    assert read_phone(typed) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed):
    phone = read_phone(typed)
    assert phone is None or (phone.link.startswith("tel:+") and read_phone(phone.text) == phone)
