"""The command line: ``python -m rasa_project COMMAND``."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO


def main(arguments: list[str] | None = None) -> int:
    """Runs one command.

    Returns:
        The exit code: 0, or 1 when a line or file was at fault.
    """
    parser = argparse.ArgumentParser(prog="python -m rasa_project", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the chat (trains first when needed)")
    train = commands.add_parser("train", help="train the model if what it depends on has changed")
    train.add_argument("--force", action="store_true", help="train even if nothing changed")
    commands.add_parser("check", help="validate the protocol, clinic and language data")
    commands.add_parser("protocol", help="print the rules' version, hash and sign-off")
    sign = commands.add_parser("sign", help="sign the rules as they are, in your own name")
    sign.add_argument("--name", required=True, help="your name")
    sign.add_argument("--registration", required=True, help="your registration with your college")
    sign.add_argument("--date", help="the day, such as 2026-01-31 (today if left out)")
    again = commands.add_parser("replay", help="judge every stored outcome again")
    again.add_argument("--against", type=Path, metavar="DIR", help="a candidate protocol folder")
    again.add_argument("--database", metavar="URL", help="instead of DATABASE_URL")
    assess = commands.add_parser("assess", help="JSON lines of facts in, assessments out")
    assess.add_argument("file", help="a file of JSON lines, or - for standard input")
    understand = commands.add_parser(
        "understand", help="JSON lines of messages in, intent and facts out"
    )
    understand.add_argument("file", help="a file of JSON lines, or - for standard input")
    redact = commands.add_parser("redact", help="messages in, names and contact data taken out")
    redact.add_argument("file", help="a file with one message a line, or - for standard input")
    calls = commands.add_parser("call-backs", help="list who waits for a call from a clinic")
    calls.add_argument("--clinic", help="only this clinic's (its slug)")
    calls.add_argument("--all", action="store_true", help="also those that were called")
    calls.add_argument("--done", metavar="REFERENCE", help="note that this one was called")
    calls.add_argument("--by", default="", metavar="NAME", help="who called; goes with --done")
    transcripts = commands.add_parser("transcripts", help="work on the stored conversations")
    parts = transcripts.add_subparsers(dest="part", required=True)
    anew = parts.add_parser("rebuild", help="build what staff read from the record, and compare")
    anew.add_argument("--check", action="store_true", help="only compare, change nothing")
    anew.add_argument("--database", metavar="URL", help="instead of DATABASE_URL")
    options = parser.parse_args(arguments)

    # Each command imports what it needs: `assess` must not wait for Rasa.
    if options.command == "assess":
        from rasa_project.triage.command import assess_lines

        return _over_lines(options.file, assess_lines)
    if options.command == "understand":
        from rasa_project.understand import understand_lines

        return _over_lines(options.file, understand_lines)
    if options.command == "redact":
        from rasa_project.transcripts.redaction.command import redact_lines

        return _over_lines(options.file, redact_lines)
    if options.command == "call-backs":
        return _call_backs(options)
    if options.command == "transcripts":
        return _rebuild(options.check, options.database)
    if options.command == "check":
        from rasa_project.checks import check_data

        return check_data(sys.stdout, sys.stderr)
    if options.command == "protocol":
        from rasa_project.sign_off import show

        return show(sys.stdout, sys.stderr)
    if options.command == "sign":
        from rasa_project.checks import check_data
        from rasa_project.sign_off import sign as sign_rules

        # Nobody may sign what the chat could not load.
        if check_data(io.StringIO(), sys.stderr):
            return 1
        given = (options.name, options.registration, options.date)
        return sign_rules(*given, out=sys.stdout, err=sys.stderr)
    if options.command == "replay":
        return _replay(options.against, options.database)
    if options.command == "train":
        from rasa_project.training import train_if_needed

        train_if_needed(force=options.force)
        return 0
    from rasa_project.server import serve

    serve()
    return 0


def _call_backs(options: argparse.Namespace) -> int:
    """Works on the requests for a call in the service's own database."""
    from sqlalchemy.exc import SQLAlchemyError

    from rasa_project.settings import Settings
    from rasa_project.transcripts.call_backs import CallBacks
    from rasa_project.transcripts.command import finish_call_back, list_call_backs
    from rasa_project.transcripts.database import Database
    from rasa_project.transcripts.errors import StoreUnavailable
    from rasa_project.transcripts.migrations import migrate

    try:
        url = Settings.from_environment().database_url
        migrate(url)
        call_backs = CallBacks(Database.at(url))
        if options.done:
            return finish_call_back(call_backs, options.done, options.by, sys.stdout, sys.stderr)
        return list_call_backs(call_backs, sys.stdout, clinic=options.clinic, done=options.all)
    except ValueError as error:
        print(f"call-backs: {error}", file=sys.stderr)
    except (SQLAlchemyError, StoreUnavailable) as error:
        # Named, not quoted: the database's own words may hold a visitor's.
        kind = type(error).__name__
        print(
            f"call-backs: the database cannot be used ({kind}): see DATABASE_URL", file=sys.stderr
        )
    return 1


def _rebuild(check: bool, url: str | None) -> int:
    """Rebuilds what staff read, in the database named or else the one of the settings."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    from rasa_project.settings import Settings
    from rasa_project.transcripts.command import rebuild_transcripts
    from rasa_project.transcripts.database import Database
    from rasa_project.transcripts.errors import StoreError
    from rasa_project.transcripts.migrations import migrate

    try:
        url = url or Settings.from_environment().database_url
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
            raise ValueError(f"there is no file {parsed.database}: give --database URL")
        migrate(url)
        return rebuild_transcripts(Database.at(url), sys.stdout, check=check)
    except ArgumentError:
        # Its own words would show a password.
        print(
            "transcripts: that is no database URL, such as sqlite:///var/axis.db", file=sys.stderr
        )
    except ValueError as error:
        print(f"transcripts: {error}", file=sys.stderr)
    except (SQLAlchemyError, StoreError) as error:
        kind = type(error).__name__
        print(
            f"transcripts: the database cannot be used ({kind}): see DATABASE_URL", file=sys.stderr
        )
    return 1


def _replay(against: Path | None, url: str | None) -> int:
    """Replays from the database named, or else from the one of the settings."""
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    from rasa_project.replay import replay
    from rasa_project.settings import Settings

    try:
        url = url or Settings.from_environment().database_url
    except ValueError as error:
        print(f"Setting: {error}", file=sys.stderr)
        return 1
    return replay(against, url, sys.stdout, sys.stderr)


def _over_lines(file: str, command: Callable[[Iterable[str], TextIO, TextIO], int]) -> int:
    """Runs a command over the lines of a file, or of standard input."""
    if file == "-":
        return command(sys.stdin, sys.stdout, sys.stderr)
    try:
        with Path(file).open(encoding="utf-8") as lines:
            return command(lines, sys.stdout, sys.stderr)
    except OSError as error:
        print(f"{file}: cannot be read: {error.strerror}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
