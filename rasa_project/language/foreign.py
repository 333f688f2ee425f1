"""Tells whether a message is in another language, by its letters or by its words.

In other scripts the letters say it. In Latin letters py3langid decides, kept to the languages of
``data/dialogue/languages.yml``, and only for messages of three words or more in which hardly a word
is common English: slang and typos must never be taken for another language.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from rasa_project.language.yaml_files import check_keys, read_yaml, strings
from rasa_project.settings import DATA

SURE = 0.95
"""Probability, 0 to 1, from which the detector is believed."""

MOST_ENGLISH = 0.25
"""Share of common English words up to which a message may be in another language."""

FEWEST_WORDS = 3
LONGEST = 400
"""Characters that are looked at."""

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class LanguageDetector:
    """Detects other languages. Building it takes about a third of a second; keep one.

    Raises:
        rasa_project.errors.DataError: The data file breaks its format.
    """

    def __init__(self) -> None:
        # Imported here: the model is unpacked on import.
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        path = DATA / "dialogue" / "languages.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, ("scripts", "latin", "english"))
        self._scripts: dict[str, str] = content["scripts"]
        self._english = frozenset(strings(path, "english", content["english"]))
        self._identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
        self._identifier.set_languages(["en", *strings(path, "latin", content["latin"])])

    def detect(self, text: str) -> str | None:
        """The ISO 639-1 code of another language, or None for English and what cannot be told.

        Args:
            text: The message as typed.
        """
        text = text[:LONGEST]
        letters = [mark for mark in text if mark.isalpha()]
        scripts = Counter(_script(mark) for mark in letters)
        if not scripts:
            return None
        script, count = scripts.most_common(1)[0]
        if script != "LATIN":
            return self._scripts.get(script, "und") if 2 * count >= len(letters) else None
        words = _WORDS.findall(text.lower())
        if len(words) < FEWEST_WORDS:
            return None
        if sum(word in self._english for word in words) > MOST_ENGLISH * len(words):
            return None
        language, probability = self._identifier.classify(text)
        return str(language) if language != "en" and probability >= SURE else None


@lru_cache(maxsize=4096)
def _script(mark: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    return unicodedata.name(mark, "UNKNOWN").split()[0]
