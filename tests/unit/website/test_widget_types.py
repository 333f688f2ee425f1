"""The JSDoc types of the widget's modules, checked by TypeScript where Node is there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rasa_project.settings import ROOT

TSC = ROOT / ".tools" / "typescript" / "node_modules" / "typescript" / "bin" / "tsc"
MISSING = (
    "Node or TypeScript is missing (`make types` brings it): THE WIDGET'S TYPES WERE NOT CHECKED"
)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=110)


@pytest.fixture(scope="module")
def tsc() -> list[str | Path]:
    node = shutil.which("node")
    if node and TSC.is_file():
        return [node, TSC]
    if os.environ.get("CI", "").lower() == "true" and node:
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


def test_the_widgets_types_hold(tsc) -> None:
    checked = run(*tsc, "-p", ROOT / "rasa_project" / "widget" / "jsconfig.json")
    assert checked.stdout == ""
    assert checked.returncode == 0


def test_the_check_finds_a_wrong_type(tsc, tmp_path) -> None:
    wrong = tmp_path / "wrong.js"
    wrong.write_text("/** @param {number} n */\nexport function f(n) { return n; }\nf('one');\n")
    checked = run(*tsc, "--noEmit", "--allowJs", "--checkJs", "--strict", wrong)
    assert "error TS2345" in checked.stdout
