"""The demo site: a home page, one page a clinic, and pages that are hard on the widget."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.clinics.directory import Directory
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.website.widget_files import File
from rasa_project.website.widget_pages import served

HERE = Path(__file__).parent
HOME = DATA / "website" / "home.yml"
_KEYS = ("title", "lead", "demo", "patterns", "steps", "clinics", "plain")
_STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'"
"""A page with this policy needs the two lines of the embed guide and nothing else."""

POLICY = (
    f"{_STRICT}; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def make_templates(credits_line: str) -> Environment:
    """The HTML templates; everything that goes in is escaped.

    Args:
        credits_line: Whose place data is used.

    Raises:
        DataError: A text of the site is missing.
    """
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    templates.globals["home"] = check_keys(HOME, "", read_mapping(HOME), (), _KEYS)
    templates.globals["credits"] = credits_line
    templates.globals["clinic_slug"] = ""
    return templates


def site(clinics: Directory, templates: Environment) -> Blueprint:
    """Makes the routes of the demo site.

    Args:
        clinics: One page each; what is unknown of a clinic is said to be.
        templates: From :func:`make_templates`.
    """
    blueprint = Blueprint("site")
    styles = {
        name: File.of((HERE / name).read_text(encoding="utf-8"), "text/css")
        for name in ("site.css", "hostile.css")
    }

    def page(template: str, policy: str = POLICY, status: int = 200, **values: Any) -> HTTPResponse:
        return HTTPResponse(
            templates.get_template(template).render(**values),
            status=status,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"},
        )

    async def home(_request: Request) -> HTTPResponse:
        return page("home.html", clinics=list(clinics))

    async def clinic(_request: Request, slug: str) -> HTTPResponse:
        found = clinics.by_slug(slug)
        if found is None:
            return page(
                "demo.html",
                status=404,
                heading="No such clinic",
                words="The home page lists all of them.",
                style="/site.css",
                mode="",
            )
        return page("clinic.html", clinic=found, clinic_slug=found.slug)

    async def strict(_request: Request) -> HTTPResponse:
        return page(
            "demo.html",
            _STRICT,
            heading="A page under a strict policy",
            words=f"Content-Security-Policy: {_STRICT}",
            style="",
            mode="",
        )

    async def hostile(_request: Request) -> HTTPResponse:
        return page(
            "demo.html",
            heading="A page with a hostile style sheet",
            words="Its rules hide, turn and paint everything.",
            style="/hostile.css",
            mode="",
        )

    async def frame(_request: Request) -> HTTPResponse:
        return page(
            "demo.html",
            heading="The chat in a frame",
            words="Nothing on this page can read what is said in the chat.",
            style="/site.css",
            mode="frame",
        )

    async def style(request: Request) -> HTTPResponse:
        return served(request, styles[request.path.strip("/")], "no-cache")

    blueprint.add_route(home, "/", methods=["GET"])
    blueprint.add_route(clinic, "/clinics/<slug>", methods=["GET"])
    blueprint.add_route(strict, "/demo/strict", methods=["GET"])
    blueprint.add_route(hostile, "/demo/hostile", methods=["GET"])
    blueprint.add_route(frame, "/demo/frame", methods=["GET"])
    for name in styles:
        blueprint.add_route(style, f"/{name}", methods=["GET"], name=name.replace(".", "_"))
    return blueprint
