"""`make mutation`: mistakes in the engine's code, by mutmut, and `docs/safety/engine_mutation.md`.

mutmut works in a copy under `var/`, so that the project stays as it is.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import yaml

from rasa_project.settings import ROOT

WORK = ROOT / "var" / "mutation"
REPORT = ROOT / "docs" / "safety" / "engine_mutation.md"
REASONS = Path(__file__).with_name("engine_survivors.yml")
COPIED = (
    "rasa_project/__init__.py", "rasa_project/errors.py", "rasa_project/loading.py", "rasa_project/settings.py",
    "rasa_project/triage", "data/clinical", "tests/__init__.py", "tests/unit/__init__.py", "tests/unit/triage",
    "tests/safety",
)  # fmt: skip
# The slow tests are left out: what they find, the quick ones find too.
CONFIG = """\
[tool.mutmut]
paths_to_mutate = ["rasa_project/triage/"]
also_copy = ["rasa_project/__init__.py", "rasa_project/errors.py", "rasa_project/loading.py", "rasa_project/settings.py", "data"]
tests_dir = [
    "tests/unit/triage", "tests/safety/test_enumeration.py", "tests/safety/test_screen_paths.py",
    "-k", "not RF12 and not RF23 and not every_value and not paths_keep and not same_future and not pair_of and not tapping",
]

[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider"
"""
OUTCOMES = {
    "killed": "noticed",
    "survived": "not noticed",
    "timeout": "never ends",
    "no tests": "no test runs it",
}
UNFINISHED = "not checked"


def prepare() -> None:
    """Makes the copy that mutmut works on."""
    shutil.rmtree(WORK, ignore_errors=True)
    for name in COPIED:
        source, target = ROOT / name, WORK / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (WORK / "pyproject.toml").write_text(CONFIG, encoding="utf-8")


def mutmut(*words: str) -> str:
    """Runs mutmut in the copy and returns what it printed."""
    # By its own command: under "python -m" it is imported twice and stops.
    command = ["nice", "-n", "10", str(Path(sys.executable).with_name("mutmut")), *words]
    done = subprocess.run(command, cwd=WORK, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def outcomes() -> dict[str, str]:
    """Mutant -> what became of it."""
    lines = mutmut("results", "--all", "true").splitlines()
    return dict(line.strip().split(": ", 1) for line in lines if re.search(r"__mutmut_\d+: ", line))


def change(mutant: str) -> str:
    """The lines that a mutant changes."""
    lines = mutmut("show", mutant).splitlines()
    return "\n".join(line for line in lines if re.match(r"[-+](?![-+])", line))


def write(found: dict[str, str]) -> int:
    """Writes the report; returns how many survivors have no reason."""
    counts = Counter(found.values())
    noticed = counts["killed"] + counts["timeout"]
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    survivors = {
        name: change(name) for name, state in found.items() if state not in ("killed", "timeout")
    }
    unexplained = 0
    lines = [
        "# Mistakes put into the engine's code",
        "",
        f"Made by `make mutation` on {date.today():%d %B %Y} with mutmut. Do not edit by hand.",
        "",
        f"{len(found)} copies of `rasa_project/triage`, each with one small mistake; {noticed} noticed by the tests "
        f"({100 * noticed / max(len(found), 1):.1f}%).",
        "",
        "| Outcome | Mistakes |",
        "|---|---|",
        *(f"| {OUTCOMES.get(state, state)} | {n} |" for state, n in counts.most_common()),
        "",
        "## Not noticed, with the reason",
        "",
    ]
    for name, diff in survivors.items():
        short = name.split("__mutmut_")[0].removeprefix("rasa_project.triage.")
        why = next(
            (why for pattern, why in reasons.items() if re.search(pattern, f"{short}\n{diff}")),
            None,
        )
        unexplained += why is None
        lines += [f"`{short}`: {why or '**no reason given**'}", "", "```diff", diff, "```", ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    return unexplained


def main() -> int:
    """Runs mutmut and reports.

    Returns:
        0 when at least 95% are noticed or every survivor has a reason, else 1.
    """
    prepare()
    printed = mutmut("run", "--max-children", "2")
    found = outcomes()
    if not found or UNFINISHED in found.values():
        # A part is no figure: the report stays as it was.
        print(printed[-3000:])
        print(f"mutmut did not finish: {Counter(found.values())}")
        return 1
    unexplained = write(found)
    counts = Counter(found.values())
    noticed = counts["killed"] + counts["timeout"]
    print(
        f"{noticed} of {len(found)} mistakes noticed; {unexplained} survivors without a reason. Written: {REPORT}"
    )
    return 0 if unexplained == 0 or noticed >= 0.95 * len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
