"""The widget's addresses: the loader, its versioned files, and the page of the frame."""

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.clinics.directory import Directory
from rasa_project.settings import Settings
from rasa_project.website.widget_files import STABLE, File, WidgetFiles

_DAY = 86_400
_LOADER_CACHE = f"public, max-age=300, stale-while-revalidate={7 * _DAY}, stale-if-error={7 * _DAY}"
"""A clinic's page draws its button also while our server is away."""

_FOREVER = f"public, max-age={365 * _DAY}, immutable"
_OPEN = {
    # Public files, fetched by pages of other origins.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def widget_pages(
    files: WidgetFiles, settings: Settings, clinics: Directory, templates: Environment
) -> Blueprint:
    """Makes the routes under ``/widget/v1``; nothing else of the disk can be asked for.

    Args:
        files: What is served.
        settings: Whose origins may frame the chat.
        clinics: A slug that is not in it is not passed on.
        templates: Holds ``frame.html``.
    """
    blueprint = Blueprint("widget", url_prefix=STABLE)
    ancestors = " ".join(["'self'", *settings.allowed_origins])
    policy = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {ancestors}"
    )

    async def loader(request: Request) -> HTTPResponse:
        return served(request, files.loader, _LOADER_CACHE)

    async def versioned(request: Request, version: str, name: str) -> HTTPResponse:
        file = files.versioned.get(name) if version == files.version else None
        if file is None:
            return HTTPResponse("Not found", status=404, headers=_OPEN)
        return served(request, file, _FOREVER)

    async def icon(request: Request) -> HTTPResponse:
        return served(request, files.icon, _LOADER_CACHE)

    async def frame(request: Request) -> HTTPResponse:
        clinic = clinics.by_slug(request.args.get("clinic"))
        slug = clinic.slug if clinic else ""
        page = templates.get_template("frame.html").render(clinic_slug=slug)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
        return HTTPResponse(page, content_type="text/html; charset=utf-8", headers=headers)

    blueprint.add_route(loader, "/loader.js", methods=["GET"])
    blueprint.add_route(icon, "/icon.svg", methods=["GET"])
    blueprint.add_route(frame, "/frame", methods=["GET"])
    blueprint.add_route(versioned, "/<version>/<name>", methods=["GET"])
    return blueprint


def served(request: Request, file: File, cache: str) -> HTTPResponse:
    """A file, zipped for who takes it, or "not modified" for who has it."""
    tag = f'"{file.digest.hex()[:24]}"'
    headers = {**_OPEN, "Cache-Control": cache, "ETag": tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return HTTPResponse(status=304, headers=headers)
    body = file.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], body = "gzip", file.zipped
    return HTTPResponse(body, content_type=file.media_type, headers=headers)
