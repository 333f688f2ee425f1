"""The summary's page in a real browser: on a narrow phone, and on paper."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from rasa_project.summary.content import Summary
from rasa_project.summary.render import render
from tests.unit.summary.full import RESUME, full_summary
from tests.unit.summary.longest import longest_summary

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    file = tmp_path / "summary.html"
    file.write_bytes(render(full_summary(resume=RESUME), "text/html"))
    page.goto(file.as_uri())
    return page


def _printed(page: Page, tmp_path: Path, summary: Summary) -> list[str]:
    file = tmp_path / "summary.html"
    file.write_bytes(render(summary, "text/html"))
    page.goto(file.as_uri())
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {(float(p.mediabox.width), float(p.mediabox.height)) for p in pdf.pages} == {(612, 792)}
    return [sheet.extract_text() for sheet in pdf.pages]


@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
@pytest.mark.parametrize("stiffness_min", [15, 31], ids=["self-care", "routine"])
def test_the_longest_plan_fits_both_sides_of_one_sheet(
    page: Page, tmp_path: Path, zone: str, stiffness_min: int
) -> None:
    summary = longest_summary(zone, stiffness_min=stiffness_min)
    texts = _printed(page, tmp_path, summary)
    visitor, therapist = texts[:-1], texts[-1]
    assert "For your therapist" in therapist
    assert len(visitor) <= 2
    together = " ".join(" ".join(visitor).split())
    for row in summary.plan["rows"]:
        assert row["what"] in together


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_runs_over_the_side(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_the_therapists_part_is_one_sheet_of_its_own(opened: Page) -> None:
    texts = [
        page.extract_text()
        for page in PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True))).pages
    ]
    assert [i for i, text in enumerate(texts) if "For your therapist" in text] == [len(texts) - 1]
    assert "In the patient's words" in texts[-1]
    assert RESUME.code not in texts[-1]
