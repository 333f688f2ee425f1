"""Gathers a conversation from the record and renders the visitor's summary."""

import asyncio
from datetime import datetime

from rasa_project.dialogue.wording import label_of
from rasa_project.summary.content import Summary, make_summary
from rasa_project.summary.render import render
from rasa_project.transcripts.store import ConversationStore
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.website.resuming import LOCAL, Resuming
from rasa_project.website.slots import last_event, slots_of


class Summaries:
    """Makes summaries of stored conversations.

    Args:
        store: The record.
        protocol: The protocol in force, for the words of its facts.
        resuming: Codes for the two-week check.
    """

    def __init__(self, store: ConversationStore, protocol: Protocol, resuming: Resuming) -> None:
        self._store = store
        self._resuming = resuming
        self._protocol = protocol

    async def __call__(self, conversation_id: str, media_type: str) -> bytes:
        """Renders the summary.

        Args:
            conversation_id: An open conversation.
            media_type: One that the contract lists.

        Raises:
            NoCheckDate: A calendar file was asked for, and the outcome has no check.
            StoreUnavailable: The database failed.
        """
        # Rendered outside the database's threads: the first PDF after a start loads fonts and
        # libraries, which takes longer than the database may take.
        summary = await self._store.database.run(self._gathered, conversation_id)
        return await asyncio.to_thread(render, summary, media_type)

    def _gathered(self, conversation_id: str) -> Summary:
        conversation = self._store.conversation(conversation_id)
        assert conversation is not None
        slots = slots_of(self._store.tracker_events(conversation_id))
        events = self._store.events_after(conversation_id)
        specs = self._protocol.specs
        outcome = last_event(events, "outcome")
        # Plan and clinic belong to the last outcome; a revised one may have neither.
        after = [e for e in events if outcome is not None and e["seq"] > outcome["seq"]]
        facts = {name: slots[name] for name in specs if slots.get(name) is not None}
        said_at = datetime.fromisoformat(events[0]["at"].replace("Z", "+00:00"))
        return make_summary(
            facts=facts,
            quotes=slots.get("quotes") or {},
            outcome=outcome,
            plan=last_event(after, "plan"),
            clinic=last_event(after, "clinic"),
            reference=conversation.reference,
            created_at=said_at.astimezone(LOCAL),
            labels=lambda name, value: label_of(self._protocol, name, value),
            protocol_facts={
                name: tuple(spec.values)
                if spec.kind == "list" and not spec.partial_is_enough
                else ()
                for name, spec in specs.items()
            },
            protocol=self._protocol.stamp,
            resume=self._resuming.resume_of(conversation_id),
            irritability=assess(self._protocol, Facts(specs, facts)).irritability,
        )
