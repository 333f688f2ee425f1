"""Measures the time from the start command to the first answered message, against stock Rasa.

Ours is ``python -m rasa_project serve`` with its model trained; the clock stops when a new
conversation's first text is answered. Stock is ``rasa run`` with the starter project's model; the
clock stops when its REST webhook has answered a first text. Each start is a new process on a free
port, and the two take turns so that both meet the same load. One start of each comes first and is
not counted: it fills a bytecode cache of this run's own, whatever the environments have or lack.
``bench/README.md`` says how to make the stock environment.
"""

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OURS = [str(ROOT / ".venv" / "bin" / "python"), "-m", "rasa_project"]
Ask = Callable[[int, float], None]


class BenchError(Exception):
    """The measurement cannot be made; the message says why."""


def post(port: int, path: str, body: dict[str, Any], timeout: float, token: str = "") -> Any:
    """Posts JSON and returns the JSON answered.

    Raises:
        OSError, http.client.HTTPException: Not ready: nobody listens yet, or the answer is 503.
        BenchError: Any other status than 200 or 201.
    """
    headers = {"Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status == 503:
        raise ConnectionError(f"503 from {path}")
    if response.status not in (200, 201):
        raise BenchError(f"{path} answered {response.status}: {content[:300]!r}")
    return json.loads(content)


def ask_ours(port: int, timeout: float) -> None:
    """Starts a conversation and sends one text; an error notice is no answer."""
    token = post(port, "/chat/sessions", {}, timeout)["token"]
    message = {"id": str(uuid.uuid4()), "text": "The bottom of my heel hurts in the morning."}
    events = post(port, "/chat/messages", message, timeout, token)["events"]
    kinds = [event.get("kind") for event in events if event["from"] == "bot"]
    if not kinds or "error" in kinds:
        raise BenchError(f"the chat answered without a reply: {events}")


def ask_stock(port: int, timeout: float) -> None:
    """Sends one text to the REST channel."""
    if not post(port, "/webhooks/rest/webhook", {"sender": "a", "message": "hello"}, timeout):
        raise BenchError("stock Rasa answered without a reply")


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**extra: str) -> dict[str, str]:
    """This process's variables without what would mix environments or forbid bytecode."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "HOST": "127.0.0.1", **extra}


@contextlib.contextmanager
def running(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server in a process group of its own, and ends the whole group afterwards."""
    with log.open("wb") as out:
        options |= {"stdout": out, "stderr": out, "start_new_session": True}
        process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def seconds_to_answer(command: list[str], cwd: Path, ask: Ask, limit: float) -> float:
    """Starts a server and returns the seconds until it has answered a first message.

    ``{port}`` in the command and ``PORT`` become a free port, ``DATABASE_URL`` an empty database.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port, log = free_port(), Path(folder) / "log.txt"
        environment = clean_environment(PORT=str(port), DATABASE_URL=f"sqlite:///{folder}/chat.db")
        began = time.monotonic()
        filled = [part.replace("{port}", str(port)) for part in command]
        with running(filled, log, cwd=cwd, env=environment) as process:
            while (left := began + limit - time.monotonic()) > 0 and process.poll() is None:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    ask(port, left)
                    return time.monotonic() - began
                time.sleep(0.05)
            tail = log.read_text(errors="replace")[-2000:]
            code = process.poll()
            ended = "took too long" if code is None else f"stopped with exit code {code}"
            raise BenchError(f"{' '.join(filled)} {ended}; its log ends:\n{tail}")


def stock_command() -> tuple[list[str], Path] | None:
    """The command that starts stock Rasa and its folder, or None when it is not given."""
    names = ("STOCK_RASA_VENV", "STOCK_RASA_PROJECT")
    if not all(os.environ.get(name) for name in names):
        return None
    venv, project = (Path(os.environ[name]).expanduser().absolute() for name in names)
    models = sorted((project / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not (venv / "bin" / "rasa").exists() or not models:
        raise BenchError(f"no rasa in {venv / 'bin'} or no model in {project / 'models'}")
    rasa = [str(venv / "bin" / "rasa"), "run", "--enable-api", "--interface", "127.0.0.1"]
    return [*rasa, "--model", str(models[-1]), "--port", "{port}"], project


def measure(contenders: dict[str, Any], rounds: int, limit: float) -> dict[str, list[float]]:
    """Starts each in turn, the order changing every round, and returns the seconds by name."""
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(max(rounds, 1) + 1):
        for name in sorted(contenders, reverse=number % 2 == 0):
            command, cwd, ask = contenders[name]
            seconds = seconds_to_answer(command, cwd, ask, limit)
            figures[name] += [seconds] if number else []
            note = "" if number else "  (not counted: compiles bytecode)"
            print(f"round {number}  {name:<6}{seconds:7.2f} s{note}", flush=True)
    return figures


def main() -> None:
    """Measures and prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="counted starts of each, from 1 (3)")
    parser.add_argument("--limit", type=float, default=300, help="seconds a start may take")
    options = parser.parse_args()
    contenders: dict[str, Any] = {"ours": ([*OURS, "serve"], ROOT, ask_ours)}
    if stock := stock_command():
        contenders["stock"] = (*stock, ask_stock)
    else:
        print("Stock Rasa is not given (STOCK_RASA_VENV, STOCK_RASA_PROJECT): ours only.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        os.environ["PYTHONPYCACHEPREFIX"] = cache
        # Not timed; does nothing when the model is trained.
        if subprocess.run([*OURS, "train"], cwd=ROOT, env=clean_environment()).returncode:
            raise BenchError("the model could not be trained")
        figures = measure(contenders, options.rounds, options.limit)
    medians = {name: statistics.median(values) for name, values in figures.items()}
    print(*(f"median   {name:<6}{median:7.2f} s" for name, median in medians.items()), sep="\n")
    if "stock" in medians:
        print(f"ratio    ours/stock {medians['ours'] / medians['stock']:.2f}")


if __name__ == "__main__":
    try:
        main()
    except BenchError as error:
        sys.exit(f"startup.py: {error}")
