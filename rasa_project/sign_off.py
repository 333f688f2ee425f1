"""``protocol`` and ``sign``: which rules these are, and a person's signature under them."""

from datetime import date, datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from rasa_project.advice.rows import load_advice
from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.triage.protocol import Protocol, load_protocol
from rasa_project.triage.signing import UNSIGNED, SignOff, rule_files, write_sign_off

CLINICAL = DATA / "clinical"
LONGEST = 120
"""Characters of a name or a registration."""

STATEMENT = """\
You are signing {title}, version {version}.
The rules are these {count} files in {folder}, and nothing else:
  {files}
Their hash is {hash}.

By signing you say that
- you have read these files, the open points in docs/safety/hazard_log.md, and
  docs/safety/report.md;
- you answer, as a registered physiotherapist, for their use with visitors as
  docs/safety/intended_use.md describes it.

The signature holds for exactly these files. Any change to one of them, even to a comment, ends it,
and the chat then says again that it is {unsigned}.
"""


def show(out: TextIO, err: TextIO, folder: Path = CLINICAL) -> int:
    """Prints version, hash, files and sign-off of the rules.

    Returns:
        0, or 1 when a file breaks its rules.
    """
    rules = _load(folder, err)
    if rules is None:
        return 1
    print(f"version   {rules.version} ({rules.title})", file=out)
    print(f"hash      {rules.hash}", file=out)
    print(f"files     {_names(folder)}", file=out)
    if rules.signed and rules.sign_off is not None:
        last = rules.sign_off
        print(f"sign-off  signed by {last.name} ({last.registration}) on {last.date}", file=out)
    else:
        print(f"sign-off  {UNSIGNED}: {rules.why_unsigned}", file=out)
    return 0


def sign(
    name: str,
    registration: str,
    day: str | None,
    out: TextIO,
    err: TextIO,
    folder: Path = CLINICAL,
) -> int:
    """Says what is signed, and writes the sign-off for the rules as they are now.

    Args:
        name: The physiotherapist's name.
        registration: Their registration, as their college writes it.
        day: The day of signing, ISO 8601 and not in the future; None for today in Toronto.
        out: Where to say what was signed.
        err: Where to say why not.
        folder: The protocol's folder.

    Returns:
        0, or 1 when something given is unusable or a file breaks its rules; nothing is written.
    """
    today = datetime.now(ZoneInfo("America/Toronto")).date()
    day = today.isoformat() if day is None else day
    problem = _text("--name", name) or _text("--registration", registration) or _day(day, today)
    if problem:
        print(problem, file=err)
        return 1
    rules = _load(folder, err)
    if rules is None:
        return 1
    print(
        STATEMENT.format(
            title=rules.title,
            version=rules.version,
            count=len(rule_files(folder)),
            folder=folder,
            files=_names(folder),
            hash=rules.hash,
            unsigned=UNSIGNED,
        ),
        file=out,
    )
    signature = SignOff(name.strip(), registration.strip(), day, rules.version, rules.hash)
    file = write_sign_off(folder, signature)
    print(f"Signed by {signature.name} ({signature.registration}) on {day}: {file}", file=out)
    print("Restart the chat to put it in force. To withdraw, empty the five keys.", file=out)
    return 0


def _load(folder: Path, err: TextIO) -> Protocol | None:
    """The rules, checked as a whole: nobody may sign what the chat could not load."""
    try:
        load_advice(folder)
        return load_protocol(folder)
    except DataError as error:
        print(error, file=err)
        return None


def _names(folder: Path) -> str:
    return ", ".join(file.relative_to(folder).as_posix() for file in rule_files(folder))


def _text(option: str, given: str) -> str:
    if not given.strip():
        return f"{option} is empty; give your own"
    if len(given) > LONGEST or not given.isprintable():
        return f"{option} must be one line of at most {LONGEST} characters"
    return ""


def _day(given: str, today: date) -> str:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return f"--date {given!r} is not a day such as 2026-01-31"
    return f"--date {given} is in the future" if day > today else ""
