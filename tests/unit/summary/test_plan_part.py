"""The plan as it is printed: with its drawings, and with every word of it."""

import io
import re
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from rasa_project.advice.drawings import default_drawings
from rasa_project.summary.plan_part import plan_html, sized
from rasa_project.summary.render import render
from tests.unit.summary.example import summary
from tests.unit.summary.longest import longest_summary
from tests.unit.summary.reading import html_text, page_texts, pdf_text


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        if tag == "svg":
            self.found.append(dict(attrs))


def pictures(page: str) -> list[dict[str, str | None]]:
    parser = _Pictures()
    parser.feed(page)
    return parser.found


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def said(plan) -> list[str]:
    lines = [plan["title"], plan["lead"], plan["stop_title"], plan["review"], *plan["stop_if"]]
    for row in plan["rows"]:
        lines += [row["what"], row["dose"], row["note"], row["group"]]
    return [line for line in lines if line]


@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
def test_every_word_of_the_plan_is_in_page_pdf_and_text(zone):
    made = longest_summary(zone)
    forms = {
        "text/html": html_text, "text/plain": str, "application/pdf": pdf_text,
    }  # fmt: skip
    for media_type, read in forms.items():
        raw = render(made, media_type)
        text = flat(read(raw if media_type == "application/pdf" else raw.decode()))
        missing = [line for line in said(made.plan) if line not in text]
        assert not missing, media_type


@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
def test_each_drawing_stands_by_its_row_in_the_page_with_its_name_and_a_size_of_its_own(zone):
    made = longest_summary(zone)
    wanted = [row["drawing"] for row in made.plan["rows"] if row["drawing"]]
    found = pictures(render(made, "text/html").decode())
    assert [picture["aria-label"] for picture in found] == [
        default_drawings()[name].label for name in wanted
    ]
    assert all(0 < int(picture["width"]) <= 250 for picture in found)
    assert all(0 < int(picture["height"]) <= 250 for picture in found)


def test_a_sized_drawing_keeps_its_shape():
    drawing = default_drawings()["plank"]
    width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', sized(drawing)).groups())
    assert width / height == pytest.approx(drawing.width / drawing.height, rel=0.02)


def test_the_pdf_holds_the_drawings():
    def drawn(made) -> int:
        pages = PdfReader(io.BytesIO(render(made, "application/pdf"))).pages
        # Curves are only in drawings: letters and table lines have none.
        contents = b" ".join(page.get_contents().get_data() for page in pages)
        return len(re.findall(rb"(?:-?[\d.]+ ){6}c\b", contents))

    made = longest_summary()
    assert drawn(made) > 50
    without = [{**row, "drawing": ""} for row in made.plan["rows"]]
    bare = summary(plan={**made.plan, "rows": without})
    assert drawn(bare) == 0


def test_the_plan_of_a_single_training_change_fits_both_sides_of_a_sheet_as_pdf():
    made = longest_summary(
        training_change={"mileage": "yes", "surface": "no"}, sport="running", goal_weeks=None,
        run_status="reduced",
    )  # fmt: skip
    texts = page_texts(render(made, "application/pdf"))
    assert [i for i, text in enumerate(texts) if "For your therapist" in text] == [2]


def test_a_plan_that_has_only_a_text_is_shown_as_it_is():
    page = render(summary(), "text/html").decode()
    assert "Keep it flat." in page
    assert not pictures(page)


def test_the_words_of_a_plan_are_escaped():
    row = {"what": "<b>", "dose": "a & b", "note": "", "group": "<i>", "drawing": "none such"}
    event = {"title": "<u>", "lead": "", "rows": [row], "stop_if": ["<s>"], "review": "<em>"}
    html = plan_html(event)
    for mark in ("<b>", "<i>", "<u>", "<s>", "<em>"):
        assert mark not in html
    assert "a &amp; b" in html
