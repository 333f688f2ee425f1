"""Reads and checks ``data/clinical/articles.yml``: the head of that file describes every key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_list, read_mapping
from rasa_project.settings import DATA

_NEEDED = ("id", "button", "answer", "sources")
_OPTIONAL = ("fact", "known")
_FILLED = {"answer": {"open_clinics", "coming_soon"}, "known": {"value"}, "button": set[str]()}
_ID = re.compile(r"[a-z]+(_[a-z]+)*")


@dataclass(frozen=True)
class Article:
    """One question that a visitor may ask at any time.

    Attributes:
        id: Its name; the training phrases stand under ``ask/<id>``.
        button: The question in a few words.
        answer: What is said; where a fact of the business is unknown, that it is.
        sources: Ids of the clinical sources; empty where nothing clinical is said.
        fact: Name of the fact of the business that it hangs on; empty if on none.
        known: What is said once that fact is known.
    """

    id: str
    button: str
    answer: str
    sources: tuple[str, ...]
    fact: str = ""
    known: str = ""


def load_articles(folder: Path = DATA / "clinical") -> Mapping[str, Article]:
    """Loads the articles, by id.

    Args:
        folder: Holds ``articles.yml`` and ``sources.yml``.

    Raises:
        DataError: A key is unknown or missing, an id occurs twice, a text is empty or has a
            {field} that nothing fills, or a source is unknown; the error names file and key.
    """
    file = folder / "articles.yml"
    known_sources = set(read_mapping(folder / "sources.yml"))
    articles: dict[str, Article] = {}
    for number, raw in enumerate(read_list(file)):
        key = str(raw.get("id", number)) if isinstance(raw, dict) else str(number)
        article = _article(file, key, raw, known_sources)
        if article.id in articles:
            raise DataError(file, f"{key}.id", "is used by two entries")
        articles[article.id] = article
    return articles


@lru_cache(maxsize=1)
def default_articles() -> Mapping[str, Article]:
    """The project's own articles, read once."""
    return load_articles()


def _article(file: Path, key: str, raw: Any, known_sources: set[str]) -> Article:
    entry = dict(check_keys(file, key, raw, _OPTIONAL, _NEEDED))
    if not isinstance(entry["id"], str) or not _ID.fullmatch(entry["id"]):
        raise DataError(file, f"{key}.id", "must be lower-case words joined by _")
    for name in ("button", "answer", *(n for n in _OPTIONAL if n in entry)):
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise DataError(file, f"{key}.{name}", "must be a text that is not empty")
        entry[name] = entry[name].strip()
    if bool(entry.get("fact")) != bool(entry.get("known")):
        raise DataError(file, f"{key}.fact", "fact and known belong together")
    for name, fields in _FILLED.items():
        for _, field, _, _ in Formatter().parse(entry.get(name, "")):
            if field is not None and field not in fields:
                raise DataError(file, f"{key}.{name}", f"nothing fills {{{field}}}")
    sources = entry["sources"]
    if not isinstance(sources, list) or not set(map(str, sources)) <= known_sources:
        raise DataError(file, f"{key}.sources", "must be a list of ids of sources.yml")
    return Article(**{**entry, "sources": tuple(sources)})
