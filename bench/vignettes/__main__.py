"""``python -m bench.vignettes``: plays the cases, prints the figures, writes the report."""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.vignettes.cases import Case, Phrasing, load_cases
from bench.vignettes.chatting import ChatRoom, Played
from bench.vignettes.plot import draw
from bench.vignettes.report import Run, disagreements, headline, line, markdown
from bench.vignettes.structured import Judged, judge_all
from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol

REPORT = ROOT / "docs" / "safety" / "vignettes.md"
TYPED_EVERY = 8
"""Of so many messages one is played again with the options' labels typed."""


async def play_all(
    room: ChatRoom, todo: Sequence[tuple[Case, Phrasing]], typed: bool = False
) -> list[Played]:
    """Plays messages one after another, and says how far it is."""
    played = []
    for number, (case, phrasing) in enumerate(todo, start=1):
        played.append(await room.play(case, phrasing, typed))
        if number % 100 == 0 or number == len(todo):
            print(f"  {number} of {len(todo)} chats", file=sys.stderr, flush=True)
    return played


async def _both_ways(
    room: ChatRoom, todo: Sequence[tuple[Case, Phrasing]]
) -> tuple[list[Played], list[Played]]:
    return await play_all(room, todo), await play_all(room, todo[::TYPED_EVERY], typed=True)


def main(arguments: list[str] | None = None) -> int:
    """Runs it.

    Returns:
        0, or 1 when a structured case is not given its fixed level: that is the engine's fault.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.vignettes", description=__doc__)
    parser.add_argument("--case", action="append", help="only this case; can be repeated")
    parser.add_argument("--structured", action="store_true", help="only the structured facts")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.ERROR)
    rules = protocol()
    cases = load_cases(rules.specs)
    if options.case:
        cases = [case for case in cases if case.id in options.case]
    judged = judge_all(rules, cases)
    played: list[Played] = []
    typed: list[Played] = []
    began = time.monotonic()
    if not options.structured:
        todo = [(case, phrasing) for case in cases for phrasing in case.phrasings]
        with tempfile.TemporaryDirectory() as folder:
            room = ChatRoom(Path(folder))
            began = time.monotonic()
            played, typed = asyncio.run(_both_ways(room, todo))
    run = Run(
        judged=judged,
        played=played,
        typed=typed,
        version=rules.version,
        signed=rules.signed,
        seconds=time.monotonic() - began,
        places=rules.specs["zone_main"].values,
    )
    print(headline(run))
    for result in disagreements([*judged, *played, *typed]):
        print("  ".join(line(result)))
    if played:
        print(f"{len(played) + len(typed)} chats in {run.seconds:.0f} s")
    if played and not options.case:
        _write(run)
    return int(any(_is_wrong(result) for result in judged))


def _is_wrong(result: Judged) -> bool:
    return result.level != result.case.level or bool(result.silent)


def _write(run: Run) -> None:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    picture = REPORT.with_suffix(".svg")
    title = f"{len(run.played)} typed messages, by the level that the protocol asks for"
    draw(run.played, picture, title)
    REPORT.write_text(markdown(run, date.today(), picture.name), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}, {picture.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
