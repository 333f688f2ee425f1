"""The ``clinic`` event of the chat, and the answers to an area that names no clinic."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from rasa_project.clinics.directory import Clinic, Directory
from rasa_project.clinics.nearest import ClinicDistance, about_km, nearest
from rasa_project.clinics.places import AMBIGUOUS, OUTSIDE, TOO_WIDE, PlaceMatch
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

ALTERNATIVES = 2
"""How many other open clinics are named."""

_FIELDS: Mapping[str, frozenset[str]] = {
    "nearest": frozenset({"name", "km"}),
    "own": frozenset({"name"}),
    "own_distance": frozenset({"km", "place"}),
    "coming_soon": frozenset({"name"}),
    "coming_soon_nearest": frozenset({"name"}),
    "book": frozenset({"url"}),
    "call": frozenset({"phone"}),
    "address": frozenset({"address"}),
    "hours": frozenset({"hours"}),
    "no_details": frozenset(),
    "others": frozenset({"clinics"}),
    "other": frozenset({"name"}),
    "other_distance": frozenset({"name", "km"}),
    "and": frozenset(),
    "ask_area": frozenset(),
    "too_wide": frozenset({"name"}),
    "ambiguous": frozenset({"candidates"}),
    "or": frozenset(),
    "unknown": frozenset(),
    "outside": frozenset(),
}


def load_texts(file: Path = DATA / "clinics" / "texts.yml") -> Mapping[str, str]:
    """Loads the wording.

    Raises:
        DataError: A text is unknown, missing or empty, or has a {field} that nothing fills.
    """
    texts = check_keys(file, "", read_mapping(file), (), _FIELDS)
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise DataError(file, key, "must be a text that is not empty")
        for _, field, _, _ in Formatter().parse(text):
            if field is not None and field not in _FIELDS[key]:
                raise DataError(file, key, f"nothing fills {{{field}}}")
    return texts


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, str]:
    return load_texts()


def clinic_event(
    directory: Directory, place: PlaceMatch | None = None, page_clinic: str | None = None
) -> dict[str, Any] | None:
    """The ``clinic`` event: the page's own clinic if it is open, else the nearest open one.

    Args:
        directory: The clinics.
        place: Where the visitor is, if they said so.
        page_clinic: Slug of the clinic whose page the chat is on; a slug that is not in the
            directory counts as none.

    Returns:
        The event without ``seq``, ``at`` and ``from``. Unknown details are None; ``distance_km``
        is None when the visitor's place is unknown. None instead of an event when nothing says
        which clinic: ask for the area, or say :func:`area_text`.
    """
    point = place.point if place else None
    own = directory.by_slug(page_clinic)
    waiting = _not_open_yet(directory, place, own)
    if own and own.is_open:
        start = own.near.point
    elif point or waiting:
        start = point or waiting.near.point  # type: ignore[union-attr]
    else:
        return None
    order = _order(directory, start, point, own)
    first, others = order[0], order[1 : 1 + ALTERNATIVES]
    lines = _opening(first, place, own, waiting, known=point is not None)
    lines += _details(first.clinic)
    if others:
        lines.append(_others(others, known=point is not None))
    return {
        "type": "clinic",
        "text": "\n".join(lines),
        **_fields(first, point is not None),
        "hours": first.clinic.hours or None,
        "alternatives": [_fields(other, point is not None) for other in others],
    }


def area_text(place: PlaceMatch | None) -> str:
    """What to say to an area that names no clinic: ask which, ask closer, or say it is far away.

    Args:
        place: What :func:`~rasa_project.clinics.places.find_place` made of it; None to ask.
    """
    texts = _texts()
    if place is None:
        return texts["ask_area"]
    if place.kind == TOO_WIDE and place.name:
        return texts["too_wide"].format(name=place.name)
    if place.kind == AMBIGUOUS and place.candidates:
        return texts["ambiguous"].format(candidates=_listed(place.candidates, texts["or"]))
    return texts["outside"] if place.kind == OUTSIDE else texts["unknown"]


def _not_open_yet(
    directory: Directory, place: PlaceMatch | None, own: Clinic | None
) -> Clinic | None:
    """The clinic that the page or the visitor means and that has not opened."""
    if own:
        return None if own.is_open else own
    named = place.name if place and place.point and place.name else ""
    return directory.not_open_named(named)


def _order(
    directory: Directory, start: tuple[float, float], point: tuple[float, float] | None,
    own: Clinic | None,
) -> list[ClinicDistance]:  # fmt: skip
    order = list(nearest(start, directory))
    if own and own.is_open:
        first = ClinicDistance(own, about_km(point or start, own.near.point))
        order = [first, *(item for item in order if item.clinic.slug != own.slug)]
        if point:
            rest = [item for item in nearest(point, directory) if item.clinic.slug != own.slug]
            order = [first, *rest]
    return order


def _opening(
    first: ClinicDistance, place: PlaceMatch | None, own: Clinic | None, waiting: Clinic | None,
    known: bool,
) -> list[str]:  # fmt: skip
    texts = _texts()
    name, km = first.clinic.name, first.about_km
    if waiting:
        soon = texts["coming_soon"].format(name=waiting.name)
        after = texts["nearest"] if known else texts["coming_soon_nearest"]
        return [f"{soon} {after.format(name=name, km=km)}"]
    if own:
        said = texts["own"].format(name=name)
        if known and place:
            said += " " + texts["own_distance"].format(km=km, place=place.name)
        return [said]
    return [texts["nearest"].format(name=name, km=km)]


def _details(clinic: Clinic) -> list[str]:
    texts = _texts()
    lines = []
    if clinic.booking_url:
        lines.append(texts["book"].format(url=clinic.booking_url))
    if clinic.phone:
        lines.append(texts["call"].format(phone=clinic.phone))
    if not lines:
        lines.append(texts["no_details"])
    if clinic.address:
        lines.append(texts["address"].format(address=clinic.address))
    if clinic.hours:
        lines.append(texts["hours"].format(hours=clinic.hours))
    return lines


def _others(others: list[ClinicDistance], known: bool) -> str:
    texts = _texts()
    pattern = texts["other_distance"] if known else texts["other"]
    names = [pattern.format(name=other.clinic.name, km=other.about_km) for other in others]
    return texts["others"].format(clinics=_listed(names, texts["and"]))


def _listed(names: tuple[str, ...] | list[str], last: str) -> str:
    *first, end = names
    return f"{', '.join(first)}{last}{end}" if first else end


def _fields(item: ClinicDistance, known: bool) -> dict[str, Any]:
    return {
        "name": item.clinic.name,
        "slug": item.clinic.slug,
        "distance_km": item.about_km if known else None,
        "booking_url": item.clinic.booking_url or None,
        "phone": item.clinic.phone or None,
    }
