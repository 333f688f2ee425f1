"""The link to a clinic's booking page, with the chat's reference code in it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

PARAMETER = "reference"
"""The booking page's query parameter for the code that the clinic can look the chat up by."""


def booking_link(url: str, reference: str) -> str:
    """Adds the reference code to a booking address; what else its query holds stays.

    Args:
        url: An https address of ``clinics.yml``.
        reference: The chat's reference code.
    """
    parts = urlsplit(url)
    query = [item for item in parse_qsl(parts.query, True) if item[0] != PARAMETER]
    return urlunsplit(parts._replace(query=urlencode([*query, (PARAMETER, reference)])))


def with_reference(event: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """A chat event in which every booking address carries the reference code.

    Args:
        event: Any event; one without ``booking_url`` is given back as it is.
        reference: The chat's reference code.
    """
    event = dict(event)
    url = event.get("booking_url")
    if url:
        link = booking_link(url, reference)
        event["booking_url"] = link
        event["text"] = event["text"].replace(url, link)
    if event.get("alternatives"):
        event["alternatives"] = [
            {**other, "booking_url": booking_link(other["booking_url"], reference)}
            if other.get("booking_url")
            else other
            for other in event["alternatives"]
        ]
    return event
