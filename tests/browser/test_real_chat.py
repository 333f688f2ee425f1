"""The page against the real server: a whole conversation as a visitor would have it."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import asked, press, start, tick
from tests.running import Server

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture(scope="module")
def real_server(tmp_path_factory):
    running = Server(Path(tmp_path_factory.mktemp("real"))).start()
    yield running
    running.stop()


def answer(page, *labels):
    tick(page, *labels)
    press(page, "Continue")


def shot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_a_pop_typed_as_the_first_message_shows_the_emergency_card(real_server, page_for):
    page = page_for(real_server.url + "/")
    page.get_by_role("button", name="Start", exact=False).first.click()
    expect(page.get_by_text("Is it OK if I ask")).to_be_visible()
    shot(page, "consent")
    page.get_by_role("textbox").fill("felt a pop, like someone kicked me, can't push off")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Get emergency care now").first).to_be_visible()
    shot(page, "emergency")


def test_an_offered_reading_is_picked_by_tapping(real_server, page_for):
    page = page_for(real_server.url + "/")
    start(page)
    asked(page, "Is it OK if I ask")
    press(page, "Yes, go ahead")
    asked(page, "Safety first")
    page.get_by_role("textbox").fill("the doodah running thing")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Did you mean one of these?")).to_be_visible()
    shot(page, "readings")
    page.get_by_role("button", name="Can I keep running?").click()
    expect(page.get_by_text("It depends on how sore and stiff it is")).to_be_visible()
    asked(page, "Safety first")


def test_buttons_alone_lead_to_a_plan(real_server, page_for):
    page = page_for(real_server.url + "/", width=1280, height=800)
    start(page)

    def on(words):
        return asked(page, words)

    on("Is it OK if I ask")
    press(page, "Yes, go ahead")
    on("Safety first")
    answer(page, "None of these")
    on("How old")
    press(page, "18 to 39")
    on("Where does it hurt")
    shot(page, "map")
    answer(page, "Achilles tendon, a few cm above the heel bone", "Left")
    on("How did it start")
    press(page, "It built up over days or weeks")
    on("When did it start")
    press(page, "1 to 2 weeks ago")
    on("Without testing it")
    press(page, "Push off hurts, but it is strong")
    on("Do you have any of these now?")
    shot(page, "signs")
    answer(page, "None of these")
    on("Have you had any of these medicines")
    answer(page, "None of these")
    on("Do any of these fit you")
    answer(page, "None of these")
    on("how many minutes is it stiff")
    press(page, "15 minutes")
    on("how much does it hurt to push off")
    press(page, "4")
    on("the morning after activity")
    answer(page, "No worse")
    on("what changed in your training")
    answer(page, "New or worn shoes")
    on("Have you had this before")
    answer(page, "First time")
    expect(page.get_by_text("Start with a plan at home").first).to_be_visible()
    shot(page, "plan")
