"""What the widget carries with it from the data files, so that it can say it without the server."""

from pathlib import Path
from typing import Any

from rasa_project.clinics.directory import Directory
from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.website.widget_files import WidgetFiles

WARNING_CARD = DATA / "clinical" / "warning_card.yml"
PRIVACY = DATA / "website" / "privacy.yml"
_PARTS = {"emergency": Level.EMERGENCY, "urgent": Level.URGENT}
_LINES = ("title", "lead", "today", "nurse", "clinic")


def load_warning_card(protocol: Protocol, file: Path = WARNING_CARD) -> dict[str, Any]:
    """Loads the card for when the chat cannot be reached.

    Args:
        protocol: Its EMERGENCY and URGENT rules must all be named by the card's signs.
        file: The data file.

    Returns:
        Its lines as texts; ``parts`` as a list of ``heading``
        and ``signs``.

    Raises:
        DataError: A key is unknown or missing, or a rule is unknown or named by no sign.
    """
    data = check_keys(file, "", read_mapping(file), (), (*_LINES, *_PARTS))
    card: dict[str, Any] = {key: _text(file, key, data[key]) for key in _LINES}
    card["parts"] = []
    for part, level in _PARTS.items():
        content = check_keys(file, part, data[part], (), ("heading", "signs"))
        named: set[str] = set()
        signs = []
        for i, raw in enumerate(content["signs"]):
            key = f"{part}.signs[{i}]"
            sign = check_keys(file, key, raw, (), ("text", "rules"))
            signs.append(_text(file, f"{key}.text", sign["text"]))
            named |= set(sign["rules"])
        wanted = {
            rule.id
            for rule in protocol.red_flags
            if any(clause.level == level for clause in rule.clauses)
        }
        if named != wanted:
            raise DataError(
                file,
                f"{part}.signs",
                f"missing: {sorted(wanted - named)}; not at that level: {sorted(named - wanted)}",
            )
        heading = _text(file, f"{part}.heading", content["heading"])
        card["parts"].append({"heading": heading, "signs": signs})
    return card


def load_privacy(hours: float, file: Path = PRIVACY) -> dict[str, Any]:
    """Loads the first screen.

    Args:
        hours: How long a visitor's token lasts.
        file: The data file.

    Raises:
        DataError: A key is unknown, missing or empty.
    """
    data = check_keys(file, "", read_mapping(file), (), ("title", "points", "start", "credits"))
    points = [_text(file, f"points[{i}]", text) for i, text in enumerate(data["points"])]
    return {
        **{key: _text(file, key, data[key]) for key in ("title", "start", "credits")},
        "points": [point.replace("{hours}", f"{hours:g}") for point in points],
    }


def widget_files(protocol: Protocol, clinics: Directory, session_hours: float) -> WidgetFiles:
    """Makes the widget's files with what they carry.

    Args:
        protocol: For the warning card.
        clinics: Their phones go with the loader, for when the server is down.
        session_hours: How long a visitor's token lasts.

    Raises:
        DataError: A data file or a module breaks its rules.
    """
    phones = {clinic.slug: clinic.phone for clinic in clinics if clinic.is_open and clinic.phone}
    card = load_warning_card(protocol)
    # The loader is fetched by who never opens the chat: it carries the first part alone, and hands
    # it on to the panel, which has the second.
    brief = {**card, "parts": card["parts"][:1]}
    bundled = {"privacy": load_privacy(session_hours), "urgent": card["parts"][1]}
    return WidgetFiles(bundled, {"card": brief, "phones": phones})


def _text(file: Path, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DataError(file, key, "must be a text that is not empty")
    return value.strip()
