"""Reads a typed reply against the question that is open.

Strict on purpose: what is not understood gives ``nothing`` and sets nothing. Findings that a
reply volunteers ("no but my calf is swollen") are the mentions' business: a denial that comes
with a finding gives ``nothing`` here, so that the finding counts and the rest is asked again.
Only "just", "only" and "nothing else" deny the rest, and only when every word was understood.
"""

from collections.abc import Sequence
from dataclasses import replace

from rasa_project.language.answers.amounts import read_age, read_days, read_number
from rasa_project.language.answers.options import (
    exact_option,
    labelled,
    pointed_at,
    sharing_a_word,
)  # fmt: skip
from rasa_project.language.answers.reading import NO_ANSWER, NONE, UNSURE, VALUES, Reading
from rasa_project.language.answers.words import ReplyWords
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.mentions import PRESENT, SELF, UNCERTAIN, Mention
from rasa_project.triage.screens import Question

_DENIALS = {"no", "not", "never", "without", "nor", "nope", "nah", "none"}

_SHORT = 8
"""Words of a reply in which a bare "both" or "left" is the side of the pain."""

_BETWEEN = {",", ".", ";", "!", "-", "\n", "(", ")", "but", "and", "though", "although"}
"""Words and marks between two clauses of a reply."""

_NO_FINDINGS = {"zones", "zone_main", "side", "sport", "respondent", "area", "age_band"}


class AnswerReader:
    """Reads replies.

    Args:
        lexicon: For spelling and the phrase language.

    Raises:
        rasa_project.errors.DataError: A data file breaks its format.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._reply = ReplyWords(lexicon)

    def read(self, text: str, question: Question, mentions: Sequence[Mention]) -> Reading:
        """Reads one reply.

        Args:
            text: The reply as typed.
            question: The open question.
            mentions: What the extractor found in the same text.

        Returns:
            The reading; ``nothing`` when it answers something else or is not understood.
        """
        reply = self._reply
        words = reply.words(text)
        content = reply.without(words, "fillers")
        if not content:
            return NO_ANSWER
        # Whole, too: a label may hold words that are fillers elsewhere ("a foot that is cold").
        whole = [word for word in words if word[0].isalnum()]
        exact = exact_option(reply, content, question) or exact_option(reply, whole, question)
        if question.kind == "number":
            return read_number(reply, words, content, question, mentions, exact)
        if exact:
            return Reading(VALUES, exact)
        offered = [option.value for option in question.options]
        meant = reply.meant(content, question.name, offered)
        if meant is not None:
            return Reading(VALUES, (meant,), complete=question.kind != "multi")
        if reply.is_(content, "unsure"):
            return Reading(UNSURE)
        if question.screen == "duration":
            return read_days(mentions)
        if question.kind == "multi":
            return self._multi(text, words, content, question, mentions)
        if question.kind == "map":
            pointed = pointed_at(reply, words, question)
            return pointed or self._places(words, question)
        if question.kind == "single":
            return self._single(content, words, question)
        return NO_ANSWER

    def left_over(self, text: str, question: Question, mentions: Sequence[Mention]) -> list[str]:
        """The words of a reply that no finding, no label of the question and no filler covers.

        Args:
            text: The reply as typed.
            question: The open question.
            mentions: What the extractor found in the same text.
        """
        left = self._unread(text, mentions)
        for value in labelled(self._reply, left, question, several=True).values:
            option = question.option(value)
            label = set(self._reply.label(option.label)) if option is not None else set()
            left = [word for word in left if word not in label]
        return [] if self._reply.is_(left, "harmless", "fillers") else left

    def _places(self, words: list[str], question: Question) -> Reading:
        """Places by their labels, and a side by its word: "my achilles, both"."""
        named = labelled(self._reply, words, question, several=True).values
        sides = [o.value for o in question.options if o.value in words and o.value not in named]
        values = (*named, *(sides if len(sides) == 1 and len(words) <= _SHORT else ()))
        return Reading(VALUES, values) if values else NO_ANSWER

    def _single(self, content: list[str], words: list[str], question: Question) -> Reading:
        reply = self._reply
        offered = {option.value for option in question.options}
        if {"yes", "no"} <= offered:
            if reply.is_(content, "doubtful"):
                return Reading(UNSURE)
            for value in ("yes", "no"):
                if reply.is_(content, value):
                    return Reading(VALUES, (value,))
            return NO_ANSWER
        band = read_age(content) if question.screen == "age_band" else None
        if band in offered:
            return Reading(VALUES, (str(band),))
        pointed = pointed_at(reply, words, question)
        if pointed is not None:
            return pointed if len(pointed.values) == 1 else NO_ANSWER
        found = labelled(reply, content, question, several=False)
        return found if found.values else self._choice_among_clauses(words, question)

    def _choice_among_clauses(self, words: list[str], question: Question) -> Reading:
        """ "No worse, but it is a bit stiff": a choice that is one clause of the reply."""
        if not question.unless_ticked:
            return NO_ANSWER
        offered = [option.value for option in question.options]
        chosen: list[str] = []
        for clause in _clauses(words):
            content = self._reply.without(clause, "fillers")
            meant = self._reply.meant(content, question.name, offered)
            named = labelled(self._reply, content, question, several=False).values
            chosen += [meant] if meant is not None else named
        main = [o.value for o in question.options if o.value in chosen and not o.extra]
        if len(main) != 1:
            return NO_ANSWER
        # The tick boxes beside it are the mentions' business, and what they leave unread.
        return Reading(VALUES, tuple(dict.fromkeys(chosen)), complete=False)

    def _multi(
        self,
        text: str,
        words: list[str],
        content: list[str],
        question: Question,
        mentions: Sequence[Mention],
    ) -> Reading:
        reply = self._reply
        items = [o.value for o in question.options if o.value not in ("none", "unsure")]
        if reply.is_(content, "none", "no"):
            volunteered = any(
                m.assertion in (PRESENT, UNCERTAIN) and _is_finding(m) for m in mentions
            )
            return NO_ANSWER if volunteered else Reading(NONE)
        if reply.is_(content, "all"):
            return Reading(VALUES, tuple(items))
        named = self._only_these(text, words, question, mentions)
        if named is not None:
            return named
        if reply.is_(content, "yes"):
            return NO_ANSWER
        pointed = pointed_at(reply, words, question)
        if pointed is not None:
            return pointed
        return self._labels_alone(text, content, question, mentions)

    def _labels_alone(
        self, text: str, content: list[str], question: Question, mentions: Sequence[Mention]
    ) -> Reading:
        """Options typed as they stand; what is denied by its label is the mentions' business."""
        if _DENIALS & set(content):
            return NO_ANSWER
        found = labelled(self._reply, content, question, several=True)
        left = self._unread(text, mentions)
        for option in question.options:
            if option.value in found.values:
                label = set(self._reply.label(option.label))
                left = [word for word in left if word not in label]
        understood = not left or self._reply.is_(left, "harmless", "fillers")
        return replace(found, complete=understood)

    def _only_these(
        self, text: str, words: list[str], question: Question, mentions: Sequence[Mention]
    ) -> Reading | None:
        """ "None except the numbness", "just a bit of swelling", "swelling, nothing else"."""
        reply = self._reply
        named = reply.after(words, "except")
        if named is None:
            named = reply.after(words, "only")
        if named is None and reply.has(words, "nothing_else"):
            named = reply.without(words, "nothing_else")
        if named is None:
            return None
        values, understood = self._named(named, question, mentions)
        if not values:
            return NO_ANSWER
        rest = self._unread(text, mentions)
        limited = reply.has(words, "limiting") or reply.has(words, "nothing_else")
        complete = understood or not rest or reply.is_(rest, "harmless", "fillers")
        doubtful = any(m.assertion == UNCERTAIN and _is_finding(m) for m in mentions)
        return Reading(VALUES, values, complete=complete and limited and not doubtful)

    def _named(
        self, words: list[str], question: Question, mentions: Sequence[Mention]
    ) -> tuple[tuple[str, ...], bool]:
        """The options named, and whether nothing else can be in the words."""
        reply = self._reply
        pointed = pointed_at(reply, words, question)
        if pointed is not None and pointed.values:
            return pointed.values, True
        offered = [option.value for option in question.options]
        said = {
            str(m.value) if str(m.value) in offered else m.fact
            for m in mentions
            if m.assertion == PRESENT and m.experiencer == SELF
        }
        by_mention = tuple(value for value in offered if value in said)
        if by_mention:
            return by_mention, False
        by_label = labelled(reply, words, question, several=True)
        if by_label.values:
            return by_label.values, True
        shared = sharing_a_word(reply, words, question)
        left = [w for w in reply.without(words, "harmless") if len(w) > 2]
        return (shared, len(left) <= 1) if len(shared) == 1 else ((), False)

    def _unread(self, text: str, mentions: Sequence[Mention]) -> list[str]:
        """The words that belong to no mention, without punctuation."""
        for mention in mentions:
            blank = " " * (mention.end - mention.start)
            text = text[: mention.start] + blank + text[mention.end :]
        return [word for word in self._reply.words(text) if word[0].isalnum()]


def _clauses(words: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in _BETWEEN:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def _is_finding(mention: Mention) -> bool:
    """Whether a mention is clinical, so that a bare denial cannot be all that was said."""
    denied = mention.value in ("none", "no") or mention.fact in _NO_FINDINGS
    return mention.experiencer == SELF and not denied
