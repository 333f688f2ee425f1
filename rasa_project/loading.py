"""Reading the data files, with errors that name file and key."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from rasa_project.errors import DataError


class _Loader(yaml.CSafeLoader):
    """YAML in which only ``true`` and ``false`` are booleans: "no" and "yes" are answers here."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_mapping(file: Path) -> dict[str, Any]:
    """Reads a YAML file whose top level is a mapping.

    Raises:
        DataError: The file is missing, is not YAML, or holds something else.
    """
    content = _read(file)
    if not isinstance(content, dict):
        raise DataError(file, "", "the top level must be a mapping of names to values")
    return content


def read_list(file: Path) -> list[Any]:
    """Reads a YAML file whose top level is a list; raises like :func:`read_mapping`."""
    content = _read(file)
    if not isinstance(content, list):
        raise DataError(file, "", "the top level must be a list")
    return content


def _read(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except OSError as error:
        raise DataError(file, "", f"cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise DataError(file, "", f"is not valid YAML: {error}") from error


def check_keys(
    file: Path, key: str, content: Any, allowed: Iterable[str], needed: Iterable[str] = ()
) -> Mapping[str, Any]:
    """Checks that a mapping has all needed keys and no unknown one, and returns it.

    Raises:
        DataError: It is not a mapping, or a key is unknown or missing.
    """
    if not isinstance(content, dict):
        raise DataError(file, key, "must be a mapping")
    needed = tuple(needed)
    known = {*allowed, *needed}
    for name in content:
        if name not in known:
            raise DataError(
                file, f"{key}.{name}".strip("."), f"unknown key; known: {sorted(known)}"
            )
    for name in needed:
        if name not in content:
            raise DataError(file, key, f"the key {name!r} is missing")
    return content
