"""Minutes of morning stiffness of the heel; a range gives its upper end."""

from functools import lru_cache

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message, distance
from rasa_project.language.numbers import number_at
from rasa_project.language.times import Kind, Span
from rasa_project.language.value_words import Phrases, phrases, value_words
from rasa_project.language.values.common import Value, word_at

_UNITS = {"second", "seconds", "minute", "minutes", "hour", "hours", "heures"}
_LONGEST_MINUTES = 180
_REACH, _BESIDE = 9, 4
_SHORT, _REPLY, _WORDS_BESIDE = 14, 9, 4
_ASKING = {"why", "how", "what", "is", "are", "does", "do", "when"}
_OWN_PARTS = {
    "heel", "heels", "achilles", "calf", "calves", "foot", "feet", "ankle", "ankles", "tendon",
    "tendons", "sole",
}  # fmt: skip
_WARM_UP = {"warm", "stretch", "stretching", "foam", "roll", "rolling", "ice", "icing"}
_ONE_MORNING = {"this", "yesterday", "tomorrow", "that", "good", "monday", "saturday", "sunday"}
_OWN_WARMING_UP = {"i", "my", "do", "no", "not", "without", "zero", "skip", "never", "a"}
_PLACES_NEAR = {
    "bathroom", "washroom", "toilet", "loo", "kitchen", "hallway", "stairs", "downstairs",
}  # fmt: skip


def read_stiffness(message: Message) -> list[Value]:
    """The minutes of morning stiffness, said as a time, by what ends it, or denied."""
    if message.words[:1] and message.words[0] in _ASKING:
        return []
    for time in message.times:
        minutes = _minutes(message, time)
        if minutes is not None:
            return [Value("stiffness_min", minutes, time.start, time.end)]
    return _until(message) or _in_words(message) or _denied(message)


def _minutes(message: Message, time: Span) -> int | None:
    words, place = message.words, (time.start, time.end)
    if time.unit not in _UNITS or time.days > 1:
        return None
    loose = time.kind in (Kind.AGO, Kind.SINCE, Kind.EACH) or (
        time.kind is Kind.AHEAD and word_at(words, time.start - 1) != "in"
    )
    if (loose and not _takes(message, time)) or _is_of_something_else(message, time):
        return None
    mornings = [
        distance(place, (cue.start, cue.end))
        for cue in message.cues("first_thing")
        if message.same_sentence(cue.start, time.start)
        and not (words[cue.start] == "morning" and word_at(words, cue.start - 1) in _ONE_MORNING)
    ]
    stiff = min(
        (
            gap
            for cue in _stiff(message)
            if message.same_sentence(cue.start, time.start)
            and (gap := distance(place, (cue.start, cue.end))) <= _REACH
            and (mornings or gap <= _BESIDE or message.same_clause(cue.start, time.start))
        ),
        default=None,
    )
    morning = min(mornings, default=99) <= _REACH
    doing = phrases("stiffness.other_doing").find(words)
    if not morning and any(message.same_clause(start, time.start) for start, _ in doing):
        return None
    if stiff is not None or (morning and (len(words) <= _SHORT or _takes(message, time))):
        return min(round(max(time.days, time.most) * 1440), _LONGEST_MINUTES)
    return None


def _stiff(message: Message) -> list[Hit]:
    """The words for stiffness, without those for the visitor's own warming up."""
    words = message.words
    return [
        cue
        for cue in message.cues("stiff")
        if words[cue.start] not in ("warm", "warms")
        or not _OWN_WARMING_UP & set(words[max(0, cue.start - 3) : cue.start])
    ]


def _takes(message: Message, time: Span) -> bool:
    """Whether words around say that it takes, lasts or eases after this time."""
    words = message.words
    return phrases("stiffness.takes").anywhere(words, max(0, time.start - 4), time.start)


def _is_of_something_else(message: Message, time: Span) -> bool:
    """A workout of 20 minutes, a shift of 12 hours, a stiff back."""
    words = message.words
    after = time.end + (word_at(words, time.end) == "-")
    if phrases("stiffness.other_doing").anywhere(words, after, min(len(words), after + 2)):
        return word_at(words, after) not in ("of",)
    if word_at(words, after) in _WARM_UP | {"drive", "flight", "on"}:
        return True
    start = time.start
    while start > 0 and message.same_sentence(start - 1, time.start):
        start -= 1
    others = [at for at, _ in phrases("stiffness.other_parts").find(words, start, time.end)]
    own = [at for at in range(start, time.end) if words[at] in _OWN_PARTS]
    return bool(others) and max(others) > max(own, default=-1)


def _until(message: Message) -> list[Value]:
    """ "Stiff till my coffee is done", "by the time I have walked the dog"."""
    words = message.words
    stiff, morning = _stiff(message), message.cues("first_thing")
    alone = len(words) <= _REPLY
    if not stiff and not morning and not alone:
        return []
    ends = value_words().numbers["stiffness.until"]
    for start, end in phrases("stiffness.until_words").find(words):
        for at in range(end, min(len(words), end + 7)):
            if words[at] not in ends or not message.same_sentence(start, at):
                continue
            close = [cue for cue in stiff if message.same_sentence(cue.start, start)]
            reply = alone and phrases("stiffness.until_alone").at(words, start)
            if close or reply or (words[at] in _PLACES_NEAR and morning):
                return [Value("stiffness_min", round(ends[words[at]]), start, at + 1)]
    for at, word in enumerate(words):
        if word == "to" and stiff and morning and set(words[at + 1 : at + 3]) & _PLACES_NEAR:
            return [Value("stiffness_min", 5, at, min(len(words), at + 3))]
    return []


def _in_words(message: Message) -> list[Value]:
    """ "The first few steps", "most of the morning"."""
    words = message.words
    said = value_words().numbers["stiffness.said"]
    for start, end in _said().find(words):
        minutes = said[" ".join(words[start:end])]
        steps = "step" in words[end - 1] or words[end - 1] == "pas"
        if steps and set(words[end : end + 4]) & {"run", "runs", "jog"}:
            continue
        if steps and set(words[max(0, start - 3) : start]) & {
            "took",
            "take",
            "not",
            "manage",
        }:
            continue
        cues = (
            _stiff(message)
            if not steps
            else (*_stiff(message), *message.cues("pain"), *message.cues("first_thing"))
        )
        near = any(
            message.same_sentence(cue.start, start)
            and (steps or distance((start, end), (cue.start, cue.end)) <= _REACH)
            for cue in cues
        )
        if near or len(words) - (end - start) <= _WORDS_BESIDE:
            return [Value("stiffness_min", round(minutes), start, end)]
    return []


@lru_cache(maxsize=1)
def _said() -> Phrases:
    return Phrases(value_words().numbers["stiffness.said"])


def _denied(message: Message) -> list[Value]:
    words = message.words
    for start, end in phrases("stiffness.none").find(words):
        others = phrases("stiffness.other_parts").find(
            words, max(0, start - 5), min(len(words), end + 4)
        )
        if (
            not others
            and word_at(words, end) not in ("but", "enough", "as")
            and number_at(words, end) is None
        ):
            return [Value("stiffness_min", 0, start, end)]
    return []
