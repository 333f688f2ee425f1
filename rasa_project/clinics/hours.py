"""A clinic's opening hours: read from the data file, written out, and asked "open now?"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from rasa_project.clinics.texts import texts
from rasa_project.clinics.zone import TORONTO
from rasa_project.errors import DataError
from rasa_project.loading import check_keys

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_DAYS_AHEAD = 14
"""Further than that no opening is announced: the data is more likely wrong than the clinic shut."""

Spans = tuple[tuple[time, time], ...]
"""From and until, in the clinics' time, in order; empty on a closed day."""


@dataclass(frozen=True)
class OpeningHours:
    """When a clinic is open; all times are Toronto's.

    Attributes:
        week: Monday to Sunday.
        exceptions: Days with other hours than their weekday, such as holidays.
    """

    week: tuple[Spans, ...]
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    def on(self, day: date) -> Spans:
        """The hours of a day."""
        return self.exceptions.get(day, self.week[day.weekday()])

    def text(self) -> str:
        """The week as people read it: "Mon to Fri 8:00 am to 8:00 pm; Sat and Sun closed"."""
        words = texts()
        names = words["hours_days"].split()
        parts = []
        for first, last in self._alike():
            joint = words["hours_and"] if last == first + 1 else words["hours_to"]
            days = names[first] if first == last else f"{names[first]}{joint}{names[last]}"
            parts.append(f"{days} {_spans(self.week[first])}")
        return "; ".join(parts)

    def now(self, at: datetime) -> str:
        """Whether the clinic is open, and until or from when.

        Args:
            at: The moment, aware of its zone. It is named in the line, which may be read later.
        """
        at = at.astimezone(TORONTO)
        moment = at.time().replace(tzinfo=None)
        for start, end in self.on(at.date()):
            if start <= moment < end:
                return texts()["hours_open"].format(now=_clock(moment), until=_clock(end))
        opening = next(self._openings(at), None)
        if opening is None:
            return texts()["hours_shut"].format(now=_clock(moment))
        ahead = (opening.date() - at.date()).days
        when = texts()[("hours_today", "hours_tomorrow")[ahead] if ahead < 2 else "hours_later"]
        weekday = texts()["hours_weekdays"].split()[opening.weekday()]
        return texts()["hours_closed"].format(
            now=_clock(moment), opens=_clock(opening.time()), when=when.format(day=weekday)
        )

    def _openings(self, at: datetime) -> Iterator[datetime]:
        naive = at.replace(tzinfo=None)
        for ahead in range(_DAYS_AHEAD + 1):
            day = at.date() + timedelta(days=ahead)
            for start, _end in self.on(day):
                if datetime.combine(day, start) > naive:
                    yield datetime.combine(day, start)

    def _alike(self) -> Iterator[tuple[int, int]]:
        """Runs of weekdays with the same hours: first and last."""
        first = 0
        for day in range(1, 8):
            if day == 7 or self.week[day] != self.week[first]:
                yield first, day - 1
                first = day


def read_hours(file: Path, key: str, raw: Any) -> OpeningHours | None:
    """Reads the ``hours`` of a clinic.

    Args:
        file: The data file, for error messages.
        key: Where in the file.
        raw: "" when they are unknown; else a mapping of every weekday (``mon`` to ``sun``) to
            ``closed`` or times such as "8:00-12:00, 13:00-20:00" on the 24-hour clock, with
            ``except``, a mapping of days (YYYY-MM-DD) to the same.

    Raises:
        DataError: A day is missing or unknown, or a time is unusable.
    """
    if raw == "":
        return None
    entry = check_keys(file, key, raw, ("except",), DAYS)
    week = tuple(_read_day(file, f"{key}.{day}", entry[day]) for day in DAYS)
    if not any(week):
        raise DataError(file, key, 'the clinic is never open; write "" when hours are unknown')
    given = entry.get("except", {})
    if not isinstance(given, dict):
        raise DataError(file, f"{key}.except", "must be a mapping of days to hours")
    exceptions = {}
    for day, hours in given.items():
        if not isinstance(day, date) or isinstance(day, datetime):
            raise DataError(file, f"{key}.except.{day}", "must be a day as YYYY-MM-DD")
        exceptions[day] = _read_day(file, f"{key}.except.{day}", hours)
    return OpeningHours(week, exceptions)


def _read_day(file: Path, key: str, raw: Any) -> Spans:
    if raw == CLOSED:
        return ()
    spans: list[tuple[time, time]] = []
    for part in str(raw).split(","):
        match = _SPAN.fullmatch(part.strip())
        try:
            hour, minute, end_hour, end_minute = map(int, match.groups() if match else ())
            start, end = time(hour, minute), time(end_hour, end_minute)
        except ValueError:
            start = end = time()
        if start >= end or (spans and spans[-1][1] >= start):
            raise DataError(file, key, 'must be "closed" or times in order, as "8:00-20:00"')
        spans.append((start, end))
    return tuple(spans)


def _spans(spans: Spans) -> str:
    if not spans:
        return texts()["hours_closed_day"]
    to, also = texts()["hours_to"], texts()["hours_and"]
    return also.join(f"{_clock(start)}{to}{_clock(end)}" for start, end in spans)


def _clock(moment: time) -> str:
    """ "8:05 am", "12:00 pm": as clocks are read in Ontario."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"
