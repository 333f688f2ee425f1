"""Whether a finding is present, absent or doubtful, when, and whose: medspaCy ConText.

ConText links modifiers to findings; this module reads the links. The guiding rule: a denial must
be certain. Where a "no" might end before the finding ("no pop, calf swollen"), the finding is
uncertain, and the chat asks.
"""

import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import spacy
from medspacy.context import ConText
from medspacy.context.context_modifier import ConTextModifier
from spacy.tokens import Doc, Span

from rasa_project.language import context
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.matcher import Hit
from rasa_project.language.mentions import (
    ABSENT,
    CURRENT,
    HYPOTHETICAL,
    PAST,
    PRESENT,
    UNCERTAIN,
)  # fmt: skip
from rasa_project.language.message import Message
from rasa_project.language.spelling import LIST_COMMA

_GROUP = "findings"
_UNKNOWN = "·"
_STRETCH = 60
"""Words that ConText is given at once."""

_PLACES = {"zones", "side", "sport"}
_CONNECTORS = {"or", "nor", LIST_COMMA, "/"}
_COPULAS = set(
    [
        "is",
        "are",
        "was",
        "were",
        "feels",
        "feel",
        "felt",
        "looks",
        "look",
        "looked",
        "has",
        "have",
        "had",
        "went",
        "gone",
        "gets",
        "got",
        "hurts",
    ]
)


@dataclass(frozen=True)
class Modifier:
    """A context word in the message: words ``start`` up to ``end``."""

    category: str
    start: int
    end: int
    comma: str
    kind: str


@dataclass(frozen=True)
class Assertion:
    """How one finding is said.

    Attributes:
        assertion: present, absent or uncertain, of the phrase as it stands in the lexicon.
        temporality: current, past or hypothetical.
        others: The people-modifiers that reach it.
        by_comma: The doubt comes only from a comma or "and" after a denial.
    """

    assertion: str
    temporality: str
    others: tuple[Modifier, ...] = ()
    by_comma: bool = False


class Assertions:
    """Runs ConText over the findings of a message."""

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

    def read(self, message: Message) -> tuple[dict[Hit, Assertion], list[Modifier]]:
        """The assertion of every finding, and all people-modifiers in the message."""
        if not message.words:
            return {}, []
        findings = message.findings
        linked: dict[Hit, list[Modifier]] = {hit: [] for hit in findings}
        people: list[Modifier] = []
        for first, last in _stretches(message):
            inside = [hit for hit in findings if first <= hit.start and hit.end <= last]
            people += self._link(message, first, last, inside, linked)
        asserted = {
            hit: _assertion(message, hit, [m for m in found if not _spent(m, hit, findings)])
            for hit, found in linked.items()
        }
        return asserted, people

    def _link(
        self,
        message: Message,
        first: int,
        last: int,
        findings: list[Hit],
        linked: dict[Hit, list[Modifier]],
    ) -> list[Modifier]:
        """Links the findings among words ``first`` up to ``last``; returns the people there."""
        # Words no rule knows are one word to ConText: spaCy keeps every string it ever saw.
        words = [w if w in self._known else _UNKNOWN for w in message.words[first:last]]
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
        return [_modifier(m, first) for m in graph.modifiers if m.category == context.OTHER]


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


def _spent(modifier: Modifier, hit: Hit, findings: Iterable[Hit]) -> bool:
    """Whether a modifier is part of a finding ("will not put his foot down", "no feeling").

    It then denies neither that finding nor another one ("no feeling in my toes, calf swollen"),
    unless the two findings share words and it stands before this one ("no red eye"). ConText
    itself does link a modifier inside its own target.
    """
    if modifier.start < hit.end and hit.start < modifier.end:
        return True
    return any(
        other.start <= modifier.start and modifier.end <= other.end and not other.overlaps(hit)
        for other in findings
    )


def _assertion(message: Message, hit: Hit, modifiers: list[Modifier]) -> Assertion:
    by_category = defaultdict(list)
    for modifier in modifiers:
        by_category[modifier.category].append(modifier)
    denials = {_denial(message, hit, m) for m in by_category[context.NEGATED]} - {None}
    if hit.entry.fact in _PLACES:  # "no pop, sore achilles" denies no place
        denials &= {"close"}
    if denials and by_category[context.AFFIRMED] and "close" not in denials:
        denials = set()
    polarity = hit.phrase.polarity
    hedged = bool({"might", "may"} & set(message.words[hit.start : hit.end]))
    unsure = bool(by_category[context.UNCERTAIN]) or hedged or polarity == "doubt"
    if unsure or denials == {"doubt"}:
        said = UNCERTAIN
    elif denials:
        said = UNCERTAIN if polarity == "absent" else ABSENT
    else:
        said = ABSENT if polarity == "absent" else PRESENT
    if polarity == "doubt" and denials and denials != {"doubt"}:
        said = ABSENT
    if by_category[context.HYPOTHETICAL]:
        when = HYPOTHETICAL
    elif by_category[context.PAST] and said != ABSENT and not hit.entry.history:
        when = PAST
    else:
        when = CURRENT
    return Assertion(
        said,
        when,
        others=tuple(by_category[context.OTHER]),
        by_comma=denials == {"doubt"} and not by_category[context.UNCERTAIN],
    )


def _denial(message: Message, hit: Hit, modifier: Modifier) -> str | None:
    """How surely a denial reaches a finding: ``close``, ``sure``, ``doubt`` or None (not)."""
    words = message.words
    if modifier.start >= hit.end:
        return "sure"
    between = range(modifier.end, hit.start)
    said_between = {words[at] for at in between}
    own = words[hit.start : hit.end]
    clause = any(word in _COPULAS for word in own[1:])
    determiner = modifier.comma == "doubt"  # "no", "without": they deny nouns, not sentences
    earlier = [
        other for other in message.findings if other.start in between and other.end <= hit.start
    ]
    if not earlier:
        if "," in said_between or (determiner and clause):
            return "doubt"
        return "close" if len(between) <= 2 else "sure"
    last = max(other.end for other in earlier)
    joined = any(words[at] in _CONNECTORS for at in range(last, hit.start))
    if determiner and (clause or _followed_by_copula(words, hit)):
        return None if not joined else "doubt"
    return "sure" if joined and "," not in said_between else "doubt"


def _followed_by_copula(words: list[str], hit: Hit) -> bool:
    return hit.end < len(words) and words[hit.end] in _COPULAS
