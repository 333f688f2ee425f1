"""Names of people: by the words around them, by lists of names, and by capitals.

No list holds every name of Toronto and most messages have no capitals, so no one of the three is
enough. The stronger the words around ("my name is" more than "I'm"), the less a name must look
like one.
"""

import re
from collections.abc import Iterable, Iterator

from rasa_project.transcripts.redaction.name_cues import Trust, closing, either, greeting, rules
from rasa_project.transcripts.redaction.spans import Span
from rasa_project.transcripts.redaction.tokens import Token, tokens
from rasa_project.transcripts.redaction.words import Words

_PEOPLES = ("ian", "ese", "ish")
"""How words for peoples end: "I am Bolivian" names nobody. Names that end so are listed."""

_TIES = frozenset(("and", "or", "n"))

_CONTRACTED = frozenset(("d", "ll", "m", "re", "s", "t", "ve"))

_LONGEST = 5
"""Words in a name at most."""


class Names:
    """Finds names with the lists of :class:`Words`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rules = tuple(
            (re.compile(pattern, re.IGNORECASE), trust) for pattern, trust in rules(words)
        )
        speech = either(words.speech)
        self._speaks = re.compile(
            rf" +(?:{speech})\b|:|,? (?:is )?(?:here|speaking|writing)\b|,? (?:again|btw)\b[.,!]?$",
            re.IGNORECASE,
        )
        self._belongs = re.compile(
            r"\b[^\W\d_]+['’]s (?:(?:left|right) )?(?:heels?|foot|feet|ankles?|legs?|calf|achilles"
            rf"|pain|appointment|{either(words.relations)})\b",
            re.IGNORECASE,
        )
        self._closing, self._greeting = closing(words), greeting(words)
        self._nothing_more = re.compile(r"[ \t.,!]*(?:$|\n|[+(]?\d)")
        self._after_greeting = re.compile(
            r"[ \t]*(?:$|[\n,.!:;–—-]|from\b|here\b|again\b|i\b|im\b|this\b|for\b|that\b)",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Iterator[Span]:
        """The names in a text, in no order; they may overlap."""
        found = tokens(text)
        if not found:
            return
        at = {token.start: place for place, token in enumerate(found)}
        shut = self._shut(found)
        for start, end in self._with_more(found, self._runs(text, found, at, shut), shut):
            yield Span("name", found[start].start, found[end - 1].end)

    def _runs(
        self, text: str, found: list[Token], at: dict[int, int], shut: set[int]
    ) -> Iterator[tuple[int, int]]:
        for pattern, trust in self._rules:
            for place, end in self._after(pattern, trust, text, found, at, shut):
                if trust > Trust.GUESSED or not self._elsewhere(found, place, end):
                    yield place, end
        for place, end in self._after(self._greeting, Trust.LIKELY, text, found, at, shut):
            if self._after_greeting.match(text, found[end - 1].end):
                yield place, end
        for place, end in self._after(self._closing, Trust.LIKELY, text, found, at, shut):
            if self._nothing_more.match(text, found[end - 1].end):
                yield place, end
        for place, token in enumerate(found):
            if token.joined and not self._belongs.match(text, token.start):
                continue
            end = self._run(found, place, Trust.LIKELY, shut)
            if not end:
                continue
            owner = token.capital and self._belongs.match(text, token.start)
            if owner or (not token.joined and self._speaks.match(text, found[end - 1].end)):
                yield place, end
        yield from self._bare(text, found, shut)
        yield from self._lines(found, shut)

    def _after(
        self,
        pattern: re.Pattern[str],
        trust: Trust,
        text: str,
        found: list[Token],
        at: dict[int, int],
        shut: set[int],
    ) -> Iterator[tuple[int, int]]:
        """The names that begin right behind a pattern."""
        for match in pattern.finditer(text):
            place = at.get(match.end())
            if place is not None and (end := self._run(found, place, trust, shut)):
                yield place, end

    def _with_more(
        self, found: list[Token], runs: Iterable[tuple[int, int]], shut: set[int]
    ) -> Iterator[tuple[int, int]]:
        """The runs, and the names that "and" ties to them."""
        for start, end in runs:
            yield start, end
            while end + 1 < len(found) and found[end].low in _TIES and found[end + 1].capital:
                more = self._run(found, end + 1, Trust.LIKELY, shut)
                if not more:
                    break
                yield end + 1, more
                end = more

    def _run(self, found: list[Token], place: int, trust: Trust, shut: set[int]) -> int:
        """The place after a name that begins at ``place``; 0 when none begins there."""
        first = found[place]
        if first.initial:
            if place + 1 == len(found) or not found[place + 1].joined:
                return 0
            rest = self._run(found, place + 1, Trust.NAMED, shut)
            return rest if found[place + 1].capital else 0
        if first.low in self._words.particles and place + 1 < len(found):
            after = found[place + 1]
            leads = after.capital or after.low in self._words.particles
            if after.joined and leads and not self._listed(first.low):
                return self._run(found, place + 1, trust, shut)
        if (place in shut and trust < Trust.CERTAIN) or not self._begins(first, trust):
            return 0
        elsewhere = first.low in self._words.brands or (
            first.low in self._words.places and not self._listed(first.low)
        )
        if elsewhere and trust < Trust.TOLD:
            return 0
        end = place + 1
        while end < len(found) and end - place < _LONGEST and found[end].joined:
            token = found[end]
            if token.low in self._words.particles and not self._listed(token.low):
                ahead = end + 1
                while (
                    ahead < len(found)
                    and found[ahead].joined
                    and found[ahead].low in self._words.particles
                ):
                    ahead += 1
                if (
                    ahead < len(found)
                    and found[ahead].joined
                    and self._goes_on(found[ahead], first, trust)
                ):
                    end = ahead + 1
                    continue
                break
            if not self._goes_on(token, first, trust) or end in shut:
                break
            end += 1
        return end

    def _begins(self, token: Token, trust: Trust) -> bool:
        words, low = self._words, token.low
        if len(low) < 2 or self._stops(low) or low in words.titles or low in words.roles:
            return False
        if trust == Trust.CERTAIN:
            return True
        if self._listed(low):
            if token.capital:
                return True
            if len(low) < 3:
                return token.ends and trust >= Trust.TOLD and low in words.known
            return low in words.known or not words.is_slip(low)
        if low in words.brands or low in words.groups or low.endswith(_PEOPLES):
            return False
        if trust >= Trust.RELATED and token.capital:
            return low not in words.everyday or low in words.doubtful
        if trust == Trust.NAMED:
            return low in words.doubtful_given or not words.is_ordinary(low)
        if token.capital and token.joined and trust > Trust.GUESSED:
            # Inside a sentence a slip of the finger seldom has a capital.
            return low in words.doubtful or low not in words.english
        if token.capital:
            return low in words.doubtful or not words.is_ordinary(low)
        return trust >= Trust.TOLD and len(low) > 3 and not words.is_ordinary(low)

    def _goes_on(self, token: Token, first: Token, trust: Trust) -> bool:
        words, low = self._words, token.low
        if self._stops(low):
            return False
        if token.initial:
            return True
        if self._listed(low):
            return token.capital or not first.capital
        if token.capital:
            return first.capital and (low in words.doubtful or not words.is_ordinary(low))
        if first.capital:
            return False
        if low in words.doubtful:
            return trust >= Trust.NAMED and token.ends
        return trust == Trust.CERTAIN and not words.is_ordinary(low) and len(low) > 2

    def _bare(self, text: str, found: list[Token], shut: set[int]) -> Iterator[tuple[int, int]]:
        """Names that only lists and capitals tell."""
        for place, token in enumerate(found):
            if token.low in self._words.brands or place in shut:
                continue
            if not (token.capital or token.low in self._words.given):
                continue
            beside = place > 0 and token.joined and found[place - 1]
            known = token.low in self._words.given and (
                token.capital or (len(token.low) > 3 and not self._words.is_ordinary(token.low))
            )
            doubtful = token.low in self._words.doubtful_given and token.capital
            if known or (doubtful and beside and not beside.capital):
                end = self._run(found, place, Trust.LIKELY, shut)
                if end and not self._elsewhere(found, place, end):
                    yield place, end
            elif (
                token.low in self._words.family
                and beside
                and beside.capital
                and place - 1 not in shut
                and self._begins(beside, Trust.LIKELY)
            ):
                end = self._run(found, place - 1, Trust.LIKELY, shut)
                if end and not self._elsewhere(found, place - 1, end):
                    yield place - 1, end
            elif self._is_surname_first(text, found, place):
                yield place, place + 1

    def _is_surname_first(self, text: str, found: list[Token], place: int) -> bool:
        """Whether a line begins "Brown, Anna"."""
        if place + 1 == len(found) or not found[place + 1].capital:
            return False
        here, after = found[place], found[place + 1]
        return (
            here.low in self._words.family
            and after.low in self._words.given
            and text[here.end : after.start] == ", "
            and (place == 0 or "\n" in text[found[place - 1].end : here.start])
        )

    def _lines(self, found: list[Token], shut: set[int]) -> Iterator[tuple[int, int]]:
        """Lines that are nothing but two or three words with capitals, none of them English."""
        start = 0
        for place in range(1, len(found) + 1):
            if place < len(found) and found[place].joined:
                continue
            line = range(start, place)
            plain = len(line) in (2, 3) and not shut.intersection(line)
            if plain and all(found[i].capital and self._no_word(found[i].low) for i in line):
                yield start, place
            start = place

    def _no_word(self, low: str) -> bool:
        words = self._words
        return (
            low not in words.brands
            and not self._stops(low)
            and (self._listed(low) or low in words.doubtful or low not in words.english)
        )

    def _elsewhere(self, found: list[Token], start: int, end: int) -> bool:
        """Whether the words around make a name a place, a race, a product or a finding."""
        tail = found[end : end + 1]
        if found[start].low in self._words.doubtful:  # "King Street", but "Soo Park"
            tail = found[start + 1 : end + 1]
        after = any(token.joined and token.low in self._words.after for token in tail)
        before = start and found[start].joined and found[start - 1].low in self._words.before
        return bool(after or before)

    def _shut(self, found: list[Token]) -> set[int]:
        """Places of the words inside longer names of places, brands and public figures."""
        shut: set[int] = set()
        lows = [token.low for token in found]
        for place in range(len(found)):
            for length in range(2, 5):
                if place + length > len(found):
                    break
                phrase = " ".join(lows[place : place + length])
                owned = phrase + "'s" if found[place + length - 1].owner else phrase
                phrases = {phrase, owned}
                if phrases & self._words.brands or phrase in self._words.places:
                    shut.update(range(place, place + length))
        return shut

    def _stops(self, low: str) -> bool:
        """Whether a word is never part of a name: "the", "I've"."""
        head, mark, tail = low.partition("'")
        return low in self._words.stop or (
            bool(mark) and head in self._words.stop and tail in _CONTRACTED
        )

    def _listed(self, low: str) -> bool:
        if low in self._words.given or low in self._words.family:
            return True
        parts = low.split("-")
        return len(parts) > 1 and any(
            part in self._words.given or part in self._words.family for part in parts
        )
