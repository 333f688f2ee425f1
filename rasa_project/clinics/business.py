"""What is known of the business when a visitor asks: prices, hours, parking. Unknown is empty."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rasa_project.clinics.directory import Clinic, Directory
from rasa_project.clinics.hours import OpeningHours
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

OF_ALL = ("prices", "direct_billing", "referral", "cancellation", "parking")
"""Facts that hold for every clinic: keys of ``data/clinics/business.yml``."""

OF_EACH = ("address", "phone", "booking_url", "hours")
"""Facts that every clinic has its own of: keys of ``data/clinics/clinics.yml``."""

OPEN = "open:"
"""``open:<slug>`` is known once that clinic is open."""


def load_business(file: Path = DATA / "clinics" / "business.yml") -> Mapping[str, str]:
    """Loads what holds for every clinic; an empty text means unknown.

    Raises:
        DataError: A key is unknown or missing, a value is no text, or something was filled in
            that nobody vouches for; the error names file and key.
    """
    content = check_keys(
        file, "", read_mapping(file), (), (*OF_ALL, "confirmed_by", "confirmed_on")
    )
    for name in (*OF_ALL, "confirmed_by"):
        if not isinstance(content[name], str):
            raise DataError(file, name, 'must be a text; write "" when unknown')
    if bool(content["confirmed_by"]) != bool(content["confirmed_on"]):
        raise DataError(file, "confirmed_on", "name and day of the check belong together")
    if any(content[name] for name in OF_ALL) and not content["confirmed_by"]:
        raise DataError(file, "confirmed_by", "must name who checked what was filled in")
    return {name: content[name].strip() for name in OF_ALL}


@lru_cache(maxsize=1)
def default_business() -> Mapping[str, str]:
    """The project's own facts, read once."""
    return load_business()


def is_fact(name: str, directory: Directory) -> bool:
    """Whether there is such a fact to ask for."""
    if name.startswith(OPEN):
        return directory.by_slug(name.removeprefix(OPEN)) is not None
    return name in OF_ALL or name in OF_EACH


def fact_value(
    name: str, business: Mapping[str, str], directory: Directory, own: Clinic | None
) -> str:
    """What is known of one fact; empty when it is unknown.

    Args:
        name: One of ``OF_ALL``, of ``OF_EACH``, or ``open:<slug>``.
        business: From :func:`load_business`.
        directory: The clinics; those that have not opened are left out.
        own: The clinic on whose page the chat is. Its value alone is given, if it has one.
    """
    if name.startswith(OPEN):
        clinic = directory.by_slug(name.removeprefix(OPEN))
        return clinic.name if clinic is not None and clinic.is_open else ""
    if name in OF_ALL:
        return business[name]
    if own is not None and own.is_open and getattr(own, name):
        return f"{own.name}: {_written(own, name)}"
    told = [f"{c.name}: {_written(c, name)}" for c in directory.open_clinics() if getattr(c, name)]
    return "\n".join(told)


def _written(clinic: Clinic, name: str) -> str:
    value = getattr(clinic, name)
    return value.text() if isinstance(value, OpeningHours) else str(value)
