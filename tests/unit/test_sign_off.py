"""The commands `protocol` and `sign`."""

import io
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from rasa_project.__main__ import main
from rasa_project.settings import DATA
from rasa_project.sign_off import show, sign
from rasa_project.triage.protocol import load_protocol
from rasa_project.triage.signing import SIGN_OFF, content_hash


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "clinical"
    shutil.copytree(DATA / "clinical", copy)
    (copy / SIGN_OFF).unlink()
    return copy


def run(command, *given, folder: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = command(*given, out=out, err=err, folder=folder)
    return code, out.getvalue(), err.getvalue()


def test_it_says_what_is_signed_and_signs_that(folder):
    code, out, err = run(sign, " Ayo Example ", "0012345", "2026-01-31", folder=folder)
    assert (code, err) == (0, "")
    rules = load_protocol(folder)
    assert rules.signed
    assert rules.sign_off.name == "Ayo Example"
    for part in (
        rules.hash,
        f"version {rules.version}",
        "red_flags.yml",
        "By signing you say",
        "intended_use",
    ):
        assert part in out


def test_without_a_date_it_is_signed_today(folder):
    run(sign, "Ayo Example", "0012345", None, folder=folder)
    day = date.fromisoformat(load_protocol(folder).sign_off.date)
    assert abs(day - date.today()) <= timedelta(days=1)  # The clinic's day, not this machine's.


@pytest.mark.parametrize(
    ("name", "registration", "day", "named"),
    [
        ("", "1", None, "--name"),
        ("A", " ", None, "--registration"),
        ("A\nhash: 1", "1", None, "--name"),
        ("A" * 121, "1", None, "--name"),
        ("A", "1", "yesterday", "--date"),
        ("A", "1", "2999-01-01", "future"),
    ],
)
def test_what_is_unusable_is_named_and_nothing_is_written(folder, name, registration, day, named):
    code, out, err = run(sign, name, registration, day, folder=folder)
    assert (code, out) == (1, "")
    assert named in err
    assert not (folder / SIGN_OFF).exists()


def test_the_commands_print_what_they_find(capsys):
    assert main(["protocol"]) == 0
    assert content_hash(DATA / "clinical") in capsys.readouterr().out
    assert main(["sign", "--name", " ", "--registration", "1"]) == 1
    assert "--name is empty" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["red_flags.yml", "advice.yml"])
def test_rules_that_do_not_load_cannot_be_signed_or_shown(folder, file):
    (folder / file).write_text("nonsense: 1\n")
    for command, given in ((sign, ("A", "1", None)), (show, ())):
        code, _out, err = run(command, *given, folder=folder)
        assert code == 1
        assert file in err
    assert not (folder / SIGN_OFF).exists()


def test_the_state_of_the_sign_off_is_shown_before_and_after_and_after_a_change(folder):
    assert "unsigned, demonstration: nobody has signed" in run(show, folder=folder)[1]
    run(sign, "Ayo Example", "0012345", "2026-01-31", folder=folder)
    shown = run(show, folder=folder)[1]
    assert "signed by Ayo Example (0012345) on 2026-01-31" in shown
    assert "unsigned" not in shown
    assert content_hash(folder) in shown
    with (folder / "texts.yml").open("a") as file:
        file.write("# one more remark\n")
    code, shown, _err = run(show, folder=folder)
    assert code == 0
    assert "unsigned, demonstration: the rules have changed since Ayo Example" in shown
