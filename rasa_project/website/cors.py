"""Which pages of other origins may use the chat."""

from urllib.parse import urlsplit

from sanic.request import Request

from rasa_project.settings import Settings
from rasa_project.website.problems import Problem

METHODS = "GET, POST, DELETE, OPTIONS"


class Origins:
    """The allow-list; the service's own origin is always on it.

    There are no cookies, so nothing is ever allowed with credentials.
    """

    def __init__(self, settings: Settings) -> None:
        self._allowed = {origin.lower() for origin in settings.allowed_origins}
        self._proxies = settings.proxies

    def check(self, request: Request) -> None:
        """Raises `Problem` (403) when a page of a foreign origin sent this.

        A request without the header is no browser's cross-origin request.
        """
        origin = request.headers.get("origin")
        if origin is not None and not self._knows(request, origin):
            raise Problem("foreign_origin")

    def headers(self, request: Request) -> dict[str, str]:
        """CORS headers for any response to this request."""
        headers = {"Vary": "Origin"}
        origin = request.headers.get("origin")
        if origin is not None and self._knows(request, origin):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
        return headers

    def preflight_headers(self, request: Request) -> dict[str, str]:
        """What else a preflight is told; raises `Problem` for a foreign origin."""
        self.check(request)
        return {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept",
            "Access-Control-Max-Age": "600",
        }

    def _knows(self, request: Request, origin: str) -> bool:
        origin = origin.lower()
        if origin in self._allowed:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        # Only the host is compared: behind a proxy that ends TLS our own scheme is not the page's.
        hosts = {request.headers.get("host", "").lower()}
        if self._proxies:
            hosts.add(request.headers.get("x-forwarded-host", "").lower())
        return parts.scheme in ("http", "https") and parts.netloc in hosts - {""}
