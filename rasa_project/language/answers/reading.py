"""What a reply came to."""

from dataclasses import dataclass

VALUES, NUMBER, NONE, UNSURE, NOTHING = "values", "number", "none", "unsure", "nothing"


@dataclass(frozen=True)
class Reading:
    """What a reply says to the open question.

    Attributes:
        kind: ``values`` (options chosen), ``number``, ``none`` (none of them), ``unsure``, or
            ``nothing`` (no answer to this question).
        values: Option values, in the order of the options.
        number: The number; days on the duration screen, minutes on the stiffness screen.
        complete: Whether the options that were not named are denied. When some of the reply was
            not understood they are not.
    """

    kind: str
    values: tuple[str, ...] = ()
    number: float | None = None
    complete: bool = True


NO_ANSWER = Reading(NOTHING)
