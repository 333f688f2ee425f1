"""Words around names: what stands before one, and how surely a name then follows."""

import re
from collections.abc import Iterator
from enum import IntEnum

from rasa_project.transcripts.redaction.words import Words


class Trust(IntEnum):
    """How surely a name follows.

    GUESSED: after "with" and the like, a capital and no English word. LIKELY: after "hi" or
    "coach". TOLD: after "I'm", where also a small unknown word is one. RELATED: after "my friend",
    where any capital is one but of an everyday word. NAMED: after "Dr" or "ask for", the same and
    small unknown words. CERTAIN: after "my name is", anything that is no stop word.
    """

    GUESSED = 0
    LIKELY = 1
    TOLD = 2
    RELATED = 3
    NAMED = 4
    CERTAIN = 5


def rules(words: Words) -> Iterator[tuple[str, Trust]]:
    """Patterns that end where a name begins."""
    title, relation = either(words.titles), either(words.relations)
    which = r"(?:full|first|last|given|family|middle|real|new|old|maiden|nick|sur|patient)"
    yield (
        rf"\b(?:{which}[ -]?)?(?:name|nane|nmae|naem|anme)(?:['’]?s)?"
        r"(?:[ ]*(?:\bis|\bwas|:|=|-|–|,)(?: called)?[ ]*|[ ]+)",
        Trust.CERTAIN,
    )
    yield r"\b(?:under|by) the name(?: of)? +", Trust.CERTAIN
    yield (
        r"\b(?:je m['’]appelle|me llamo|mi nombre es|mon nom est|mi chiamo|meu nome [ée]"
        r"|ich hei(?:ß|ss)e|nazywam si[ęe]|mera naam) +",
        Trust.CERTAIN,
    )
    yield rf"(?<!my )(?<!the )(?<!your )\b(?:{title})\b(?:\. *| +)", Trust.NAMED
    yield (
        rf"\b(?:{title})\b(?:\. *| +)|\b(?:{either(words.roles)})\b,? +",
        Trust.LIKELY,
    )
    yield (
        r"\b(?:ask(?:ed|ing)? for|sp(?:eak|oke|eaking) (?:to|with)|talk(?:ed|ing)? (?:to|with)"
        r"|tell|told|thank|treated by|seen by|book(?:ed|ing)?(?: me)?(?: in)? with"
        r"|(?:appointment|booking|session) with|attn\.?:?|c/o"
        r"|(?:booked|booking|appointment|appt|file|registered)(?: is)? under"
        r"|(?:emergency )?contact:?|message for|i usually see|call(?:s|ed)? me) +",
        Trust.NAMED,
    )
    yield (
        rf"\b(?:my|our|his|her|their|your|the)(?: \w+)? (?:{relation})"
        r"(?:,| -|:| \(| is called| is| named| called)? *",
        Trust.RELATED,
    )
    yield (
        r"\b(?:i['’]?m|i am|i m|this is|that['’]?s|it['’]?s|it is|it was|here is|i go by|named)"
        r"(?: not| called)? +|\b(?:i am called|they call me"
        r"|c['’]est|je suis|soy|sou) +",
        Trust.TOLD,
    )
    yield (
        r"\b(?:saw|see|seeing|with|by|prefer|want|is|can|could|me and|cc) +",
        Trust.GUESSED,
    )
    yield r"\b(?:people|friends|everyone|everybody|they|you can|family) calls? me +", Trust.CERTAIN


def closing(words: Words) -> re.Pattern[str]:
    """What stands before the name at the end of a message: "Thanks," or a new line."""
    return re.compile(
        rf"(?:^|[.!?\n,-])[ \t]*(?:{either(words.farewells)})[ \t,.!~-]*\n?[ \t-]*"
        r"|\n[ \t]*[-–—~]*[ \t]*",
        re.IGNORECASE,
    )


def greeting(words: Words) -> re.Pattern[str]:
    """What stands before the name at the start of a message: "Hi there,"."""
    return re.compile(
        rf"(?:^|[.!\n])[ \t]*(?:{either(words.greetings)})(?: there)?[ \t,]+", re.IGNORECASE
    )


def either(group: frozenset[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, group), key=len, reverse=True))
