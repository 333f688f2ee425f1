"""Options named in a reply: as they stand, nearly so, by position, or by one word of theirs."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from rasa_project.language.answers.reading import NO_ANSWER, VALUES, Reading
from rasa_project.language.answers.words import ReplyWords, joined
from rasa_project.language.numbers import number_at
from rasa_project.triage.screens import Question

_ALIKE = 88
"""rapidfuzz score, 0 to 100, from which a reply is an option's label typed."""


def exact_option(reply: ReplyWords, content: Sequence[str], question: Question) -> tuple[str, ...]:
    """The option whose label or value was typed as it stands."""
    typed = joined(content)
    for option in question.options:
        written = {joined(reply.label(option.label))}
        if not option.value.isdigit() or question.kind == "number":
            written.add(joined(reply.label(option.value)))  # "5" may be days, weeks or months
        if typed in written:
            return () if option.value in ("none", "unsure") else (option.value,)
    return ()


def labelled(reply: ReplyWords, words: Sequence[str], question: Question, several: bool) -> Reading:
    """Options whose labels are in the reply, or nearly so."""
    typed = " ".join(word for word in words if word.isalnum())
    if len(typed) < 4:
        return NO_ANSWER
    scores: list[tuple[float, str]] = []
    for option in question.options:
        if option.value in ("none", "unsure", "skip"):
            continue
        label = " ".join(word for word in reply.label(option.label) if word.isalnum())
        if several and len(label) >= 6 and f" {label} " in f" {typed} ":
            scores.append((100.0, option.value))
        else:
            scores.append((fuzz.ratio(typed, label), option.value))
    alike = [value for score, value in scores if score >= _ALIKE]
    if not alike:
        return NO_ANSWER
    if several:
        return Reading(VALUES, tuple(alike))
    best = sorted(scores, reverse=True)[:2]
    if len(best) > 1 and best[0][0] - best[1][0] < 3:
        return NO_ANSWER
    return Reading(VALUES, (best[0][1],))


def pointed_at(reply: ReplyWords, words: Sequence[str], question: Question) -> Reading | None:
    """ "The second one", "1 and 3", "the first two", "the last one"."""
    options = [o for o in question.options if not o.extra and o.value != "unsure"]
    if question.kind == "multi":
        options = [o for o in options if o.value != "none"]
    chosen: list[int] = []
    rest = [word for word in words if word not in reply.pointing]
    if not rest:
        return None
    if rest[0] in reply.first and len(rest) == 2:
        count = number_at(rest, 1)
        if count is not None and 2 <= count.low <= len(options) and not rest[1][0].isdigit():
            return Reading(VALUES, tuple(o.value for o in options[: int(count.low)]))
    for word in rest:
        position = reply.places.get(word)
        if position is None and word.isdecimal() and question.kind != "number":
            position = int(word)
        if position is None or position > len(options) or position == 0:
            return None
        chosen.append(position - 1 if position > 0 else len(options) + position)
    values = [options[index].value for index in sorted(set(chosen))]
    return Reading(VALUES, tuple(values))


def sharing_a_word(reply: ReplyWords, words: Sequence[str], question: Question) -> tuple[str, ...]:
    """Every option that shares a long word with the reply: "the numbness"."""
    stems = {word[:4] for word in words if len(word) >= 4 and word.isalpha()}
    return tuple(
        option.value
        for option in question.options
        if option.value not in ("none", "unsure")
        and stems & {word[:4] for word in reply.label(option.label) if len(word) >= 4}
    )
