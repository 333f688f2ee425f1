"""How surely a denial before a finding reaches it.

ConText says which denials may reach; here their clause and list are read. A denial must be
certain: where it may have ended ("no pop calf swollen"), the finding is in doubt.
"""

import itertools
from collections.abc import Sequence

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.modifiers import Modifier
from rasa_project.language.spelling import LIST_COMMA

CLOSE, SURE, DOUBT = "close", "sure", "doubt"

_JOINED = {"or", "nor"}
_LOOSE = {",", "and", LIST_COMMA}
_COPULAS = {
    "is", "are", "was", "were", "feels", "feel", "felt", "looks", "look", "looked", "has", "have",
    "had", "went", "gone", "gets", "got", "hurts",
}  # fmt: skip
_BODY = {
    "calf", "calves", "heel", "heels", "achilles", "tendon", "ankle", "ankles", "foot", "feet",
    "toe", "toes", "leg", "legs", "shin", "sole", "cord", "chest", "back", "skin",
}  # fmt: skip
_OBJECTS = {"it", "my", "this", "that", "me", "mine"}
"""Words that begin a new clause, or are the object of the denied verb ("never heard it pop")."""
_PERCEIVING = {"hear", "heard", "feel", "felt", "see", "saw", "had", "have", "get", "got", "notice"}
_FINITE = {
    "is", "are", "was", "were", "has", "have", "had", "does", "did", "will", "would", "can",
    "could", "feels", "looks", "came", "comes", "started", "starts", "hurts", "just", "kind",
    "sort", "crept", "went", "goes", "got", "gets", "keeps",
}  # fmt: skip
_VERBS_FIRST = {
    "can", "could", "will", "hurts", "aches", "feels", "keeps", "walk", "walks", "walking",
    "walked", "limp", "limping", "limped", "able", "still", "push", "pushing", "crept", "came",
    "started", "began", "woke", "wakes", "kept",
}  # fmt: skip
"""A finding that begins with one of these is a statement of its own, not an item of a list."""
_DENYING = {"no", "not", "never", "without", "zero", "none"}
_CLAIMING = {"say", "saying", "claim", "deny", "pretend", "tell", "swear", "argue", "true"}
_UNTRUE = {"untrue", "false", "lie", "lying"}
_FAR = 12
"""Words between a denied claim and the denial in it."""
_LONGEST = 7
"""Words between a denial, or the last finding of its list, and the next one."""


def reach(message: Message, hit: Hit, modifier: Modifier, closed: bool) -> str | None:
    """How surely a denial reaches a finding behind it.

    Args:
        message: The message.
        hit: The finding.
        modifier: A denial that ends before the finding begins.
        closed: Whether the list that the finding stands in closes like one under a denial.

    Returns:
        ``close`` (nothing but a word or two between), ``sure``, ``doubt`` or None (not at all).
    """
    words = message.words
    between = words[modifier.end : hit.start]
    noun = modifier.comma == "doubt"  # "no", "without": they deny nouns, not sentences
    earlier = sorted(
        {
            (other.start, other.end)
            for other in message.findings
            if modifier.end <= other.start and other.end <= hit.start
        }
    )
    said = words[hit.start : hit.end]
    clause = any(word in _COPULAS for word in said[1:])
    own = said[0] in _OBJECTS and bool(_FINITE & set(said[1:2]))  # "it is red"
    if own or _new_subject(between) or {",", "but"} & set(said[1:]):
        return None
    if not earlier:
        return _first(between, noun, clause, said)
    gaps = _gaps(words, modifier.end, hit.start, earlier)
    if any(len(gap) > _LONGEST for gap in gaps) or _OBJECTS & {w for gap in gaps for w in gap}:
        return None if noun else DOUBT
    listed = {"/", "or", "nor"} | ({LIST_COMMA} if _one_list(words, hit.end) else set())
    joined = any(listed & set(gap) for gap in gaps[1:])
    if noun and said[0] in _VERBS_FIRST and not joined:
        return None
    own = noun and gaps[-1][-1:] == [","] and said[0] in _BODY and len(said) > 1
    if own and not closed:
        return None  # "no pop, calf swollen": a statement with its own subject
    if noun and (clause or _followed_by_copula(words, hit)):
        return DOUBT if joined else None
    if joined and (closed or not {",", LIST_COMMA} & set(gaps[-1]) - listed):
        return SURE
    tight = all(set(gap) <= _LOOSE | {"any", "a", "no"} for gap in gaps[1:])
    if tight and closed and words[hit.start] not in _BODY:
        return SURE
    if noun and tight and "," not in gaps[-1] and _bare(message, hit) and gaps[-1] == ["and"]:
        return SURE
    return DOUBT


def in_denied_claim(words: Sequence[str], at: int) -> bool:
    """Whether a denial is denied in turn: "I can't say it is not swollen", "not not limping".

    Whoever says so may well mean that it is; nothing so twisted counts as a "no".

    Args:
        words: The message's words.
        at: Where the denial stands.
    """
    if at and words[at - 1] == words[at] == "not":
        return True
    before = list(words[max(0, at - _FAR) : at])
    for end in (".", ",", ";", "!", "?", "but", "\n", LIST_COMMA):
        if end in before:
            before = before[len(before) - before[::-1].index(end) :]
    if _UNTRUE & set(before):
        return True
    return any(
        word in ("not", "never") and _CLAIMING & set(before[i + 1 : i + 4])
        for i, word in enumerate(before)
    )


def _new_subject(between: Sequence[str]) -> bool:
    """Whether a clause with its own subject begins between: "no pop it just came on"."""
    return any(word in _OBJECTS and after in _FINITE for word, after in itertools.pairwise(between))


def _one_list(words: Sequence[str], at: int) -> bool:
    """Whether the "or" that a list comma belongs to comes before another denial."""
    for word in words[at:]:
        if word in _JOINED:
            return True
        if word in _DENYING:
            return False
    return False


def _first(between: Sequence[str], noun: bool, clause: bool, said: Sequence[str]) -> str | None:
    """A finding with no other one between it and the denial."""
    if "," in between and noun and said[0] in _VERBS_FIRST:
        return None
    if "," in between or (noun and clause):
        return DOUBT
    if _OBJECTS & set(between) and not _PERCEIVING & set(between) and len(between) > 2:
        return DOUBT
    return CLOSE if len(between) <= 2 else SURE


def _gaps(
    words: Sequence[str], start: int, end: int, earlier: Sequence[tuple[int, int]]
) -> list[list[str]]:
    """The words before each finding of the list, from the denial to the last one."""
    gaps, at = [], start
    for first, last in [*earlier, (end, end)]:
        if first >= at:
            gaps.append(list(words[at:first]))
        at = max(at, last)
    return gaps


def _bare(message: Message, hit: Hit) -> bool:
    """Whether a finding is a plain noun that nothing follows ("no redness and swelling")."""
    after = message.words[hit.end : hit.end + 1]
    return (
        hit.length <= 2
        and message.words[hit.start] not in _BODY
        and (not after or after[0] in {".", ",", LIST_COMMA, "but", "!", ";", "\n", "or", "just"})
    )


def _followed_by_copula(words: Sequence[str], hit: Hit) -> bool:
    return hit.end < len(words) and words[hit.end] in _COPULAS
