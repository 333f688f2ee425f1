"""Holidays and seasons."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rasa_project.language.times.calendar import falls, past_day
from rasa_project.language.times.kinds import day_kind
from rasa_project.language.times.span import Span, said_before, word_at
from rasa_project.language.value_words import Holiday, Phrases, phrases, value_words


@lru_cache(maxsize=1)
def _holidays() -> tuple[Phrases, dict[str, Holiday]]:
    by_name = {name: one for one in value_words().holidays for name in one.names}
    return Phrases(by_name), by_name


def holiday_names() -> Phrases:
    """The names of holidays."""
    return _holidays()[0]


def holiday_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Labour Day", "since Diwali": the last time it fell; see :func:`days.day_at`."""
    names, by_name = _holidays()
    length = names.at(words, at)
    if not length:
        return None
    # "New year" and "pride" are words too; a full name with "day" or "night" needs no lead.
    said = " ".join(words[at : at + length])
    alone = said.endswith((" day", " night")) or said == "halloween" or len(words) <= 3
    if not alone and not said_before(words, at, phrases("when.holiday_leads")):
        return None
    years = (today.year - 1, today.year, today.year + 1)
    gaps = [(today - then).days for year in years for then in falls(by_name[said], year)]
    days = min((gap for gap in gaps if gap >= 0), default=None)
    ahead = min((-gap for gap in gaps if gap < 0), default=None)
    if days is None:
        return None
    return Span(days, day_kind(words, at), at, at + length, "date", days, ahead)


def season_at(words: Sequence[str], at: int, today: date) -> Span | None:
    """ "Since spring", "last winter": the middle of it, or the part that the words name."""
    dates = value_words().seasons.get(words[at])
    if dates is None or not said_before(words, at, phrases("when.season_leads")):
        return None
    # "Since the fall" may be the tumble; "in the fall", "since fall" and "last fall" are not.
    if (
        words[at] == "fall"
        and word_at(words, at - 1) in ("the", "a")
        and word_at(words, at - 2) in phrases("when.since")
    ):
        return None
    first = past_day(today, dates[0], dates[1], 0)
    last = date(first.year + (dates[2] < dates[0]), dates[2], dates[3])
    near = set(words[max(0, at - 3) : at])
    if last > today:
        # Still going on: most likely begun in its first part. "Last winter" is the one before.
        if "last" in near:
            middle = (today - first).days + 320
        else:
            middle = max(1, round((today - first).days * 2 / 3))
    else:
        share = 0.1 if near & {"late", "end"} else 0.5
        share = 0.85 if near & {"early", "beginning", "start"} else share
        middle = (today - last).days + round((last - first).days * share)
    return Span(middle, day_kind(words, at), at, at + 1, "season", middle)
