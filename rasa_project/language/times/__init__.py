"""Stretches of time in lay words, resolved against the message's date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rasa_project.language.times.counted import counted, ordinal_day, plural, shorthand
from rasa_project.language.times.days import day_at
from rasa_project.language.times.span import Kind, Span

__all__ = ["Kind", "Span", "spans"]


def spans(words: Sequence[str], at: date) -> list[Span]:
    """Every stretch of time in the words, left to right, without overlaps.

    Args:
        words: Normalised words of a message.
        at: The message's date.
    """
    found: list[Span] = []
    here = 0
    while here < len(words):
        span = (
            day_at(words, here, at)
            or shorthand(words, here)
            or counted(words, here)
            or plural(words, here)
            or ordinal_day(words, here)
        )
        if span is None:
            here += 1
            continue
        here = max(span.end, here + 1)
        last = found[-1] if found else None
        if last and last.kind is Kind.AGO and last.unit in ("week", "weeks") and (
            span.unit == "weekday" and span.start - last.end <= 2
        ):  # fmt: skip
            found.pop()  # "a week ago Saturday"
            days = last.days + span.days % 7
            span = replace(span, days=days, most=days, start=last.start, kind=Kind.AGO)
        elif last and last.kind is Kind.AGO and span.unit == "today" and span.start - last.end <= 1:
            found.pop()  # "a week ago today"
            span = replace(last, end=span.end)
        found.append(span)
    return found
