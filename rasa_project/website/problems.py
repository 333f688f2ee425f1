"""Refusals as ``application/problem+json``; every one of them carries the emergency line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sanic.response import HTTPResponse

from rasa_project.errors import DataError

_FILE = Path(__file__).with_name("problems.yml")


class Problem(Exception):
    """A request that is refused; becomes the response.

    Args:
        slug: A key of ``problems.yml``.
        headers: Extra response headers, such as ``Retry-After``.
        values: What the detail's braces stand for.
    """

    def __init__(self, slug: str, headers: Mapping[str, str] | None = None, **values: Any) -> None:
        self.slug = slug
        self.headers = dict(headers or {})
        self.values = values
        super().__init__(slug)


@dataclass(frozen=True)
class Template:
    """One kind of problem: its HTTP status and its texts."""

    status: int
    title: str
    detail: str


@cache
def catalogue() -> tuple[dict[str, Template], str]:
    """Reads ``problems.yml``.

    Returns:
        The problems by slug, and the sentence that gives a clinic's phone.

    Raises:
        DataError: The file lacks something.
    """
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    try:
        problems = {slug: Template(**entry) for slug, entry in data["problems"].items()}
        return problems, str(data["clinic_phone"])
    except (KeyError, TypeError) as error:
        raise DataError(_FILE, "problems", f"{error}: see the other entries") from None


def problem_response(problem: Problem, emergency: str, fail_safe: str) -> HTTPResponse:
    """Writes a problem.

    Args:
        problem: What is wrong.
        emergency: The sentence about 911.
        fail_safe: The text for a 503.
    """
    template = catalogue()[0][problem.slug]
    body = {
        "type": f"urn:chat:problem:{problem.slug.replace('_', '-')}",
        "title": template.title,
        "status": template.status,
        "detail": template.detail.format(fail_safe=fail_safe, **problem.values),
        "emergency": emergency,
    }
    return HTTPResponse(
        json.dumps(body, ensure_ascii=False),
        status=template.status,
        headers=problem.headers,
        content_type="application/problem+json",
    )
