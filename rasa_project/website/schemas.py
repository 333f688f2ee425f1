"""Strict reading of request bodies: exactly the contract's keys and types, or a `Problem`."""

import json
import re
import unicodedata
import uuid
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from rasa_project.clinics.position import area_at
from rasa_project.clinics.texts import texts
from rasa_project.website.problems import Problem

LONGEST_TEXT = 2_000
"""Characters (Unicode code points) of a typed message."""

LARGEST_BODY = 16_384
"""Bytes of a request body."""

MOST_CHOICES = 50

LARGEST_NUMBER = 1e9

# Blanks, control and formatting characters. Unassigned ones may be emoji newer than Python.
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})

_UUID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class StartRequest:
    """``POST /chat/sessions``: the page's clinic, its path, and a code to come back with."""

    clinic: str | None
    page: str | None
    resume: str | None = None


@dataclass(frozen=True)
class MessageRequest:
    """``POST /chat/messages``: a typed text, or an answer to a screen by choice or number.

    Attributes:
        near: In words, the postal area of the browser's position; the position itself is not kept.
    """

    client_id: str
    text: str | None = None
    screen: str | None = None
    choice: tuple[str, ...] | None = None
    number: int | float | None = None
    near: str | None = None
    resume: str | None = None
    """Hash of a code that was typed; the text holds it no more."""


def read_object(body: bytes) -> dict[str, Any]:
    """Parses a JSON object: strict UTF-8, no repeated keys, no NaN, no bottomless nesting."""
    try:
        data = json.loads(
            body.decode("utf-8"), object_pairs_hook=_no_repeats, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise Problem("not_json") from None
    if not isinstance(data, dict):
        raise Problem("not_json")
    return data


def read_start(body: bytes) -> StartRequest:
    """Reads the body of ``POST /chat/sessions``; only the page's path is kept."""
    data = read_object(body)
    only_keys(data, {"clinic", "page", "resume"})
    clinic, page, resume = data.get("clinic"), data.get("page"), data.get("resume")
    if clinic is not None:
        read_text(data, "clinic", 200)
    if resume is not None:
        read_text(data, "resume", 200)
    if page is None:
        return StartRequest(clinic, None, resume)
    if not isinstance(page, str):
        raise Problem("wrong_type", key="page", wanted="a text")
    try:
        parts = urlsplit(page)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
        page.encode("utf-8")
    except ValueError:
        known = False
    if not known or len(page) > 2_000 or any(c.isspace() or c < " " for c in page):
        raise Problem("bad_page")
    return StartRequest(clinic, parts.path[:300], resume)


def read_message(body: bytes) -> MessageRequest:
    """Reads the body of ``POST /chat/messages``."""
    data = read_object(body)
    only_keys(data, {"id", "text", "screen", "choice", "number", "position"})
    client_id = _client_id(data)
    near = _near(data.pop("position")) if "position" in data else None
    if near is not None and "text" not in data:
        if not set(data) <= {"id", "screen"}:
            raise Problem("ambiguous")
        screen = read_text(data, "screen", 100) if "screen" in data else None
        return MessageRequest(client_id, screen=screen, near=near)
    if "text" in data:
        if len(data) != 2:
            raise Problem("ambiguous")
        text = read_text(data, "text", None)
        if len(text) > LONGEST_TEXT:
            raise Problem("too_long")
        if all(unicodedata.category(c) in _INVISIBLE for c in text):
            raise Problem("empty_text")
        return MessageRequest(client_id, text=text, near=near)
    if "screen" not in data:
        raise Problem("missing_key", key="screen" if len(data) > 1 else "text")
    screen = read_text(data, "screen", 100)
    if ("choice" in data) == ("number" in data):
        raise Problem("ambiguous")
    if "number" in data:
        return MessageRequest(client_id, screen=screen, number=_number(data["number"]))
    return MessageRequest(client_id, screen=screen, choice=_choice(data["choice"]))


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key is repeated")
    return keys


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not JSON")


def only_keys(data: dict[str, Any], allowed: set[str]) -> None:
    """Refuses a key that is not part of the request."""
    for key in data:
        if key not in allowed:
            # Quoted as JSON: a key may be anything, broken Unicode included.
            raise Problem("unknown_key", key=json.dumps(key[:40]))


def read_text(data: dict[str, Any], key: str, longest: int | None) -> str:
    """Reads a key that is there as a text of at most ``longest`` characters."""
    text = data[key]
    if not isinstance(text, str):
        raise Problem("wrong_type", key=key, wanted="a text")
    if longest is not None and len(text) > longest:
        raise Problem("wrong_type", key=key, wanted=f"a text of at most {longest} characters")
    _check_characters(key, text)
    return text


def _check_characters(key: str, text: str) -> None:
    """Half a surrogate pair cannot be sent back as UTF-8, and PostgreSQL stores no NUL."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Problem("bad_characters", key=key)


def _client_id(data: dict[str, Any]) -> str:
    if "id" not in data:
        raise Problem("missing_key", key="id")
    client_id = data["id"]
    if not isinstance(client_id, str) or not _UUID.fullmatch(client_id):
        raise Problem("wrong_type", key="id", wanted="a UUID")
    return str(uuid.UUID(client_id))


def _near(value: Any) -> str:
    """Where a position is, as the visitor might have typed it: nothing finer is kept."""
    if not isinstance(value, dict) or set(value) != {"lat", "lon"}:
        raise Problem("wrong_type", key="position", wanted='an object with "lat" and "lon"')
    for key, most in (("lat", 90), ("lon", 180)):
        degrees = value[key]
        if isinstance(degrees, bool) or not isinstance(degrees, int | float):
            raise Problem("wrong_type", key=key, wanted="a number")
        if not abs(degrees) <= most:
            raise Problem("wrong_type", key=key, wanted=f"from -{most} to {most}")
    area = area_at(value["lat"], value["lon"])
    return texts()["near_area"].format(area=area) if area else texts()["outside_ontario"]


def _number(value: Any) -> int | float:
    # True is an int to Python.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Problem("wrong_type", key="number", wanted="a number")
    # The parser makes infinity of 1e999, and whole numbers of any length.
    if not abs(value) <= LARGEST_NUMBER:
        raise Problem("wrong_type", key="number", wanted="a number of an ordinary size")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _choice(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Problem("wrong_type", key="choice", wanted="a list of texts")
    if len(value) > MOST_CHOICES:
        raise Problem("wrong_type", key="choice", wanted=f"at most {MOST_CHOICES} texts")
    for item in value:
        _check_characters("choice", item)
    return tuple(dict.fromkeys(value))
