"""Loads the Rasa agent in the one way that is safe for triage."""

from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.utils.endpoints import EndpointConfig

from rasa_project.errors import DataError
from rasa_project.transcripts.tracker_store import ConversationTrackerStore
from rasa_project.transcripts.turn import current_turn


class TurnAborted(BaseException):
    """Ends a turn whose action failed.

    Not an ``Exception``: the processor catches those, drops the action's events and goes on, and
    then the questions of the form are skipped.
    """


class TooManyActions(Exception):
    """The turn ran into Rasa's limit of actions, after which it stops without a word."""


def load_agent(
    model: Path | str,
    tracker_store: ConversationTrackerStore,
    action_endpoint: EndpointConfig | None = None,
) -> Agent:
    """Loads a model into an agent that fails loudly.

    ``Agent`` wraps every tracker store given to it in one that takes a failed read for a new
    visitor. Ours is put in place unwrapped, before the model is loaded.

    Args:
        model: A model archive.
        tracker_store: Ours; gets the model's domain.
        action_endpoint: Runs the custom actions.

    Raises:
        DataError: The model's domain lets sessions expire, which would drop the form.
    """
    agent = Agent(action_endpoint=action_endpoint)
    agent.tracker_store = tracker_store
    agent.load_model(model)
    if agent.domain is None or agent.processor is None:
        raise DataError(model, "", "the model has no domain")
    if agent.domain.session_config.are_sessions_enabled():
        raise DataError(
            "domain.yml", "session_config.session_expiration_time", "must be 0: tokens expire"
        )
    watch_actions(agent.processor)
    return agent


def watch_actions(processor: MessageProcessor) -> None:
    """Makes every failing action fail its turn at once, Rasa's own actions included."""
    run_action = processor._run_action

    async def run_watched(action: Action, *args: Any, **kwargs: Any) -> bool:
        # Rasa makes a new object for every run of an action, so this changes no other run.
        action.run = _watched(action.run)
        return await run_action(action, *args, **kwargs)

    processor._run_action = run_watched
    processor.on_circuit_break = _too_many_actions


def _watched(run: Any) -> Any:
    async def watched(*args: Any, **kwargs: Any) -> Any:
        turn = current_turn.get()
        try:
            events = await run(*args, **kwargs)
        except ActionExecutionRejection:
            raise  # A form's way to say that the message was no answer; nothing failed.
        except Exception as error:
            if turn is None:
                raise
            turn.fail(error)
            raise TurnAborted from error
        if turn is not None and turn.failure is not None:
            raise TurnAborted from turn.failure
        return events

    return watched


def _too_many_actions(*_args: Any) -> None:
    turn = current_turn.get()
    if turn is not None:
        turn.fail(TooManyActions())
