"""Headings and fixed sentences of the summary, read from ``words.yml``."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping

_KEYS = (
    "title", "reference", "made", "automated", "rules_version", "unsigned", "what_to_do",
    "no_outcome", "emergency", "check", "check_on", "check_code", "plan", "clinic", "present",
    "absent", "unsure", "not_asked", "nothing", "said", "page", "therapist", "therapist_note",
    "level", "reasons", "irritability", "not_graded", "flags_present", "flags_unsure",
    "flags_denied", "flags_not_asked", "denied_all", "none_else", "not_certain", "quotes",
    "screening", "history", "calendar_title", "calendar_text", "calendar_text_without_code",
)  # fmt: skip
_WORDS = Path(__file__).with_name("words.yml")


def load_words(file: Path = _WORDS) -> Mapping[str, str]:
    """Loads headings and fixed sentences.

    Raises:
        DataError: A key is unknown, missing or empty.
    """
    words = check_keys(file, "", read_mapping(file), (), _KEYS)
    for key, text in words.items():
        if not isinstance(text, str) or not text.strip():
            raise DataError(file, key, "must be a text that is not empty")
    return words


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """The project's own words, read once."""
    return load_words()


def day_words(day: date) -> str:
    """A day as it is written to visitors: "December 9, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"
