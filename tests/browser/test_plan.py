"""The plan's card: everything it says is shown, with its drawings."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from rasa_project.advice.drawings import default_drawings
from rasa_project.advice.plan import PlanCase, make_plan, plan_event
from rasa_project.summary.render import render
from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer
from tests.browser.steps import say, sideways, start
from tests.unit.summary.longest import longest_summary

pytestmark = pytest.mark.browser
RUNNER = PlanCase(
    level="SELF_CARE", zone_main="Z2", irritability="MODERATE", age_band="18_39", respondent=None,
    pregnancy="no", onset="gradual", heel_squeeze="no", after_surgery=False,
    training_changes=frozenset({"mileage"}), run_status="stopped", push_off_nrs=4, stiffness_min=15,
)  # fmt: skip


def event(**changes: Any) -> dict[str, Any]:
    made = make_plan(replace(RUNNER, **changes), date(2026, 11, 25))
    assert made is not None
    return plan_event(made)


def shown(fake: FakeServer, page: Page, told: dict[str, Any]) -> Any:
    fake.chat._reply = lambda _chat, _text: [told]  # type: ignore[method-assign]
    start(page)
    say(page, "what now?")
    card = page.locator(".card.plan")
    expect(card).to_be_visible()
    return card


def test_the_code_for_the_check_is_on_the_card(fake: FakeServer, page_for: PageFor) -> None:
    told = event()
    line = "To come back for your check, keep this code: BCDF-GHJK-MNPQ."
    told |= {
        "text": f"{told['text']}\n\n{line}",
        "resume": {"code": "BCDF-GHJK-MNPQ", "text": line},
    }
    expect(shown(fake, page_for(fake.url), told)).to_contain_text(line)


@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
def test_every_word_of_the_plan_is_on_the_card(
    fake: FakeServer, page_for: PageFor, zone: str
) -> None:
    told = event(zone_main=zone)
    card = shown(fake, page_for(fake.url), told)
    words = [told[key] for key in ("title", "lead", "stop_title", "review")] + told["stop_if"]
    for row in told["rows"]:
        words += [row["what"], row["dose"], row["note"], row["group"]]
    for text in filter(None, words):
        expect(card).to_contain_text(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
def test_each_row_that_has_a_drawing_shows_it_with_its_name_in_the_colour_of_the_text(
    fake: FakeServer, page_for: PageFor, zone: str, scheme: str
) -> None:
    told = event(zone_main=zone)
    page = page_for(fake.url, scheme=scheme, width=320, height=640)
    card = shown(fake, page, told)
    wanted = [row["drawing"] for row in told["rows"] if row["drawing"]]
    assert len(wanted) >= 6
    expect(card.locator(".row-drawing svg")).to_have_count(len(wanted))
    for name in wanted:
        picture = card.get_by_role("img", name=default_drawings()[name].label)
        expect(picture).to_be_visible()
        box = picture.bounding_box()
        assert box["width"] >= 150
        stroke, ink = picture.evaluate(
            "node => [getComputedStyle(node).stroke, getComputedStyle(node.closest('li')).color]"
        )
        assert stroke == ink
    assert sideways(page) == 0
    assert Axe().run(page).response["violations"] == []


def test_a_drawing_that_does_not_come_leaves_the_words(fake: FakeServer, page_for: PageFor) -> None:
    told = event()
    for row in told["rows"]:
        row["drawing"] = row["drawing"] and "no_such_drawing"
    page = page_for(fake.url)
    with page.expect_response("**/chat/drawings/no_such_drawing") as answer:
        card = shown(fake, page, told)
    assert answer.value.status == 404
    expect(card).to_contain_text(told["rows"][0]["what"])
    expect(card.locator("svg")).to_have_count(0)


@pytest.mark.parametrize("zone", ["Z2", "Z3", "Z5"])
def test_the_print_button_prints_the_longest_plan_on_both_sides_of_one_sheet(
    fake: FakeServer, page_for: PageFor, zone: str
) -> None:
    page = page_for(fake.url)
    page.route(
        "**/chat/summary",
        lambda route: route.fulfill(
            body=render(longest_summary(zone), "text/html"), content_type="text/html"
        ),
    )
    page.evaluate("window.print = () => { window.printed = true; }")
    start(page)
    say(page, "level SELF_CARE")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("window.printed")
    sheets = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    texts = [sheet.extract_text() for sheet in sheets]
    assert [i for i, text in enumerate(texts) if "For your therapist" in text] == [2]
    assert len(texts) == 3
