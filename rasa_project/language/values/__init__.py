"""Numbers, ages, places: the findings that are values rather than phrases."""

from collections.abc import Iterator, Sequence

from rasa_project.language.message import Message
from rasa_project.language.times import Span
from rasa_project.language.values.ages import age_band, read_ages
from rasa_project.language.values.areas import read_areas
from rasa_project.language.values.common import Value
from rasa_project.language.values.distances import read_distances
from rasa_project.language.values.durations import read_duration
from rasa_project.language.values.goals import read_goal
from rasa_project.language.values.pain import read_pains
from rasa_project.language.values.stiffness import read_stiffness

__all__ = ["Value", "age_band", "read_values"]


def read_values(message: Message, used_times: Sequence[Span]) -> Iterator[Value]:
    """Every value in the message.

    Args:
        message: The message.
        used_times: Times that belong to a finding of history ("cipro 2 months ago").
    """
    stiff = read_stiffness(message)
    yield from stiff
    yield from read_ages(message)
    yield from read_pains(message)
    yield from read_distances(message)
    goals = read_goal(message)
    yield from goals
    areas = list(read_areas(message))
    yield from areas
    taken = {at for value in (*stiff, *goals, *areas) for at in range(value.start, value.end)}
    yield from read_duration(message, used_times, taken)
