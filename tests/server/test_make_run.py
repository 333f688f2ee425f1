"""`make run` as a newcomer types it: an address is printed, the chat is served, and the second
start does not train again."""

import os
import re
import signal
import subprocess
import time

import httpx

from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol
from tests.running import Chat, free_port


def run_until_served(tmp_path, port):
    """Starts `make run`; returns what it printed until it answered its first message."""
    log = tmp_path / "run.log"
    environment = {**os.environ, "PORT": str(port), "DATABASE_URL": f"sqlite:///{tmp_path}/chat.db"}
    with log.open("w") as out:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        url, ends = f"http://127.0.0.1:{port}", time.monotonic() + 110
        while time.monotonic() < ends:
            try:
                if httpx.get(f"{url}/chat/health", timeout=1).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.2)
        assert Chat(url).say("hello").text
        page = httpx.get(url)
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert httpx.get(f"{url}/widget/v1/..%2f..%2fsettings.py").status_code == 404
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    return log.read_text()


def test_the_address_is_printed_and_a_second_start_does_not_train(tmp_path):
    port = free_port()
    run_until_served(tmp_path, port)
    printed = run_until_served(tmp_path, port)
    assert re.search(rf"http://localhost:{port}", printed)
    assert "Training" not in printed
    assert ("unsigned, demonstration" in printed) is not protocol().signed
