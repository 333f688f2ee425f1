"""Opening hours, with a clinic made up for the tests: no hours are known of the real ones."""

from dataclasses import replace
from datetime import date, datetime, time, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.clinics.directory import Directory, default_directory
from rasa_project.clinics.hours import read_hours
from rasa_project.clinics.offer import clinic_event
from rasa_project.clinics.places import find_place
from rasa_project.clinics.zone import TORONTO
from rasa_project.errors import DataError
from rasa_project.settings import DATA

FILE = DATA / "clinics" / "clinics.yml"
LONG, SHORT = "8:00-20:00", "9:00-12:00, 13:00-17:30"
WEEK = {
    "mon": LONG, "tue": LONG, "wed": LONG, "thu": SHORT, "fri": "8:00-12:00", "sat": "closed",
    "sun": "closed", "except": {date(2026, 12, 25): "closed", date(2026, 12, 26): "10:00-12:00"},
}  # fmt: skip
HOURS = read_hours(FILE, "made-up.hours", WEEK)


def toronto(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


def test_the_week_is_written_out_in_runs_of_days():
    assert HOURS.text() == (
        "Mon to Wed 8:00 am to 8:00 pm; Thu 9:00 am to 12:00 pm and 1:00 pm to 5:30 pm; "
        "Fri 8:00 am to 12:00 pm; Sat and Sun closed"
    )


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("2026-11-23 07:59", "At 7:59 am: closed now, opens 8:00 am today."),
        ("2026-11-23 08:00", "At 8:00 am: open now, until 8:00 pm."),
        ("2026-11-23 19:59", "At 7:59 pm: open now, until 8:00 pm."),
        ("2026-11-23 20:00", "At 8:00 pm: closed now, opens 8:00 am tomorrow."),
        ("2026-11-26 12:30", "At 12:30 pm: closed now, opens 1:00 pm today."),
        ("2026-11-27 12:00", "At 12:00 pm: closed now, opens 8:00 am on Monday."),
        ("2026-11-29 23:59", "At 11:59 pm: closed now, opens 8:00 am tomorrow."),
        ("2026-12-25 09:00", "At 9:00 am: closed now, opens 10:00 am tomorrow."),
        ("2026-12-26 11:00", "At 11:00 am: open now, until 12:00 pm."),
    ],
)
def test_the_line_knows_the_time(at, line):
    assert HOURS.now(toronto(at)) == line


def test_the_clock_is_torontos_in_winter_and_in_summer():
    assert "8:00 am: open" in HOURS.now(datetime(2026, 11, 23, 13, 0, tzinfo=timezone.utc))
    assert "9:00 am: open" in HOURS.now(datetime(2026, 6, 22, 13, 0, tzinfo=timezone.utc))


def test_a_clinic_that_stays_shut_promises_no_opening():
    shut = replace(HOURS, exceptions={date(2026, 12, day): () for day in range(1, 32)})
    assert shut.now(toronto("2026-12-01 10:00")) == "At 10:00 am: closed now."


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)))
def test_the_line_agrees_with_the_table(moment):
    at = moment.replace(tzinfo=TORONTO)
    spans = HOURS.on(at.date())
    inside = any(start <= at.time() < end for start, end in spans)
    assert ("open now" in HOURS.now(at)) == inside


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"mon": "8-20"}, "c.hours.mon"),
        ({"mon": "20:00-8:00"}, "c.hours.mon"),
        ({"mon": "8:00-25:00"}, "c.hours.mon"),
        ({"mon": "8:00-12:00, 11:00-14:00"}, "c.hours.mon"),
        ({"mon": ""}, "c.hours.mon"),
        ({"mon": 8}, "c.hours.mon"),
        ({"monday": "8:00-20:00"}, "c.hours.monday"),
        ({"except": []}, "c.hours.except"),
        ({"except": {"christmas": "closed"}}, "c.hours.except.christmas"),
        ({"except": {date(2026, 1, 1): "shut"}}, "c.hours.except.2026-01-01"),
    ],
)
def test_unusable_hours_are_an_error_that_names_the_day(change, key):
    with pytest.raises(DataError) as error:
        read_hours(FILE, "c.hours", {**WEEK, **change})
    assert error.value.key == key


@pytest.mark.parametrize("raw", ["Mon 8-5", {"mon": LONG}, {**WEEK, **dict.fromkeys(list(WEEK)[:7], "closed")}])  # fmt: skip
def test_hours_are_a_whole_week_or_empty(raw):
    with pytest.raises(DataError):
        read_hours(FILE, "c.hours", raw)
    assert read_hours(FILE, "c.hours", "") is None


def made_up() -> Directory:
    mimico = replace(default_directory().by_slug("mimico"), hours=HOURS)
    return Directory((mimico,))


def test_the_clinic_event_says_whether_it_is_open_now():
    event = clinic_event(made_up(), find_place("Mimico"), None, toronto("2026-11-23 07:00"))
    assert event["hours"] == HOURS.text()
    assert f"Hours: {HOURS.text()}. At 7:00 am: closed now, opens 8:00 am today." in event["text"]


def test_without_hours_nothing_is_said_about_them():
    at = toronto("2026-11-23 07:00")
    event = clinic_event(default_directory(), find_place("Mimico"), None, at)
    assert event["hours"] is None
    for words in ("open now", "closed now", "Hours"):
        assert words not in event["text"]


def test_spans_are_times():
    assert HOURS.on(date(2026, 11, 27)) == ((time(8), time(12)),)
