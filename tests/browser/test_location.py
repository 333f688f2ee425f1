"""The browser's position is asked for only after a tap, and leaves the page coarse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer
from tests.browser.steps import asked, question, say, start

pytestmark = pytest.mark.browser
HERE = {"latitude": 43.676234, "longitude": -79.358841}
BUTTON = "Use my location"


def at_the_area(page: Page) -> None:
    start(page)
    for _ in range(7):
        say(page, "next")
        expect(page.locator(".screen").last).not_to_contain_text("Is it OK")
    asked(page, "Which area is easiest for you?")


def test_a_tap_sends_a_coarse_position_as_the_answer(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url, geolocation=HERE, permissions=["geolocation"])
    at_the_area(page)
    assert not any("position" in message for message in fake.chat.received)
    question(page).get_by_role("button", name=BUTTON).click()
    expect(page.locator(".outcome")).to_be_visible()
    sent = fake.chat.received[-1]
    assert sent["position"] == {"lat": 43.68, "lon": -79.36}
    assert sent["screen"] == "area"
    expect(page.locator(".visitor").last).to_contain_text("My location")
    assert "43.67" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_refusal_leaves_the_question_open_and_says_what_to_do(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url, permissions=[])
    at_the_area(page)
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({ code: 1 }); }"
    )
    question(page).get_by_role("button", name=BUTTON).click()
    expect(question(page)).to_contain_text("did not give a location. Please type your area")
    expect(question(page).get_by_role("button", name=BUTTON)).to_be_enabled()
    say(page, "Mimico")
    expect(page.locator(".outcome")).to_be_visible()


def test_no_other_question_offers_it_and_nothing_is_asked_before_a_tap(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = () => { window.wasAsked = true; }; }"
    )
    at_the_area(page)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(1)
    assert page.evaluate("window.wasAsked") is None
