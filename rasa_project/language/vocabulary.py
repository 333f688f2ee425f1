"""The words the data uses: those a slip may stand for, and those that are right as they are.

The files are scanned as text, without their comments: whatever reads a file, and in whatever form
it holds its phrases, its words are found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rasa_project.settings import DATA

_COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_SPELLING = "spelling.yml"


def words_used(folder: Path) -> Counter[str]:
    """Words of the language data -> how often they stand there.

    Args:
        folder: The language data. Its spelling file is left out: it is full of misspelt words.
    """
    return _words(path for path in sorted(folder.rglob("*.yml")) if path.name != _SPELLING)


def words_elsewhere() -> Counter[str]:
    """Words that other data gives a meaning: places, and what steers the conversation."""
    folders = (DATA / "clinics", DATA / "dialogue")
    return _words(
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix in (".yml", ".csv")
    )


def _words(paths: Iterable[Path]) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in paths:
        text = _COMMENT.sub("", path.read_text(encoding="utf-8")).lower()
        plain = unicodedata.normalize("NFKD", text)
        found.update(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
    return found
