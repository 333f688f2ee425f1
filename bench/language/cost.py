"""Milliseconds of language work for one message: the trained pipeline as the server runs it.

``python -m bench.language.cost`` prints the median and the 95th percentile over varied messages, of
the whole parse and of its parts. Counted is the time of the processor, not of the clock: other
programs on the machine disturb it less.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence

from bench.language.intents_data import set_apart, sets_apart

ROUNDS = 3
"""Each message is parsed this often; its best time counts, which leaves out other programs."""

LONG = {
    "2,000 characters": "my heel is sore in the morning and I run a lot but no swelling. " * 31,
    "400 emoji": "\N{PERSONAL COMPUTER}" * 400,
    "300 negations": "no pain " * 300,
}


def rows() -> list[tuple[str, float, float]]:
    """What is timed, with its median and its 95th percentile in milliseconds."""
    messages = [text for name in sets_apart() for text in set_apart(name).texts]
    parse, parts = _loaded()
    made = [("whole parse", *_percentiles(parse, messages))]
    made += [(name, *_percentiles(work, messages)) for name, work in parts.items()]
    stories = [text for text in messages if len(text.split()) > 15]
    made.append(("whole parse, over 15 words", *_percentiles(parse, stories)))
    made += [(f"whole parse, {name}", *_percentiles(parse, [text])) for name, text in LONG.items()]
    return made


def _loaded() -> tuple[Callable[[str], object], dict[str, Callable[[str], object]]]:
    from rasa_project.training import train_if_needed

    model = train_if_needed()  # before Rasa is imported: it quietens the progress bars

    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.trackers import DialogueStateTracker

    from rasa_project.language.encoder import default_encoder

    agent = Agent()
    agent.load_model(str(model))
    processor = agent.processor
    tracker = DialogueStateTracker.from_events("cost", [])
    encoder = default_encoder()

    def parse(text: str) -> object:
        return processor._parse_message_with_graph(UserMessage(text), tracker)

    return parse, {"of it the encoder": lambda text: encoder.encode_levels([text])}


def _percentiles(work: Callable[[str], object], messages: Sequence[str]) -> tuple[float, float]:
    work(messages[0])
    times = sorted(min(_milliseconds(work, text) for _ in range(ROUNDS)) for text in messages)
    return statistics.median(times), times[int(0.95 * (len(times) - 1))]


def _milliseconds(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return (time.process_time() - began) * 1000


def main() -> None:
    """Prints the figures."""
    warnings.simplefilter("ignore")
    print("| language work | median, ms | 95th percentile, ms |\n|---|---|---|")
    for name, median, high in rows():
        print(f"| {name} | {median:.1f} | {high:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
