"""Reads the room's YAML files; what breaks their rules is a ``DataError``."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from rasa_project.errors import DataError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LOADER):  # type: ignore[misc, valid-type]
    """A safe loader that refuses a key written twice and reads yes, no, on and off as words."""

    yaml_implicit_resolvers = {
        first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in _LOADER.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.YAMLError(f"line {key_node.start_mark.line + 1}: {key!r} is there twice")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path, kind: type) -> Any:
    """Reads one file whose top must be a ``kind`` (dict or list).

    Raises:
        DataError: The file is missing, is no YAML, or its top is something else.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  a safe loader
    except OSError as error:
        raise DataError(path, "", f"cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise DataError(path, "", f"is not valid YAML: {error}") from error
    if not isinstance(content, kind):
        raise DataError(path, "", f"must hold a {kind.__name__} at the top")
    return content


def check_keys(path: Path, where: str, entry: Any, allowed: Iterable[str]) -> None:
    """Refuses anything but a mapping with known keys.

    Raises:
        DataError: Naming the file, the place and what is allowed there.
    """
    allowed = sorted(allowed)
    if not isinstance(entry, dict):
        raise DataError(path, where, f"must be a mapping with {', '.join(allowed)}")
    for key in entry:
        if key not in allowed:
            raise DataError(path, f"{where}.{key}", f"unknown key; known: {', '.join(allowed)}")


def strings(path: Path, where: str, entry: Any) -> tuple[str, ...]:
    """A list of non-empty strings, as a tuple.

    Raises:
        DataError: It is something else. (An unquoted number is no string in YAML.)
    """
    if not isinstance(entry, list) or not all(isinstance(item, str) and item for item in entry):
        raise DataError(path, where, "must be a list of words; quote numbers")
    return tuple(entry)
