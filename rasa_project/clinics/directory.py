"""The clinics as the owner filled them in: loaded, checked, looked up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rasa_project.clinics.hours import OpeningHours, read_hours
from rasa_project.clinics.phones import read_phone
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_list
from rasa_project.settings import DATA

OPEN, COMING_SOON = "open", "coming_soon"
_TEXTS = ("address", "phone", "booking_url")
_DETAILS = (*_TEXTS, "hours", "services")
_KEYS = ("slug", "name", "status", *_DETAILS, "near", "confirmed_by", "confirmed_on")
_NEAR_KEYS = ("lat", "lon", "approximate", "note", "source")
# Ontario's extremes, rounded outwards: a swapped or mistyped coordinate falls outside.
_LATITUDES, _LONGITUDES = (41.6, 56.9), (-95.2, -74.3)


@dataclass(frozen=True)
class Near:
    """A clinic's point.

    Attributes:
        lat: Degrees north.
        lon: Degrees east (negative here).
        approximate: Whether the point stands for an area rather than the clinic's door.
        note: What the point stands for.
        source: Where it comes from.
    """

    lat: float
    lon: float
    approximate: bool
    note: str
    source: str

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


@dataclass(frozen=True)
class Clinic:
    """One clinic, keyed as in ``data/clinics/clinics.yml``; what is empty or None is unknown."""

    slug: str
    name: str
    status: str
    address: str
    phone: str
    booking_url: str
    hours: OpeningHours | None
    services: tuple[str, ...]
    near: Near
    confirmed_by: str
    confirmed_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether visitors may be sent there."""
        return self.status == OPEN

    @property
    def tel(self) -> str:
        """The link that dials the clinic; empty when the phone is unknown."""
        phone = read_phone(self.phone)
        return phone.link if phone else ""


@dataclass(frozen=True)
class Unconfirmed:
    """A field that nobody has vouched for.

    Attributes:
        slug: The clinic.
        field: The key of ``clinics.yml``.
        reason: ``empty``, ``approximate`` or ``not confirmed``.
    """

    slug: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.slug}.{self.field}: {self.reason}"


class Directory:
    """All clinics, open or not.

    Args:
        clinics: In the order they are to be shown where nothing is nearer.
    """

    def __init__(self, clinics: tuple[Clinic, ...]) -> None:
        self._clinics = {clinic.slug: clinic for clinic in clinics}

    def __iter__(self) -> Iterator[Clinic]:
        return iter(self._clinics.values())

    def __len__(self) -> int:
        return len(self._clinics)

    def by_slug(self, slug: str | None) -> Clinic | None:
        """The clinic with that slug, whatever its status, or None."""
        return self._clinics.get(slug or "")

    def open_clinics(self) -> tuple[Clinic, ...]:
        """Clinics that visitors may be sent to."""
        return tuple(clinic for clinic in self if clinic.is_open)

    def named(self, name: str) -> Clinic | None:
        """The clinic of that name, open or not, or None; case does not matter."""
        wanted = name.casefold().strip()
        return next((c for c in self if wanted in (c.name.casefold(), c.slug)), None)

    def unconfirmed_fields(self) -> tuple[Unconfirmed, ...]:
        """Every field to warn about at start-up: empty, a stand-in, or not vouched for."""
        return tuple(item for clinic in self for item in _unconfirmed(clinic))


def _unconfirmed(clinic: Clinic) -> Iterator[Unconfirmed]:
    confirmed = bool(clinic.confirmed_by)
    for name in ("name", "status"):
        if not confirmed:
            yield Unconfirmed(clinic.slug, name, "not confirmed")
    for name in _DETAILS:
        if not getattr(clinic, name):
            yield Unconfirmed(clinic.slug, name, "empty")
        elif not confirmed:
            yield Unconfirmed(clinic.slug, name, "not confirmed")
    if clinic.near.approximate:
        yield Unconfirmed(clinic.slug, "near", "approximate")
    elif not confirmed:
        yield Unconfirmed(clinic.slug, "near", "not confirmed")


def load_directory(file: Path = DATA / "clinics" / "clinics.yml") -> Directory:
    """Loads and checks the clinics.

    Args:
        file: The YAML list; its head describes every key.

    Raises:
        DataError: A key is unknown or missing, a value is unusable, a slug occurs twice, or no
            clinic is open; the error names file and key.
    """
    clinics: dict[str, Clinic] = {}
    for number, raw in enumerate(read_list(file)):
        slug = raw.get("slug", number) if isinstance(raw, dict) else number
        clinic = _clinic(file, str(slug), raw)
        if clinic.slug in clinics:
            raise DataError(file, f"{clinic.slug}.slug", "is used by two clinics")
        clinics[clinic.slug] = clinic
    directory = Directory(tuple(clinics.values()))
    if not directory.open_clinics():
        raise DataError(file, "", "no clinic is open: visitors would have nowhere to go")
    return directory


@lru_cache(maxsize=1)
def default_directory() -> Directory:
    """The project's own clinics, read once."""
    return load_directory()


def _clinic(file: Path, key: str, raw: Any) -> Clinic:
    entry = dict(check_keys(file, key, raw, (), _KEYS))
    for name in ("slug", "name", "status", *_TEXTS, "confirmed_by"):
        if not isinstance(entry[name], str):
            raise DataError(file, f"{key}.{name}", 'must be a text; write "" when unknown')
        entry[name] = entry[name].strip()
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["slug"]):
        raise DataError(file, f"{key}.slug", "must be lower-case letters, digits and hyphens")
    if not entry["name"]:
        raise DataError(file, f"{key}.name", "must not be empty")
    if entry["status"] not in (OPEN, COMING_SOON):
        raise DataError(file, f"{key}.status", f"must be {OPEN} or {COMING_SOON}")
    if entry["phone"] and read_phone(entry["phone"]) is None:
        raise DataError(file, f"{key}.phone", "must be a phone number with area code, or empty")
    if entry["booking_url"]:
        _check_url(file, f"{key}.booking_url", entry["booking_url"])
    entry["hours"] = read_hours(file, f"{key}.hours", entry["hours"])
    entry["services"] = _services(file, f"{key}.services", entry["services"])
    entry["near"] = _near(file, f"{key}.near", entry["near"])
    entry["confirmed_on"] = _day(file, f"{key}.confirmed_on", entry["confirmed_on"])
    if bool(entry["confirmed_by"]) != bool(entry["confirmed_on"]):
        raise DataError(file, f"{key}.confirmed_on", "name and day of the check belong together")
    return Clinic(**entry)


def _check_url(file: Path, key: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or re.search(r"\s", url):
        raise DataError(file, key, "must be an https address, or empty")


def _services(file: Path, key: str, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, str) and one.strip() for one in raw):
        raise DataError(file, key, "must be a list of texts; write [] when unknown")
    return tuple(one.strip() for one in raw)


def _near(file: Path, key: str, raw: Any) -> Near:
    entry = check_keys(file, key, raw, (), _NEAR_KEYS)
    for name, (low, high) in (("lat", _LATITUDES), ("lon", _LONGITUDES)):
        value = entry[name]
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise DataError(file, f"{key}.{name}", f"must be from {low} to {high} (Ontario)")
    if not isinstance(entry["approximate"], bool):
        raise DataError(file, f"{key}.approximate", "must be true or false")
    for name in ("note", "source"):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise DataError(file, f"{key}.{name}", "must be a text that is not empty")
    return Near(**entry)


def _day(file: Path, key: str, raw: Any) -> date | None:
    if raw == "":
        return None
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise DataError(file, key, "must be a day as YYYY-MM-DD, or empty") from None
