"""What the safety documents name exists."""

import re

import pytest

from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol
from tests.safety import protocol_table as table

LOG = (ROOT / "docs" / "safety" / "hazard_log.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", LOG)))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_every_test_the_hazard_log_names_exists(file, test):
    path = ROOT / file
    assert path.is_file(), f"{file} is not there"
    assert re.search(rf"^(?:async )?def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_hazard_has_a_control_and_a_risk_before_and_after():
    listed = re.findall(
        r"^\| (H\d\d) \| .+ \| \d × \d = (\d+) \w+ \| \d × \d = (\d+) \w+ \|$", LOG, re.MULTILINE
    )
    assert [hazard for hazard, _, _ in listed] == [f"H{n:02d}" for n in range(1, len(listed) + 1)]
    for hazard, before, after in listed:
        body = LOG.split(f"\n## {hazard} ")[1].split("\n## ")[0]
        assert "`tests/" in body, hazard
        assert int(after) <= int(before)
    for severity, likelihood, risk in re.findall(r"(\d) × (\d) = (\d+)", LOG):
        assert int(severity) * int(likelihood) == int(risk)


def test_the_documents_say_that_nobody_has_signed_as_long_as_nobody_has():
    words = (ROOT / "docs" / "safety" / "intended_use.md").read_text(encoding="utf-8")
    assert ("No clinician has signed" in words) is not protocol().signed


def test_the_protocol_table_holds_every_rule_once_from_rf01_to_rf30():
    rules = {row.rule for row in table.rows()}
    assert rules == {f"RF{n:02d}" for n in range(1, 31)} | {"section 4"}
    assert [row.number for row in table.rows()] == list(range(1, len(table.rows()) + 1))
    for row in table.rows():
        assert row.level in table.LEVELS
        for cell in row.cells:
            assert cell.fact == table.COUNT_FACT or cell.fact in protocol().specs
