"""Whether the words of a finding mean it: a place is meant when it hurts, not when it is fine."""

from collections.abc import Iterable

from rasa_project.language.lexicon import Entry
from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message

_SHORT = 6
"""A message of so few words answers a question; its zone needs no word for pain beside it."""
_NO_PAIN = {
    "swelling", "wound", "gap_or_dent", "heat_redness", "calf_bigger", "calf_tense", "neuro",
    "emergency_flags", "heel_raise",
}  # fmt: skip
"""Facts that name a place without saying that it hurts ("blister on my heel")."""
_NERVE_PAIN = {"back_to_leg", "back_pain_after_fall"}
"""Facts of the nerves that are pain themselves, so that their place hurts."""
_DENYING = {"not", "no", "never", "neither", "nor", "without"}
_CLOSE = 2
"""Words before a word of pain in which a denial is about it."""
_WELL = {"fine", "ok", "okay", "normal", "good", "well", "great", "alright", "nothing", "none"}
"""Words that say of a place that nothing is wrong with it."""


def is_meant(message: Message, hit: Hit) -> bool:
    """Whether the words that a finding needs stand near it ("calf" needs a word for pain)."""
    entry = hit.entry
    if entry.fact in ("zones", "side") and any(
        other.start <= hit.start
        and hit.end <= other.end
        and other.entry.fact == "neuro"
        and other.entry.value not in _NERVE_PAIN
        for other in message.findings
    ):
        return False  # "numb sole": a place of numbness, not yet of pain
    if entry.fact == "zones" and not _hurts(message, hit):
        return False
    if entry.needs_anywhere and not any(message.cues(need) for need in entry.needs_anywhere):
        return False
    if not entry.needs:
        return True
    part_of_other = any(
        other.start <= hit.start and hit.end <= other.end and other.entry.fact != entry.fact
        for other in message.findings
    )
    if len(message.words) <= _SHORT and not part_of_other:
        return True
    return any(
        message.same_sentence(cue.start, hit.start)
        for need in entry.needs
        for cue in message.cues(need)
    )


def _hurts(message: Message, zone: Hit) -> bool:
    """Whether a place is named for pain: not when its clause only tells of swelling or a wound."""
    said = [cue for cue in message.cues("pain") if message.same_clause(cue.start, zone.start)]
    if said:
        return not all(_is_denied(message, cue) for cue in said)
    return not any(
        other.entry.fact in _NO_PAIN and message.same_clause(other.start, zone.start)
        for other in message.findings
    )


def _is_denied(message: Message, cue: Hit) -> bool:
    """Whether a word of pain is denied of a place: "the calf does not hurt", "no pain in the calf".

    Only where nothing but a word or two stands between the denial and the pain.
    """
    before = range(max(0, cue.start - _CLOSE), cue.start)
    if not any(
        message.words[at] in _DENYING and message.same_clause(at, cue.start) for at in before
    ):
        return False
    # "No pain in the calf", but "no, sore calf" and "not only sore in the calf".
    return not {"only", "just", "longer", "better"} & set(message.words[cue.start - 1 : cue.end])


def places_unmeant(message: Message, hits: Iterable[Hit]) -> frozenset[Entry]:
    """Places that are named as well or not sore, and nowhere as sore: "but my calf is fine".

    Args:
        message: The message, with what is not meant taken out.
        hits: Every phrase found in it, idioms among them.
    """
    named = {
        hit.phrase.entry
        for hit in hits
        if hit.phrase.entry is not None
        and hit.phrase.entry.fact == "zones"
        and any(
            word in _WELL | _DENYING and message.same_clause(at, hit.start)
            for at, word in enumerate(message.words)
        )
    }
    return frozenset(named - {hit.entry for hit in message.findings})
