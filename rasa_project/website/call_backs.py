"""``/chat/call-back``: asks a clinic to call, and takes that back. Nothing here touches Rasa."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from rasa_project.clinics.call_back import receipt_text
from rasa_project.clinics.phones import LONGEST as LONGEST_PHONE
from rasa_project.clinics.phones import read_phone
from rasa_project.clinics.zone import TORONTO
from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.transcripts.errors import NotOffered, StoreError
from rasa_project.transcripts.records import CallRequest, ConversationInfo, iso
from rasa_project.website.problems import Problem
from rasa_project.website.schemas import only_keys, read_object, read_text

LONGEST_NAME = 100

PURGE_SECONDS = 3600


def read_call_request(body: bytes) -> CallRequest:
    """Reads the body of ``POST /chat/call-back``.

    Raises:
        Problem: 400 for its form; 422 without consent, without a name, or for a number that
            cannot be dialled.
    """
    data = read_object(body)
    only_keys(data, {"name", "phone", "clinic", "consent"})
    for key in ("name", "phone", "consent"):
        if key not in data:
            raise Problem("missing_key", key=key)
    if not isinstance(data["consent"], bool):
        raise Problem("wrong_type", key="consent", wanted="true or false")
    name = " ".join(read_text(data, "name", LONGEST_NAME).split())
    typed = read_text(data, "phone", None).strip()
    clinic = read_text(data, "clinic", 64) if data.get("clinic") is not None else None
    if not any(mark.isalpha() for mark in name) or not name.isprintable():
        raise Problem("bad_name")
    phone = read_phone(typed[: LONGEST_PHONE + 1])
    if phone is None:
        raise Problem("bad_phone")
    if not data["consent"]:
        raise Problem("no_consent")
    return CallRequest(name, phone.text, clinic)


class CallBackDesk:
    """Takes requests for a call.

    Args:
        call_backs: Where they are kept.
    """

    def __init__(self, call_backs: CallBacks) -> None:
        self._call_backs = call_backs
        self._run = call_backs.database.run

    async def ask(self, conversation: ConversationInfo, request: CallRequest) -> Mapping[str, Any]:
        """Keeps a request; the answer is the visitor's receipt and the line added to the chat.

        Raises:
            Problem: 422, no call may be asked for now.
        """
        try:
            kept, offer, events = await self._run(
                partial(self._call_backs.ask, conversation.id, request)
            )
        except NotOffered:
            raise Problem("no_call_back") from None
        day = kept.kept_until.astimezone(TORONTO).date()
        receipt = {
            "text": receipt_text(offer["name"], kept.reference, day),
            "reference": kept.reference,
            "clinic": kept.clinic,
            "asked_at": iso(kept.asked_at),
            "kept_until": iso(kept.kept_until),
        }
        return {"receipt": receipt, "events": events}

    async def withdraw(self, conversation: ConversationInfo) -> Mapping[str, Any]:
        """Erases a request; the answer says whether there was one."""
        events = await self._run(partial(self._call_backs.withdraw, conversation.id))
        return {"withdrawn": bool(events), "events": events}

    async def purge_hourly(self) -> None:
        """Erases requests whose time is over, at once and then every hour, for ever."""
        while True:
            # A database that is down now is asked again in an hour; visitors hear of it elsewhere.
            with suppress(StoreError):
                await self._run(self._call_backs.purge)
            await asyncio.sleep(PURGE_SECONDS)
