"""Where a visitor is, from what they typed: a postal code, a place, a crossing, roughly spelt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rasa_project.clinics.directory import Directory, default_directory
from rasa_project.clinics.nearest import Point, haversine_km
from rasa_project.clinics.place_data import Place, PlaceWords, load_areas, load_places, load_words
from rasa_project.clinics.place_index import Named, PlaceIndex, far_apart
from rasa_project.clinics.postal import find_area, find_misread_area

FAR_KM = 100.0
"""Further than this from every clinic, naming one would not help."""

FOUND, AMBIGUOUS, TOO_WIDE, UNKNOWN, OUTSIDE = (
    "found", "ambiguous", "too_wide", "unknown", "outside",
)  # fmt: skip
_LONGEST_NAME = 6
_LONGEST_TEXT = 300
_SHOWN = 4


@dataclass(frozen=True)
class PlaceMatch:
    """What a text says about where someone is.

    Attributes:
        kind: ``found``, ``ambiguous`` (ask which), ``too_wide`` (ask for a part of it),
            ``unknown`` or ``outside`` (over 100 km from every open clinic).
        name: The place to show, and to look up again; for a postal code its first three
            characters.
        fsa: The first three characters of a postal code; never more of it.
        lat: Degrees north; only when found.
        lon: Degrees east; only when found.
        candidates: Names to choose from when ambiguous.
    """

    kind: str
    name: str | None = None
    fsa: str | None = None
    lat: float | None = None
    lon: float | None = None
    candidates: tuple[str, ...] = ()

    @property
    def point(self) -> Point | None:
        """Latitude and longitude, or None unless found."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class PlaceFinder:
    """Finds places in text.

    Args:
        index: Places by name.
        areas: Ontario's postal areas.
        words: The words around place names.
        directory: The clinics, for what counts as too far.
    """

    def __init__(
        self, index: PlaceIndex, areas: dict[str, Place], words: PlaceWords, directory: Directory
    ) -> None:
        self._index = index
        self._areas = areas
        self._words = words
        self._clinics = directory.open_clinics()

    def find(self, text: str) -> PlaceMatch:
        """Reads a place out of an answer; never raises, whatever the text.

        Args:
            text: What the visitor wrote; only the first 300 characters are read.
        """
        text = text[:_LONGEST_TEXT]
        tokens = self._index.clean(text).split()
        spans = list(self._answers(tokens))
        answer = spans[-1] if spans else ""
        area = find_area(text)
        misread = None if area else find_misread_area(text, answer, self._words.not_postal)
        if area or (misread in self._areas):
            return self._area(area or str(misread))
        return (
            self._whole(spans)
            or self._crossing(tokens)
            or self._after_cue(tokens)
            or self._inside(tokens)
            or self._misspelt(spans)
            or self._wide_inside(tokens)
            or PlaceMatch(UNKNOWN)
        )

    def knows_area(self, area: str) -> bool:
        """Whether three characters are a postal area of Ontario that is in use."""
        return area in self._areas

    def named(self, text: str, misspelt: bool = True) -> tuple[PlaceMatch, str] | None:
        """The place that a text is the name of, and nothing else, with the kind of place.

        Args:
            text: A few words out of a message.
            misspelt: Whether a name close in spelling will do.

        Returns:
            The place and its kind (``municipality``, ``neighbourhood``, ``landmark/intersection``,
            or ``wide`` for what is too large to point at one clinic); None if it is none.
        """
        key = self._index.clean(text[:_LONGEST_TEXT])
        if key in self._words.wide:
            return PlaceMatch(TOO_WIDE, name=self._words.wide[key]), "wide"
        if not key or key in self._words.streets_first:
            return None
        found = self._index.exact(key) or (self._index.misspelt(key) if misspelt else [])
        if not found:
            return None
        best = next((named for named in found if named.own_name), found[0])
        match, own = self._among(found), best.place.name
        if match.name and match.name.replace(" ", "").casefold() == own.casefold():
            match = replace(match, name=own)  # "Thorn Hill"
        return match, best.place.kind

    def street(self, text: str) -> str | None:
        """The name of a street that some known crossing has, rightly spelt; None if it is none."""
        name = self._index.street_name(self._index.clean(text).split())
        return name.title() if self._index.is_street(name) else None

    def _area(self, area: str) -> PlaceMatch:
        place = self._areas.get(area)
        if place:
            return self._place(Named(area, place), fsa=area)
        # Another province's letter is far away; an Ontario code that is not in use is a slip.
        outside = area[0] not in "KLMNP"
        return PlaceMatch(OUTSIDE if outside else UNKNOWN, name=area, fsa=area)

    def _answers(self, tokens: list[str]) -> Iterator[str]:
        """The text without words before and after the place, longest first."""
        first, last = 0, len(tokens)
        while first < last and tokens[first] in self._words.lead:
            first += 1
        end = last
        while end > first and tokens[end - 1] in self._words.tail:
            end -= 1
        for start in range(first + 1):
            for stop in range(last, max(end, start) - 1, -1):
                if stop - start <= _LONGEST_NAME and stop > start:
                    yield " ".join(tokens[start:stop])

    def _whole(self, spans: list[str]) -> PlaceMatch | None:
        for span in sorted(spans, key=len, reverse=True):
            found = self._index.exact(span)
            if found:
                return self._among(found)
            if span in self._words.wide:
                return PlaceMatch(TOO_WIDE, name=self._words.wide[span])
            if span in self._words.far or all(word in self._words.far for word in span.split()):
                return PlaceMatch(OUTSIDE, name=span.title())
            street = self._index.street_name(span.split())
            if self._index.is_street(street) or street in self._words.streets_first:
                return PlaceMatch(TOO_WIDE, name=street.title())
        return None

    def _crossing(self, tokens: list[str]) -> PlaceMatch | None:
        for number, token in enumerate(tokens):
            if token not in ("and", "at", "n"):
                continue
            before, after = tokens[max(0, number - 4) : number], tokens[number + 1 : number + 5]
            # The longest names first: "don mills and york mills" before "mills and york".
            for left in range(len(before)):
                for right in range(len(after), 0, -1):
                    found = self._index.crossing(
                        self._index.street_name(before[left:]),
                        self._index.street_name(after[:right]),
                    )
                    if found:
                        return self._among(found)
        return None

    def _after_cue(self, tokens: list[str]) -> PlaceMatch | None:
        starts = [
            number + 1
            for number in range(len(tokens))
            if tokens[number] in self._words.cues
            or " ".join(tokens[max(0, number - 1) : number + 1]) in self._words.cues
        ]
        for start in starts:
            far = self._far_at(tokens, start)
            if far:
                return PlaceMatch(OUTSIDE, name=far.title())
        for look in (self._index.exact, self._index.misspelt):
            for start in starts:
                while start < len(tokens) and tokens[start] == "the":
                    start += 1
                for stop in range(min(len(tokens), start + _LONGEST_NAME), start, -1):
                    found = look(" ".join(tokens[start:stop]))
                    if found:
                        return self._among(found)
        return None

    def _far_at(self, tokens: list[str], start: int) -> str | None:
        """A far city named there, and no street of that name: "near Kingston Road" is none."""
        for stop in (start + 2, start + 1):
            name = " ".join(tokens[start:stop])
            after = tokens[stop] if stop < len(tokens) else ""
            street = after in self._words.street_words or after in ("and", "at", "park", "station")
            if name in self._words.far and not street:
                return None if self._index.exact(name) else name
        return None

    def _inside(self, tokens: list[str]) -> PlaceMatch | None:
        """A name in the middle of a sentence, unless it is an ordinary word as well."""
        for length in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                part = tokens[start : start + length]
                if len("".join(part)) < 4 or all(word in self._words.ordinary for word in part):
                    continue
                if all(word in self._words.lead | self._words.tail for word in part):
                    continue
                found = self._index.exact(" ".join(part))
                if found:
                    return self._among(found)
        return None

    def _misspelt(self, spans: list[str]) -> PlaceMatch | None:
        for span in sorted(set(spans), key=len):
            found = self._index.misspelt(span) if len(span.split()) <= 4 else []
            if found:
                return self._among(found)
        return None

    def _wide_inside(self, tokens: list[str]) -> PlaceMatch | None:
        for token in tokens:
            if token in self._words.wide:
                return PlaceMatch(TOO_WIDE, name=self._words.wide[token])
        return None

    def _among(self, found: list[Named]) -> PlaceMatch:
        if far_apart(named.place for named in found):
            shown = tuple(dict.fromkeys(named.place.name for named in found))
            return PlaceMatch(AMBIGUOUS, candidates=shown[:_SHOWN])
        return self._place(next((named for named in found if named.own_name), found[0]))

    def _place(self, named: Named, fsa: str | None = None) -> PlaceMatch:
        point = named.place.point
        if all(haversine_km(point, clinic.near.point) > FAR_KM for clinic in self._clinics):
            return PlaceMatch(OUTSIDE, name=named.label, fsa=fsa)
        if named.label.casefold() in self._words.wide:
            return PlaceMatch(TOO_WIDE, name=named.label)
        return PlaceMatch(FOUND, fsa or self._index.name_to_keep(named), fsa, *point)


@lru_cache(maxsize=1)
def default_finder() -> PlaceFinder:
    """A finder over the project's own data, built once."""
    words = load_words()
    index = PlaceIndex(load_places(), words)
    return PlaceFinder(index, load_areas(), words, default_directory())


def find_place(text: str) -> PlaceMatch:
    """Reads a place out of an answer with the project's own data; see :class:`PlaceFinder`."""
    return default_finder().find(text)
