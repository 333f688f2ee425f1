"""``redact``: messages in, messages without what identifies people out."""

from collections.abc import Iterable
from typing import TextIO

from rasa_project.errors import DataError
from rasa_project.transcripts.redaction import redact


def redact_lines(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Redacts one message a line.

    Returns:
        0, or 1 when the lists in ``data/redaction`` are unusable.
    """
    try:
        for line in lines:
            print(redact(line.rstrip("\r\n")).text, file=out)
    except DataError as error:
        print(f"redact: {error}", file=err)
        return 1
    return 0
