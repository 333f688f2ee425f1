"""``python -m bench.vignettes``: plays the cases, prints the figures, writes the report."""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.vignettes.cases import CASES, HELD_OUT, Case, Phrasing, load_cases
from bench.vignettes.chatting import ChatRoom, Played
from bench.vignettes.plot import draw
from bench.vignettes.report import Run, disagreements, headline, line, markdown
from bench.vignettes.structured import Judged, judge_all
from rasa_project.settings import ROOT
from rasa_project.triage.protocol import Protocol, protocol

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
    parser.add_argument(
        "--held-out", action="store_true", help="the cases held out, instead of the others"
    )
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.ERROR)
    rules = protocol()
    folders = [HELD_OUT] if options.held_out else [CASES]
    if not options.held_out and not options.case:
        folders.append(HELD_OUT)
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        room = None if options.structured else ChatRoom(Path(folder))
        for cases in (load_cases(rules.specs, of) for of in folders):
            if options.case:
                cases = [case for case in cases if case.id in options.case]
            runs.append(_run(rules, room, cases))
    for run in runs:
        print(headline(run))
        for result in disagreements([*run.judged, *run.played, *run.typed]):
            print("  ".join(line(result)))
        print(f"{len(run.played) + len(run.typed)} chats in {run.seconds:.0f} s")
    if len(runs) == 2 and room is not None:
        _write(replace(runs[0], held_out=runs[1]))
    return int(any(_is_wrong(result) for run in runs for result in run.judged))


def _run(rules: Protocol, room: ChatRoom | None, cases: Sequence[Case]) -> Run:
    """Plays cases through the engine and, where there is a room, the chat."""
    todo = [(case, phrasing) for case in cases for phrasing in case.phrasings]
    began = time.monotonic()
    played, typed = asyncio.run(_both_ways(room, todo)) if room is not None else ([], [])
    return Run(
        judged=judge_all(rules, cases),
        played=played,
        typed=typed,
        version=rules.version,
        signed=rules.signed,
        seconds=time.monotonic() - began,
        places=rules.specs["zone_main"].values,
    )


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
