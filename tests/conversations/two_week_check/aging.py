"""Makes a stored conversation older, as if it had been held some days ago."""

import json
import sqlite3
from datetime import date, datetime, timedelta

from tests.running import Chat, Server

TIME = "%Y-%m-%d %H:%M:%S.%f"


def age(server: Server, chat: Chat, days: int) -> None:
    """Moves every time of a conversation back, the day of its check and its code included."""
    back = timedelta(days=days)
    with sqlite3.connect(server.folder / "chat.db", timeout=10) as db:
        (chat_id,) = db.execute(
            "select id from conversation where reference = ?", (chat.session["reference"],)
        ).fetchone()
        (made,) = db.execute(
            "select created_at from conversation where id = ?", (chat_id,)
        ).fetchone()
        earlier = datetime.strptime(made, TIME) - back
        db.execute(
            "update conversation set created_at = ? where id = ?", (earlier.strftime(TIME), chat_id)
        )
        for row, payload in db.execute(
            "select id, payload from event where conversation_id = ? and type = 'plan'", (chat_id,)
        ).fetchall():
            plan = json.loads(payload)
            plan["review_on"] = (date.fromisoformat(plan["review_on"]) - back).isoformat()
            db.execute("update event set payload = ? where id = ?", (json.dumps(plan), row))
        for row, data in db.execute(
            "select id, data from tracker_event where conversation_id = ?", (chat_id,)
        ).fetchall():
            slot = json.loads(data)
            if slot.get("event") == "slot" and slot.get("name") == "check" and slot["value"]:
                for key in ("on", "review_on"):
                    earlier_day = date.fromisoformat(slot["value"][key]) - back
                    slot["value"][key] = earlier_day.isoformat()
                db.execute(
                    "update tracker_event set data = ? where id = ?", (json.dumps(slot), row)
                )
        for hash_, until in db.execute(
            "select code_hash, expires_at from resume_code where conversation_id = ?", (chat_id,)
        ).fetchall():
            earlier = datetime.strptime(until, TIME) - back
            db.execute(
                "update resume_code set expires_at = ? where code_hash = ?",
                (earlier.strftime(TIME), hash_),
            )
    db.close()
