"""Makes the benchmark's JSON lines from sentences in the short notation; see ``GUIDE.md``.

``python -m bench.language.notation AUTHOR=SPLIT=FILE ...`` prints the lines of
``lay_assertion.jsonl``.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa_project.language.learned import notation

AT = "2026-11-24"
"""The date every author was told to write at."""


def sentences(path: Path, author: str, split: str) -> Iterator[dict[str, Any]]:
    """The sentences of one author.

    Args:
        path: The author's file.
        author: A short name; ids are made of it.
        split: ``dev`` or ``test``.

    Raises:
        rasa_project.errors.DataError: A line breaks the notation.
    """
    for number, made in enumerate(notation.sentences(path), 1):
        head = {"id": f"{author}-{number:03}", "text": made["text"]}
        if "screen" in made:
            head["screen"] = made["screen"]
        yield {
            **head,
            "at": AT,
            "author": author,
            "register": made["register"],
            "split": split,
            "facts": made["facts"],
        }


def main(arguments: list[str]) -> None:
    """Prints the JSON lines of every author named."""
    for argument in arguments:
        author, split, file = argument.split("=", 2)
        for sentence in sentences(Path(file), author, split):
            print(json.dumps(sentence, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
