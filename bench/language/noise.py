"""Slips of the thumb, to measure what is lost when one word in ten is misspelt."""

import random
import re

_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb",
    "h": "gjyn", "j": "hkum", "k": "jlim", "l": "kop", "z": "asx", "x": "zsc", "c": "xdv",
    "v": "cfb", "b": "vgn", "n": "bhm", "m": "njk",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{3,}")


def noisy(text: str, share: float, seed: str) -> str:
    """The text with one slip in a share of its words of three letters or more.

    Args:
        text: A message.
        share: Share of words, 0 to 1.
        seed: Anything; the same seed gives the same slips.
    """
    rng = random.Random(seed)

    def slip(match: re.Match[str]) -> str:
        return _slip(match.group(), rng) if rng.random() < share else match.group()

    return _WORD.sub(slip, text)


def _slip(word: str, rng: random.Random) -> str:
    """Drops, doubles, swaps or mistypes one letter; the first letter is usually right."""
    at = rng.randrange(1, len(word))
    kind = rng.choice(("drop", "double", "swap", "neighbour"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap" and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = _NEIGHBOURS.get(word[at].lower(), "e")
    return word[:at] + rng.choice(near) + word[at + 1 :]
