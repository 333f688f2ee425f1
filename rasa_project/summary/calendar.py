"""The two-week check as a calendar file (RFC 5545): one day, nothing about health in its title."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from rasa_project.summary.content import NoCheckDate, Summary
from rasa_project.summary.words import day_words, words

REMIND_AT = timedelta(hours=9)
"""After the day begins, in the calendar's own time."""


def to_calendar(summary: Summary) -> bytes:
    """One all-day entry on the day of the check, with a reminder at nine.

    It takes up no time and is marked private: calendars are shared. The code to come back with
    stands in the description.

    Raises:
        NoCheckDate: The outcome has no check.
    """
    if summary.check_on is None:
        raise NoCheckDate("no check date")
    event = Event()
    event.add("uid", f"heel-check-{summary.reference.lower()}")
    event.add("dtstamp", summary.created_at)
    event.add("dtstart", summary.check_on)
    event.add("summary", words()["calendar_title"])
    event.add("description", _description(summary))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words()["calendar_title"])
    alarm.add("trigger", REMIND_AT)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Axis//Heel chat//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(summary: Summary) -> str:
    emergency = words()["emergency"]
    if summary.resume is None:
        return words()["calendar_text_without_code"].format(emergency=emergency)
    return words()["calendar_text"].format(
        code=summary.resume.code, day=day_words(summary.resume.until), emergency=emergency
    )
