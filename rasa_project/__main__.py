"""The command line: ``python -m rasa_project COMMAND``."""

import argparse
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
    assess = commands.add_parser("assess", help="JSON lines of facts in, assessments out")
    assess.add_argument("file", help="a file of JSON lines, or - for standard input")
    understand = commands.add_parser(
        "understand", help="JSON lines of messages in, intent and facts out"
    )
    understand.add_argument("file", help="a file of JSON lines, or - for standard input")
    options = parser.parse_args(arguments)

    # Each command imports what it needs: `assess` must not wait for Rasa.
    if options.command == "assess":
        from rasa_project.triage.command import assess_lines

        return _over_lines(options.file, assess_lines)
    if options.command == "understand":
        from rasa_project.understand import understand_lines

        return _over_lines(options.file, understand_lines)
    if options.command == "check":
        from rasa_project.checks import check_data

        return check_data(sys.stdout, sys.stderr)
    if options.command == "protocol":
        from rasa_project.sign_off import show

        return show(sys.stdout, sys.stderr)
    if options.command == "sign":
        from rasa_project.sign_off import sign as sign_rules

        given = (options.name, options.registration, options.date)
        return sign_rules(*given, out=sys.stdout, err=sys.stderr)
    if options.command == "train":
        from rasa_project.training import train_if_needed

        train_if_needed(force=options.force)
        return 0
    from rasa_project.server import serve

    serve()
    return 0


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
