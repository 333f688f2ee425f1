"""Canadian postal areas: the first three characters of a postal code, however it was typed.

Only those three characters ever leave this module: a whole code beside a health complaint would
say more about a person than the chat needs.
"""

import re
from collections.abc import Collection

# Letters D, F, I, O, Q, U never occur; W and Z never come first (Canada Post).
_FIRST, _OTHER = "ABCEGHJ-NPRSTVXY", "ABCEGHJ-NPRSTV-Z"
_MISREADS = {"I": "1", "O": "0", "L": "1", "S": "5"}
_AREA = re.compile(rf"\b([{_FIRST}])([0-9])([{_OTHER}])(?:[\s-]?[0-9IO][A-Z][0-9IO])?\b")
_MISREAD = re.compile(
    rf"\b([{_FIRST}])([{''.join(_MISREADS)}])([{_OTHER}])(?:[\s-]?([0-9IO])[A-Z]([0-9IO]))?\b"
)
_SPACED = re.compile(rf"\W*([{_FIRST}])\s+([0-9])\s+([{_OTHER}])\W*")


def find_area(text: str) -> str | None:
    """The postal area in a text, such as ``M5V``; a whole code is cut to its area.

    Args:
        text: What the visitor wrote, in any case.

    Returns:
        Three capitals and digits of the right form (not necessarily in use), or None.
    """
    found = _AREA.search(text.upper()) or _SPACED.fullmatch(text.upper())
    return "".join(found.group(1, 2, 3)) if found else None


def find_misread_area(text: str, answer: str, words: Collection[str]) -> str | None:
    """A postal area with a letter typed for the digit it looks like: ``MIP`` is M1P.

    Three letters are mostly a word, so they count only with the rest of the code behind them or,
    with I or O, as the whole answer.

    Args:
        text: What the visitor wrote.
        answer: The same without the words around the place.
        words: Three-letter words, lower case, that are never a postal area.
    """
    found = _MISREAD.search(text.upper())
    if not found:
        return None
    letters = "".join(found.group(1, 2, 3))
    whole_code = any(mark and mark.isdigit() for mark in found.group(4, 5))
    alone = answer.strip().upper() == letters and found.group(2) in "IO"
    if not whole_code and (not alone or letters.lower() in words):
        return None
    return found.group(1) + _MISREADS[found.group(2)] + found.group(3)


def cut_codes(text: str) -> str:
    """A text in which every whole postal code is cut to its first three characters."""
    return re.sub(
        rf"\b([{_FIRST}][0-9][{_OTHER}])[\s-]?[0-9][A-Z][0-9]\b", r"\1", text, flags=re.IGNORECASE
    )
