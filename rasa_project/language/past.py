"""Times so long gone that a finding told with them is over ("swelled up 2 years ago")."""

from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.times import Kind

_LONG_AGO_DAYS = 150
_ONSET_LONG_AGO_DAYS = 300
_STILL = {"since", "still", "started", "began", "keeps", "always", "now", "again", "ever"}


def long_ago(message: Message, hit: Hit) -> bool:
    """Whether a time long gone stands in the finding's clause, and nothing says "still"."""
    limit = _ONSET_LONG_AGO_DAYS if hit.entry.fact == "onset" else _LONG_AGO_DAYS
    return any(
        time.kind == Kind.AGO
        and time.days >= limit
        and message.same_clause(time.start, hit.start)
        and not _STILL & set(message.words[min(time.start, hit.start) : max(time.end, hit.end)])
        for time in message.times
    )


def is_year_gone(digits: str, year: int) -> bool:
    """Whether digits are a year gone by: "2015", "09"."""
    if len(digits) == 4:
        return 1900 <= int(digits) < year
    return len(digits) == 2 and digits[0] == "0"
