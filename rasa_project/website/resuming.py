"""The code for the two-week check: how it reads, how it is hidden, and what it leads to.

A code is made from the conversation's random id with the service's key, so it can be shown again to
whoever holds the conversation's token without being stored: the record holds its keyed hash, and a
copy of the database opens no check.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from rasa_project.summary.content import Resume
from rasa_project.summary.words import day_words
from rasa_project.transcripts.records import Event
from rasa_project.transcripts.resume_codes import FOUND, CodeChange, FirstChat, ResumeCodes
from rasa_project.transcripts.rows import REFERENCE_LETTERS
from rasa_project.transcripts.store import ConversationStore
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.two_week_check import COMPARED, two_week_check
from rasa_project.website.schemas import MessageRequest
from rasa_project.website.slots import last_event, slots_of

LOCAL = ZoneInfo("America/Toronto")

_GROUPS, _GROUP = 3, 4
_LETTERS = f"[{REFERENCE_LETTERS}]{{{_GROUP}}}"
# With dashes it is a code wherever it stands; without them only beside the word, or alone.
_DASHED = re.compile(rf"\b{_LETTERS}(?:\s?[-–—]\s?{_LETTERS}){{{_GROUPS - 1}}}\b", re.IGNORECASE)
_PLAIN = re.compile(rf"\b{_LETTERS}(?:\s?{_LETTERS}){{{_GROUPS - 1}}}\b", re.IGNORECASE)
HIDDEN = "[code]"
"""What stands in a message where the visitor typed a code."""


@dataclass(frozen=True)
class Opened:
    """A code that was given.

    Attributes:
        code_hash: Its hash.
        answer: What the dialogue is told: whether it works, and what is carried over.
        clinic: The first chat's clinic.
    """

    code_hash: str
    answer: dict[str, Any]
    clinic: str | None = None

    @property
    def works(self) -> bool:
        """Whether it opens a check."""
        return bool(self.answer["found"] == FOUND)


class Resuming:
    """Codes of all conversations.

    Args:
        store: The record.
        secret: The service's key.
    """

    def __init__(self, store: ConversationStore, secret: str) -> None:
        self._store = store
        self._codes = ResumeCodes(store.database)
        self._secret = secret.encode()

    def code_of(self, conversation_id: str) -> str:
        """A conversation's own code: 12 letters, about 50 bits."""
        number = int.from_bytes(self._keyed(f"code {conversation_id}"), "big")
        letters = []
        for _ in range(_GROUPS * _GROUP):
            number, letter = divmod(number, len(REFERENCE_LETTERS))
            letters.append(REFERENCE_LETTERS[letter])
        groups = ("".join(letters[i : i + _GROUP]) for i in range(0, len(letters), _GROUP))
        return "-".join(groups)

    def hash_of(self, code: str) -> str:
        """The hash under which a code is kept, however it was typed."""
        letters = re.sub(r"[^A-Z]", "", code.upper())
        return self._keyed(f"hash {letters}").hex()

    def hide(self, message: MessageRequest) -> MessageRequest:
        """Takes a typed code out of a message, so that the record never holds it."""
        text = message.text or ""
        found = _DASHED.search(text)
        if found is None and (
            re.search(r"\bcode\b", text, re.IGNORECASE) or _PLAIN.fullmatch(text.strip())
        ):
            found = _PLAIN.search(text)
        if found is None:
            return message
        hidden = f"{text[: found.start()]}{HIDDEN}{text[found.end() :]}"
        return replace(message, text=hidden, resume=self.hash_of(found.group()))

    def open(self, code_hash: str) -> Opened:
        """Looks a code up.

        Raises:
            StoreUnavailable: The database failed.
        """
        first = self._codes.find(code_hash)
        if first.state != FOUND:
            return Opened(code_hash, {"found": first.state})
        return Opened(code_hash, {"found": FOUND, **self._carried(first)}, first.clinic)

    def change(
        self, conversation_id: str, events: Sequence[Event], opened_by: str | None = None
    ) -> CodeChange:
        """What a turn's events change about codes."""
        has_check = bool((last_event(events, "plan") or {}).get("review_on"))
        return CodeChange(
            outcome=last_event(events, "outcome") is not None,
            issue=self.hash_of(self.code_of(conversation_id)) if has_check else None,
            lasts=timedelta(days=two_week_check().code_days),
            opened_by=opened_by,
        )  # fmt: skip

    def resume_of(self, conversation_id: str) -> Resume | None:
        """A conversation's code and its last day, where there is one.

        Raises:
            StoreUnavailable: The database failed.
        """
        expires_at = self._codes.expires_at(conversation_id)
        if expires_at is None:
            return None
        return Resume(self.code_of(conversation_id), expires_at.astimezone(LOCAL).date())

    def with_code(self, conversation_id: str, events: list[Event]) -> list[Event]:
        """The events with the code in the plan, where the conversation has one."""
        if last_event(events, "plan") is None:
            return events
        resume = self.resume_of(conversation_id)
        if resume is None:
            return events
        line = two_week_check().code_line.format(code=resume.code, day=day_words(resume.until))
        added = {"resume": {"code": resume.code, "until": resume.until.isoformat(), "text": line}}
        return [
            {**event, **added, "text": f"{event['text']}\n\n{line}"}
            if event["type"] == "plan" and event.get("review_on")
            else event
            for event in events
        ]

    def _carried(self, first: FirstChat) -> dict[str, Any]:
        """What is carried over from the first chat, and what to compare with."""
        slots = slots_of(self._store.tracker_events(first.conversation_id))
        plan = last_event(self._store.events_after(first.conversation_id), "plan") or {}
        assert first.started_at is not None
        on = first.started_at.astimezone(LOCAL).date()
        check = {
            "then": {name: slots.get(name) for name in COMPARED},
            "on": on.isoformat(),
            "review_on": plan.get("review_on") or on.isoformat(),
        }
        earlier = slots.get("check")
        if earlier and on < date.fromisoformat(earlier["review_on"]):
            # That was a look ahead of its day: the first answers stand.
            check = {name: earlier[name] for name in check}
        check["onset"] = slots.get("onset") or UNSURE
        check["duration_days"] = _aged(slots.get("duration_days"), on)
        keep = {n: slots[n] for n in two_week_check().keep if slots.get(n) is not None}
        return {"keep": keep, "check": check}

    def _keyed(self, text: str) -> bytes:
        return hmac.digest(self._secret, f"two-week check: {text}".encode(), "sha256")


def _aged(days: Any, since: date) -> Any:
    """The duration as of today."""
    if not isinstance(days, int | float):
        return UNSURE
    today = datetime.now(timezone.utc).astimezone(LOCAL).date()
    return min(days + max((today - since).days, 0), 36_500)
