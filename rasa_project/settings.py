"""Every setting of the service, its environment variable and its default: the one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The project's root: the folder that holds ``config.yml`` and ``data/``."""

DATA = ROOT / "data"


@dataclass(frozen=True)
class Settings:
    """What may differ between one installation and another.

    Attributes:
        host: Address to listen on (``HOST``).
        port: TCP port, 1-65535 (``PORT``).
        database_url: SQLAlchemy URL (``DATABASE_URL``); an SQLite file by default.
        secret_key: Signs session tokens (``SECRET_KEY``); empty means one is made at the first
            start and kept beside the database.
        allowed_origins: Web origins that may call the chat (``ALLOWED_ORIGINS``, comma-separated);
            the service's own pages need no entry.
        session_hours: Hours until a session token expires (``SESSION_HOURS``).
        turn_seconds: Seconds a turn may take before the fail-safe answer (``TURN_SECONDS``).
        messages_per_minute: Messages one conversation may send a minute (``MESSAGES_PER_MINUTE``).
        starts_per_10_minutes: Conversations one address may start in ten minutes
            (``STARTS_PER_10_MINUTES``).
        wrong_codes_per_10_minutes: Codes for a two-week check that do not work, which one address
            may try in ten minutes (``WRONG_CODES_PER_10_MINUTES``).
        proxies: Reverse proxies in front of the service (``PROXIES``); 0 means none, and then
            ``X-Forwarded-For`` is not believed.
    """

    host: str = "127.0.0.1"
    port: int = 5005
    database_url: str = f"sqlite:///{ROOT / 'var' / 'axis.db'}"
    secret_key: str = ""
    allowed_origins: tuple[str, ...] = ()
    session_hours: float = 24.0
    turn_seconds: float = 8.0
    messages_per_minute: int = 60
    starts_per_10_minutes: int = 10
    wrong_codes_per_10_minutes: int = 10
    proxies: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Reads the settings.

        Args:
            environment: Variable names and values; the process's own by default.

        Raises:
            ValueError: A variable holds something unusable; the message names it.
        """
        default = cls()

        def number(name: str, fallback: float, smallest: float, largest: float) -> float:
            raw = environment.get(name, "")
            if not raw:
                return fallback
            try:
                value = float(raw)
            except ValueError:
                raise ValueError(f"{name}={raw!r} is not a number") from None
            if not smallest <= value <= largest:
                raise ValueError(f"{name}={raw} is not between {smallest:g} and {largest:g}")
            return value

        origins = environment.get("ALLOWED_ORIGINS", "")
        return cls(
            host=environment.get("HOST") or default.host,
            port=int(number("PORT", default.port, 1, 65535)),
            database_url=environment.get("DATABASE_URL") or default.database_url,
            secret_key=environment.get("SECRET_KEY", ""),
            allowed_origins=tuple(o.strip().rstrip("/") for o in origins.split(",") if o.strip()),
            session_hours=number("SESSION_HOURS", default.session_hours, 0.01, 24 * 30),
            turn_seconds=number("TURN_SECONDS", default.turn_seconds, 0.1, 60),
            messages_per_minute=int(
                number("MESSAGES_PER_MINUTE", default.messages_per_minute, 1, 100_000)
            ),
            starts_per_10_minutes=int(
                number("STARTS_PER_10_MINUTES", default.starts_per_10_minutes, 1, 100_000)
            ),
            wrong_codes_per_10_minutes=int(
                number("WRONG_CODES_PER_10_MINUTES", default.wrong_codes_per_10_minutes, 1, 100_000)
            ),
            proxies=int(number("PROXIES", default.proxies, 0, 10)),
        )
