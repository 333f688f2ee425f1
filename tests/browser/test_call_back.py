"""The form on a clinic's card: labels, errors tied to their fields, keyboard alone, consent first."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.canned_events import CONSENT_TO_A_CALL
from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer, Fault
from tests.browser.steps import say, sideways, start, tab_to

pytestmark = pytest.mark.browser
TITLE = "Ask the clinic to call me"
BAD_PHONE = Fault(
    422, {"type": "urn:chat:problem:bad-phone", "detail": "That is not a phone number."}
)


def card_of(fake: FakeServer, page_for: PageFor, **window: int) -> tuple[Page, Locator]:
    page = page_for(fake.url, **window)
    start(page)
    say(page, "level ROUTINE")
    card = page.locator(".clinic").last
    expect(card).to_be_visible()
    return page, card


def opened(fake: FakeServer, page_for: PageFor, **window: int) -> tuple[Page, Locator]:
    page, card = card_of(fake, page_for, **window)
    card.get_by_text(TITLE).click()
    return page, card


def fill(card: Locator) -> None:
    card.get_by_label("Your name").fill("Zoë O'Neil")
    card.get_by_label("Your phone number").fill("416 555 0100")
    card.get_by_label(CONSENT_TO_A_CALL).check()


def test_it_is_closed_until_asked_for_and_absent_at_urgent_outcomes(
    fake: FakeServer, page_for: PageFor
) -> None:
    page, card = card_of(fake, page_for)
    expect(card.get_by_label("Your name")).to_be_hidden()
    for level in ("URGENT", "EMERGENCY", "SELF_CARE"):
        say(page, f"level {level}")
    expect(page.locator(".outcome")).to_have_count(4)
    expect(page.get_by_text(TITLE)).to_have_count(1)


def test_nothing_is_sent_without_name_number_and_consent(
    fake: FakeServer, page_for: PageFor
) -> None:
    _, card = opened(fake, page_for)
    send = card.get_by_role("button", name="Ask for a call")
    name, phone = card.get_by_label("Your name"), card.get_by_label("Your phone number")
    consent = card.get_by_label(CONSENT_TO_A_CALL)
    send.click()
    for field, words in (
        (name, "Please give the name to ask for."),
        (phone, "Please give your phone number."),
        (consent, "Please tick the box, or leave the form empty."),
    ):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(words)
    expect(name).to_be_focused()
    name.fill("Zoë")
    phone.fill("416 555 0100")
    send.click()
    expect(consent).to_be_focused()
    expect(name).to_have_accessible_description("")
    assert fake.chat.calls == []


def test_a_request_is_sent_once_and_the_receipt_takes_the_place_of_the_form(
    fake: FakeServer, page_for: PageFor
) -> None:
    page, card = opened(fake, page_for)
    fill(card)
    card.get_by_role("button", name="Ask for a call").click()
    receipt = card.get_by_text("Our Mimico clinic has your request.")
    expect(receipt).to_be_focused()
    expect(card.get_by_label("Your name")).to_be_hidden()
    assert fake.chat.calls == [
        {"name": "Zoë O'Neil", "phone": "416 555 0100", "consent": True, "clinic": "mimico"}
    ]
    assert page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})").count("555") == 0
    card.get_by_role("button", name="Take back my request").click()
    expect(card.get_by_text("Your request is taken back.")).to_be_focused()
    assert fake.chat.withdrawn == 1
    expect(card.get_by_label("Your name")).to_have_value("")


def test_the_servers_refusal_stands_at_its_field_and_can_be_mended(
    fake: FakeServer, page_for: PageFor
) -> None:
    _, card = opened(fake, page_for)
    fill(card)
    fake.chat.faults = [BAD_PHONE]
    card.get_by_role("button", name="Ask for a call").click()
    phone = card.get_by_label("Your phone number")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description("That is not a phone number.")
    card.get_by_role("button", name="Ask for a call").click()
    expect(card.get_by_text("Our Mimico clinic has your request.")).to_be_visible()


def test_a_lost_connection_is_said_and_what_was_typed_stays(
    fake: FakeServer, page_for: PageFor
) -> None:
    _, card = opened(fake, page_for)
    fill(card)
    fake.chat.faults = [Fault()]
    card.get_by_role("button", name="Ask for a call").click()
    expect(card.get_by_text("That did not reach us. Please try again.")).to_be_focused()
    expect(card.get_by_label("Your name")).to_have_value("Zoë O'Neil")


def test_it_can_be_used_with_the_keyboard_alone(fake: FakeServer, page_for: PageFor) -> None:
    page, card = card_of(fake, page_for)
    tab_to(page, card.locator("summary", has_text=TITLE))
    page.keyboard.press("Enter")
    tab_to(page, card.get_by_label("Your name"))
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("416 555 0100")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(card.get_by_text("Our Mimico clinic has your request.")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    fake: FakeServer, page_for: PageFor, scheme: str
) -> None:
    page, card = opened(fake, page_for, width=320, scheme=scheme)
    card.get_by_role("button", name="Ask for a call").click()
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    assert sideways(page) == 0
    heights = card.locator("summary, .call-back input:not([type=checkbox]), button").evaluate_all(
        "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.getBoundingClientRect().height)"
    )
    assert len(heights) == 4
    assert min(heights[1:]) >= 44
    assert heights[0] >= 24
