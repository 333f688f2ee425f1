"""A mistake in the protocol's data is an error that names file and key."""

import shutil

import pytest

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.triage.protocol import load_protocol

MISTAKES = [
    ("red_flags.yml", "fact: onset, in: [sudden_pop]}\n          - {fact: duration", "fact: onsett, in: [sudden_pop]}\n          - {fact: duration", "onsett"),
    ("red_flags.yml", "has: [foot_drop]", "has: [foot_dropp]", "foot_dropp"),
    ("red_flags.yml", "source: [F5, K1]", "source: []", "RF01.source"),
    ("red_flags.yml", "source: [F5, K1]", "source: [F99]", "F99"),
    ("red_flags.yml", "source: [F5, K1]", "sources: [F5, K1]", "RF01"),
    ("red_flags.yml", "{fact: rest_nrs, at_least: 8}\n              - any", "{fact: rest_nrs, at_least: 11}\n              - any", "unreachable"),
    ("red_flags.yml", "all: [{named: under_16}, {no: walk4_now}, {yes: fever}]", "all: [{named: under_16}, {fact: age_band, in: [60p]}]", "unreachable"),
    ("screens.yml", "sets: [drugs]", "sets: []", "medicines"),
    ("screens.yml", "means: {drugs: fq_now}", "means: {drugs: fq_noww}", "fq_noww"),
    ("screens.yml", "sets: [heel_squeeze]", "sets: [heel_squeezes]", "heel_squeezes"),
    ("facts.yml", "kind: tri, ask: mandatory, label: limping", "kind: trii, ask: mandatory, label: limping", "walk_limp.kind"),
    ("facts.yml", "label: limping", "labell: limping", "walk_limp"),
    ("outcomes.yml", "  title: Get care today", "  titel: Get care today", "URGENT"),
    ("protocol.yml", 'version: "', 'version: 2 # "', "version"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "right", "wrong", "named"), MISTAKES, ids=[m[3] for m in MISTAKES]
)
def test_the_error_names_file_and_key(tmp_path, file, right, wrong, named):
    folder = tmp_path / "clinical"
    shutil.copytree(DATA / "clinical", folder)
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    with pytest.raises(DataError) as error:
        load_protocol(folder)
    assert file in str(error.value)
    assert named in str(error.value)


def test_a_fact_that_no_screen_asks_for_is_an_error(tmp_path):
    folder = tmp_path / "clinical"
    shutil.copytree(DATA / "clinical", folder)
    with (folder / "facts.yml").open("a") as facts:
        facts.write("\nlonely: {id: X1, kind: tri, ask: mandatory, label: lonely}\n")
    with pytest.raises(DataError, match="lonely"):
        load_protocol(folder)
