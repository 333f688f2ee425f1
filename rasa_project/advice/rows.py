"""Reads and checks ``data/clinical/advice.yml``: the head of that file describes every key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from rasa_project.advice.drawings import load_drawings
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

SELF_CARE, ROUTINE = "SELF_CARE", "ROUTINE"
LEVELS = (SELF_CARE, ROUTINE)
ZONES = ("Z2", "Z3", "Z5")
IRRITABILITIES = ("LOW", "MODERATE", "HIGH")
RUN_STATUSES = ("normal", "reduced", "stopped", "non_runner", "unknown")
TRAINING_CHANGES = (
    "mileage", "speed_hills", "surface", "footwear", "no_rest_pushed_through",
    "no_warmup_cooldown", "calf_tight_glute_weak",
)  # fmt: skip
SPORTS = (
    "running", "tennis", "soccer", "basketball", "hockey", "dance", "cycling", "walking", "gym",
    "triathlon",
)  # fmt: skip
ANY = "any"
GENTLE, ASK, ZONE, LOAD, EXERCISE = GIVEN = ("gentle", "ask", "zone", "load", "exercise")

_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "levels": LEVELS,
    "zones": ZONES,
    "irritability": IRRITABILITIES,
    "run_status": RUN_STATUSES,
    "months": tuple(range(1, 13)),
    "sports": SPORTS,
}
_TEXTS = ("what", "dose", "note")
_NEEDED = ("id", "part", "given", "what", "source")
# Parts that each zone and irritability must have a row of.
_EVERYWHERE = (
    "running", "cross_training", "pain_rule", "shoes", "avoid", "do_not", "stretch", "expect",
)  # fmt: skip
# Parts that differ for whoever does not run, or has stopped.
_BY_RUNNING = ("running", "cross_training")
# Parts that are easier done than read.
_DRAWN = ("starter", "pain_rule")


@dataclass(frozen=True)
class AdviceRow:
    """One row of the advice; an empty tuple means any."""

    id: str
    part: str
    given: str
    what: str
    dose: str
    note: str
    source: tuple[str, ...]
    levels: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    irritability: tuple[str, ...] = ()
    run_status: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    sports: tuple[str, ...] = ()
    training_change: str = ""
    goal_within: int = 0
    drawing: str = ""

    def fits(self, **case: Any) -> bool:
        """Whether each of the given values (by key of the row) is one the row is for."""
        for key, value in case.items():
            wanted = getattr(self, key)
            if wanted and value not in wanted:
                return False
        return True


@dataclass(frozen=True)
class Group:
    """Parts that stand under one heading."""

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """The checked content of ``advice.yml``; the rows in the order of their groups."""

    groups: tuple[Group, ...]
    rows: tuple[AdviceRow, ...]
    review_days: int
    titles: Mapping[str, str]
    gentle_title: str
    gentle_self_care_title: str
    review: Mapping[str, str]
    stop_title: str
    zones: Mapping[str, str]
    irritabilities: Mapping[str, str]
    stop_if: tuple[str, ...]
    gentle_stop_if: tuple[str, ...]
    baseline: str

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The heading that each part stands under."""
        return {part: group.title for group in self.groups for part in group.parts}


def load_advice(folder: Path = DATA / "clinical") -> Advice:
    """Loads the advice.

    Args:
        folder: Holds ``advice.yml``, ``sources.yml`` and the drawings.

    Raises:
        DataError: A key is unknown, a row has no known source, a drawing is missing or unused, a
            dosed exercise is not for SELF_CARE alone, or a zone, irritability or training change
            is not covered; the error names file and key.
    """
    file = folder / "advice.yml"
    known = set(read_mapping(folder / "sources.yml"))
    content = dict(check_keys(file, "", read_mapping(file), (), Advice.__dataclass_fields__))
    rows = tuple(_rows(file, content["rows"], known))
    _check_coverage(file, rows)
    _check_drawings(file, rows, set(load_drawings(folder / "drawings")))
    groups = _groups(file, content["groups"], rows)
    order = [part for group in groups for part in group.parts]
    rows = tuple(sorted(rows, key=lambda row: order.index(row.part)))
    for key, names in (("titles", LEVELS), ("review", LEVELS), ("zones", ZONES),
                       ("irritabilities", IRRITABILITIES)):  # fmt: skip
        check_keys(file, key, content[key], (), names)
        for name, text in content[key].items():
            _text(file, f"{key}.{name}", text)
    for key in ("gentle_title", "gentle_self_care_title", "stop_title", "baseline"):
        _text(file, key, content[key])
    for key in ("stop_if", "gentle_stop_if"):
        content[key] = _stop(file, key, content[key], known)
    if type(content["review_days"]) is not int or not 1 <= content["review_days"] <= 60:
        raise DataError(file, "review_days", "must be a whole number from 1 to 60")
    return Advice(**{**content, "rows": rows, "groups": groups})


@lru_cache(maxsize=1)
def default_advice() -> Advice:
    """The project's own advice, read once."""
    return load_advice()


def _rows(file: Path, raw: Any, known: set[str]) -> Iterator[AdviceRow]:
    if not isinstance(raw, list):
        raise DataError(file, "rows", "must be a list")
    seen: set[str] = set()
    for number, entry in enumerate(raw):
        name = entry.get("id", number) if isinstance(entry, dict) else number
        row = _row(file, f"rows.{name}", entry, known)
        if row.id in seen:
            raise DataError(file, f"rows.{row.id}", "this id is used twice")
        seen.add(row.id)
        yield row


def _row(file: Path, key: str, raw: Any, known: set[str]) -> AdviceRow:
    entry = dict(check_keys(file, key, raw, AdviceRow.__dataclass_fields__, _NEEDED))
    for name in _TEXTS:
        entry[name] = _text(file, f"{key}.{name}", entry[name]) if name in entry else ""
    if not entry["dose"] and not entry["note"]:
        raise DataError(file, key, "needs a dose or a note")
    if entry["given"] not in GIVEN:
        raise DataError(file, f"{key}.given", f"must be one of {', '.join(GIVEN)}")
    for name, choices in _CHOICES.items():
        entry[name] = _some(file, f"{key}.{name}", entry.get(name), choices)
    change = entry.get("training_change", "")
    if change not in ("", ANY, *TRAINING_CHANGES):
        raise DataError(file, f"{key}.training_change", f"{change!r} is not a training change")
    weeks = entry.get("goal_within", 0)
    if type(weeks) is not int or not 0 <= weeks <= 52:
        raise DataError(file, f"{key}.goal_within", "must be a whole number of weeks, 1 to 52")
    if entry["given"] == EXERCISE and entry["levels"] != (SELF_CARE,):
        raise DataError(file, f"{key}.levels", "dosed exercises are for SELF_CARE alone")
    entry["source"] = _source(file, f"{key}.source", entry["source"], known)
    return AdviceRow(**entry)


def _groups(file: Path, raw: Any, rows: tuple[AdviceRow, ...]) -> tuple[Group, ...]:
    if not isinstance(raw, list):
        raise DataError(file, "groups", "must be a list")
    groups = []
    for i, entry in enumerate(raw):
        key = f"groups[{i}]"
        entry = check_keys(file, key, entry, (), ("title", "parts"))
        title = _text(file, f"{key}.title", entry["title"])
        if not isinstance(entry["parts"], list):
            raise DataError(file, f"{key}.parts", "must be a list of parts")
        groups.append(Group(title, tuple(entry["parts"])))
    named = [part for group in groups for part in group.parts]
    parts = {row.part for row in rows}
    for part in {*named, *parts}:
        if named.count(part) != 1 or part not in parts:
            raise DataError(file, "groups", f"{part!r} must be a row's part, and in one group")
    return tuple(groups)


def _check_drawings(file: Path, rows: tuple[AdviceRow, ...], known: set[str]) -> None:
    for row in rows:
        if row.part in _DRAWN and not row.drawing:
            raise DataError(file, f"rows.{row.id}.drawing", f"a row of {row.part} needs a drawing")
        if row.drawing and row.drawing not in known:
            raise DataError(file, f"rows.{row.id}.drawing", f"{row.drawing!r} is not in drawings/")
    unused = known - {row.drawing for row in rows}
    if unused:
        raise DataError(file, "rows", f"no row uses the drawings {sorted(unused)}")


def _some(file: Path, key: str, raw: Any, choices: tuple[Any, ...]) -> tuple[Any, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list) or not raw:
        raise DataError(file, key, "must be a list; leave the key out for any")
    for value in raw:
        if value not in choices:
            raise DataError(file, key, f"{value!r} is not one of {', '.join(map(str, choices))}")
    return tuple(raw)


def _source(file: Path, key: str, raw: Any, known: set[str]) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise DataError(file, key, "needs at least one id of sources.yml")
    for source in raw:
        if source not in known:
            raise DataError(file, key, f"{source!r} is not in sources.yml")
    return tuple(raw)


def _stop(file: Path, key: str, raw: Any, known: set[str]) -> tuple[str, ...]:
    entry = check_keys(file, key, raw, (), ("text", "source"))
    _source(file, f"{key}.source", entry["source"], known)
    if not isinstance(entry["text"], list) or not entry["text"]:
        raise DataError(file, f"{key}.text", "must be a list of sentences")
    return tuple(_text(file, f"{key}.text", line) for line in entry["text"])


def _text(file: Path, key: str, raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise DataError(file, key, "must be a text that is not empty")
    return raw.strip()


def _check_coverage(file: Path, rows: tuple[AdviceRow, ...]) -> None:
    for part, zone, irritability, level in product(_EVERYWHERE, ZONES, IRRITABILITIES, LEVELS):
        case = {"zones": zone, "irritability": irritability, "levels": level}
        for status in RUN_STATUSES if part in _BY_RUNNING else ["unknown"]:
            if part == "running" and status == "non_runner":
                continue
            fitting = [r for r in rows if r.part == part and r.fits(run_status=status, **case)]
            if len(fitting) != 1:
                named = f"{zone}, {irritability}, {level}, run_status {status}"
                raise DataError(
                    file, f"rows ({part})", f"{len(fitting)} rows for {named}; needs one"
                )
    for zone in ZONES:
        if not any(row.given == EXERCISE and row.fits(zones=zone) for row in rows):
            raise DataError(file, "rows (starter)", f"no exercise for {zone}")
    for change in (ANY, *TRAINING_CHANGES):
        if sum(row.training_change == change for row in rows) != 1:
            raise DataError(file, "rows (pattern)", f"needs one row for training change {change}")
    for given in (GENTLE, ASK):
        if not any(row.given == given for row in rows):
            raise DataError(file, "rows", f"no row is given when only {given!r} fits")
