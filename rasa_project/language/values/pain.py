"""Pain from 0 to 10, when pushing off or in general, and at rest.

A score is "7/10", "seven out of ten", or a bare number where only a score can stand: "about a 4
when I push off". Which of the two it is, the words between it and the next score tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasa_project.language.message import Message
from rasa_project.language.numbers import Number, number_at, number_spans
from rasa_project.language.value_words import phrases
from rasa_project.language.values.common import SEPARATORS, Value, begins, stops, whole, word_at
from rasa_project.language.values.heads import is_elsewhere

_TEN = {"10", "ten"}
_STOPS = {".", "!", "?", ";", "\n", "..."}
_JOINS = {",", ",,", "and", "but", "(", ")", "-", "then"}
_NONE = {"nothing", "none", "nil", "nowt", "nada", "zilch", "no"}
_NO_SCORE_AFTER = {"/", "-", "$", "#"}
_WHEN = {
    "when", "at", "if", "while", "on", "in", "whenever", "with", "pushing", "walking",
    "running",
}  # fmt: skip
_AFTER_REACH, _BEFORE_REACH, _REPLY = 7, 8, 5


@dataclass(frozen=True)
class _Score:
    value: float
    start: int
    end: int


def read_pains(message: Message) -> Iterator[Value]:
    """At most one score of each kind, the highest said."""
    if message.words[:1] in (["what"], ["how"]):
        return  # "what does a 5 out of 10 feel like"
    scores = sorted(_scores(message), key=lambda score: score.start)
    said_of = any(message.cues(cue) for cue in ("pain", "push", "rest")) or phrases(
        "pain.strong"
    ).anywhere(message.words)
    if len(message.words) <= _REPLY and not said_of:
        return  # "7/10": of what, the open question knows
    best: dict[str, _Score] = {}
    for index, score in enumerate(scores):
        last = scores[index - 1].end if index else 0
        following = scores[index + 1].start if index + 1 < len(scores) else len(message.words)
        fact = "rest_nrs" if _at_rest(message, score, last, following) else "push_off_nrs"
        if fact not in best or best[fact].value < score.value:
            best[fact] = score
    for fact, score in best.items():
        yield Value(fact, whole(score.value), score.start, score.end)


def _scores(message: Message) -> Iterator[_Score]:
    words = message.words
    last: _Score | None = None
    for number in number_spans(words):
        if words[number.start] in ("a", "an", "half", "couple", "few", "several", "most"):
            continue
        if last is not None and number.start < last.end:
            continue
        if not 0 <= number.low <= number.high <= 10:
            continue
        end = _out_of_ten(words, number)
        if end is None:
            paired = (
                last is not None
                and message.sentence[number.start] - message.sentence[last.start] <= 1
            )
            if not _is_plain_score(message, number, paired):
                continue
            end = number.end
        if _of_something_else(message, number.start, end):
            continue
        last = _Score(number.high, number.start, end)
        yield last
    if last is not None:
        yield from _nothing(message, last)
    for start, end in phrases("pain.none").find(words):
        if any(phrases("pain.rest").at(words, at) for at in range(end, min(len(words), end + 4))):
            yield _Score(0, start, end)


def _out_of_ten(words: Sequence[str], number: Number) -> int | None:
    """Where "/10", "out of ten", "of 10" or "from ten" ends; None if it does not follow."""
    at = number.end
    if word_at(words, at) in ("/", "over", "sur", "on") and word_at(words, at + 1) in _TEN:
        return at + 2
    if word_at(words, at) == "out" and word_at(words, at + 1) in ("of", "a"):
        return at + 3 if word_at(words, at + 2) in _TEN else None
    if word_at(words, at) in ("of", "from", "out") and word_at(words, at + 1) in _TEN:
        return at + 2
    return None


def _is_plain_score(message: Message, number: Number, paired: bool) -> bool:
    """Whether a bare number can only be a score.

    Args:
        message: The message.
        number: The number.
        paired: Whether another score stands before it, in its sentence or the one before.
    """
    words, start, end = message.words, number.start, number.end
    before, after = word_at(words, start - 1), word_at(words, end)
    if words[start] == "one" and number.low == number.high and not paired:
        return False
    if phrases("pain.not_before").before(words, start) or before in _NO_SCORE_AFTER:
        return False
    ends = stops(words, end) and after != "-"
    if not (ends or after in phrases("pain.may_follow") or _cue_after(words, end, 1)):
        return False
    led = bool(phrases("pain.lead").before(words, start))
    doing = _cue_after(words, end, 3)
    if after == "pain" and led:
        return True
    strong = phrases("pain.strong").find(words, max(0, start - 5), start)
    if any(message.same_clause(at, start) for at, _ in strong) and (
        led or doing or before in SEPARATORS
    ):
        return True
    if paired:
        return doing or before in ("a", "to") or _ends_in_cue(words, start)
    if not (message.cues("pain") or message.cues("push") or message.cues("stiff")):
        return False
    if before == "a" and led:
        return doing or ends or after in ("now", "but") or _cue_before(message, start)
    return doing and (led or begins(words, start)) and after in _WHEN


def _ends_in_cue(words: Sequence[str], end: int) -> bool:
    """ "Walking 6, sit two": the word for what it is of stands right before the number."""
    return bool(phrases("pain.rest").before(words, end) or phrases("pain.push").before(words, end))


def _cue_after(words: Sequence[str], end: int, reach: int) -> bool:
    for at in range(end, min(len(words), end + reach)):
        if words[at] in SEPARATORS or (
            number_at(words, at) is not None and words[at] not in ("a", "an", "one")
        ):
            return False
        if phrases("pain.rest").at(words, at) or phrases("pain.push").at(words, at):
            return True
    return False


def _cue_before(message: Message, start: int) -> bool:
    words = message.words
    return any(
        phrases("pain.rest").at(words, at) or phrases("pain.push").at(words, at)
        for at in range(max(0, start - 6), start)
        if message.same_clause(at, start)
    )


def _of_something_else(message: Message, start: int, end: int) -> bool:
    """A stress of 10/10, a chest, a back: no heel."""
    words = message.words
    if word_at(words, start - 1) in SEPARATORS and is_elsewhere(
        [words[at] for at in range(max(0, start - 9), start) if message.same_sentence(at, start)]
    ):
        return True
    for at in range(max(0, start - 4), min(len(words), end + 3)):
        if not message.same_clause(at, start) or not phrases("pain.other_parts").at(words, at):
            continue
        if words[at] == "back" and not (
            word_at(words, at - 1) in ("my", "low", "lower", "me", "his", "her")
            and word_at(words, at + 1) != "of"
        ):
            continue
        return True
    return False


def _at_rest(message: Message, score: _Score, last: int, following: int) -> bool:
    """Whether a score is of pain at rest: the nearest cue, those after it first."""
    words = message.words
    found: list[tuple[float, bool]] = []
    for at in range(score.end, min(following, score.end + _AFTER_REACH)):
        if words[at] in _STOPS:
            break
        _note(words, at, at - score.end + _joins(words, score.end, at), found)
    for at in range(score.start - 1, max(last - 1, score.start - 1 - _BEFORE_REACH), -1):
        if words[at] in _STOPS:
            break
        _note(words, at, score.start - at + 1.5 + _joins(words, at, score.start), found)
    return min(found, default=(99.0, False))[1]


def _note(words: Sequence[str], at: int, cost: float, found: list[tuple[float, bool]]) -> None:
    if phrases("pain.rest").at(words, at):
        found.append((cost, True))
    elif phrases("pain.push").at(words, at):
        found.append((cost, False))


def _joins(words: Sequence[str], start: int, end: int) -> float:
    return sum(5.0 if words[at] == "," else 3.0 for at in range(start, end) if words[at] in _JOINS)


def _nothing(message: Message, last: _Score) -> Iterator[_Score]:
    """ "A 3 jogging, nothing sitting": no number, but a score beside one."""
    words = message.words
    for at in range(last.end, min(len(words), last.end + 8)):
        if words[at] in _STOPS:
            return
        if words[at] in _NONE and any(
            phrases("pain.rest").at(words, here) for here in range(at + 1, min(len(words), at + 4))
        ):
            yield _Score(0, at, at + 1)
            return
