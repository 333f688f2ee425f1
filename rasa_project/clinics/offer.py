"""The ``clinic`` event of the chat, and the answers to an area that names no clinic."""

from datetime import datetime
from typing import Any

from rasa_project.clinics.call_back import call_back_offer
from rasa_project.clinics.directory import Clinic, Directory
from rasa_project.clinics.nearest import (
    ClinicDistance,
    Point,
    about_km,
    haversine_km,
    is_much_nearer,
    nearest,
)
from rasa_project.clinics.places import AMBIGUOUS, OUTSIDE, TOO_WIDE, PlaceMatch
from rasa_project.clinics.texts import texts

ALTERNATIVES = 2
"""How many other open clinics are named."""

LONG_WAY_KM = 40
"""Beyond this the chat says that somebody closer may suit better: nobody is to be drawn across
the region for a visit that a neighbour can give."""


def clinic_event(
    directory: Directory,
    place: PlaceMatch | None = None,
    page_clinic: str | None = None,
    at: datetime | None = None,
    wished: Clinic | None = None,
) -> dict[str, Any] | None:
    """The ``clinic`` event: the page's own clinic unless another is much nearer, else the nearest.

    A clinic that the visitor asks for by name comes before both, if it is open.

    Args:
        directory: The clinics.
        place: Where the visitor is, if they said so.
        page_clinic: Slug of the clinic whose page the chat is on; a slug that is not in the
            directory counts as none.
        at: The moment, aware of its zone, for "open now"; None leaves that line out.
        wished: The clinic that the visitor asks for.

    Returns:
        The event without ``seq``, ``at`` and ``from``. Unknown details are None; ``distance_km``
        is None as well where there is nothing to measure: the visitor's place is unknown, or is
        the whole area that the clinic is called by. None instead of an event when nothing says
        which clinic: ask for the area, or say :func:`area_text`.
    """
    point = place.point if place else None
    own = wished or directory.by_slug(page_clinic)
    waiting = _not_open_yet(directory, place, own)
    start = point or (own.near.point if own else None) or (waiting.near.point if waiting else None)
    if start is None:
        return None
    order = _order(directory, start, own, swaps=wished is None)
    first, others = order[0], order[1 : 1 + ALTERNATIVES]
    known = point is not None
    lines = _opening(order, place, own, waiting, "own" if wished is None else "wished")
    lines += _details(first.clinic, at, asked_for=wished is not None)
    if others:
        lines.append(_others(others, known))
    hours = first.clinic.hours
    return {
        "type": "clinic",
        "text": "\n".join(lines),
        **_fields(first, known and not _is_clinics_own(place, first.clinic)),
        "address": first.clinic.address or None,
        "hours": hours.text() if hours else None,
        "services": list(first.clinic.services),
        "call_back": call_back_offer(first.clinic),
        "alternatives": [_fields(other, known) for other in others],
    }


def distance_text(clinic: Clinic, place: PlaceMatch) -> str:
    """How far a clinic is from a place that is found; one that has not opened is said to be so."""
    words = texts()
    assert place.point is not None
    km = about_km(place.point, clinic.near.point)
    said = words["distance"].format(name=clinic.name, km=km, place=place.name)
    return said if clinic.is_open else f"{said} {words['coming_soon'].format(name=clinic.name)}"


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
    """The clinic that has not opened and that the page or the place means, or that is nearest."""
    if own and not own.is_open:
        return own
    point = place.point if place else None
    if place is None or point is None:
        return None
    named = directory.named(place.name or "")
    closest = named or min(directory, key=lambda clinic: haversine_km(point, clinic.near.point))
    return None if closest.is_open else closest


def _order(
    directory: Directory, start: Point, own: Clinic | None, swaps: bool
) -> list[ClinicDistance]:
    """Open clinics as they are to be named: the page's own first, unless one is much nearer."""
    order = list(nearest(start, directory))
    if own is None or not own.is_open:
        return order
    mine = next(item for item in order if item.clinic.slug == own.slug)
    rest = [item for item in order if item is not mine]
    if swaps and is_much_nearer(order[0].clinic, own, start):
        return [order[0], mine, *rest[1:]]
    return [mine, *rest]


def _opening(
    order: list[ClinicDistance], place: PlaceMatch | None, own: Clinic | None,
    waiting: Clinic | None, key: str,
) -> list[str]:  # fmt: skip
    words = texts()
    first = order[0]
    name, km = first.clinic.name, first.about_km
    known = place is not None and place.point is not None
    said = [words["coming_soon"].format(name=waiting.name)] if waiting else []
    if place is not None and place.kind == OUTSIDE:
        said.append(words["outside"])
    if own and own.is_open and first.clinic is own:
        said.append(words[key].format(name=name))
        if place is not None and known and not _is_clinics_own(place, own):
            said.append(words["own_distance"].format(km=km, place=place.name))
    elif own and own.is_open and place is not None:
        near = "nearer_unmeasured" if _is_clinics_own(place, first.clinic) else "nearer"
        said.append(words[near].format(name=name, km=km))
        said.append(words["own_far"].format(name=own.name, km=order[1].about_km, place=place.name))
    else:
        measured = known and not _is_clinics_own(place, first.clinic)
        said.append(words["nearest" if measured else "nearest_unmeasured"].format(name=name, km=km))
    if known and km > LONG_WAY_KM:
        said.append(words["long_way"])
    return [" ".join(said)]


def _is_clinics_own(place: PlaceMatch | None, clinic: Clinic) -> bool:
    """Whether the place is all of the area that the clinic is called by: no distance to tell."""
    return place is not None and place.name is not None and place.name == clinic.name


def _details(clinic: Clinic, at: datetime | None, asked_for: bool) -> list[str]:
    words = texts()
    lines = []
    if clinic.booking_url:
        lines.append(words["book"].format(url=clinic.booking_url))
    if clinic.phone:
        lines.append(words["call"].format(phone=clinic.phone))
    unknown = [] if clinic.phone else [words["phone_number"]]
    if asked_for and clinic.hours is None:
        unknown.append(words["opening_hours"])
    said = []
    if unknown:
        said.append(words["unknown_details"].format(what=_listed(unknown, words["or"])))
    if not clinic.booking_url:
        said.append(words["no_details"])
    if said:
        lines.append(" ".join(said))
    if clinic.address:
        lines.append(words["address"].format(address=clinic.address))
    if clinic.hours:
        line = words["hours"].format(hours=clinic.hours.text())
        lines.append(f"{line} {clinic.hours.now(at)}" if at else line)
    if clinic.services:
        lines.append(words["services"].format(services=", ".join(clinic.services)))
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
