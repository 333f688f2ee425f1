"""What a message asks about clinics: the nearest to a place, one by name, or how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rasa_project.clinics.directory import Clinic, Directory
from rasa_project.clinics.place_data import fold
from rasa_project.clinics.places import FOUND, UNKNOWN, PlaceFinder, PlaceMatch
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

NEAREST, NAMED, DISTANCE, PLACE = "nearest", "named", "distance", "place"
"""Kinds: which clinic is nearest; about one clinic; how far one is; a place and nothing else."""

_LISTS = ("clinic", "booking", "nearest", "distance", "details")
_LONGEST_PLACE = 5
"""Words of a message that may be nothing but a place."""


@dataclass(frozen=True)
class ClinicQuestion:
    """A question about clinics.

    Attributes:
        kind: One of the four.
        place: Where the visitor is or asks about; None when they speak of themselves ("near me").
        clinic: The clinic that is named, open or not.
    """

    kind: str
    place: PlaceMatch | None = None
    clinic: Clinic | None = None


def load_question_words(
    file: Path = DATA / "clinics" / "question_words.yml",
) -> Mapping[str, tuple[str, ...]]:
    """Loads the words that ask about clinics.

    Raises:
        DataError: A list is unknown or missing, or holds something else than folded words.
    """
    lists = check_keys(file, "", read_mapping(file), (), _LISTS)
    for key, words in lists.items():
        if not isinstance(words, list) or not words:
            raise DataError(file, key, "must be a list of words")
        for word in words:
            if not isinstance(word, str) or fold(word) != word:
                raise DataError(file, key, f"{word!r} must be lower case without marks")
    return {key: tuple(words) for key, words in lists.items()}


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[str, ...]]:
    return load_question_words()


def read_question(
    text: str, finder: PlaceFinder, directory: Directory, asks: bool = False
) -> ClinicQuestion | None:
    """Reads a question about clinics.

    Args:
        text: What the visitor wrote.
        finder: Finds places.
        directory: The clinics.
        asks: Whether the message is known to ask about clinics, whatever its words.

    Returns:
        The question; None when there is none, or when it names neither a place nor "near me".
    """
    said = f" {fold(text)} "

    def has(key: str) -> bool:
        return any(f" {word} " in said for word in _words()[key])

    clinic = _named(said, directory)
    place = finder.find(text)
    if place.kind == UNKNOWN and place.fsa is None:
        place = _place_of(clinic, finder) or place
    known = place.kind != UNKNOWN or place.fsa is not None
    clinic = clinic or (directory.named(place.name) if place.kind == FOUND and place.name else None)
    if has("distance") and clinic is not None:
        return ClinicQuestion(DISTANCE, place, clinic)
    asked = asks or has("clinic") or has("booking")
    if clinic is not None and (has("booking") or has("details")):
        return ClinicQuestion(NAMED, place, clinic)
    if known and (asked or has("nearest") or has("distance")):
        return ClinicQuestion(NEAREST, place, clinic)
    if has("nearest") and (asked or len(said.split()) <= _LONGEST_PLACE):
        return ClinicQuestion(NEAREST)
    if known and _is_all(text, place, finder):
        return ClinicQuestion(PLACE, place, clinic)
    return None


def _named(said: str, directory: Directory) -> Clinic | None:
    """The clinic called by its name, or by its first word before "clinic" or the like."""
    for clinic in directory:
        name = fold(clinic.name)
        if f" {name} " in said:
            return clinic
        for word in ("clinic", "location", "office", "branch", "one"):
            if f" {name.split()[0]} {word} " in said:
                return clinic
    return None


def _place_of(clinic: Clinic | None, finder: PlaceFinder) -> PlaceMatch | None:
    return finder.find(clinic.name) if clinic is not None else None


def _is_all(text: str, place: PlaceMatch, finder: PlaceFinder) -> bool:
    """Whether a message is a place and nothing else."""
    words = fold(text).split()
    if not words or len(words) > _LONGEST_PLACE:
        return False
    if place.fsa is not None:
        return len("".join(words)) <= len("M4K1A1")
    named = finder.named(text)
    return named is not None and named[0].kind == place.kind
