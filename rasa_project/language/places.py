"""Where a swelling is, when its words do not say: "calf isn't swollen, just the heel".

The places are cues of the lexicon (``cue.place_calf`` and so on).
"""

from collections.abc import Iterator, Sequence

from rasa_project.language.matcher import Hit
from rasa_project.language.mentions import ABSENT, PRESENT, UNCERTAIN
from rasa_project.language.message import Message

_CUES = {
    "place_calf": "calf", "place_ankle": "ankle_joint", "place_heel": "tendon_heel",
    "place_leg": "whole_leg",
}  # fmt: skip
_TOWARDS = {
    "in", "around", "on", "at", "over", "near", "above", "below", "behind", "under", "about",
    "of", "by", "round", "along",
}  # fmt: skip
_EXCEPT = {"except", "apart", "aside", "besides", "other", "bar", "save", "excepting"}
_INSTEAD = {"just", "only", "but", "it", "rather", ","}
_YES = {"yes", "yeah", "yep", "yup", "aye", "is", "does", "though"}
_JOINTS = {"and", "or", "nor", "/", "plus", ",", ",,"}
_FILLERS = {
    "my", "the", "his", "her", "both", "a", "this", "that", "left", "right", "neither", "either",
    "of", "also", "is",
}  # fmt: skip
_PREDICATES = {
    ":", "-", "=", "not", "neither", "is", "are", "was", "no", "still", "at", "all", "really",
    "looks", "feels", "both",
}  # fmt: skip
_REACH = 8
UNKNOWN = "tendon_heel"
"""Where an unplaced swelling is asked about first."""


def placed(message: Message, hit: Hit, said: str) -> list[tuple[str, str]]:
    """What an unplaced swelling says: (value, assertion) pairs.

    Args:
        message: The message.
        hit: The words of swelling.
        said: Their assertion.
    """
    spots = _spots(message)
    behind = _behind(message, hit, spots)
    if said == ABSENT:
        excepted = _excepted(message, hit, spots)
        if excepted == []:
            return [(UNKNOWN, UNCERTAIN)]
        if excepted:
            return [(value, PRESENT) for value in excepted]
        subject = behind or _subject(message, hit, spots)
        return [(subject, ABSENT)] if subject else [("none", PRESENT)]
    value = behind or _before(message, hit, spots) or _only(message, hit, spots)
    return [(value, said)] if value else [(UNKNOWN, UNCERTAIN)]


def around(message: Message, hit: Hit, said: str) -> list[tuple[str, str]]:
    """What a placed swelling says besides its own place.

    "My calf and ankle are swollen" names two places, "calf isn't swollen, just the heel" denies
    one and states another, "not the whole leg, just the calf is swollen" the other way round.
    """
    spots = _spots(message)
    more: list[tuple[str, str]] = []
    if said == ABSENT:
        more += [(value, PRESENT) for value in _excepted(message, hit, spots) or []]
    for start, end, value in spots:
        joint = message.words[end : hit.start]
        if end <= hit.start and joint and joint[0] in _JOINTS and set(joint[1:]) <= _FILLERS:
            more.append((value, said))
        if said == PRESENT and message.same_sentence(start, hit.start) and end <= hit.start:
            before = message.words[max(0, start - 3) : start]
            if "not" in before and set(before[before.index("not") + 1 :]) <= _FILLERS | _TOWARDS:
                more.append((value, ABSENT))
    own = hit.entry.value
    return [(value, how) for value, how in more if value != own]


def _spots(message: Message) -> list[tuple[int, int, str]]:
    return sorted(
        (hit.start, hit.end, value) for cue, value in _CUES.items() for hit in message.cues(cue)
    )


def _behind(message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]) -> str | None:
    """The place named behind: "swelling, a bit, around my ankle"."""
    for start, _, value in spots:
        between = message.words[hit.end : start]
        if start < hit.end or len(between) > _REACH or not message.same_sentence(start, hit.start):
            continue
        if _TOWARDS & set(between[:3]) and not _breaks(message, hit.end, start):
            return value
    return None


def _subject(message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]) -> str | None:
    """The place right before: "calf: not swollen"."""
    near = [
        value
        for _, end, value in spots
        if end <= hit.start and set(message.words[end : hit.start]) <= _PREDICATES
    ]
    return near[-1] if near else _joined_subject(message, hit, spots)


def _joined_subject(
    message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]
) -> str | None:
    """The place of which something else is denied first: "the calf is neither sore nor swollen"."""
    for start, end, value in reversed(spots):
        between = message.words[end : hit.start]
        joined = {"neither", "nor"} & set(between) or {"not", "and"} <= set(between)
        if end <= hit.start and message.same_clause(start, hit.start) and joined:
            return value
    return None


def _before(message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]) -> str | None:
    """The nearest place before, in the same clause."""
    near = [
        value
        for start, end, value in spots
        if end <= hit.start and message.same_clause(start, hit.start)
    ]
    return near[-1] if near else None


def _only(message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]) -> str | None:
    """The one place of the sentence, or of the message."""
    for some in (
        {value for start, _, value in spots if message.same_sentence(start, hit.start)},
        {value for _, _, value in spots},
    ):
        if len(some) == 1:
            return some.pop()
        if some:
            return None
    return None


def _excepted(
    message: Message, hit: Hit, spots: Sequence[tuple[int, int, str]]
) -> list[str] | None:
    """Places that a denial leaves out; [] when it leaves out something else, None when nothing."""
    words = message.words
    after = words[hit.end : hit.end + _REACH]
    exception = bool(_EXCEPT & set(after[:4]))
    found = []
    for start, end, value in spots:
        if (
            start < hit.end
            or start > hit.end + _REACH
            or not message.same_sentence(start, hit.end - 1)
        ):
            continue
        between = words[hit.end : start]
        if _breaks(message, hit.end, end):
            continue
        told = words[end : end + 1]
        ends = not told or told[0] in {".", ",", "!", ";", "\n", *_YES}
        if (
            exception
            or (ends and _INSTEAD & set(between[:2]))
            or (told and told[0] in {"yes", "yep"})
        ):
            found.append(value)
    return found or ([] if exception else None)


def _breaks(message: Message, start: int, end: int) -> bool:
    """Whether another finding or a word of pain stands between."""
    return any(
        start <= other.start < end and other.entry.fact not in ("side", "zones")
        for other in _others(message)
    )


def _others(message: Message) -> Iterator[Hit]:
    yield from message.findings
    yield from message.cues("pain")
