"""How much one conversation and one address may ask for; in this process's memory."""

import ipaddress
import math
import time
from typing import NoReturn

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from rasa_project.settings import Settings
from rasa_project.website.problems import Problem

CALL_BACKS_PER_10_MINUTES = 6
"""Room to mend a mistyped number, none to try numbers out."""


class Limits:
    """Counts messages, starts and requests for a call, and refuses what is too much with a 429.

    Fixed windows: their counters vanish when they run out, so memory stays bounded.
    """

    def __init__(self, settings: Settings) -> None:
        self._storage = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._messages = RateLimitItemPerMinute(settings.messages_per_minute)
        self._starts = RateLimitItemPerMinute(settings.starts_per_10_minutes, 10)
        self._wrong_codes = RateLimitItemPerMinute(settings.wrong_codes_per_10_minutes, 10)
        self._call_backs = RateLimitItemPerMinute(CALL_BACKS_PER_10_MINUTES, 10)
        self._proxies = settings.proxies

    def message(self, conversation_id: str) -> None:
        """Counts a message; raises `Problem` when the conversation sent too many."""
        self._hit(self._messages, "too_many_messages", conversation_id)

    def may_give_code(self, address: str) -> None:
        """Raises `Problem` when the address gave too many codes that do not work."""
        if not self._limiter.test(self._wrong_codes, _network(address)):
            self._refuse(self._wrong_codes, "too_many_codes", _network(address))

    def wrong_code(self, address: str) -> None:
        """Counts a code that does not work; a local address counts as any other."""
        self._limiter.hit(self._wrong_codes, _network(address))

    def call_back(self, conversation_id: str) -> None:
        """Counts a request for a call; raises `Problem` when the conversation sent too many."""
        self._hit(self._call_backs, "too_many_call_backs", conversation_id)

    def start(self, address: str) -> None:
        """Counts a new conversation; raises `Problem` when the address made too many.

        With no proxy configured a loopback peer is not counted: it is either the operator, or a
        local reverse proxy that nobody told us of, and behind that every visitor would share
        this one address and the eleventh person in ten minutes would be turned away.

        Args:
            address: From `client_address`.
        """
        if self._proxies == 0 and _is_loopback(address):
            return
        self._hit(self._starts, "too_many_starts", _network(address))

    def _hit(self, item: RateLimitItemPerMinute, slug: str, key: str) -> None:
        if not self._limiter.hit(item, key):
            self._refuse(item, slug, key)

    def _refuse(self, item: RateLimitItemPerMinute, slug: str, key: str) -> NoReturn:
        reset, _remaining = self._limiter.get_window_stats(item, key)
        # The library counts in the wall clock; a clock that steps must not ask for an hour.
        wait = min(max(1, math.ceil(reset - time.time())), item.get_expiry())
        raise Problem(slug, headers={"Retry-After": str(wait)})


def client_address(peer: str, forwarded_for: str, proxies: int) -> str:
    """Finds the visitor's address.

    Args:
        peer: Address of the TCP peer.
        forwarded_for: All ``X-Forwarded-For`` values joined by commas; anybody may have written
            them, except for as many entries at the end as there are proxies of ours.
        proxies: Reverse proxies in front; 0 means that the header is not believed.
    """
    if proxies:
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
        if len(hops) >= proxies and _parsed(hops[-proxies]) is not None:
            return hops[-proxies]
    return peer


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return mapped or parsed


def _is_loopback(address: str) -> bool:
    parsed = _parsed(address)
    return parsed is not None and parsed.is_loopback


def _network(address: str) -> str:
    """One key a household: an IPv6 customer has at least a /64 to pick addresses from."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed or address)
