"""Reads what a request sends and says it takes."""

from urllib.parse import parse_qs

from sanic.request import Request

from rasa_project.website.problems import Problem
from rasa_project.website.schemas import LARGEST_BODY

MEDIA_TYPES = (
    "text/plain", "text/html", "application/pdf", "application/fhir+json", "text/calendar",
)  # fmt: skip
"""What a summary can be had as; the first one fits best when anything will do."""


async def json_body(request: Request) -> bytes:
    """Reads a body that calls itself JSON, up to the limit.

    The route must be a streaming one: then nothing has read the body before, and what is over
    the limit is never in memory.

    Raises:
        Problem: 415, or 413 when it is larger than `LARGEST_BODY`.
    """
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise Problem("not_json_type")
    return await _body(request)


async def form_body(request: Request) -> dict[str, list[str]]:
    """Reads the fields of a submitted form, up to the same limit.

    Raises:
        Problem: 415, or 413 when it is larger than `LARGEST_BODY`; 400 when it is no UTF-8.
    """
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind.strip().lower() != "application/x-www-form-urlencoded":
        raise Problem("not_form_type")
    body = await _body(request)
    try:
        return parse_qs(body.decode("utf-8"), errors="strict", max_num_fields=200)
    except ValueError:
        raise Problem("malformed", what="The form could not be read.") from None


async def _body(request: Request) -> bytes:
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem("not_json_type")
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdigit()):
        # A negative length would have the server wait for ever for a body that cannot end.
        if request.stream is not None:
            request.stream.request_body = None
            request.stream.keep_alive = False
        raise Problem("malformed", what="The request could not be read.")
    if int(declared) > LARGEST_BODY:
        raise Problem("too_large")
    body = bytearray()
    while request.stream is not None and request.stream.request_body:
        body += await request.stream.read() or b""
        if len(body) > LARGEST_BODY:
            raise Problem("too_large")
    return bytes(body)


def bearer_token(request: Request) -> str:
    """Takes the token out of ``Authorization: Bearer …``; nowhere else is looked.

    Raises:
        Problem: 401, there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem("no_token", headers={"WWW-Authenticate": "Bearer"})
    return token.strip()


def wanted_media_type(accept: str) -> str:
    """Negotiates the summary's form.

    Args:
        accept: The ``Accept`` header; empty means anything.

    Raises:
        Problem: 406, nothing that is accepted can be had.
    """
    best, best_quality = "", 0.0
    ranges = [_media_range(entry) for entry in (accept or "*/*").split(",")]
    for media_type in MEDIA_TYPES:
        kind = media_type.split("/")[0]
        for pattern in (media_type, f"{kind}/*", "*/*"):
            qualities = [quality for name, quality in ranges if name == pattern]
            if qualities:  # The closest pattern decides, whatever a wider one allows.
                if max(qualities) > best_quality:
                    best, best_quality = media_type, max(qualities)
                break
    if not best:
        raise Problem("not_acceptable")
    return best


def _media_range(entry: str) -> tuple[str, float]:
    name, *parameters = entry.split(";")
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
    return name.strip().lower(), quality
