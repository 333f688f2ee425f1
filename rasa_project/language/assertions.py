"""Whether a finding is present, absent or doubtful, and when: medspaCy ConText, and what follows.

ConText links the words before and around a finding to it; ``denials.py`` reads how far a denial
carries, ``afterwords.py`` what is said behind the finding, ``questions.py`` whether the sentence
asks. The guiding rule: a denial must be certain. Where a "no" might end before the finding ("no
pop, calf swollen"), the finding is uncertain, and the chat asks.
"""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import spacy
from medspacy.context import ConText
from medspacy.context.context_modifier import ConTextModifier
from spacy.tokens import Doc, Span

from rasa_project.language import context, denials
from rasa_project.language.afterwords import Afterwords
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.matcher import Hit
from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    HYPOTHETICAL,
    PAST,
    PRESENT,
    SELF_HARM,
    UNCERTAIN,
)  # fmt: skip
from rasa_project.language.message import Message
from rasa_project.language.modifiers import Modifier
from rasa_project.language.past import is_year_gone, long_ago
from rasa_project.language.questions import Questions, is_fear

_GROUP = "findings"
_UNKNOWN = "·"
_YEAR_GONE = "¥"
"""How the context rules write any year before this one."""
_STRETCH = 60
"""Words that ConText is given at once."""

_PLACES = {"zones", "side", "sport", "onset.gradual"}
"""What only a denial right before it denies."""
_LASTING = {
    "zones", "side", "sport", "training_change", "history", "trend", "run_status", "area",
    "exertional_leg", "self_harm", "walk4_then",
}  # fmt: skip
"""Facts that "two years ago" does not make a thing of the past."""
_DOUBTLESS = {"side", "zones", "sport", "training_change"}
"""Facts that "maybe" before them does not put in doubt: a place, not a finding."""


@dataclass(frozen=True)
class Assertion:
    """How one finding is said.

    Attributes:
        assertion: present, absent or uncertain, of the phrase as it stands in the lexicon.
        temporality: current, past or hypothetical.
    """

    assertion: str
    temporality: str


class Assertions:
    """Reads the assertion of the findings of a message.

    Args:
        lexicon: The lexicon; the context rules lie beside it.

    Raises:
        rasa_project.errors.DataError: A file of context rules breaks its format.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        nlp = spacy.blank("en")
        # Rules come normalised, words separated by spaces.
        nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._context = ConText(
                nlp, rules=None, span_attrs=None, input_span_type="group", span_group_name=_GROUP
            )
            rules = context.context_rules(lexicon)
            self._context.add(rules)
        self._vocab = nlp.vocab
        self._known = frozenset(word for rule in rules for word in rule.literal.split())
        self._after = Afterwords(lexicon)
        self._questions = Questions(lexicon)

    def read(self, message: Message) -> dict[Hit, Assertion]:
        """The assertion of every finding."""
        if not message.words:
            return {}
        found = message.findings
        linked: dict[Hit, list[Modifier]] = {hit: [] for hit in found}
        all_: list[Modifier] = []
        for first, last in _stretches(message):
            inside = [hit for hit in found if first <= hit.start and hit.end <= last]
            all_ += self._link(message, first, last, inside, linked)
        asked = self._questions.asked(message)
        return {
            hit: self._assertion(
                message,
                hit,
                [m for m in near if not _spent(message.words, m, hit, found)],
                all_,
                asked,
            )
            for hit, near in linked.items()
        }

    def _link(
        self,
        message: Message,
        first: int,
        last: int,
        findings: list[Hit],
        linked: dict[Hit, list[Modifier]],
    ) -> list[Modifier]:
        """Links the findings among words ``first`` up to ``last``; returns all modifiers there."""
        # Words no rule knows are one word to ConText: spaCy keeps every string it ever saw.
        words = [self._word(message, at) for at in range(first, last)]
        doc = Doc(self._vocab, words=words, sent_starts=[True, *message.starts[first + 1 : last]])
        doc.spans[_GROUP] = [
            Span(doc, hit.start - first, hit.end - first, label=hit.entry.label) for hit in findings
        ]
        self._context(doc)
        graph = doc._.context_graph
        by_span = {(hit.start - first, hit.end - first, hit.entry.label): hit for hit in findings}
        for span, modifier in graph.edges:
            hit = by_span[(span.start, span.end, span.label_)]
            linked[hit].append(_modifier(modifier, first))
        return [_modifier(m, first) for m in graph.modifiers]

    def _word(self, message: Message, at: int) -> str:
        word = message.words[at]
        if word.isdigit() and is_year_gone(word, message.year):
            return _YEAR_GONE
        return word if word in self._known else _UNKNOWN

    def _assertion(
        self,
        message: Message,
        hit: Hit,
        modifiers: list[Modifier],
        all_: Sequence[Modifier],
        asked: Sequence[tuple[int, int]],
    ) -> Assertion:
        by_category = defaultdict(list)
        for modifier in modifiers:
            by_category[modifier.category].append(modifier)
        if hit.entry.fact == SELF_HARM:  # never talked down: only a plain denial counts
            by_category[context.UNCERTAIN] = by_category[context.HYPOTHETICAL] = []
        said = self._said(message, hit, by_category, all_)
        fears = [m for m in by_category[context.HYPOTHETICAL] if m.kind == context.FEAR]
        supposed = [m for m in by_category[context.HYPOTHETICAL] if m.kind != context.FEAR]
        feared = {is_fear(message, hit, fear) for fear in fears}
        if "doubt" in feared and said == PRESENT:
            said = UNCERTAIN
        if supposed or "fear" in feared or any(a <= hit.start < b for a, b in asked):
            when = HYPOTHETICAL
        elif said != ABSENT and self._is_past(message, hit, by_category):
            when = PAST
        else:
            when = CURRENT
        return Assertion(said, when)

    def _said(
        self,
        message: Message,
        hit: Hit,
        by_category: dict[str, list[Modifier]],
        all_: Sequence[Modifier],
    ) -> str:
        polarity = hit.phrase.polarity
        place = bool({hit.entry.fact, hit.entry.label} & _PLACES)
        sure = {self._reach(message, hit, m) for m in by_category[context.NEGATED]} - {None}
        if place:  # "no pop, sore achilles" denies no place
            sure &= {denials.CLOSE}
        if polarity == "absent":  # "no fever, foot warm" puts no doubt on the warm foot
            sure &= {denials.CLOSE}
        if by_category[context.AFFIRMED] and denials.CLOSE not in sure:
            sure = set()
        if not place and not hit.denied_at and self._after.denied(message, hit):
            return ABSENT if polarity in ("present", "doubt") else UNCERTAIN
        if not place and self._after.affirmed(message, hit):
            sure.discard(denials.DOUBT)
        inner = bool(hit.denied_at) and not _affirmed(hit, all_)
        denied = inner or bool(sure - {denials.DOUBT})
        hedged = bool({"might", "may"} & set(message.words[hit.start : hit.end]))
        unsure = hedged or (
            hit.entry.fact not in _DOUBTLESS
            and (
                any(_hedges(message, m, hit) for m in by_category[context.UNCERTAIN])
                or self._after.doubted(message, hit)
            )
        )
        concord = all(_agrees(message.words, at) for at in hit.denied_at)
        if inner and denials.CLOSE in sure and not concord:
            return UNCERTAIN  # denied within and without: "no calf is not swollen"
        if polarity == "doubt":
            return ABSENT if denied else UNCERTAIN
        if unsure or (not denied and sure) or self._twice_denied(message, hit, by_category):
            return UNCERTAIN
        if denied:
            return UNCERTAIN if polarity == "absent" else ABSENT
        return ABSENT if polarity == "absent" else PRESENT

    def _twice_denied(
        self, message: Message, hit: Hit, by_category: dict[str, list[Modifier]]
    ) -> bool:
        outer = [m.start for m in by_category[context.NEGATED] if self._reach(message, hit, m)]
        own = [hit.start] if hit.phrase.polarity == "absent" else []
        starts = (*hit.denied_at, *outer, *own)
        return any(denials.in_denied_claim(message.words, at) for at in starts)

    def _reach(self, message: Message, hit: Hit, modifier: Modifier) -> str | None:
        if modifier.start >= hit.end:
            return denials.SURE
        closed = self._after.ends_list(message, hit)
        return denials.reach(message, hit, modifier, closed)

    def _is_past(self, message: Message, hit: Hit, by_category: dict[str, list[Modifier]]) -> bool:
        if hit.entry.fact in _LASTING:
            return False
        if hit.entry.history:
            return hit.entry.within_days is not None and any(
                m.kind == context.LONG for m in by_category[context.PAST]
            )
        return (
            bool(by_category[context.PAST])
            or long_ago(message, hit)
            or (hit.entry.fact != "onset" and self._after.over(message, hit))
        )


def _agrees(words: Sequence[str], at: int) -> bool:
    """Whether a second denial goes on with the first: "not hot and not red", "no pain nor"."""
    return words[at] in ("nor", "neither", "no") or words[at - 1] in ("and", "or", ",")


def _hedges(message: Message, modifier: Modifier, hit: Hit) -> bool:
    """Whether a word of doubt is about the finding, not about a number ("maybe 20 minutes")."""
    after = message.words[modifier.end : modifier.end + 2]
    number = any(word[0].isdigit() for word in after[:1]) or after[:1] == ["about"]
    return modifier.end > hit.start or not number


def _affirmed(hit: Hit, modifiers: Iterable[Modifier]) -> bool:
    """Whether the denial inside is denied in turn: "not not", "would not say it does not"."""
    twice = any(at + 1 in hit.denied_at for at in hit.denied_at)
    return twice or any(
        m.category == context.AFFIRMED and any(m.start <= at < m.end for at in hit.denied_at)
        for m in modifiers
    )


def _stretches(message: Message) -> list[tuple[int, int]]:
    """Cuts a long message for ConText, whose cost grows with the square of its modifiers.

    Cuts fall between sentences; a run-on message is cut between findings.
    """
    cuts = [0]
    within = {at for hit in message.findings for at in range(hit.start + 1, hit.end)}
    for at in range(1, len(message.words)):
        length = at - cuts[-1]
        sentence = length >= _STRETCH // 2 and message.starts[at]
        if at not in within and (sentence or length >= _STRETCH):
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], len(message.words)], strict=True))


def _modifier(found: ConTextModifier, first: int) -> Modifier:
    start, end = found.modifier_span
    data = found.rule.metadata
    return Modifier(found.category, start + first, end + first, data["comma"], data["kind"])


def _spent(words: Sequence[str], modifier: Modifier, hit: Hit, findings: Iterable[Hit]) -> bool:
    """Whether a modifier is part of a finding ("will not put his foot down", "no feeling").

    It then denies neither that finding nor another one ("no feeling in my toes, calf swollen"),
    unless the two findings share words and it stands before this one ("no red eye"), or "or" joins
    them ("no redness or fever"). ConText itself does link a modifier inside its own target.
    """
    if modifier.start < hit.end and hit.start < modifier.end:
        return True
    return any(
        other.start <= modifier.start
        and modifier.end <= other.end
        and not other.overlaps(hit)
        and not set(other.denied_at) & set(range(modifier.start, modifier.end))
        and not set(words[other.end : hit.start]) & {"or", "nor"}
        for other in findings
    )
