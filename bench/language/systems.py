"""What is compared: this project, and three usual ways to read assertion.

The three others are given the project's own phrases to find the findings with, so that they
differ only in how they read assertion; they read no numbers.
"""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import spacy
from spacy.tokens import Doc, Span

from bench.language.cases import ABSENT, HYPOTHETICAL, OTHER, PAST, PRESENT, UNCERTAIN, Case, Label
from bench.language.cases import labels as canonical
from rasa_project.language.lexicon import CUE, UNPLACED, project_lexicon
from rasa_project.language.matcher import Hit, PhraseMatcher, findings

System = Callable[[Case], tuple[Label, ...]]


def project() -> System:
    """This project, whole: the trained graph, and the reading of the open question."""
    from datetime import datetime, time

    from rasa_project.understand import Understander

    reader = Understander()

    def read(case: Case) -> tuple[Label, ...]:
        heard = reader.read(case.text, case.screen, datetime.combine(case.at, time(12)))
        return canonical(_raw(m.fact, m.value, m) for m in heard.facts)

    return read


def facts_only() -> System:
    """Phrases and context rules alone: nothing learnt, no open question."""
    from rasa_project.language.extractor import FactExtractor

    extractor = FactExtractor()

    def read(case: Case) -> tuple[Label, ...]:
        return canonical(_raw(m.fact, m.value, m) for m in extractor.extract(case.text, case.at))

    return read


def _raw(fact: str, value: Any, mention: Any) -> dict[str, Any]:
    return {
        "fact": fact,
        "value": value,
        "assertion": mention.assertion,
        "experiencer": mention.experiencer,
        "temporality": mention.temporality,
    }


def presence() -> System:
    """Bag of words: whatever is named is there."""
    find = _Finder()

    def read(case: Case) -> tuple[Label, ...]:
        return _labelled((hit, PRESENT) for _, hit in find(case.text))

    return read


def negex() -> System:
    """NegEx, as negspaCy implements it with its clinical termset: present or absent."""
    from negspacy.negation import Negex  # noqa: F401  registers the pipe

    find, nlp = _Finder(), spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("negex")
    pipe = nlp.get_pipe("negex")

    def read(case: Case) -> tuple[Label, ...]:
        doc = nlp.make_doc(case.text)
        nlp.get_pipe("sentencizer")(doc)
        found = []
        for span, hit in find(case.text, doc):
            doc.ents = [span]  # one at a time: entities may not overlap
            pipe(doc)
            found.append((hit, ABSENT if doc.ents[0]._.negex else PRESENT))
        return _labelled(found)

    return read


def medspacy_default() -> System:
    """medspaCy's ConText with the rules it comes with."""
    from medspacy.context import ConText

    find, nlp = _Finder(), spacy.blank("en")
    nlp.add_pipe("sentencizer")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = ConText(nlp, input_span_type="group", span_group_name="findings")

    def read(case: Case) -> tuple[Label, ...]:
        doc = nlp.make_doc(case.text)
        nlp.get_pipe("sentencizer")(doc)
        pairs = list(find(case.text, doc))
        doc.spans["findings"] = [span for span, _ in pairs]
        context(doc)
        spans = list(doc.spans["findings"])
        return _labelled((hit, _status(span)) for span, (_, hit) in zip(spans, pairs, strict=True))

    return read


def _status(span: Span) -> str:
    if span._.is_family:
        return OTHER
    if span._.is_hypothetical:
        return HYPOTHETICAL
    if span._.is_historical:
        return PAST
    if span._.is_uncertain:
        return UNCERTAIN
    return ABSENT if span._.is_negated else PRESENT


class _Finder:
    """Finds the lexicon's phrases of presence in raw text, as spans of a plain spaCy document."""

    def __init__(self) -> None:
        self._lexicon = project_lexicon()
        self._matcher = PhraseMatcher(self._lexicon)
        self._blank = spacy.blank("en")

    def __call__(self, text: str, doc: Doc | None = None) -> Iterator[tuple[Span, Hit]]:
        doc = doc if doc is not None else self._blank.make_doc(text)
        tokens = self._lexicon.speller.tokens(text)
        for hit in findings(self._matcher.hits([token.norm for token in tokens])):
            if hit.entry.fact == CUE or hit.phrase.polarity == "absent":
                continue
            span = doc.char_span(
                tokens[hit.start].start,
                tokens[hit.end - 1].end,
                label=hit.entry.label,
                alignment_mode="expand",
            )
            if span is not None:
                yield span, hit


def _labelled(pairs: Any) -> tuple[Label, ...]:
    made = []
    for hit, status in pairs:
        value = "tendon_heel" if hit.entry.value == UNPLACED else hit.entry.value
        made.append(Label(hit.entry.fact, value, None, None, status))
    return tuple(dict.fromkeys(made))


SYSTEMS: dict[str, Callable[[], System]] = {
    "this project": project,
    "  its phrases and rules alone": facts_only,
    "medspaCy as it comes": medspacy_default,
    "NegEx rules": negex,
    "words present": presence,
}
"""Name -> how it is made."""
