"""The wording about clinics, loaded and checked."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA

_FIELDS: Mapping[str, frozenset[str]] = {
    "nearest": frozenset({"name", "km"}),
    "nearer": frozenset({"name", "km"}),
    "nearer_unmeasured": frozenset({"name"}),
    "own_far": frozenset({"name", "km", "place"}),
    "distance": frozenset({"name", "km", "place"}),
    "long_way": frozenset(),
    "own": frozenset({"name"}),
    "wished": frozenset({"name"}),
    "noted_place": frozenset({"place"}),
    "ask_distance": frozenset({"name"}),
    "own_distance": frozenset({"km", "place"}),
    "coming_soon": frozenset({"name"}),
    "nearest_unmeasured": frozenset({"name"}),
    "book": frozenset({"url"}),
    "call": frozenset({"phone"}),
    "address": frozenset({"address"}),
    "hours": frozenset({"hours"}),
    "services": frozenset({"services"}),
    "hours_open": frozenset({"now", "until"}),
    "hours_closed": frozenset({"now", "opens", "when"}),
    "hours_shut": frozenset({"now"}),
    "hours_today": frozenset(),
    "hours_tomorrow": frozenset(),
    "hours_later": frozenset({"day"}),
    "hours_closed_day": frozenset(),
    "hours_to": frozenset(),
    "hours_and": frozenset(),
    "hours_days": frozenset(),
    "hours_weekdays": frozenset(),
    "no_details": frozenset(),
    "unknown_details": frozenset({"what"}),
    "phone_number": frozenset(),
    "opening_hours": frozenset(),
    "others": frozenset({"clinics"}),
    "other": frozenset({"name"}),
    "other_distance": frozenset({"name", "km"}),
    "and": frozenset(),
    "ask_area": frozenset(),
    "near_area": frozenset({"area"}),
    "outside_ontario": frozenset(),
    "too_wide": frozenset({"name"}),
    "ambiguous": frozenset({"candidates"}),
    "or": frozenset(),
    "call_back_consent": frozenset({"name", "days"}),
    "call_back_asked": frozenset({"name"}),
    "call_back_withdrawn": frozenset(),
    "call_back_receipt": frozenset({"name", "reference", "day"}),
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
def texts() -> Mapping[str, str]:
    """The project's own wording, read once."""
    return load_texts()
