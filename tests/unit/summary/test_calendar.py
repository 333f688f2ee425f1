"""The two-week check in a shared calendar."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from rasa_project.summary.content import NoCheckDate
from rasa_project.summary.render import render
from tests.unit.summary.example import PLAN, summary
from tests.unit.summary.full import RESUME

WITH_DATE = {**PLAN, "review_on": "2026-12-07"}


def event(**changes):
    raw = render(summary(plan=WITH_DATE, **changes), "text/calendar")
    calendar = Calendar.from_ical(raw)
    (found,) = calendar.walk("VEVENT")
    return found


def test_it_is_one_whole_day_the_day_of_the_check():
    found = event()
    assert found.decoded("dtstart") == date(2026, 12, 7)
    assert (found["class"], found["transp"]) == ("PRIVATE", "TRANSPARENT")
    (alarm,) = found.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=9)


def test_its_title_says_nothing_of_health_but_heel_check():
    found = event(resume=RESUME)
    assert str(found["summary"]) == "Heel check"
    (alarm,) = found.walk("VALARM")
    assert str(alarm["description"]) == "Heel check"


def test_the_code_and_what_to_do_with_it_stand_in_the_description():
    said = str(event(resume=RESUME)["description"])
    assert "BCDF-GHJK-MNPQ" in said
    assert "December 23, 2026" in said
    assert "type your code" in said


def test_without_a_code_it_still_says_what_to_do():
    said = str(event()["description"])
    assert "Open the chat" in said and "{" not in said


def test_nothing_that_was_told_is_in_it():
    text = render(summary(plan=WITH_DATE), "text/calendar").decode()
    for word in ("crept", "Achilles", "swelling", "pain", "SELF_CARE"):
        assert word not in text


@pytest.mark.parametrize("plan", [None, PLAN])
def test_without_a_check_date_there_is_no_file(plan):
    with pytest.raises(NoCheckDate):
        render(summary(plan=plan), "text/calendar")
