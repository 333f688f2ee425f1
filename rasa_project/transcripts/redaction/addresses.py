"""Street addresses: a house number with a street. A street or a place alone is no address."""

import re
from collections.abc import Iterator

from rasa_project.transcripts.redaction.spans import Span
from rasa_project.transcripts.redaction.words import Words

_LIVES = (
    r"(?:live[sd]? (?:at|on)|living (?:at|on)|reside[sd]? (?:at|on)|staying at|located at"
    r"|address(?: is|'s)?|(?:house|place|home|office) is|moved to|(?:send|mail|ship|deliver)"
    r"(?: \w+)?(?: \w+)? to|pick ?up at|home|work|office)"
)
_WORD = r"[^\W\d_][\w'’.]*"
_NUMBER = r"(?:\d{1,5} ?- ?)?\d{1,5} ?(?:1/2|[a-hA-H]\b)?"


class Addresses:
    """Finds addresses with the words for streets and units."""

    def __init__(self, words: Words) -> None:
        def either(group: frozenset[str]) -> str:
            return "|".join(sorted(map(re.escape, group), key=len, reverse=True))

        self._words = words
        unit = rf"(?:(?:{either(words.units)})\.? ?#? ?\w{{1,5}}\b|# ?\w{{1,5}}\b)"
        head = rf"(?<![\w.:/$%-])(?:{unit},? +|#)?"
        toward = rf"(?:,? (?:{either(words.towards)})\b\.?)?"
        tail = rf"{toward}(?:,? {unit})?"
        kinds = either(words.strong_streets | words.weak_streets)
        self._street = re.compile(
            rf"{head}(?P<number>{_NUMBER}),? (?P<name>(?:{_WORD} ){{1,3}}?)"
            rf"(?P<kind>{kinds})\b\.?(?: (?:{either(words.strong_streets)})\b\.?)?{tail}",
            re.IGNORECASE,
        )
        self._french = re.compile(
            rf"{head}{_NUMBER},? (?:{either(words.french_streets)})"
            rf" (?:(?:de|du|des|la|le|les|de la|de l['’]) ?)*{_WORD}{tail}",
            re.IGNORECASE,
        )
        self._numbered = re.compile(
            rf"{head}\d{{2,5}} (?:{either(words.numbered_streets)}) \d{{1,3}}\b{tail}",
            re.IGNORECASE,
        )
        self._box = re.compile(r"\bp\.? ?o\.? ?box ?#? ?\d{1,6}\b", re.IGNORECASE)
        self._cued = re.compile(
            rf"\b{_LIVES}:? +(?P<all>(?:{unit},? )?(?P<number>{_NUMBER}) "
            rf"(?P<name>{_WORD}(?: [A-Z][\w'’.]*)?){tail})",
            re.IGNORECASE,
        )
        self._lives = re.compile(rf"\b{_LIVES}[ :]*$", re.IGNORECASE)

    def find(self, text: str) -> Iterator[Span]:
        """The addresses of a text, in no order."""
        if not any(letter.isdigit() for letter in text):
            return
        for pattern in (self._box, self._numbered, self._french):
            for match in pattern.finditer(text):
                yield Span("address", *match.span())
        for match in self._street.finditer(text):
            if self._is_street(text, match):
                yield Span("address", *match.span())
        for match in self._cued.finditer(text):
            name = match["name"].lower().rstrip(".").split()
            if not self._words.not_street.intersection(name) and name[0] not in self._words.stop:
                yield Span("address", *match.span("all"))

    def _is_street(self, text: str, match: re.Match[str]) -> bool:
        """Whether a number, some words and "road" are an address, not an amount and a way."""
        names = match["name"].split()
        low = [name.lower().strip(".'") for name in names]
        if self._words.not_street.intersection(n.strip(".'") for n in names if n.islower()):
            return False
        if text.isupper() and self._words.not_street.intersection(low):
            return False
        capital = all(name[0].isupper() for name in names) and not text.isupper()
        if capital or self._lives.search(text[: match.start()]):
            return True
        if match["kind"].lower() not in self._words.strong_streets:
            return False
        return any(self._words.is_street_name(name) for name in low)
