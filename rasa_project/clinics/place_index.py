"""Names to points: exact, close in spelling, or the crossing of two streets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rasa_project.clinics.nearest import haversine_km
from rasa_project.clinics.place_data import MUNICIPALITY, Place, PlaceWords, fold

SAME_PLACE_KM = 1.5
"""Two places that share a name and lie closer than this are one for choosing a clinic."""

SPELLING = 0.75
"""Least similarity (0-1, optimal string alignment over length) at which a name counts as misspelt.
Measured on 104 misspelt places and 4,183 other words: 0.70 finds 100 places and takes 54 words for
one, 0.75 finds 99 and 17 (now in the list of ordinary words), 0.80 finds 95 and 3, 0.86 finds 75.
The examples are in ``tests/unit/clinics/test_place_spelling.py``."""

STREET_SPELLING = 0.75
"""The same for one street of a crossing: the other street vouches for it."""

_SHORTEST_MISSPELT = 5
_CLOSE_SECOND = 0.03


@dataclass(frozen=True)
class Named:
    """A place under the name by which it was found.

    Attributes:
        label: The name to show.
        place: The row.
        own_name: Whether it is the row's own name rather than another name for it.
        said: The name by which it was found, as the row writes it.
    """

    label: str
    place: Place
    own_name: bool = True
    said: str = ""


def far_apart(places: Iterable[Place]) -> bool:
    """Whether any two of the places lie further apart than :data:`SAME_PLACE_KM`."""
    places = list(places)
    return any(
        haversine_km(one.point, other.point) > SAME_PLACE_KM
        for number, one in enumerate(places)
        for other in places[number + 1 :]
    )


class PlaceIndex:
    """Looks names up among the places.

    Args:
        places: Rows of ``places.csv``.
        words: The words around place names.
    """

    def __init__(self, places: Iterable[Place], words: PlaceWords) -> None:
        self._words = words
        self._names: dict[str, list[Named]] = {}
        self._crossings: dict[frozenset[str], list[Named]] = {}
        places = list(places)
        for place in places:
            for label, own in _labels(place):
                self._add(label, place, own)
        self._streets = {street for pair in self._crossings for street in pair}
        for place in places:
            bare = _bare(place.name)
            # "Dundas (Hamilton)": the bare name belongs to the street unless no street has it.
            if bare != place.name and self.clean(bare) not in self._streets:
                self._add(bare, place, own=True)
        self._joined: dict[str, str] = {
            key.replace(" ", ""): key for key in self._names if len(key) >= _SHORTEST_MISSPELT
        }

    def clean(self, text: str) -> str:
        """Folds a text and writes what has several spellings in one."""
        text = f" {fold(text)} "
        for said, same in self._words.replace.items():
            text = text.replace(f" {said} ", f" {same} ")
        return " ".join(text.split())

    def is_street(self, key: str) -> bool:
        """Whether a cleaned text is the name of a street that some known crossing has."""
        return key in self._streets

    def exact(self, key: str) -> list[Named]:
        """The places with that cleaned name.

        Where the name is only another name for a place and a street elsewhere has it too
        ("Woodbine"), the street's crossings are among them.
        """
        if key in self._words.streets_first:
            return []
        found = list(self._names.get(key, ()))
        if found and key in self._streets and not any(named.own_name for named in found):
            found += [
                named
                for named in self.crossings_of(key)
                if far_apart([found[0].place, named.place])
            ]
        return found

    def crossings_of(self, street: str) -> list[Named]:
        """Known crossings on a street."""
        return [named[0] for pair, named in self._crossings.items() if street in pair]

    def misspelt(self, key: str) -> list[Named]:
        """The places whose name is closest to a misspelt one; several when it is a close call."""
        joined = key.replace(" ", "")
        if len(joined) < _SHORTEST_MISSPELT or self._only_ordinary(key):
            return []
        scored = process.extract(
            joined, self._joined.keys(), scorer=OSA.normalized_similarity,
            score_cutoff=SPELLING, limit=5,
        )  # fmt: skip
        if not scored:
            return []
        best = scored[0][1]
        keys = [self._joined[name] for name, score, _ in scored if score >= best - _CLOSE_SECOND]
        return [named for name in keys for named in self.exact(name)]

    def _only_ordinary(self, key: str) -> bool:
        words = self._words
        return all(word in words.ordinary or word in words.tail for word in key.split())

    def crossing(self, one: str, other: str) -> list[Named]:
        """The crossing of two streets, each by its name, its beginning, or close to it."""
        best: list[Named] = []
        best_score = 0.0
        for pair, named in self._crossings.items():
            first, second = sorted(pair)
            score = max(
                self._pair_score(one, first, other, second),
                self._pair_score(one, second, other, first),
            )
            if score > best_score:
                best, best_score = list(named), score
            elif score and score == best_score:
                best += named
        return best

    def _pair_score(self, one: str, street: str, other: str, crossing: str) -> float:
        scores = self._street_score(one, street), self._street_score(other, crossing)
        # A few first letters count only beside a street that is written out.
        return sum(scores) if min(scores) > 0 and max(scores) >= STREET_SPELLING else 0.0

    def _street_score(self, said: str, street: str) -> float:
        if said == street:
            return 1.0
        similarity = float(OSA.normalized_similarity(said, street))
        if similarity >= STREET_SPELLING and len(said) >= _SHORTEST_MISSPELT - 1:
            return similarity
        return 0.7 if len(said) >= 2 and street.startswith(said) else 0.0

    def name_to_keep(self, named: Named) -> str:
        """A name that leads back to the same place: only the name is kept, not the text."""
        for name in (named.label, named.said, named.place.name):
            found = [other.place for other in self.exact(self.clean(name))]
            if named.place in found and not far_apart(found):
                return name
        return named.label

    def street_name(self, tokens: list[str]) -> str:
        """A street as the index has it: without "street" or "avenue" at the end, rightly spelt."""
        while len(tokens) > 1 and tokens[-1] in self._words.street_words:
            tokens = tokens[:-1]
        name = " ".join(tokens)
        return self._words.street_spelling.get(name, name)

    def _add(self, label: str, place: Place, own: bool) -> None:
        key = self.clean(label)
        streets = [self.street_name(side.split()) for side in re.split(r" (?:and|at) ", key)]
        if len(streets) == 2 and "station" not in key:
            key = self.clean(_bare(label))
            streets = [self.street_name(side.split()) for side in re.split(r" (?:and|at) ", key)]
            kept = self._crossings.setdefault(frozenset(streets), [])
        else:
            kept = self._names.setdefault(key, [])
        if all(other.place is not place for other in kept):
            kept.append(Named(_shown(label, place), place, own, label))


def _labels(place: Place) -> Iterator[tuple[str, bool]]:
    yield place.name, True
    parts = place.name.split("-")
    for alias in place.aliases:
        yield alias, alias in parts
        if _bare(alias) != alias:
            yield _bare(alias), False


def _bare(name: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", name).split())


def _shown(label: str, place: Place) -> str:
    """The name to say back: the visitor's own, unless that is a nickname or another spelling."""
    name = _bare(place.name)
    said, own = fold(label).replace(" ", ""), fold(name).replace(" ", "")
    misspelt = not own.startswith(said) and OSA.normalized_similarity(said, own) >= SPELLING
    if place.kind == MUNICIPALITY or label.islower() or misspelt:
        return name
    return _bare(label)
