"""Reads the cases. What every key means stands in DATASHEET.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_list, read_mapping
from rasa_project.triage.facts import FactError, Facts, FactSpec, parse_facts
from rasa_project.triage.rules import Level

FOLDER = Path(__file__).parent
CASES = FOLDER / "cases"
HELD_OUT = FOLDER / "held_out"
"""Cases that nobody may look at while the chat is changed; see DATASHEET.md."""

REGISTERS = (
    "terse", "texting", "second_language", "dictated", "careful", "worried", "playing_down",
)  # fmt: skip
TYPING = ("clean", "slips", "poor")
FEWEST_PHRASINGS = 4
"""Of a case; one of a held-out case, where every message is a case of its own."""

HEEL_RAISE = {
    "normal": "full", "painful": "painful", "weak": "weak", "unable": "cannot",
    "unsure": "not_tried",
}  # fmt: skip
"""What a heel raise is like where a case says only how pushing off is."""

AGE_BANDS = ((8, "u8"), (16, "8_15"), (18, "16_17"), (40, "18_39"), (60, "40_59"), (200, "60p"))
AGE_GROUPS = ((16, "under 16"), (40, "16 to 39"), (60, "40 to 59"), (200, "60 and over"))


@dataclass(frozen=True)
class Phrasing:
    """One way in which the person opens the chat.

    Attributes:
        register: One of ``REGISTERS``.
        typing: One of ``TYPING``: how well it is typed.
        text: The opening message.
        tells: Facts, or ``fact.item``, whose value the message tells; empty where not labelled.
        denies: The same for what the message says is not so.
    """

    register: str
    typing: str
    text: str
    tells: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One vignette.

    Attributes:
        id: Its name.
        about: The person and the problem in one line.
        sources: Citations of the works it was built after.
        level: The level that the protocol's text gives, fixed before any run.
        acceptable: Levels that are clinically defensible, ``level`` among them.
        rules: Protocol rules that must be among those that fire.
        why: Why that level.
        age: Years.
        facts: Every answer of a full interview.
        phrasings: At least four opening messages; one in a held-out case.
    """

    id: str
    about: str
    sources: tuple[str, ...]
    level: Level
    acceptable: frozenset[Level]
    rules: tuple[str, ...]
    why: str
    age: int
    facts: Facts
    phrasings: tuple[Phrasing, ...] = field(repr=False)

    @property
    def age_group(self) -> str:
        return next(group for below, group in AGE_GROUPS if self.age < below)

    @property
    def zone(self) -> str:
        return str(self.facts["zone_main"])


def load_cases(specs: Mapping[str, FactSpec], folder: Path = CASES) -> list[Case]:
    """Reads all cases of a folder, by level from the gravest down.

    Args:
        specs: The protocol's facts.
        folder: ``CASES`` or ``HELD_OUT``.

    Raises:
        DataError: A case breaks the rules of the datasheet; the message names it.
    """
    sources = read_mapping(FOLDER / "sources.yml")
    baseline = read_mapping(FOLDER / "baseline.yml")
    cases: list[Case] = []
    for level in sorted(Level, reverse=True):
        file = folder / f"{level.name.lower()}.yml"
        for number, raw in enumerate(read_list(file)):
            case = _case(file, f"[{number}]", raw, sources, baseline, specs)
            if case.level != level:
                raise DataError(file, case.id, f"is not a case of level {level.name}")
            cases.append(case)
    ids = [case.id for case in cases]
    if repeated := {id_ for id_ in ids if ids.count(id_) > 1}:
        raise DataError(folder, str(sorted(repeated)), "used more than once")
    return cases


def _case(
    file: Path,
    key: str,
    raw: Any,
    sources: Mapping[str, str],
    baseline: Mapping[str, Any],
    specs: Mapping[str, FactSpec],
) -> Case:
    needed = ("id", "about", "source", "level", "rules", "why", "age", "facts", "phrasings")
    entry = check_keys(file, key, raw, ("acceptable",), needed)
    id_ = entry["id"]
    for source in entry["source"]:
        if source not in sources:
            raise DataError(file, id_, f"source {source!r} is not in sources.yml")
    level = Level[entry["level"]]
    acceptable = frozenset(Level[name] for name in entry.get("acceptable", [entry["level"]]))
    if level not in acceptable:
        raise DataError(file, id_, "the level must be acceptable")
    phrasings = tuple(_phrasing(file, id_, item, specs) for item in entry["phrasings"])
    fewest = 1 if file.parent == HELD_OUT else FEWEST_PHRASINGS
    if len(phrasings) < fewest:
        raise DataError(file, id_, f"needs at least {fewest} phrasings")
    try:
        facts = parse_facts(specs, _answers(entry, baseline))
    except (FactError, KeyError) as error:
        raise DataError(file, id_, str(error)) from error
    return Case(
        id=id_,
        about=entry["about"],
        sources=tuple(sources[source] for source in entry["source"]),
        level=level,
        acceptable=acceptable,
        rules=tuple(entry["rules"]),
        why=entry["why"],
        age=entry["age"],
        facts=facts,
        phrasings=phrasings,
    )


def _answers(entry: Mapping[str, Any], baseline: Mapping[str, Any]) -> dict[str, Any]:
    """A case's own answers over the negative ones."""
    own = dict(entry["facts"])
    answers = {**baseline, **own}
    answers["age_band"] = next(band for below, band in AGE_BANDS if entry["age"] < below)
    answers["zone_main"] = own.get("zone_main", own["zones"][0])
    answers.setdefault("heel_raise", HEEL_RAISE[answers["push_off"]])
    for name in ("side", "onset", "duration_days"):
        if name not in answers:
            raise KeyError(f"{name} must be stated")
    return answers


def _phrasing(file: Path, id_: str, raw: Any, specs: Mapping[str, FactSpec]) -> Phrasing:
    if not isinstance(raw, list) or len(raw) not in (3, 4):
        raise DataError(file, id_, "a phrasing is [register, typing, text, {tells, denies}]")
    register, typing, text = raw[:3]
    if register not in REGISTERS or typing not in TYPING:
        raise DataError(file, id_, f"register {register!r} or typing {typing!r} is unknown")
    labels = check_keys(file, id_, raw[3] if len(raw) == 4 else {}, ("tells", "denies"), ())
    told = {name: tuple(labels.get(name, "").split()) for name in ("tells", "denies")}
    for label in (*told["tells"], *told["denies"]):
        fact, _, item = label.partition(".")
        if fact not in specs or (item and item not in specs[fact].values):
            raise DataError(file, id_, f"{label!r} is not a fact of the protocol")
    return Phrasing(register, typing, text, **told)


def find(cases: Iterable[Case], id_: str) -> Case:
    """The case of that name."""
    return next(case for case in cases if case.id == id_)
