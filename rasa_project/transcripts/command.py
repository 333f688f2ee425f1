"""``call-backs``: whom the clinics are to call. ``transcripts rebuild``: what staff read, anew."""

from typing import TextIO

from rasa_project.clinics.zone import TORONTO
from rasa_project.transcripts.call_backs import CallBacks
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.rebuild import rebuild
from rasa_project.transcripts.records import CallBackInfo

MOST_NAMED = 20
"""References printed of conversations that differ."""


def list_call_backs(
    call_backs: CallBacks, out: TextIO, *, clinic: str | None = None, done: bool = False
) -> int:
    """Prints the requests, the oldest first; those whose time is over are erased first.

    Args:
        call_backs: The requests.
        out: Where to print; names and numbers go there and nowhere else.
        clinic: Slug of the only clinic to list; None for all.
        done: Whether to list those that were dealt with too.

    Returns:
        The exit code, always 0.
    """
    call_backs.purge()
    found = call_backs.requests(clinics=None if clinic is None else [clinic], done=done)
    for request in found:
        print(_line(request), file=out)
    if not found:
        print("Nobody is waiting for a call.", file=out)
    return 0


def finish_call_back(
    call_backs: CallBacks, reference: str, by: str, out: TextIO, err: TextIO
) -> int:
    """Notes that a request was dealt with.

    Args:
        call_backs: The requests.
        reference: The chat's reference code.
        by: Who called; must not be empty.
        out: Where to say that it is done.
        err: Where to say what is wrong.

    Returns:
        The exit code: 0, or 1 when nothing was noted.
    """
    if not by.strip():
        print("Say who called: --by NAME", file=err)
        return 1
    request = call_backs.mark_done(reference, by.strip()[:100])
    if request is None:
        print(f"{reference}: nobody with this reference code waits for a call", file=err)
        return 1
    print(f"{request.reference}: called by {request.done_by}", file=out)
    return 0


def rebuild_transcripts(database: Database, out: TextIO, *, check: bool) -> int:
    """Builds what staff read from the record, compares, and replaces what differs.

    Prints counts and reference codes, never a word of a conversation.

    Args:
        database: The record.
        out: Where to print.
        check: Only compare.

    Returns:
        The exit code: 0 when all was equal, or had only to be written for the first time; else 1.

    Raises:
        StoreUnavailable: The database failed.
    """
    tally = rebuild(database, write=not check)
    total = tally.equal + len(tally.different) + tally.missing + len(tally.unreadable)
    print(f"{total:,} conversations, {tally.rows:,} rows built from the record:", file=out)
    print(f"  {tally.equal:>9,}  equal", file=out)
    for found, words in (
        (tally.different, "different"),
        (tally.unreadable, "unreadable: a row of the record is damaged"),
    ):
        named = ": " + ", ".join(found[:MOST_NAMED]) if found else ""
        more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
        print(f"  {len(found):>9,}  {words}{named}{more}", file=out)
    print(f"  {tally.missing:>9,}  not written before", file=out)
    if tally.different or tally.missing:
        print("Nothing was changed." if check else "They are now as the record says.", file=out)
    wrong = tally.different or tally.unreadable or (check and tally.missing)
    return 1 if wrong else 0


def _line(request: CallBackInfo) -> str:
    asked = request.asked_at.astimezone(TORONTO).strftime("%Y-%m-%d %H:%M")
    erased = request.kept_until.astimezone(TORONTO).date().isoformat()
    state = f"called by {request.done_by}" if request.done_at else "waiting"
    fields = (asked, request.clinic, request.reference, request.name, request.phone, state)
    return "\t".join((*fields, f"erased {erased}"))
