"""Names of people: by the words around them, by lists of names, and by capitals.

No list holds every name of Toronto and most messages have no capitals, so no one of the three is
enough. The stronger the words around ("my name is" more than "I'm"), the less a name must look
like one.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

from rasa_project.transcripts.redaction.spans import Span
from rasa_project.transcripts.redaction.tokens import Token, tokens
from rasa_project.transcripts.redaction.words import Words

_PEOPLES = ("ian", "ese", "ish")
"""How words for peoples end: "I am Bolivian" names nobody. Names that end so are listed."""

_TIES = frozenset(("and", "or", "n"))

_LONGEST = 5
"""Words in a name at most."""


class _Trust(IntEnum):
    """How surely a name follows."""

    LIKELY = 1
    TOLD = 2
    RELATED = 3
    NAMED = 4
    CERTAIN = 5


class Names:
    """Finds names with the lists of :class:`Words`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rules = tuple(
            (re.compile(pattern, re.IGNORECASE), trust) for pattern, trust in _rules(words)
        )
        speech = _either(words.speech)
        self._speaks = re.compile(
            rf" +(?:{speech})\b|,? (?:is )?(?:here|speaking|writing)\b|,? (?:again|btw)\b[.,!]?$",
            re.IGNORECASE,
        )
        self._belongs = re.compile(
            r"\b[^\W\d_]+['’]s (?:(?:left|right) )?(?:heels?|foot|feet|ankles?|legs?|calf|achilles"
            rf"|pain|appointment|{_either(words.relations)})\b",
            re.IGNORECASE,
        )
        self._closing = re.compile(
            rf"(?:^|[.!?\n,-])[ \t]*(?:{_either(words.farewells)})[ \t,.!~-]*\n?[ \t-]*"
            r"|\n[ \t]*[-–—~]*[ \t]*",
            re.IGNORECASE,
        )
        self._greeting = re.compile(
            rf"(?:^|[.!\n])[ \t]*(?:{_either(words.greetings)})(?: there)?[ \t,]+", re.IGNORECASE
        )
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
            for match in pattern.finditer(text):
                place = at.get(match.end())
                if place is not None and (end := self._run(found, place, trust, shut)):
                    yield place, end
        for match in self._greeting.finditer(text):
            place = at.get(match.end())
            if place is not None and (end := self._run(found, place, _Trust.LIKELY, shut)):
                if self._after_greeting.match(text, found[end - 1].end):
                    yield place, end
        for match in self._closing.finditer(text):
            place = at.get(match.end())
            if place is not None and (end := self._run(found, place, _Trust.LIKELY, shut)):
                if re.match(r"[ \t.,!]*(?:$|\n|[+(]?\d)", text[found[end - 1].end :]):
                    yield place, end
        for match in self._belongs.finditer(text):
            place = at.get(match.start())
            if place is not None and found[place].capital:
                if end := self._run(found, place, _Trust.LIKELY, shut):
                    yield place, end
        for place in range(len(found)):
            if (not found[place].joined or place == 0) and (
                end := self._run(found, place, _Trust.LIKELY, shut)
            ):
                if self._speaks.match(text, found[end - 1].end):
                    yield place, end
        yield from self._bare(found, shut)
        yield from self._lines(found, shut)

    def _with_more(
        self, found: list[Token], runs: Iterable[tuple[int, int]], shut: set[int]
    ) -> Iterator[tuple[int, int]]:
        """The runs, and the names that "and" ties to them."""
        for start, end in runs:
            yield start, end
            while end + 1 < len(found) and found[end].low in _TIES and found[end + 1].capital:
                more = self._run(found, end + 1, _Trust.LIKELY, shut)
                if not more:
                    break
                yield end + 1, more
                end = more

    def _run(self, found: list[Token], place: int, trust: _Trust, shut: set[int]) -> int:
        """The place after a name that begins at ``place``; 0 when none begins there."""
        first = found[place]
        if first.initial:
            if place + 1 == len(found) or not found[place + 1].joined:
                return 0
            rest = self._run(found, place + 1, _Trust.NAMED, shut)
            return rest if found[place + 1].capital else 0
        if first.low in self._words.particles and place + 1 < len(found):
            after = found[place + 1]
            if after.joined and after.capital and not self._listed(first.low):
                return self._run(found, place + 1, trust, shut)
        if place in shut and trust < _Trust.CERTAIN or not self._begins(first, trust):
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
                if ahead < len(found) and found[ahead].joined and self._goes_on(
                    found[ahead], first, trust
                ):
                    end = ahead + 1
                    continue
                break
            if not self._goes_on(token, first, trust) or end in shut:
                break
            end += 1
        return end

    def _begins(self, token: Token, trust: _Trust) -> bool:
        words, low = self._words, token.low
        if low in words.stop or low in words.titles or low in words.roles or len(low) < 2:
            return False
        if trust == _Trust.CERTAIN:
            return True
        if self._listed(low):
            return token.capital or (
                len(low) > 2 and (low in words.known or not words.is_slip(low))
            )
        if low in words.groups or low.endswith(_PEOPLES):
            return False
        if trust >= _Trust.RELATED and token.capital:
            return low not in words.everyday or low in words.doubtful
        if trust == _Trust.NAMED:
            return low in words.doubtful_given or not words.is_ordinary(low)
        if token.capital and token.joined:  # inside a sentence: a slip seldom has a capital
            return low in words.doubtful or low not in words.english
        if token.capital:
            return low in words.doubtful or not words.is_ordinary(low)
        return trust >= _Trust.TOLD and len(low) > 3 and not words.is_ordinary(low)

    def _goes_on(self, token: Token, first: Token, trust: _Trust) -> bool:
        words, low = self._words, token.low
        if low in words.stop:
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
            return trust >= _Trust.NAMED and token.ends
        return trust == _Trust.CERTAIN and not words.is_ordinary(low) and len(low) > 2

    def _bare(self, found: list[Token], shut: set[int]) -> Iterator[tuple[int, int]]:
        """Names that only lists and capitals tell."""
        for place, token in enumerate(found):
            if place in shut or not (token.low in self._words.given or token.capital):
                continue
            beside = place > 0 and token.joined and found[place - 1]
            known = token.low in self._words.given and (
                token.capital or (len(token.low) > 3 and not self._words.is_ordinary(token.low))
            )
            if known or (beside and token.low in self._words.doubtful_given):
                end = self._run(found, place, _Trust.LIKELY, shut)
                if end and not self._elsewhere(found, place, end):
                    yield place, end
            elif (
                token.low in self._words.family
                and beside
                and beside.capital
                and place - 1 not in shut
                and self._begins(beside, _Trust.LIKELY)
            ):
                end = self._run(found, place - 1, _Trust.LIKELY, shut)
                if end and not self._elsewhere(found, place - 1, end):
                    yield place - 1, end

    def _lines(self, found: list[Token], shut: set[int]) -> Iterator[tuple[int, int]]:
        """Lines that are nothing but two or three words with capitals, none of them English."""
        start = 0
        for place in range(1, len(found) + 1):
            if place < len(found) and found[place].joined:
                continue
            line = range(start, place)
            if len(line) in (2, 3) and not shut.intersection(line):
                if all(found[i].capital and self._no_word(found[i].low) for i in line):
                    yield start, place
            start = place

    def _no_word(self, low: str) -> bool:
        return self._listed(low) or low in self._words.doubtful or low not in self._words.english

    def _elsewhere(self, found: list[Token], start: int, end: int) -> bool:
        """Whether the words around make a name a place, a race, a product or a finding."""
        after = end < len(found) and found[end].joined and found[end].low in self._words.after
        before = start and found[start].joined and found[start - 1].low in self._words.before
        return bool(after or before)

    def _shut(self, found: list[Token]) -> set[int]:
        """Places of the words inside names of places, brands and public figures."""
        shut: set[int] = set()
        lows = [token.low for token in found]
        for place in range(len(found)):
            for length in range(1, 5):
                if place + length > len(found):
                    break
                phrase = " ".join(lows[place : place + length])
                if phrase in self._words.brands or (
                    length > 1 and phrase in self._words.places
                ):
                    shut.update(range(place, place + length))
        return shut

    def _listed(self, low: str) -> bool:
        if low in self._words.given or low in self._words.family:
            return True
        parts = low.split("-")
        return len(parts) > 1 and any(
            part in self._words.given or part in self._words.family for part in parts
        )


def _rules(words: Words) -> Iterator[tuple[str, _Trust]]:
    """Patterns that end where a name begins."""
    title, relation = _either(words.titles), _either(words.relations)
    which = r"(?:full|first|last|given|family|middle|real|new|old|maiden|nick|sur|patient)"
    yield (
        rf"\b(?:{which}[ -]?)?(?:name|nane|nmae|naem|anme)(?:['’]?s)?"
        r"(?:[ ]*(?:\bis|\bwas|:|=|-|–|,)(?: called)?[ ]*|[ ]+)",
        _Trust.CERTAIN,
    )
    yield r"\b(?:under|by) the name(?: of)? +", _Trust.CERTAIN
    yield (
        r"\b(?:je m['’]appelle|me llamo|mi nombre es|mon nom est|mi chiamo|meu nome [ée]"
        r"|ich hei(?:ß|ss)e|nazywam si[ęe]|mera naam) +",
        _Trust.CERTAIN,
    )
    yield rf"(?<!my )(?<!the )(?<!your )\b(?:{title})\b(?:\. *| +)", _Trust.NAMED
    yield (
        rf"\b(?:{title})\b(?:\. *| +)|\b(?:{_either(words.roles)})\b,? +",
        _Trust.LIKELY,
    )
    yield (
        r"\b(?:ask(?:ed|ing)? for|sp(?:eak|oke|eaking) (?:to|with)|talk(?:ed|ing)? (?:to|with)"
        r"|tell|told|thank|treated by|seen by|book(?:ed|ing)?(?: me)?(?: in)? with|(?:appointment|booking|session)"
        r" with|(?:booked|booking|appointment|appt|file|registered)(?: is)? under|attn\.?:?|c/o"
        r"|(?:emergency )?contact:?|message for|i usually see|call(?:s|ed)? me) +",
        _Trust.NAMED,
    )
    yield (
        rf"\b(?:my|our|his|her|their|your|the)(?: \w+)? (?:{relation})"
        r"(?:,| -|:| is| is called| named| called)? +",
        _Trust.RELATED,
    )
    yield (
        r"\b(?:i['’]?m|i am|i m|this is|it['’]?s|it is|here is|i go by|named"
        r"|c['’]est|je suis|soy|sou) +",
        _Trust.TOLD,
    )
    yield r"\b(?:people|friends|everyone|everybody|they|you can|family) calls? me +", _Trust.CERTAIN


def _either(group: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, group), key=len, reverse=True))
