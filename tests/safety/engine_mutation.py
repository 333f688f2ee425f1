"""`make mutation`: mistakes in the engine's code, by mutmut, and `docs/safety/engine_mutation.md`.

mutmut works in a copy under `var/`, so that the project stays as it is. A run that was stopped goes
on where it was, for as long as nothing that is copied has changed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from fnmatch import fnmatchcase
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
    "tests/unit/triage/test_engine.py", "tests/unit/triage/test_protocol_examples.py",
    "tests/unit/triage/test_reading_answers.py", "tests/unit/triage/test_engine_properties.py", "tests/unit/triage/test_counterfactuals.py",
    "tests/safety/test_enumeration.py",
    "-k", "not RF06 and not RF12 and not RF23 and not RF11 and not RF02 and not every_pair and not random_sets and not half_answered and not by_answering",
]

[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider"
"""
# What decides: judging rules, keeping facts, reading answers. What loads and checks the data is left
# to the mistakes in the data itself, which `make safety` makes.
DECIDES = (
    "engine.*", "conditions.x_judge*", "conditions.x_applies*", "conditions.x__[!c]*", "conditions.x__count*",
    "facts.xǁFact*", "screens.x_answer*", "screens.x__state*", "screens.x__unsure*", "screens.x_unsure*",
    "counterfactuals.x_higher*", "counterfactuals.x_later*", "counterfactuals.x__is_so*", "counterfactuals.x__with*",
)  # fmt: skip
OUTCOMES = {
    "killed": "noticed",
    "survived": "not noticed",
    "timeout": "never ends",
    "no tests": "no test runs it",
}
UNFINISHED = "not checked"


def prepare() -> None:
    """Makes the copy that mutmut works on, unless the same is there already."""
    stamp = WORK / "content"
    content = _content()
    if stamp.exists() and stamp.read_text() == content:
        return
    shutil.rmtree(WORK, ignore_errors=True)
    for name in COPIED:
        source, target = ROOT / name, WORK / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (WORK / "pyproject.toml").write_text(CONFIG, encoding="utf-8")
    stamp.write_text(content)


def _content() -> str:
    """A hash over everything that is copied, and the configuration."""
    digest = hashlib.sha256(CONFIG.encode())
    for name in COPIED:
        source = ROOT / name
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


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
    names = [f"rasa_project.triage.{name}" for name in DECIDES]
    printed = mutmut("run", "--max-children", "2", *names)
    found = {
        name: state
        for name, state in outcomes().items()
        if any(fnmatchcase(name, pattern) for pattern in names)
    }
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
