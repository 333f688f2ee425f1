"""The words of a message as the search for names sees them."""

import re
from dataclasses import dataclass

from rasa_project.transcripts.redaction.words import plain

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OWNER = re.compile(r"['’][sS]$")
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_SHORTENED = frozenset(("st", "ste", "mt", "ft", "pt", "dr", "mr", "mrs", "ms", "prof"))
_UNSURE = 0.8
"""From this share of capitals on, in four words and more, a capital tells nothing."""


@dataclass(frozen=True)
class Token:
    """One word.

    Attributes:
        start: Its first character in the message.
        end: The character after its last, the owner's "'s" left off.
        low: It without accents and capitals.
        owner: Whether "'s" follows.
        capital: Whether it has a capital that tells something.
        joined: Whether only blanks part it from the word before, or the full stop of an initial
            or a short form.
        ends: Whether nothing, or a mark or line end, follows it.
    """

    start: int
    end: int
    low: str
    owner: bool
    capital: bool
    joined: bool
    ends: bool

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter."""
        return self.capital and len(self.low) == 1


def tokens(text: str) -> list[Token]:
    """Cuts a message into words; placeholders of an earlier redaction are none."""
    kept = re.sub(r"\[[a-z ]+\]", lambda m: "\n" * len(m[0]), text)
    found = list(_WORD.finditer(kept))
    first = [match[0][0].isupper() for match in found]
    shouting = sum(m[0].isupper() for m in found if len(m[0]) > 1) > 0.5 * len(found) and (
        len(found) > 2
    )
    telling = not shouting and not (len(found) >= 4 and sum(first) >= _UNSURE * len(found))
    made = []
    before = None
    for match in found:
        owner = _OWNER.search(match[0])
        end = match.end() - (2 if owner else 0)
        gap = kept[before.end() : match.start()] if before else "\n"
        short = before is not None and (len(before[0]) == 1 or before[0].lower() in _SHORTENED)
        joined = bool(re.fullmatch(r"[ \t]+", gap) or (short and re.fullmatch(r"\. ?", gap)))
        made.append(
            Token(
                match.start(),
                end,
                plain(kept[match.start() : end]),
                owner is not None,
                telling and match[0][0].isupper() and not _ACRONYM.fullmatch(match[0]),
                joined,
                owner is None and not re.match(r"[ \t]+[^\W_]", kept[match.end() :]),
            )
        )
        before = match
    return made
