"""Serves the drawings that the rows of a plan name."""

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.advice.drawings import default_drawings
from rasa_project.website.problems import Problem

_DAY = "public, max-age=86400"


def add_drawings(chat: Blueprint) -> None:
    """Adds the route ``/drawings/<id>`` to the chat's blueprint.

    The drawings hold nothing of any visitor, so they need no token and may be cached.
    """
    drawings = default_drawings()

    async def get_drawing(_request: Request, name: str) -> HTTPResponse:
        if name not in drawings:
            raise Problem("no_such_path")
        return HTTPResponse(
            drawings[name].svg, content_type="image/svg+xml", headers={"Cache-Control": _DAY}
        )

    chat.add_route(get_drawing, "/drawings/<name:str>", methods=["GET"], name="drawing")
