"""Loads ``data/redaction``: names, and the words around names and addresses."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

_LISTS = (
    "titles", "relations", "roles", "greetings", "farewells", "speech", "particles", "stop",
    "groups", "brands", "after", "before", "not_street", "towards", "units",
)  # fmt: skip
_COMMON, _EVERYDAY = 2_000_000, 20_000_000
"""Counts in SymSpell's list from which a word is common (some 14,000 are) or everyday (2,900)."""
_NAMES = ("given", "family", "doubtful_given", "doubtful_family")
_NAMES_TOO = ("particles", "brands", "before", "after")
_STREETS = ("strong", "weak", "french", "numbered")


def plain(text: str) -> str:
    """Lower case, without accents, straight apostrophes: as the lists are written."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return text.lower()


@dataclass(frozen=True)
class Words:
    """``words.yml``, whose head describes every list, and the names; all as :func:`plain` gives.

    ``given`` and ``family`` are names that English does not use for something else, the doubtful
    ones are names that it does. ``english`` are ordinary
    words and those of the project's own language data, ``common`` those that slips are measured
    against, ``everyday`` those that are no name even with a capital,
    ``known`` given names that occur in English texts.
    ``places`` are names of places of two words and more.
    """

    titles: frozenset[str]
    relations: frozenset[str]
    roles: frozenset[str]
    greetings: frozenset[str]
    farewells: frozenset[str]
    speech: frozenset[str]
    particles: frozenset[str]
    stop: frozenset[str]
    groups: frozenset[str]
    brands: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    not_street: frozenset[str]
    towards: frozenset[str]
    units: frozenset[str]
    strong_streets: frozenset[str]
    weak_streets: frozenset[str]
    french_streets: frozenset[str]
    numbered_streets: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    doubtful_given: frozenset[str]
    doubtful_family: frozenset[str]
    english: frozenset[str]
    common: frozenset[str]
    everyday: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Both kinds of doubtful names."""
        return self.doubtful_given | self.doubtful_family

    def is_ordinary(self, word: str) -> bool:
        """Whether a word, plain, is English, or one slip of the finger away from it."""
        return word in self.english or (len(word) > 3 and self.is_slip(word))

    def is_slip(self, word: str) -> bool:
        """Whether a word, plain, is one slip of the finger away from a common one."""
        near = _by_shape(self).get((word[0], len(word)), ())
        return process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1) is not None

    def is_street_name(self, word: str) -> bool:
        """Whether a word, plain, can name a street: a known place's, a name, or no English word."""
        return (
            word in _place_words(self)
            or word in self.given
            or word in self.family
            or word in self.doubtful
            or word not in self.english
        )


@cache
def _by_shape(words: Words) -> dict[tuple[str, int], list[str]]:
    """Common words by first letter and length, give or take one."""
    made: dict[tuple[str, int], list[str]] = {}
    for word in words.common:
        for length in (len(word) - 1, len(word), len(word) + 1):
            made.setdefault((word[0], length), []).append(word)
    return made


@cache
def _place_words(words: Words) -> frozenset[str]:
    return frozenset(word for place in words.places for word in place.split())


def load_words(folder: Path = DATA / "redaction") -> Words:
    """Loads the lists.

    Raises:
        DataError: A file is missing, or a key is unknown, missing, or not a list of texts.
    """
    file = folder / "words.yml"
    content = check_keys(file, "", read_mapping(file), (), (*_LISTS, "streets"))
    streets = check_keys(file, "streets", content["streets"], (), _STREETS)
    lists = {key: _texts(file, key, content[key]) for key in _LISTS}
    kinds = {f"{key}_streets": _texts(file, f"streets.{key}", streets[key]) for key in _STREETS}
    names = {key: _lines(folder / f"{key}_names.txt") for key in _NAMES}
    no_name = frozenset().union(*(lists[key] for key in lists if key not in _NAMES_TOO))
    for key in names:
        names[key] -= no_name
    counts = english_counts()
    places = _places()
    used = _used() | {word for place in places for word in place.split()}
    proper = _lines(folder / "proper_words.txt")
    listed = names["given"] | names["family"] | (proper - no_name)
    return Words(
        **lists,
        **kinds,
        **names,
        english=(frozenset(counts) | used) - listed,
        common=(frozenset(w for w, count in counts.items() if count >= _COMMON) | used) - listed,
        everyday=frozenset(w for w, count in counts.items() if count >= _EVERYDAY) - listed,
        known=names["given"] & frozenset(counts),
        places=places,
    )


@cache
def project_words() -> Words:
    """The shipped lists, loaded once."""
    return load_words()


def _texts(file: Path, key: str, value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
        raise DataError(file, key, "must be a list of words")
    return frozenset(map(plain, value))


def _lines(file: Path) -> frozenset[str]:
    try:
        return frozenset(file.read_text(encoding="utf-8").split())
    except OSError as error:
        raise DataError(file, "", f"cannot be read: {error.strerror}") from error


def english_counts() -> dict[str, int]:
    """The words of SymSpell's list, with how often they were counted."""
    listed = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    pairs = (line.split(" ") for line in listed.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, count in pairs}


def _used() -> frozenset[str]:
    """The words of the language data: what visitors say about heels, misspelt words too."""
    made: set[str] = set()
    for folder in ("language", "nlu"):
        for file in sorted((DATA / folder).rglob("*.yml")):
            made.update(re.findall(r"[a-z]{2,}", plain(file.read_text(encoding="utf-8"))))
    return frozenset(made)


def _places() -> frozenset[str]:
    """Names of places, without the marks between their words."""
    made = set()
    with (DATA / "clinics" / "places.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for name in (row["name"], *row["aliases"].split("|")):
                made.add(" ".join(re.findall(r"[\w']+", plain(name))))
    return frozenset(made - {""})
