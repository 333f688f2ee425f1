"""Reads the place files: postal areas, places with their other names, and the words around them."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

_AREA = re.compile(r"[A-Z][0-9][A-Z]")
MUNICIPALITY = "municipality"
_KINDS = (MUNICIPALITY, "neighbourhood", "landmark/intersection")
_LISTS = (
    "cues", "lead", "tail", "street_words", "streets_first", "far", "not_postal", "ordinary",
)  # fmt: skip
_PAIRS = ("replace", "street_spelling")


@dataclass(frozen=True)
class Place:
    """One row of ``places.csv`` or ``fsa.csv``.

    Attributes:
        name: As people write it.
        lat: Degrees north.
        lon: Degrees east.
        kind: ``municipality``, ``neighbourhood``, ``landmark/intersection`` or ``postal area``.
        aliases: Other names.
    """

    name: str
    lat: float
    lon: float
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


@dataclass(frozen=True)
class PlaceWords:
    """``place_words.yml``; its head describes every list. All lower case."""

    cues: frozenset[str]
    lead: frozenset[str]
    tail: frozenset[str]
    street_words: frozenset[str]
    streets_first: frozenset[str]
    far: frozenset[str]
    not_postal: frozenset[str]
    ordinary: frozenset[str]
    replace: Mapping[str, str]
    street_spelling: Mapping[str, str]
    wide: Mapping[str, str]


def load_places(file: Path = DATA / "clinics" / "places.csv") -> tuple[Place, ...]:
    """Loads municipalities, neighbourhoods, stations, malls and crossings.

    Raises:
        DataError: A column is missing or a row is unusable; the error names file and line.
    """
    places = []
    for line, row in _rows(file, ("name", "kind", "lat", "lon", "aliases"), "name"):
        if row["kind"] not in _KINDS:
            raise DataError(file, f"line {line}.kind", f"must be one of {', '.join(_KINDS)}")
        point = _point(file, line, row)
        places.append(Place(row["name"].strip(), *point, row["kind"], _aliases(row["aliases"])))
    return tuple(places)


def load_areas(file: Path = DATA / "clinics" / "fsa.csv") -> dict[str, Place]:
    """Loads the postal areas by their three characters; raises like :func:`load_places`."""
    areas = {}
    for line, row in _rows(file, ("fsa", "place", "lat", "lon"), "fsa"):
        area = row["fsa"].strip()
        if not _AREA.fullmatch(area) or area in areas:
            raise DataError(
                file, f"line {line}.fsa", "must be letter, digit, letter, and occur once"
            )
        areas[area] = Place(area, *_point(file, line, row), "postal area")
    return areas


def load_words(file: Path = DATA / "clinics" / "place_words.yml") -> PlaceWords:
    """Loads the words around place names.

    Raises:
        DataError: A key is unknown or missing, or a value is not of its kind.
    """
    content = check_keys(file, "", read_mapping(file), (), (*_LISTS, *_PAIRS, "wide"))
    values: dict[str, object] = {}
    for key in _LISTS:
        values[key] = frozenset(_texts(file, key, content[key]))
    for key in _PAIRS:
        if not isinstance(content[key], dict):
            raise DataError(file, key, "must be a mapping")
        values[key] = {str(word): str(same) for word, same in content[key].items()}
    if not isinstance(content["wide"], dict):
        raise DataError(file, "wide", "must be a mapping")
    values["wide"] = {
        word: name
        for name, words in content["wide"].items()
        for word in _texts(file, f"wide.{name}", words)
    }
    return PlaceWords(**values)  # type: ignore[arg-type]


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes, full stops and doubled spaces; & / @ become and."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = re.sub(r"['’`.]", "", text)
    text = re.sub(r"[&/@+]", " and ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def _texts(file: Path, key: str, raw: object) -> list[str]:
    if not isinstance(raw, list):
        raise DataError(file, key, "must be a list")
    return [fold(str(word)) for word in raw]


def _aliases(cell: str) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in cell.split("|") if alias.strip())


def _rows(file: Path, columns: tuple[str, ...], named: str) -> list[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(enumerate(reader, start=2))
    except OSError as error:
        raise DataError(file, "", f"cannot be read: {error.strerror}") from error
    if tuple(reader.fieldnames or ()) != columns:
        raise DataError(file, "line 1", f"the columns must be {', '.join(columns)}")
    for line, row in rows:
        if None in row.values() or None in row or not row[named].strip():
            raise DataError(file, f"line {line}", f"needs {len(columns)} cells and a {named}")
    return rows


def _point(file: Path, line: int, row: dict[str, str]) -> tuple[float, float]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        raise DataError(file, f"line {line}.lat", "lat and lon must be numbers") from None
    if not (41.6 <= lat <= 56.9 and -95.2 <= lon <= -74.3):
        raise DataError(file, f"line {line}.lat", "lat and lon must lie in Ontario")
    return lat, lon
