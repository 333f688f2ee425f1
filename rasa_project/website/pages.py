"""Serves the chat page and its files, and nothing else of the disk."""

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.settings import ROOT

WIDGET = ROOT / "rasa_project" / "widget"

_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def pages() -> Blueprint:
    """The routes ``/`` and ``/static/widget/<file>``.

    The files are read once: what is not a file of the widget at the start cannot be asked for.
    """
    blueprint = Blueprint("pages")
    files = {
        file.name: (file.read_bytes(), f"{_TYPES[file.suffix]}; charset=utf-8")
        for file in WIDGET.iterdir()
        if file.suffix in _TYPES
    }

    async def index(_request: Request) -> HTTPResponse:
        return _response(*files["index.html"])

    async def static(_request: Request, name: str) -> HTTPResponse:
        if name not in files:
            return HTTPResponse("Not found", status=404, headers=_HEADERS)
        return _response(*files[name])

    blueprint.add_route(index, "/", methods=["GET"])
    blueprint.add_route(static, "/static/widget/<name>", methods=["GET"])
    return blueprint


def _response(body: bytes, content_type: str) -> HTTPResponse:
    return HTTPResponse(body, content_type=content_type, headers=_HEADERS)
