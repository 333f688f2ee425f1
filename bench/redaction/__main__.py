"""``python -m bench.redaction``: recall and precision by kind, other heel-pain messages altered,
and milliseconds a message. ``--errors`` lists what went wrong on the development part only."""

import json
import sys
import time
from collections.abc import Iterator

from bench.redaction.cases import HERE, read
from bench.redaction.score import Score, score
from rasa_project.transcripts.redaction import find, redact
from rasa_project.transcripts.redaction.spans import KINDS


def main() -> None:
    """Prints the tables."""
    for part in ("dev", "test", "late"):
        result = score(read(part), find)
        print(f"\n## {part}\n")
        print(table(result))
        if part == "dev" and "--errors" in sys.argv:
            for name, rows in (("missed", result.misses), ("wrong", result.wrong)):
                print(name, *rows, sep="\n  ")
    print("\n## Other messages, hardly any with a name\n")
    for part in ("dev", "test"):
        texts = list(other_messages(part))
        altered = [text for text in texts if find(text)]
        print(f"{part}: {len(altered)} of {len(texts)} altered ({len(altered) / len(texts):.2%})")
        if part == "dev" and "--errors" in sys.argv:
            print(*(redact(text).text for text in altered), sep="\n")
    texts = [case.text for case in read("dev")] + list(other_messages("dev"))
    start = time.process_time()
    for text in texts:
        redact(text)
    print(f"\n{(time.process_time() - start) / len(texts) * 1000:.2f} ms of processor a message")


def table(result: Score) -> str:
    """The figures by kind as a Markdown table."""
    lines = ["| kind | marked | recall | precision | same kind |", "|---|---|---|---|---|"]
    for kind in KINDS:
        marked, found, made = result.marked[kind], result.found[kind], result.made[kind]
        lines.append(
            f"| {kind} | {marked} | {_share(found, marked)} | {_share(result.right[kind], made)} "
            f"| {_share(result.same_kind[kind], found)} |"
        )
    lines.append(
        f"| **all** | {result.marked.total()} | **{result.recall:.3f}** "
        f"| **{result.precision:.3f}** "
        f"| {_share(result.same_kind.total(), result.found.total())} |"
    )
    lines.append(f"\n{result.left_alone} of {result.clean} lines left alone")
    return "\n".join(lines)


def other_messages(part: str) -> Iterator[str]:
    """Messages of the language benchmark, written without a thought of redaction."""
    folder = HERE.parent / "language"
    for line in (folder / "lay_assertion.jsonl").read_text(encoding="utf-8").splitlines():
        made = json.loads(line)
        if made["split"] == part:
            yield made["text"]
    if part == "dev":
        for line in (folder / "intents_dev.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


if __name__ == "__main__":
    main()
