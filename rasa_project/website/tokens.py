"""Session tokens: signed, expiring, bound to one conversation."""

import os
import re
import secrets
from datetime import datetime, timezone
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.engine import make_url

from rasa_project.settings import ROOT, Settings

_LONGEST = 512
_ID = re.compile(r"[0-9a-f]{40}")


class Tokens:
    """Makes and reads tokens.

    The expiry is inside the signed text. The library's own timed signatures are not used: they
    refuse a token whose time lies ahead, so a clock that steps back would lock visitors out.

    Args:
        secret: The signing key, at least 16 characters.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < 16:
            raise ValueError("SECRET_KEY must have at least 16 characters")
        self._serializer = URLSafeSerializer(
            secret, salt="chat session", signer_kwargs={"key_derivation": "hmac"}
        )

    def sign(self, conversation_id: str, expires_at: datetime) -> str:
        """Makes a conversation's token; it holds the id and the expiry."""
        return str(self._serializer.dumps([conversation_id, int(expires_at.timestamp())]))

    def read(self, token: str, now: datetime | None = None) -> str | None:
        """Gives the token's conversation id; None when it is forged, damaged or expired."""
        if len(token) > _LONGEST:
            return None
        try:
            conversation_id, expires = self._serializer.loads(token)
        except (BadData, ValueError, TypeError, UnicodeError):
            return None
        now = now or datetime.now(timezone.utc)
        if not isinstance(conversation_id, str) or not _ID.fullmatch(conversation_id):
            return None
        return conversation_id if now.timestamp() < expires else None


def secret_for(settings: Settings) -> str:
    """Gives the signing key: the configured one, or one made once and kept in a file.

    The file lies beside an SQLite database, else in ``var``; only its owner may read it.
    """
    if settings.secret_key:
        return settings.secret_key
    url = make_url(settings.database_url)
    beside = url.get_backend_name() == "sqlite" and url.database
    path = (Path(str(url.database)).parent if beside else ROOT / "var") / "session.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written under another name first: a second process must never read half a key.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # Another process was first; its key counts.
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
