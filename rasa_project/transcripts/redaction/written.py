"""E-mail addresses and postal codes."""

import re
from collections.abc import Iterator

from rasa_project.transcripts.redaction.spans import Span

_EMAIL = re.compile(
    r"[\w.+%-]+ ?@ ?[\w-]+(?:(?:\.[\w-]+)*\.[a-z]{2,24}\b|,[a-z]{2,3}\b)", re.IGNORECASE
)
_LOCAL = r"\b[\w+-]+(?:(?:\.| dot )[\w+-]+)*"
_DOMAIN = r"[\w-]+(?:(?:\.| dot )[\w-]+)*(?: dot |\.)[a-z]{2,24}\b"
_BRACKETED = re.compile(rf"{_LOCAL} ?[(\[{{] ?at ?[)\]}}] ?{_DOMAIN}", re.IGNORECASE)
_SPELT = re.compile(
    rf"{_LOCAL} at (?:[\w-]+ dot {_DOMAIN}|[\w-]+(?: dot )[a-z]{{2,24}}\b"
    r"|(?:gmail|hotmail|yahoo|outlook|icloud|live|rogers|bell|sympatico|proton(?:mail)?|me)"
    r"(?:\.| dot )[a-z.]{2,6}\b)",
    re.IGNORECASE,
)

# Letters D, F, I, O, Q, U never occur; W and Z never come first (Canada Post).
_FIRST, _OTHER = "ABCEGHJ-NPRSTVXY", "ABCEGHJ-NPRSTV-Z"
_CODE = re.compile(
    rf"(?<![\w-])[{_FIRST}]\d[{_OTHER}](?:[ -]{{0,3}}\d[{_OTHER}]\d|[ -]\d ?[{_OTHER}] ?\d)(?!\w)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    rf"(?<!\w)[{_FIRST}][ -]?[\dIOL][ -]?[{_OTHER}][ -]{{0,3}}"
    rf"[\dIOL][ -]?[{_OTHER}][ -]?[\dIOL](?!\w)",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:postal|post ?code|zip|code|live|living|mail)\b", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with spaces, a comma for the dot, or "at" and "dot" in words."""
    for pattern in (_EMAIL, _BRACKETED, _SPELT):
        for match in pattern.finditer(text):
            yield Span("email", *match.span())


def postal_codes(text: str) -> Iterator[Span]:
    """Whole Canadian postal codes; the first three characters alone are an area and stay.

    With a cue anywhere in the message, letters typed for digits and other spacing count too.
    """
    for match in _CODE.finditer(text):
        yield Span("postal_code", *match.span())
    if _CUE.search(text):
        for match in _LOOSE.finditer(text):
            if sum(c.isdigit() for c in match[0]) >= 2:
                yield Span("postal_code", *match.span())
