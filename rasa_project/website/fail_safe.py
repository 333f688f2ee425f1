"""What a visitor reads when the service fails: the one place it comes from."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.website.problems import catalogue

logger = logging.getLogger(__name__)

TEXTS = DATA / "clinical" / "texts.yml"

# Only for when the data file itself cannot be read: even then a visitor must hear of 911.
LAST_RESORT = (
    "Sorry, that did not work on our side. If this could be an emergency, call 911 now, and do "
    "not wait for this chat. Otherwise please send your answer again, or call the clinic."
)
LAST_RESORT_EMERGENCY = "If this could be an emergency, call 911 now."


def _no_phone(_clinic: str) -> str:
    return ""


@dataclass(frozen=True)
class FailSafe:
    """The fail-safe answer.

    Attributes:
        answer: Says sorry, 911, the clinic, and to send the answer again.
        emergency: One sentence about 911; goes with every refusal.
        phone_of: Gives a clinic's phone by its slug, empty when it is not known.
    """

    answer: str = LAST_RESORT
    emergency: str = LAST_RESORT_EMERGENCY
    phone_of: Callable[[str], str] = _no_phone

    @classmethod
    def load(cls, phone_of: Callable[[str], str] = _no_phone, path: Path = TEXTS) -> "FailSafe":
        """Reads ``fail_safe`` and ``emergency_line``.

        Args:
            phone_of: See the class.
            path: The data file.

        Raises:
            DataError: The file can be read but a text is missing or does not name 911.
        """
        try:
            data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            logger.error("%s cannot be read (%s): built-in texts", path.name, type(error).__name__)
            return cls(phone_of=phone_of)
        texts = {}
        for key in ("fail_safe", "emergency_line"):
            text = data.get(key) if isinstance(data, dict) else None
            if not isinstance(text, str) or "911" not in text:
                raise DataError(path, key, "must be a text that says to call 911")
            texts[key] = text.strip()
        return cls(texts["fail_safe"], texts["emergency_line"], phone_of)

    def text(self, clinic: str | None = None) -> str:
        """The answer, with the clinic's phone when it is known.

        Args:
            clinic: The conversation's own clinic.
        """
        phone = ""
        if clinic:
            try:
                phone = self.phone_of(clinic)
            except Exception as error:  # The last line of defence must hold whatever fails.
                logger.error("clinic phone look-up failed: %s", type(error).__name__)
        return f"{self.answer} {catalogue()[1].format(phone=phone)}" if phone else self.answer
