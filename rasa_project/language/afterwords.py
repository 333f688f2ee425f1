"""What a message says after a finding, about it: "swelling: none", "a pop? it did not", "all gone".

The patterns are data (``data/language/after.yml``). Some must follow at once, others may come
later in the sentence, as long as no other finding has begun.
"""

import re

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.phrases import PhraseError
from rasa_project.language.spelling import LIST_COMMA
from rasa_project.language.yaml_files import check_keys, read_yaml, strings

_AT_ONCE = ("denied", "doubted", "affirmed", "list_ends")
_LATER = ("doubted_later", "over_later", "doubted_around")
_END = "."
_ENDS = {"!", ";", "...", "\n", _END}
_JOINTS = {",", "and", "or", "nor", "/", "any"}
_FURTHEST = 12
"""Words between a finding and what is said about it later."""
_AROUND = 30
"""Words around a finding in which a doubt about the whole sentence is looked for."""
_UNKNOWN_ITEMS = 2
"""Words that may stand between the last known item of a list and its end ("gout kidny stuff")."""
_ANOTHER_SUBJECT = {"the", "my", "his", "her", "i", "pain", "stiffness", "soreness", "now"}
"""Words that begin something else, which is then what is over."""


class Afterwords:
    """The patterns of ``after.yml``.

    Args:
        lexicon: Its compiler reads the patterns, its folder holds the file.

    Raises:
        DataError: An unknown group or a malformed pattern.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        path = lexicon.folder / "after.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, (*_AT_ONCE, *_LATER))
        self._groups: dict[str, re.Pattern[str]] = {}
        for name in (*_AT_ONCE, *_LATER):
            options = []
            for text in strings(path, name, content.get(name, [])):
                try:
                    options.append(lexicon.compiler.pattern(text).source)
                except PhraseError as error:
                    raise DataError(path, name, str(error)) from error
            self._groups[name] = re.compile(rf"(?<!\S)(?:{'|'.join(options)})")

    def denied(self, message: Message, hit: Hit) -> bool:
        """Whether words right after the finding, or its list, deny it."""
        return self._at_once(message, hit, "denied")

    def affirmed(self, message: Message, hit: Hit) -> bool:
        """Whether a yes follows the finding."""
        return self._groups["affirmed"].match(_tail(message, hit.end, across=True)) is not None

    def doubted(self, message: Message, hit: Hit) -> bool:
        """Whether words after the finding put it in doubt."""
        if self._at_once(message, hit, "doubted"):
            return True
        if self._later(message, hit, "doubted_later") is not None:
            return True
        near = range(max(0, hit.start - _AROUND), min(len(message.words), hit.end + _AROUND))
        said = (message.words[at] for at in near if message.same_sentence(at, hit.start))
        return self._groups["doubted_around"].search("".join(f"{w} " for w in said)) is not None

    def over(self, message: Message, hit: Hit) -> bool:
        """Whether words after the finding say that it has passed."""
        before = self._later(message, hit, "over_later")
        return before is not None and not _ANOTHER_SUBJECT & set(before.split())

    def ends_list(self, message: Message, hit: Hit) -> bool:
        """Whether the list that the finding stands in closes like a list under one denial."""
        listed = message.words[hit.end : list_end(message, hit)]
        if {"or", "nor"} & set(listed):
            return True
        words = _tail(message, list_end(message, hit), across=False).split(" ")
        for skipped in range(_UNKNOWN_ITEMS + 1):
            if _JOINTS & set(words[:skipped]) - {"and"} or _END in words[:skipped]:
                return False
            if self._groups["list_ends"].match(" ".join(words[skipped:])):
                return True
        return False

    def _at_once(self, message: Message, hit: Hit, group: str) -> bool:
        tail = _tail(message, list_end(message, hit), across=True)
        return self._groups[group].match(tail) is not None

    def _later(self, message: Message, hit: Hit, group: str) -> str | None:
        """The words before the pattern, None when it does not come."""
        at = list_end(message, hit)
        ahead = range(at, min(len(message.words), at + _FURTHEST))
        following = (place for place in ahead if place in message.finding_at)
        tail = _tail(message, at, across=False, last=next(following, None))
        found = self._groups[group].search(tail)
        return tail[: found.start()] if found else None


def list_end(message: Message, hit: Hit) -> int:
    """The word after a finding and the findings listed right behind it."""
    at, last = hit.end, hit.end
    starts = message.finding_at
    while at < len(message.words):
        if at in starts:
            at = last = max(starts[at].end, at + 1)
        elif at - last < 2 and _plain(message.words[at]) in _JOINTS:
            at += 1
        else:
            break
    return last


def _plain(word: str) -> str:
    if word == LIST_COMMA:
        return ","
    return _END if word in _ENDS else word


def _tail(message: Message, at: int, across: bool, last: int | None = None) -> str:
    """The words from ``at`` on, each with a space; ``across`` sentence ends or up to the first."""
    words: list[str] = []
    for place in range(at, min(len(message.words), at + _FURTHEST, *([last] if last else []))):
        words.append(_plain(message.words[place]))
        if words[-1] == _END and not across:
            break
    if at + len(words) >= len(message.words):
        words.append(_END)
    return "".join(f"{word} " for word in words)
