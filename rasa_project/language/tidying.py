"""Takes out of a message's mentions what other mentions already say, and draws what follows.

Everything here joins two findings of one message; single findings are the lexicon's matter.
"""

from dataclasses import replace

from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    PRESENT,
    UNCERTAIN,
    Mention,
)  # fmt: skip
from rasa_project.language.message import Message

# Of two ways it can have begun, the second says nothing more when the first is there.
_SAYS_MORE = (
    ("sudden_pop", "sudden_no_pop"),
    ("fall_or_blow", "sudden_no_pop"),
    ("fall_height", "sudden_no_pop"),
    ("fall_height", "fall_or_blow"),
)
# Of two findings in the same words, the first is the poorer reading.
_SAME_WORDS = (
    (("onset", "fall_or_blow"), ("onset", "sudden_pop")),
    (("push_off", "weak"), ("heel_raise", "weak")),
    (("push_off", "weak"), ("heel_raise", "cannot")),
    (("push_off", "weak"), ("neuro", "weak_both_legs")),
)
_FINE = {
    ("push_off", "normal"): ("painful", "weak", "unable"),
    ("heel_raise", "full"): ("painful", "weak", "cannot"),
}
_WALKS_NOW = {("walk4_now", "yes"), ("walk_limp", "yes")}
_COULD_NOT = ("could", "was not", "wasn", "were")
_NUMBNESS = {
    "numb", "numbness", "tingling", "tingly", "tingles", "tingle", "pins", "and", "needles",
}  # fmt: skip
_ON_EFFORT = {
    ("emergency_flags", "foot_cold_pale"),
    ("neuro", "numb_sole"),
    ("neuro", "numb_leg"),
}


def tidy(message: Message, mentions: list[Mention]) -> list[Mention]:
    """Joins what belongs together; returns mentions in the order of their words."""
    mentions = _without_comma_doubts(mentions)
    mentions = _first_then_now(mentions)
    mentions = _without_contradictions(mentions)
    mentions = _one_of_its_kind(mentions)
    mentions = _no_redness(mentions)
    mentions = _no_numbness(mentions)
    mentions = _on_effort(message, mentions)
    mentions = _one_beginning(mentions)
    mentions = _main_zone(mentions)
    seen: dict[tuple[object, ...], Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        key = (
            mention.fact, mention.value, mention.assertion, mention.experiencer,
            mention.temporality,
        )  # fmt: skip
        seen.setdefault(key, mention)
    return list(seen.values())


def _without_comma_doubts(mentions: list[Mention]) -> list[Mention]:
    """ "No fever, chills": two words for one fact, denied once, are not in doubt."""
    denied = {(m.fact, m.value) for m in mentions if m.assertion == ABSENT}
    stated = {(m.fact, m.value) for m in mentions if m.assertion == PRESENT}
    return [
        m
        for m in mentions
        if not (
            m.assertion == UNCERTAIN
            and m.fact == "fever"
            and (m.fact, m.value) in denied
            and (m.fact, m.value) not in stated
        )
    ]


def _first_then_now(mentions: list[Mention]) -> list[Mention]:
    """ "Could not walk on it, now I can": that was right after the injury."""
    later = [m.start for m in mentions if (m.fact, m.value) in _WALKS_NOW and m.is_stated]
    return [
        replace(m, fact="walk4_then", temporality=CURRENT)
        if (m.fact, m.value) == ("walk4_now", "no")
        and m.assertion == PRESENT
        and m.text.lower().startswith(_COULD_NOT)
        and any(start > m.start for start in later)
        else m
        for m in mentions
    ]


def _without_contradictions(mentions: list[Mention]) -> list[Mention]:
    """What is stated is not denied: "I did not fall, I only went over on my ankle"."""
    stated = {(m.fact, m.value) for m in mentions if m.is_stated and m.assertion == PRESENT}
    return [
        m
        for m in mentions
        if not (m.is_stated and m.assertion == ABSENT and (m.fact, m.value) in stated)
    ]


def _one_of_its_kind(mentions: list[Mention]) -> list[Mention]:
    """Drops what the same words say less well, and "fine" beside "but it hurts"."""
    stated = {(m.fact, m.value) for m in mentions if m.is_stated and m.assertion == PRESENT}
    kept = []
    for mention in mentions:
        label = (mention.fact, str(mention.value))
        better = {more for less, more in _SAME_WORDS if less == label}
        if better and any(
            (other.fact, other.value) in better
            and other.assertion != UNCERTAIN
            and _overlaps(mention, other)
            for other in mentions
        ):
            continue
        worse = {(mention.fact, value) for value in _FINE.get(label, ())}
        if not (mention.assertion == PRESENT and worse & stated):
            kept.append(mention)
    return kept


def _overlaps(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _no_redness(mentions: list[Mention]) -> list[Mention]:
    """ "Not red" is no redness at all, unless some warmth or redness is told beside it."""
    heat = [m for m in mentions if m.fact == "heat_redness" and m.assertion != ABSENT]
    kept = []
    for mention in mentions:
        if mention.fact == "heat_redness" and mention.assertion == ABSENT:
            if heat or mention.value == "spreading":
                continue
            mention = replace(mention, value="none", assertion=PRESENT)
        kept.append(mention)
    return kept


def _no_numbness(mentions: list[Mention]) -> list[Mention]:
    """ "No numbness", without a place, is said of the leg as well as of the sole."""
    more = [
        replace(mention, value="numb_leg")
        for mention in mentions
        if (mention.fact, mention.value, mention.assertion) == ("neuro", "numb_sole", ABSENT)
        and set(mention.text.lower().split()) <= _NUMBNESS
    ]
    return [*mentions, *more]


def _on_effort(message: Message, mentions: list[Mention]) -> list[Mention]:
    """A foot that goes numb or pale on a run and settles is its own fact (protocol C6).

    Without a word that it settles, the emergency sign is not dropped but left in doubt, so that
    the chat asks.
    """
    effort, relief = message.cues("effort"), message.cues("relief")
    if not effort:
        return mentions
    kept: list[Mention] = []
    for mention in mentions:
        sign = (mention.fact, mention.value) in _ON_EFFORT
        if not sign or mention.assertion != PRESENT:
            kept.append(mention)
            continue
        kept.append(
            replace(
                mention, fact="exertional_leg", value="yes",
                assertion=PRESENT if relief else UNCERTAIN,
            )
        )  # fmt: skip
        if not relief:
            cold = mention.fact == "emergency_flags"
            kept.append(replace(mention, assertion=UNCERTAIN) if cold else mention)
    return kept


def _one_beginning(mentions: list[Mention]) -> list[Mention]:
    begun = {m.value for m in mentions if m.fact == "onset" and m.assertion == PRESENT}
    covered = {less for more, less in _SAYS_MORE if more in begun}
    return [
        m
        for m in mentions
        if not (m.fact == "onset" and m.assertion == PRESENT and m.value in covered)
    ]


def _main_zone(mentions: list[Mention]) -> list[Mention]:
    """When only one place hurts it is the main one."""
    zones = [m for m in mentions if m.fact == "zones" and m.is_stated and m.assertion == PRESENT]
    if len({zone.value for zone in zones}) != 1:
        return mentions
    return [*mentions, replace(zones[0], fact="zone_main")]
