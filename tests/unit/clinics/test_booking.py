"""The reference code in a booking link."""

import pytest

from rasa_project.clinics.booking import booking_link, with_reference


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/book", "https://example.org/book?reference=BCDFGH"),
        ("https://example.org/book?loc=7", "https://example.org/book?loc=7&reference=BCDFGH"),
        ("https://example.org/b?a=&x=1#new", "https://example.org/b?a=&x=1&reference=BCDFGH#new"),
        ("https://example.org/b?reference=", "https://example.org/b?reference=BCDFGH"),
    ],
)
def test_the_code_is_added_to_whatever_the_address_holds(url, link):
    assert booking_link(url, "BCDFGH") == link
    assert booking_link(link, "BCDFGH") == link


def test_every_link_of_the_event_carries_it_and_what_is_unknown_stays_unknown():
    event = {
        "type": "clinic", "booking_url": "https://example.org/m",
        "text": "Book online: https://example.org/m\nCall: 416-555-0100",
        "alternatives": [{"slug": "a", "booking_url": "https://example.org/a"}, {"slug": "b", "booking_url": None}],
    }  # fmt: skip
    changed = with_reference(event, "BCDFGH")
    assert changed["booking_url"] == "https://example.org/m?reference=BCDFGH"
    assert changed["text"].startswith("Book online: https://example.org/m?reference=BCDFGH\n")
    assert [other["booking_url"] for other in changed["alternatives"]] == [
        "https://example.org/a?reference=BCDFGH", None,
    ]  # fmt: skip
    assert event["booking_url"] == "https://example.org/m"


def test_an_event_without_a_link_is_left_alone():
    event = {"type": "clinic", "text": "Booking details are on the Axis site.", "booking_url": None}
    assert with_reference(event, "BCDFGH") == event
    assert with_reference({"type": "text", "text": "Hello"}, "X") == {
        "type": "text",
        "text": "Hello",
    }
