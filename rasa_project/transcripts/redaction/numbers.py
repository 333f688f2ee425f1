"""Numbers that identify: payment cards, Ontario health cards, phones."""

import re
from collections.abc import Iterator

import phonenumbers

from rasa_project.transcripts.redaction.spans import Span

_HOME = "CA"
_RUN = re.compile(r"(?<![\w.$@-])[+(#]?\d(?:[\d()]|[ \t./–—-](?![ \t./–—-]{3})){5,30}\d(?!\d)")
_CARD = re.compile(r"(?<![\d.])[3-6]\d{3}(?:[ -]?\d){9,15}(?![\d])")

_HEALTH_CUE = re.compile(
    r"\bo\.?h\.?i\.?p\b|\bhealth[ -]?(?:card|insurance|number|num|no\b|#)|\bhc[n#]?\b"
    r"|\bgreen card\b|\bcarte (?:de )?(?:santé|sante|soleil)\b|\bversion code\b",
    re.IGNORECASE,
)
_TEN = re.compile(
    r"(?<![\d.])(\d{4}[ -]?\d{3}[ -]?\d{3}|\d{3}[ -]?\d{3}[ -]?\d{4})"
    r"(?:[ -]{0,2}([A-Za-z]{2}))?(?![A-Za-z\d])"
)
_TEN_ALONE = re.compile(r"(?<![\d.])(\d{4}[ -]?\d{3}[ -]?\d{3}|\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)")
_VERSION = re.compile(r"\bversion(?: code)?[ :#]*(?:is )?([A-Za-z]{2})\b", re.IGNORECASE)
_NO_VERSION = frozenset(
    (
        "am",
        "an",
        "as",
        "at",
        "be",
        "bc",
        "by",
        "do",
        "go",
        "hi",
        "ho",
        "if",
        "im",
        "in",
        "is",
        "it",
        "me",
        "mr",
        "ms",
        "my",
        "no",
        "of",
        "oh",
        "ok",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
    )
)
_OTHER_CUE = re.compile(
    r"(?:order|invoice|claim|policy|plan|group|ref|reference|wsib|tracking|model|file|member)"
    r"[\w ]{0,12}[ #:]*$",
    re.IGNORECASE,
)
_PHONE_CUE = re.compile(
    r"\b(?:call|phone|tel|text|cell|mobile|reach|ring|dial|fax|pager|whatsapp|number|no|ph)\b"
    r"[\w .:#']{0,15}$",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?<![\w.$-])[2-9]\d{2}[ .-]\d{4}(?![\w-])")
_EXTENSION = re.compile(r"[ ,.(]{0,2}(?:ext(?:ension)?|x|poste)\.? ?#?\d{1,5}\)?", re.IGNORECASE)
_DIGIT = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_SPELT = re.compile(
    rf"\b(?:(?:double|triple) )?(?:{_DIGIT})(?:[ ,-]+(?:(?:double|triple) )?(?:{_DIGIT})){{6,}}\b",
    re.IGNORECASE,
)
_NEAR = 45
"""Characters before a number in which a word says what number it is."""


def luhn(digits: str) -> bool:
    """Whether the last digit fits the others, as on payment cards and Ontario health cards."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def cards(text: str) -> Iterator[Span]:
    """Numbers of payment cards: 13 to 19 digits whose check digit fits."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 13 <= len(digits) <= 19 and luhn(digits):
            yield Span("card", *match.span())


def health_cards(text: str) -> Iterator[Span]:
    """Ontario health numbers.

    Beside a cue any ten digits count, for a wrong digit identifies nearly as well. Without one
    they count with a fitting check digit, when they are written 4-3-3, carry a version in
    capitals, or cannot be a phone number.
    """
    cues = [cue.span() for cue in _HEALTH_CUE.finditer(text)]
    for match in _TEN.finditer(text):
        start, end = match.span()
        cued = any(
            0 <= start - b <= _NEAR
            or (0 <= a - end <= 20 and not re.search(r"[,.;\n]", text[end:a]))
            for a, b in cues
        )
        version = match[2] or ""
        real = bool(version) and (
            version.isupper() if not cued else version.lower() not in _NO_VERSION
        )
        digits = re.sub(r"\D", "", match[1])
        if not cued:
            shaped = re.fullmatch(r"\d{4}[ -]\d{3}[ -]\d{3}", match[1]) or real
            other = _OTHER_CUE.search(text[:start]) or _PHONE_CUE.search(text[:start])
            if not luhn(digits) or other or not (shaped or not _dialled(digits)):
                continue
        yield Span("health_card", start, end if real else match.end(1))
        if cued and (said := _VERSION.search(text, end, end + 30)):
            yield Span("health_card", *said.span(1))
    if cues and any(_TEN_ALONE.finditer(text)):
        for said in _VERSION.finditer(text):
            yield Span("health_card", *said.span(1))


def phones(text: str) -> Iterator[Span]:
    """Phone numbers, Canadian ones in any spelling, others with + or 00 before them."""
    for found in phonenumbers.PhoneNumberMatcher(text, _HOME):
        if found.raw_string.strip().isdigit() and _OTHER_CUE.search(text[: found.start]):
            continue
        yield Span("phone", found.start, _with_extension(text, found.end))
    for match in _RUN.finditer(text):
        number = _whole_number(match[0])
        if number and not (match[0].isdigit() and _OTHER_CUE.search(text[: match.start()])):
            start = match.start() + (match[0][0] == "#")
            yield Span("phone", start, _with_extension(text, match.start() + number))
    for match in _LOCAL.finditer(text):
        if _PHONE_CUE.search(text[: match.start()]):
            yield Span("phone", match.start(), _with_extension(text, match.end()))
    for match in _SPELT.finditer(text):
        yield Span("phone", *match.span())


def _with_extension(text: str, end: int) -> int:
    more = _EXTENSION.match(text, end)
    return more.end() if more else end


def _whole_number(written: str) -> int:
    """How many characters of a run of digits are one phone number; 0 when none are."""
    digits = re.sub(r"\D", "", written)
    if re.match(r"\D?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}", written):
        return 0
    if written.startswith("+"):
        return len(written) if _possible("+" + digits) else 0
    if written.startswith("00"):
        return len(written) if _possible("+" + digits[2:]) else 0
    return len(written) if _dialled(digits) else 0


def _dialled(digits: str) -> bool:
    """Whether digits alone are a North American number."""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return len(digits) == 10 and _valid("+1" + digits)


def _valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, _HOME))
    except phonenumbers.NumberParseException:
        return False


def _possible(number: str) -> bool:
    """Whether a number with its country code has a length that is given out there."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, _HOME))
    except phonenumbers.NumberParseException:
        return False
