"""Custom actions run in the server's own process: there is no second server to be down.

Made for Rasa 3.6.21 and rasa-sdk 3.6.2: Rasa takes any ``EndpointConfig`` as its action endpoint.
"""

import logging
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from rasa_project.transcripts.errors import describe
from rasa_project.transcripts.turn import current_turn

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """An action endpoint that runs the actions of the ``actions`` package directly.

    Rasa logs an exception of an action and goes on as if it had said nothing, which in a form
    means advice without its questions. So a failure is also written on the current turn, and the
    website channel answers the fail-safe text and discards everything the turn did.
    """

    def __init__(self) -> None:
        super().__init__(url="in-process")
        self.executor = ActionExecutor()
        self.executor.register_package("actions")

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the action that Rasa asks for and returns its events and messages."""
        try:
            return await self.executor.run(kwargs["json"])
        except Exception as error:
            turn = current_turn.get()
            if turn is not None:
                turn.fail(error)
            # The class and place only: an error's text can quote what the visitor wrote.
            logger.error("action %s failed: %s", kwargs["json"].get("next_action"), describe(error))
            raise
