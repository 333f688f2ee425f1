"""Serves the chat with one action that raises while a file named FAIL_WHILE exists."""

import os

from actions.validate_triage_form import ValidateTriageForm
from rasa_project.server import serve

_run = ValidateTriageForm.run


async def run(self, dispatcher, tracker, domain):
    events = await _run(self, dispatcher, tracker, domain)
    if os.path.exists(os.environ["FAIL_WHILE"]):  # noqa: ASYNC240
        raise RuntimeError("made to fail")
    return events


ValidateTriageForm.run = run  # type: ignore[method-assign]

if __name__ == "__main__":
    serve()
