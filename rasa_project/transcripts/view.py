"""A conversation as staff find it: what happened so far, folded turn by turn.

Every value follows from stored rows alone: no clock, no protocol in force, no setting. That is what
makes it possible to build all of it again and to compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rasa_project.transcripts.played import Played, Row, Said
from rasa_project.transcripts.provenance import Waiting

GRAVE = frozenset({"URGENT", "EMERGENCY"})
"""Outcomes after which silence is a worry: nobody knows whether they were read."""

LOW_CONFIDENCE = 0.5
"""Below it the dialogue does not believe the classifier beside facts either."""

FALLBACKS = 2
"""Messages in a row that were not understood: then the chat offers a person."""

NEVER_WROTE, NOTHING = -1, 0

NEW, TAKEN, DONE, AGAIN = "new", "taken", "done", "again"
"""Review states: nobody looked; somebody is at it; reviewed; the visitor wrote after the review."""


@dataclass(frozen=True)
class View:
    """What staff find a conversation by.

    Attributes:
        last_activity: When the visitor last wrote, or the conversation began.
        turns: Messages that were answered, the failed ones included.
        visitor_seq: Number of the visitor's last event among them; 0 before the first.
        outcomes: Every outcome so far in brief: ``seq`` of its event, ``level``, ``rules`` (ids,
            highest level first), ``version`` and ``hash`` of the protocol, and ``revised``.
        screen: The open screen; None when no question is open.
        red_flags: Ids of red-flag rules that hold while no outcome has told of them.
        failed_turns: Messages answered with the fail-safe text.
        most_misses: Most messages in a row that were not understood.
        least_confidence: The classifier's lowest confidence, 0 to 1, among typed messages that
            changed no fact; None when there was none.
        self_harm: Whether the visitor wrote of ending their life.
        changed: Whether an outcome's level changed after an earlier answer was changed.
        waiting: The chat's own question about words, as `Waiting`.
        reviewed_at_seq: ``visitor_seq`` when staff last set the review state.
        reviewed_as: The state they set; None when they never did.
    """

    last_activity: datetime
    turns: int = 0
    visitor_seq: int = 0
    outcomes: tuple[Row, ...] = ()
    screen: str | None = None
    red_flags: tuple[str, ...] = ()
    failed_turns: int = 0
    most_misses: int = 0
    least_confidence: float | None = None
    self_harm: bool = False
    changed: bool = False
    waiting: Waiting | None = None
    reviewed_at_seq: int = 0
    reviewed_as: str | None = None

    @property
    def outcome(self) -> Row:
        """The last outcome; empty before the first."""
        return self.outcomes[-1] if self.outcomes else {}

    @property
    def level(self) -> str | None:
        """Level of the last outcome."""
        return self.outcome.get("level")

    @property
    def outcome_seq(self) -> int | None:
        """Number of the last outcome's event."""
        return self.outcome.get("seq")

    @property
    def protocol_version(self) -> str | None:
        """Version of the protocol that the last outcome was judged under."""
        return self.outcome.get("version")

    @property
    def protocol_hash(self) -> str | None:
        """Hash of that protocol's files."""
        return self.outcome.get("hash")

    @property
    def unacknowledged(self) -> bool:
        """Whether nothing was said after an outcome that sends the visitor to care today or now."""
        return self.level in GRAVE and self.visitor_seq < (self.outcome_seq or 0)

    @property
    def unfinished(self) -> bool:
        """Whether the visitor wrote, and a question is open."""
        return self.turns > 0 and self.screen is not None

    @property
    def red_flag_open(self) -> bool:
        """Whether a red flag holds in the middle of the questions."""
        return self.unfinished and bool(self.red_flags)

    @property
    def failed(self) -> bool:
        """Whether a message got the fail-safe text."""
        return self.failed_turns > 0

    @property
    def fallback_twice(self) -> bool:
        """Whether the visitor was not understood twice in a row."""
        return self.most_misses >= FALLBACKS

    @property
    def low_confidence(self) -> bool:
        """Whether a message that told nothing was answered on a weak guess."""
        return self.least_confidence is not None and self.least_confidence < LOW_CONFIDENCE

    @property
    def risk(self) -> int:
        """Rank in the inbox, the gravest highest; `NEVER_WROTE` is below all."""
        ranks = (
            self.low_confidence,
            self.changed,
            self.fallback_twice,
            self.failed,
            self.red_flag_open,
            self.unacknowledged,
            self.unacknowledged and self.level == "EMERGENCY",
            self.self_harm,
        )
        if self.turns == 0:
            return NEVER_WROTE
        return max((rank for rank, holds in enumerate(ranks, 1) if holds), default=NOTHING)

    @property
    def review_state(self) -> str:
        """NEW, TAKEN, DONE or AGAIN."""
        if self.reviewed_as == DONE and self.visitor_seq > self.reviewed_at_seq:
            return AGAIN
        return self.reviewed_as or NEW


def advance(view: View, turn: Played, told_facts: bool) -> View:
    """A conversation's view after one more turn.

    Args:
        view: Before it.
        turn: The turn.
        told_facts: Whether it changed a fact.
    """
    if turn.seq:
        latest = turn.seq > view.visitor_seq
        view = replace(
            view,
            turns=view.turns + 1,
            visitor_seq=max(view.visitor_seq, turn.seq),
            last_activity=turn.at if latest else view.last_activity,
            failed_turns=view.failed_turns + turn.failed,
        )
    for said in turn.said:
        view = _after(view, said)
    confidence = None if told_facts else _confidence(turn)
    if confidence is not None:
        least = view.least_confidence
        view = replace(
            view, least_confidence=confidence if least is None else min(least, confidence)
        )
    misses = turn.slots.get("misses")
    if isinstance(misses, int):
        view = replace(view, most_misses=max(view.most_misses, misses))
    return replace(view, self_harm=view.self_harm or turn.slots.get("ended") == "self_harm")


def _after(view: View, said: Said) -> View:
    if said.type == "screen":
        screen = str(said.payload.get("screen"))
        return replace(view, screen=screen, red_flags=tuple(said.standing or ()))
    if said.type != "outcome":
        # A notice leaves the question open; it may tell of a red flag where no screen follows.
        tells = said.standing and view.screen is not None
        return replace(view, red_flags=tuple(said.standing or ())) if tells else view
    outcome = _outcome(said)
    changed = outcome["revised"] and view.level not in (None, outcome["level"])
    return replace(
        view,
        screen=None,
        red_flags=(),
        outcomes=(*view.outcomes, outcome),
        changed=view.changed or changed,
    )


def _outcome(said: Said) -> dict[str, Any]:
    """An outcome in brief, as the visitor got it; where that says nothing, as it was judged.

    The two differ after a two-week check, whose step may raise what the rules alone come to.
    """
    got, judged = said.payload, said.judged or {}
    stamp = got.get("protocol") or {}
    rules = got.get("rules")
    return {
        "seq": said.seq,
        "level": got.get("level") or judged.get("level"),
        "rules": list(judged.get("rules") or ()) if rules is None else [r["id"] for r in rules],
        "version": stamp.get("version") or judged.get("protocol_version"),
        "hash": stamp.get("hash") or judged.get("protocol_hash"),
        "revised": bool(got.get("revised")),
    }


def _confidence(turn: Played) -> float | None:
    """How sure the classifier was of its best guess at a typed message."""
    if not turn.typed:
        return None
    parse = turn.parse
    guesses = [*(parse.get("intent_ranking") or ()), parse.get("classified_intent")]
    sure = [
        guess.get("confidence")
        for guess in guesses
        if isinstance(guess, Mapping) and guess.get("name") not in (None, "nlu_fallback")
    ]
    numbers = [float(value) for value in sure if isinstance(value, int | float)]
    return max(numbers, default=None)
