"""Days of the year: when they were last, when they come next, and where holidays fall."""

from datetime import date, timedelta

from dateutil.easter import easter

from rasa_project.language.value_words import Holiday


def falls(holiday: Holiday, year: int) -> list[date]:
    """The days a holiday falls on in a year."""
    values = holiday.values
    if holiday.rule == "dates":
        return [day for day in values if day.year == year]
    if holiday.rule == "easter":
        return [easter(year) + timedelta(days=values[0])]
    if holiday.rule == "on":
        return [date(year, values[0], values[1])]
    if holiday.rule == "monday_by":
        last = date(year, values[0], values[1])
        return [last - timedelta(days=last.weekday())]
    first = date(year, values[0], 1)
    return [first + timedelta(days=(values[1] - first.weekday()) % 7 + 7 * (values[2] - 1))]


def past_day(today: date, month: int, day: int, year: int) -> date:
    """The last time a day of the year came, or that of the year said."""
    then = _day(year or today.year, month, day)
    return _day(today.year - 1, month, day) if then > today else then


def coming_day(today: date, month: int, day: int) -> date:
    """The next time a day of the year comes."""
    then = _day(today.year, month, day)
    return _day(today.year + 1, month, day) if then <= today else then


def _day(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - timedelta(days=1)).day))
