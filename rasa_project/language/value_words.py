"""The words of ``data/language/values.yml``: what the readers of numbers, times and places know.

The sections ``when``, ``durations``, ``stiffness``, ``pain``, ``distances``, ``ages``, ``goals``
and ``areas`` are word lists that the modules of ``rasa_project.language.values`` ask for by name;
``times`` is the calendar.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings
from rasa_project.settings import DATA

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "when": (
        "since", "up_to", "next", "month_leads", "between_since", "day_leads", "season_leads",
        "holiday_leads", "not_before_short_day", "after_short_day", "short_days",
        "unit_fillers", "before_fillers", "for", "ago",
    ),
    "durations": (
        "complaint", "own_parts", "event", "other", "not_after", "not_before", "well", "over",
        "questions", "fillers", "complaint_facts", "event_facts", "weak_facts", "other_facts",
    ),
    "stiffness": ("until_words", "until_alone", "none", "other_parts", "other_doing", "takes"),
    "pain": ("rest", "push", "lead", "strong", "none", "other_parts", "not_before", "may_follow"),
    "distances": (
        "longest", "weekly", "other_doing", "before", "now", "rise", "unitless_before",
        "unitless_after",
    ),
    "ages": (
        "people", "children", "not_people", "sex", "before", "at_lead", "nearly", "units",
        "things", "past", "after_metres",
    ),
    "goals": ("events", "not_events", "ahead", "past"),
    "areas": ("cues", "fragment", "lead", "not_before", "happened", "postal_cues", "not_postal"),
}  # fmt: skip
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "stiffness": ("said", "until"),
    "distances": ("times",),
    "ages": ("decades",),
}
_CALENDAR = (
    "short_units",
    "units", "weekdays", "months", "seasons", "named", "since_named", "plurals", "holidays",
    "real_words",
)  # fmt: skip
_RULES = ("on", "nth", "monday_by", "easter", "dates")


class Phrases:
    """Phrases of plain words, found in a list of words.

    Args:
        phrases: Words separated by single spaces.

    Attributes:
        firsts: Every word a phrase begins with.
    """

    def __init__(self, phrases: Collection[str]) -> None:
        self._words = frozenset(phrase for phrase in phrases if " " not in phrase)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append(words)
        for options in self._by_first.values():
            options.sort(key=len, reverse=True)
        self.firsts = frozenset(self._by_first)

    def at(self, words: Sequence[str], at: int) -> int:
        """How many words the longest phrase that begins at ``at`` has; 0 if none does."""
        for phrase in self._by_first.get(words[at], ()):
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def before(self, words: Sequence[str], end: int) -> int:
        """How many words the longest phrase that ends right before ``end`` has; 0 if none."""
        for start in range(max(0, end - 5), end):
            if self.at(words[:end], start) == end - start:
                return end - start
        return 0

    def find(
        self, words: Sequence[str], start: int = 0, end: int | None = None
    ) -> list[tuple[int, int]]:
        """Where the phrases stand, as (first word, one past the last), without overlaps."""
        found = []
        stop = len(words) if end is None else end
        at = start
        while at < stop:
            length = self.at(words, at) if words[at] in self._by_first else 0
            if length:
                found.append((at, at + length))
            at += length or 1
        return found

    def anywhere(self, words: Sequence[str], start: int = 0, end: int | None = None) -> bool:
        """Whether any of the phrases stands there."""
        stop = len(words) if end is None else end
        return any(words[at] in self._by_first and self.at(words, at) for at in range(start, stop))

    def __contains__(self, word: object) -> bool:
        return word in self._words


@dataclass(frozen=True)
class Holiday:
    """A day that people date things by, and the rule for the day it falls on."""

    names: tuple[str, ...]
    rule: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class ValueWords:
    """The words of ``values.yml``.

    Attributes:
        lists: ``section.name`` -> phrases.
        numbers: ``section.name`` -> phrase -> number.
        units: Unit of time -> days.
        short_units: Short names of units, to find slips in them -> the unit.
        weekdays: Word -> weekday, Monday 0.
        months: Word -> month, January 1.
        seasons: Season -> month and day of its first and of its last day.
        named: Phrase -> days ago.
        since_named: The same, only after "since".
        plurals: Bare plural of a unit -> days.
        holidays: Days with a name.
        real_words: Words that are never a misspelt number, unit, weekday or month.
    """

    lists: Mapping[str, Phrases]
    numbers: Mapping[str, Mapping[str, float]]
    units: Mapping[str, float]
    short_units: Mapping[str, str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    seasons: Mapping[str, tuple[int, ...]]
    named: Mapping[str, float]
    since_named: Mapping[str, float]
    plurals: Mapping[str, float]
    holidays: tuple[Holiday, ...]
    real_words: frozenset[str]

    @classmethod
    def load(cls, path: Path = DATA / "language" / "values.yml") -> "ValueWords":
        """Reads and checks the file.

        Raises:
            DataError: An unknown or missing key, or a value that is not of its kind.
        """
        content = read_yaml(path, dict)
        _whole(path, "", content, ("times", *_SECTIONS))
        lists: dict[str, Phrases] = {}
        numbers: dict[str, Mapping[str, float]] = {}
        for section, names in _SECTIONS.items():
            counted = _NUMBERS.get(section, ())
            _whole(path, section, content[section], (*names, *counted))
            for name in names:
                where = f"{section}.{name}"
                lists[where] = Phrases(strings(path, where, content[section][name]))
            for name in counted:
                where = f"{section}.{name}"
                numbers[where] = _numbers(path, where, content[section][name])
        times = content["times"]
        _whole(path, "times", times, _CALENDAR)
        return cls(
            lists=lists,
            numbers=numbers,
            units=_numbers(path, "times.units", times["units"]),
            short_units=_names(path, "times.short_units", times["short_units"], times["units"]),
            weekdays=_positions(path, "times.weekdays", times["weekdays"], 7, 0),
            months=_positions(path, "times.months", times["months"], 12, 1),
            seasons={name: tuple(days) for name, days in times["seasons"].items()},
            named=_numbers(path, "times.named", times["named"]),
            since_named=_numbers(path, "times.since_named", times["since_named"]),
            plurals=_numbers(path, "times.plurals", times["plurals"]),
            holidays=tuple(
                _holiday(path, index, one) for index, one in enumerate(times["holidays"])
            ),
            real_words=frozenset(strings(path, "times.real_words", times["real_words"])),
        )


@lru_cache(maxsize=1)
def value_words() -> ValueWords:
    """The project's own words, read once; raises like :meth:`ValueWords.load`."""
    return ValueWords.load()


def phrases(name: str) -> Phrases:
    """One list of the project's own words, by ``section.name``."""
    return value_words().lists[name]


def _whole(path: Path, where: str, entry: Any, keys: Sequence[str]) -> None:
    check_keys(path, where, entry, keys)
    for key in keys:
        if key not in entry:
            raise DataError(path, f"{where}.{key}", "is missing")


def _numbers(path: Path, where: str, entry: Any) -> dict[str, float]:
    if not isinstance(entry, dict) or not all(
        isinstance(number, (int, float)) for number in entry.values()
    ):
        raise DataError(path, where, "must be words to numbers")
    return {str(word): float(number) for word, number in entry.items()}


def _names(path: Path, where: str, entry: Any, known: Mapping[str, Any]) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(name in known for name in entry.values()):
        raise DataError(path, where, "must be words to units of times.units")
    return dict(entry)


def _positions(path: Path, where: str, entry: Any, count: int, first: int) -> dict[str, int]:
    if not isinstance(entry, list) or len(entry) != count:
        raise DataError(path, where, f"must be {count} lists of words")
    return {
        word: index
        for index, words in enumerate(entry, start=first)
        for word in strings(path, where, words)
    }


def _holiday(path: Path, index: int, entry: Any) -> Holiday:
    where = f"times.holidays[{index}]"
    check_keys(path, where, entry, ("names", *_RULES))
    names = strings(path, f"{where}.names", entry.get("names", []))
    rules = [rule for rule in _RULES if rule in entry]
    if len(rules) != 1:
        raise DataError(path, where, f"needs exactly one of {', '.join(_RULES)}")
    value = entry[rules[0]]
    if rules[0] == "dates":
        try:
            return Holiday(names, "dates", tuple(date.fromisoformat(one) for one in value))
        except (TypeError, ValueError) as error:
            raise DataError(path, f"{where}.dates", f"must be dates in quotes: {error}") from error
    values = tuple(value) if isinstance(value, list) else (value,)
    if not all(isinstance(one, int) for one in values):
        raise DataError(path, f"{where}.{rules[0]}", "must be whole numbers")
    return Holiday(names, rules[0], values)
