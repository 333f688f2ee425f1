"""A signature holds for exactly the files that were signed."""

import hashlib
import shutil
from pathlib import Path

import pytest

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.triage.protocol import load_protocol
from rasa_project.triage.signing import (
    SIGN_OFF,
    SignOff,
    content_hash,
    load_sign_off,
    rule_files,
    write_sign_off,
)

FILES = [f.relative_to(DATA / "clinical").as_posix() for f in rule_files(DATA / "clinical")]
SIGNATURE = SignOff("Ayo Example", "0012345", "2026-01-31", "0.2", "0" * 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the protocol that nobody has signed."""
    copy = tmp_path / "clinical"
    shutil.copytree(DATA / "clinical", copy)
    (copy / SIGN_OFF).write_text(
        "# head\n" + 'name: ""\nregistration: ""\ndate: ""\nversion: ""\nhash: ""\n'
    )
    return copy


def sign(folder: Path, **changes: str) -> None:
    known = {"name": "Ayo Example", "registration": "0012345", "date": "2026-01-31",
             "version": "0.2", "hash": content_hash(folder)}  # fmt: skip
    write_sign_off(folder, SignOff(**{**known, **changes}))


def test_rules_that_nobody_signed_are_unsigned(folder):
    rules = load_protocol(folder)
    assert not rules.signed
    assert rules.why_unsigned == "nobody has signed these rules"
    assert rules.stamp == {"version": rules.version, "signed": False, "hash": content_hash(folder)}


def test_rules_whose_hash_was_signed_are_signed(folder):
    sign(folder)
    rules = load_protocol(folder)
    assert rules.signed
    assert rules.why_unsigned == ""
    assert rules.stamp["signed"] is True


@pytest.mark.parametrize("name", FILES)
def test_a_change_to_any_file_ends_the_signature_and_undoing_it_restores_it(folder, name):
    sign(folder)
    before = (folder / name).read_bytes()
    (folder / name).write_bytes(before + b" \n")
    rules = load_protocol(folder)
    assert not rules.signed
    assert (
        "changed since Ayo Example (0012345) signed version 0.2 on 2026-01-31" in rules.why_unsigned
    )
    (folder / name).write_bytes(before)
    assert load_protocol(folder).signed


def test_one_more_file_or_a_file_under_another_name_is_another_hash(folder):
    before = content_hash(folder)
    (folder / "more").mkdir()
    (folder / "more" / "words.yml").write_text("{}\n")
    one_more = content_hash(folder)
    (folder / "more" / "words.yml").rename(folder / "more" / "other.yml")
    assert len({before, one_more, content_hash(folder)}) == 3


def test_line_ends_and_the_sign_off_itself_do_not_count(folder):
    before = content_hash(folder)
    for file in folder.glob("*.yml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert content_hash(folder) == before
    sign(folder)
    assert content_hash(folder) == before


def test_hidden_files_do_not_count_and_those_that_visitors_see_do(folder):
    before = content_hash(folder)
    (folder / ".DS_Store").write_bytes(b"\0")
    assert content_hash(folder) == before
    assert "drawings/pain_scale.svg" in FILES
    assert len(FILES) == len([f for f in folder.rglob("*.*") if f.is_file()]) - len(
        [".DS_Store", SIGN_OFF]
    )


def test_the_hash_is_what_its_description_says(tmp_path):
    for name, text in (("b.yml", "2\n"), ("a.yml", "1\n")):
        (tmp_path / name).write_text(text)
    lines = "".join(
        f"{hashlib.sha256(text).hexdigest()}  {name}\n"
        for name, text in (("a.yml", b"1\n"), ("b.yml", b"2\n"))
    )
    assert content_hash(tmp_path) == hashlib.sha256(lines.encode()).hexdigest()


def test_without_a_sign_off_file_the_rules_are_unsigned(folder):
    (folder / SIGN_OFF).unlink()
    assert not load_protocol(folder).signed


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("name", ""), ("registration", " "), ("date", "31 January"), ("hash", "abc"), ("hash", ""),
     ("version", "")],
)  # fmt: skip
def test_a_sign_off_that_is_not_whole_is_an_error_that_names_the_key(folder, key, wrong):
    sign(folder, **{key: wrong})
    with pytest.raises(DataError) as error:
        load_sign_off(folder)
    assert (Path(error.value.file).name, error.value.key) == (SIGN_OFF, key)


def test_a_registration_without_quotes_is_an_error_and_a_date_without_them_is_none(folder):
    sign(folder)
    file = folder / SIGN_OFF
    text = file.read_text()
    file.write_text(text.replace("'2026-01-31'", "2026-01-31"))
    assert load_protocol(folder).signed
    file.write_text(text.replace("'0012345'", "12345"))
    with pytest.raises(DataError, match=r"registration.*quotes"):
        load_sign_off(folder)


def test_what_is_written_is_read_back_and_the_files_head_stays(folder):
    written = SignOff("Zoë d’Exemple: PT", "PT-1 # 2", "2026-01-31", "0.2", "0" * 64)
    write_sign_off(folder, written)
    assert load_sign_off(folder) == written
    write_sign_off(folder, SIGNATURE)
    assert load_sign_off(folder) == SIGNATURE
    assert (folder / SIGN_OFF).read_text().startswith("# head\nname: ")
