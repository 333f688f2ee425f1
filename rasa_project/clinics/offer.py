"""The ``clinic`` event of the chat, and the answers to an area that names no clinic."""

from typing import Any

from rasa_project.clinics.call_back import call_back_offer
from rasa_project.clinics.directory import Clinic, Directory
from rasa_project.clinics.nearest import ClinicDistance, about_km, nearest
from rasa_project.clinics.places import AMBIGUOUS, OUTSIDE, TOO_WIDE, PlaceMatch
from rasa_project.clinics.texts import texts

ALTERNATIVES = 2
"""How many other open clinics are named."""


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
        "call_back": call_back_offer(first.clinic),
        "alternatives": [_fields(other, point is not None) for other in others],
    }


def area_text(place: PlaceMatch | None) -> str:
    """What to say to an area that names no clinic: ask which, ask closer, or say it is far away.

    Args:
        place: What :func:`~rasa_project.clinics.places.find_place` made of it; None to ask.
    """
    words = texts()
    if place is None:
        return words["ask_area"]
    if place.kind == TOO_WIDE and place.name:
        return words["too_wide"].format(name=place.name)
    if place.kind == AMBIGUOUS and place.candidates:
        return words["ambiguous"].format(candidates=_listed(place.candidates, words["or"]))
    return words["outside"] if place.kind == OUTSIDE else words["unknown"]


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
    words = texts()
    name, km = first.clinic.name, first.about_km
    if waiting:
        soon = words["coming_soon"].format(name=waiting.name)
        after = words["nearest"] if known else words["coming_soon_nearest"]
        return [f"{soon} {after.format(name=name, km=km)}"]
    if own:
        said = words["own"].format(name=name)
        if known and place:
            said += " " + words["own_distance"].format(km=km, place=place.name)
        return [said]
    return [words["nearest"].format(name=name, km=km)]


def _details(clinic: Clinic) -> list[str]:
    words = texts()
    lines = []
    if clinic.booking_url:
        lines.append(words["book"].format(url=clinic.booking_url))
    if clinic.phone:
        lines.append(words["call"].format(phone=clinic.phone))
    if not lines:
        lines.append(words["no_details"])
    if clinic.address:
        lines.append(words["address"].format(address=clinic.address))
    if clinic.hours:
        lines.append(words["hours"].format(hours=clinic.hours))
    return lines


def _others(others: list[ClinicDistance], known: bool) -> str:
    words = texts()
    pattern = words["other_distance"] if known else words["other"]
    names = [pattern.format(name=other.clinic.name, km=other.about_km) for other in others]
    return words["others"].format(clinics=_listed(names, words["and"]))


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
        "tel": item.clinic.tel or None,
    }
