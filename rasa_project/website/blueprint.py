"""The chat's Sanic blueprint: what must hold for every response, errors included."""

import logging
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import (
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
)
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from rasa_project.transcripts.errors import (
    ConversationClosed,
    StoreError,
    UnknownConversation,
    describe,
)
from rasa_project.website.cors import Origins
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.problems import Problem, problem_response

logger = logging.getLogger(__name__)

PREFIX = "/chat"

LARGEST_DRAINED = 12 * 1024 * 1024
"""Bytes of a refused body that are read and thrown away.

To close the connection on a sender in mid-body would lose the answer; beyond this we do.
"""

_SANIC = {
    NotFound: "no_such_path",
    MethodNotSupported: "wrong_method",
    PayloadTooLarge: "too_large",
    RequestTimeout: "too_slow",
}


class ChatBlueprint(Blueprint):
    """A blueprint that also guards what never reaches a route of its own.

    Unknown paths, wrong methods and unreadable requests are answered by the application, so its
    error handler and response middleware are set up when the blueprint is mounted. Paths
    outside of ``/chat`` keep their own errors.
    """

    def __init__(self, origins: Origins, fail_safe: FailSafe) -> None:
        super().__init__("chat", url_prefix=PREFIX)
        self.ctx.origins = origins
        self.ctx.fail_safe = fail_safe

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Mounts it; called by Sanic."""
        super().register(app, options)
        app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, LARGEST_DRAINED)
        app.error_handler.add(Exception, self._on_error)
        app.register_middleware(self._on_response, "response")

    def _on_error(self, request: Request, error: Exception) -> HTTPResponse | None:
        if not _is_ours(request):
            return None
        problem = as_problem(error, readable=request.method != "NONE")
        text = self.ctx.fail_safe.text(getattr(request.ctx, "clinic", None))
        return problem_response(problem, self.ctx.fail_safe.emergency, text)

    def _on_response(self, request: Request, response: BaseHTTPResponse) -> None:
        add = response.headers.setdefault
        add("X-Content-Type-Options", "nosniff")
        add("Referrer-Policy", "no-referrer")
        if not _is_ours(request):
            return
        add("Cache-Control", "no-store")
        # Nothing here is a page to run or to frame; the summary allows itself some style.
        add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        for name, value in self.ctx.origins.headers(request).items():
            add(name, value)


def as_problem(error: Exception, *, readable: bool = True) -> Problem:
    """Finds the refusal that an error amounts to.

    Args:
        error: Anything a route or Sanic raised.
        readable: False when not even the request's head could be read.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, ConversationClosed):
        return Problem("closed")
    if isinstance(error, UnknownConversation):
        return Problem("no_token", headers={"WWW-Authenticate": "Bearer"})
    for kind, slug in _SANIC.items():
        if isinstance(error, kind):
            return Problem(slug, headers=getattr(error, "headers", None))
    if isinstance(error, InvalidUsage) or not readable:
        return Problem("malformed", what="The request could not be read.")
    if isinstance(error, SanicException) and error.status_code and error.status_code < 500:
        return Problem("malformed", what="The request could not be read.")
    if not isinstance(error, StoreError):
        logger.error("request failed: %s", describe(error))
    return Problem("unavailable")


def _is_ours(request: Request) -> bool:
    # An unreadable request has no path ("*"); to answer it in our way is no harm.
    path = request.path
    return path == PREFIX or path.startswith(PREFIX + "/") or request.method == "NONE"
