"""Where the writer is: a postal area, a neighbourhood, a town, a crossing.

Only where the message says that the writer is or lives there. "I ran in High Park" names a place
and is no answer. What counts as a place is the clinics' matter (``rasa_project.clinics.places``).
"""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from rasa_project.clinics.places import default_finder
from rasa_project.language.message import Message
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import SEPARATORS, Value, word_at
from rasa_project.language.values.postal_areas import read_postal_area

_LONGEST_NAME = 5
_REACH = 3
_SHORT = 5
_LIVING = SEPARATORS | {
    "currently", "now", "still", "just", "actually", "i", "we", "he", "she", "and", "also", "both",
    "they", "who", "",
}  # fmt: skip
_ERRANDS = {"work", "school", "the", "a"}
_COUNTRIES = {"Canada", "Ontario"}
_ALIKE = 0.8
_SHORTEST, _SHORTEST_ALONE = 5, 6
_HOME_KINDS = {"municipality", "neighbourhood", "wide"}
_STOPS = SEPARATORS | {
    "and", "but", "because", "so", "for", "with", "since", "when", "where", "who", "if", "i",
    "my", "it", "is", "has", "have", "been",
}  # fmt: skip
_ENDS_OK = {
    "", "and", "but", "so", "i", "my", "area", "way", "ish", "side", "with", "if", "ontario",
    "on", "pet", "near", "by", "close", "just", "the", "which", "where", "m", "it", "not",
    "right", "like", "love", "eh", "now", "lol", "please", "thanks", "somewhere", "though",
    "actually", "closest", "who", "because", "any", "can", "do", "what", "postal",
}  # fmt: skip


def read_areas(message: Message) -> Iterator[Value]:
    """The writer's area, if the message says it; the postal area before a name."""
    postal = read_postal_area(message)
    named = next(_named(message), None)
    if named is not None:
        yield named
    if postal is not None:
        yield postal


def _named(message: Message) -> Iterator[Value]:
    words = message.words
    for start, end in phrases("areas.cues").find(words):
        if _is_negated(words, start) or (
            words[start : start + 2] == ["near", "to"] and not _is_home(words, start)
        ):
            continue
        if words[start] == "live" and word_at(words, start - 1) not in _LIVING:
            continue  # "how many people live in ..."
        found = _place_after(message, end)
        if found is not None and not _happened(message, start, found, cued=True):
            yield found
    for start, end in phrases("areas.fragment").find(words):
        if not _opens_fragment(words, start):
            continue
        found = _place_after(message, end)
        if (
            found is not None
            and _closes(words, found.end)
            and not _happened(message, start, found, cued=False)
        ):
            yield found
    for start in range(len(words)):
        if start and words[start - 1] not in SEPARATORS:
            continue
        end = start
        while end < len(words) and words[end] not in SEPARATORS and end - start <= _LONGEST_NAME:
            end += 1
        if (
            end - start <= _LONGEST_NAME
            and end > start
            and (end == len(words) or words[end] in SEPARATORS)
        ):
            found = _whole(message, start, end)
            if found is not None:
                yield found


def _is_home(words: Sequence[str], start: int) -> bool:
    return word_at(words, start - 1) in ("live", "am", "living", "", ".", ",")


def _is_negated(words: Sequence[str], start: int) -> bool:
    return bool({"not", "no", "if", "when", "used", "was"} & set(words[max(0, start - 2) : start]))


def _opens_fragment(words: Sequence[str], start: int) -> bool:
    """Whether "in" begins a stretch of its own, or follows age and sex: "47m in Scarborough"."""
    before = word_at(words, start - 1)
    if not before or before in (".", ",", "!", ";", "-", "\n", "(", "?"):
        return True
    if before in ("m", "f", "male", "female", "man", "woman", "guy", "here", "lady", "old") and any(
        word[:1].isdigit() for word in words[max(0, start - 4) : start]
    ):
        return True
    return (
        before[:1].isdigit()
        and len(before) == 2
        and (start < 2 or words[start - 2] in SEPARATORS | {"am"})
    )


def _closes(words: Sequence[str], end: int) -> bool:
    return word_at(words, end) in SEPARATORS or word_at(words, end) in _ENDS_OK


def _place_after(message: Message, at: int) -> Value | None:
    """The place named right after a cue, the longest name first."""
    words = message.words
    led = at
    while at < len(words) and at - led <= _REACH and words[at] in phrases("areas.lead"):
        at += 1
    stop = at
    joined = 0
    while stop < len(words) and stop - at < _LONGEST_NAME:
        if words[stop] in ("and", "&", "at") and not joined and stop > at:
            joined = stop
        elif words[stop] in _STOPS:
            break
        stop += 1
    if joined and stop > joined + 1:
        crossing = _crossing(message, at, joined, stop)
        if crossing is not None:
            return crossing
    # "The Beaches", "near North York": with the words before it first.
    for start in (at - 1, at) if at > led and words[at - 1] == "the" else (at,):
        for end in range(joined or stop, at, -1):
            named = _name(
                message, start, end, exact=end - start == 1 and len(words[start]) < _SHORTEST
            )
            if named is not None:
                return Value("area", named[0], start, end)
    return None


def _crossing(message: Message, start: int, joined: int, stop: int) -> Value | None:
    """ "Bloor and Spadina": a crossing, also one that the files do not have."""
    finder, words = default_finder(), message.words
    for end in range(stop, joined + 1, -1):
        first, second = " ".join(words[start:joined]), " ".join(words[joined + 1 : end])
        one, other = finder.street(first), finder.street(second)
        if one and other:
            return Value("area", f"{one} and {other}", start, end)
    return None


def _name(message: Message, start: int, end: int, exact: bool) -> tuple[str, str] | None:
    """The place that words are the name of, and its kind; None if they are none."""
    first, last = message.span(start, end)
    named = default_finder().named(message.text[first:last], misspelt=not exact)
    if named is None:
        return None
    place, kind = named
    if place.name in _COUNTRIES:
        return None
    name = place.name or (place.candidates[0] if place.candidates else None)
    return (name, kind) if name else None


def _whole(message: Message, start: int, end: int) -> Value | None:
    """A stretch that is nothing but a place: "..., north york"."""
    words, opening = message.words, start
    first = start
    while start < end and words[start] in phrases("areas.lead"):
        start += 1
    start -= start > first and words[start - 1] == "the"  # "the beaches"
    while end > start and words[end - 1] in ("area", "way", "ish", "ontario", "please", "here"):
        end -= 1
    shortest = _SHORTEST if len(words) <= 2 else _SHORTEST_ALONE
    if start == end or (end - start == 1 and len(words[start]) < shortest):
        return None
    # What is a finding, or has a verb's words, is no name: most stretches end here, cheaply.
    if _STOPS & set(words[start:end]) or any(h.start < end and start < h.end for h in message.hits):
        return None
    named = _name(
        message, start, end, exact=end - start == 1 and len(words[start]) < _SHORTEST_ALONE + 1
    )
    if named is None or (len(words) > _SHORT and named[1] not in _HOME_KINDS):
        return None
    first, last = message.span(start, end)
    if not _is_alike(message.text[first:last], named[0]) and len(words) > _SHORT:
        return None
    found = Value("area", named[0], start, end)
    # "Rolled it yesterday, in High Park", but "I can't run, North York"
    return None if start > opening and _happened(message, opening, found, cued=False) else found


def _is_alike(typed: str, name: str) -> bool:
    """Whether a name that no word introduces is spelt well enough: "went away" is no Westway."""
    said, known = (re.sub(r"[^a-z]", "", text.casefold()) for text in (typed, name))
    return (
        known.endswith(said)
        or (known.startswith(said) and len(said) >= _SHORTEST_ALONE)
        or said.endswith(known)
        or OSA.normalized_similarity(said, known) >= _ALIKE
    )


def _happened(message: Message, start: int, found: Value, cued: bool) -> bool:
    """Whether the place is where something happened, or where the writer goes."""
    words = message.words
    after = (word_at(words, found.end), word_at(words, found.end + 1))
    if after[0] in phrases("areas.not_before") or (after[0] == "for" and after[1] in _ERRANDS):
        return True
    if cued:
        return bool({"when", "while", "after", "if"} & set(words[max(0, start - 2) : start]))
    # "Rolled my ankle yesterday, in High Park"
    sentence = [at for at in range(start) if message.same_sentence(at, start)]
    return any(words[at] in phrases("areas.happened") for at in sentence)
