"""The command line: ``python -m rasa_project COMMAND``."""

import argparse
import sys
from pathlib import Path


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
    assess = commands.add_parser("assess", help="JSON lines of facts in, assessments out")
    assess.add_argument("file", help="a file of JSON lines, or - for standard input")
    options = parser.parse_args(arguments)

    # Each command imports what it needs: `assess` must not wait for Rasa.
    if options.command == "assess":
        from rasa_project.triage.command import assess_lines

        if options.file == "-":
            return assess_lines(sys.stdin, sys.stdout, sys.stderr)
        try:
            with Path(options.file).open(encoding="utf-8") as lines:
                return assess_lines(lines, sys.stdout, sys.stderr)
        except OSError as error:
            print(f"{options.file}: cannot be read: {error.strerror}", file=sys.stderr)
            return 1
    if options.command == "check":
        from rasa_project.checks import check_data

        return check_data(sys.stdout, sys.stderr)
    if options.command == "train":
        from rasa_project.training import train_if_needed

        train_if_needed(force=options.force)
        return 0
    from rasa_project.server import serve

    serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
