"""What a visitor can do beside answering: change, ask why, read larger, take along, ask for a person."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer, Fault
from tests.browser.steps import asked, menu, open_chat, press, question, say, start, tick

pytestmark = pytest.mark.browser


def at_the_map(page: Page) -> None:
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "any of these now")
    tick(page, "None of these")
    press(page, "Continue")
    asked(page, "Where does it hurt?")


def test_each_earlier_answer_can_be_changed_and_only_once(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    at_the_map(page)
    change = page.get_by_role("button", name="Change this answer: Swelling, heat, numbness")
    expect(change).to_have_count(1)
    # Consent and what only interrupted is no answer to change.
    say(page, "say By the way.")
    expect(page.locator(".bot", has_text="By the way.")).to_be_visible()
    expect(page.locator(".change")).to_have_count(1)
    change.click()
    asked(page, "When did it start?")
    assert fake.chat.received[-1]["text"] == (
        "Change my answer about: Swelling, heat, numbness or night pain"
    )
    expect(page.locator(".visitor").last).to_contain_text("Change my answer about")


def test_the_drawing_mirrors_the_list_and_the_list_the_drawing(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    at_the_map(page)
    screen = question(page)
    heel = screen.locator('[data-zone="Z5"]')
    expect(screen.locator(".leg")).to_have_attribute("aria-hidden", "true")
    heel.first.click()
    expect(screen.get_by_label("Under the heel")).to_be_checked()
    tick(page, "Achilles tendon, a few cm above the heel bone")
    for drawn in screen.locator('[data-zone="Z2"]').all():
        expect(drawn).to_have_class("on")
    # The place that was chosen first is the sorest, on the list and in the drawing.
    expect(screen.locator(".pick", has_text="Under the heel")).to_contain_text("(sorest)")
    expect(heel.first).to_have_class("on first")
    tick(page, "Right")
    expect(screen.locator("svg")).to_have_class("mirrored")
    tick(page, "Left")
    expect(screen.locator("svg")).not_to_have_class("mirrored")
    screen.locator('[data-zone="Z2"]').first.click()
    expect(screen.get_by_label("Achilles tendon")).not_to_be_checked()
    press(page, "Continue")
    asked(page, "When did it start?")
    assert fake.chat.received[-1]["choice"] == ["Z5", "left"]
    page.reload()
    asked(page, "When did it start?")
    expect(page.locator('.screen [data-zone="Z5"].on').first).to_be_visible()


def test_the_place_can_be_told_without_the_drawing(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    page.evaluate(
        "DOMParser.prototype.parseFromString = () => document.implementation.createDocument('', 'none')"
    )
    at_the_map(page)
    expect(question(page).locator("svg")).to_have_count(0)
    tick(page, "Under the heel", "Left")
    press(page, "Continue")
    asked(page, "When did it start?")


def test_more_questions_than_were_announced_come_with_a_reason(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    expect(question(page)).to_contain_text("Question 1 of about 8")
    fake.chat.more = 2
    press(page, "Yes, go ahead")
    asked(page, "any of these now")
    expect(question(page)).to_contain_text(
        "Question 2 of about 10 (your answers added 2 questions)"
    )
    say(page, "next")
    asked(page, "Where does it hurt?")
    expect(question(page).locator(".progress")).to_have_text("Question 3 of about 10")


def test_larger_text_is_larger_and_stays_so(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    before = question(page).evaluate(size)
    menu(page, "Larger text")
    assert question(page).evaluate(size) == pytest.approx(before * 1.25)
    expect(page.get_by_role("button", name="Larger text")).to_have_attribute("aria-pressed", "true")
    page.reload()
    asked(page, "Is it OK")
    assert question(page).evaluate(size) == pytest.approx(before * 1.25)


def test_the_text_size_that_a_visitor_set_in_the_browser_counts_not_the_pages(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    page.evaluate("document.documentElement.style.fontSize = '10px'")
    start(page)
    assert question(page).evaluate("node => getComputedStyle(node).fontSize") == "16px"


def test_a_person_can_be_asked_for_before_and_in_the_chat(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(f"{fake.url}/?data-phone=416-555-0100")
    open_chat(page)
    menu(page, "Talk to a person")
    card = page.locator(".card", has=page.get_by_role("heading", name="Talk to a person"))
    expect(card.get_by_role("link", name="Call 416-555-0100")).to_be_visible()
    expect(card).to_contain_text("811")
    page.get_by_role("button", name="Start", exact=True).click()
    asked(page, "Is it OK")
    menu(page, "Talk to a person")
    asked(page, "any of these now")
    assert fake.chat.received[-1]["text"] == "I would like to talk to a person"


def at_the_end(fake: FakeServer, page_for: PageFor, **context) -> Page:
    page = page_for(fake.url, **context)
    start(page)
    say(page, "level SELF_CARE")
    expect(page.locator(".outcome")).to_be_visible()
    return page


def test_the_summary_is_printed_alone(fake: FakeServer, page_for: PageFor) -> None:
    page = at_the_end(fake, page_for)
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print").click()
    expect(page.locator(".print-page")).to_have_count(1)
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    sheet = page.locator(".print-page")
    expect(sheet.get_by_role("heading", name="Your summary")).to_be_visible()
    expect(page.get_by_role("heading", name="A clinic's page")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.get_by_role("heading", name="A clinic's page")).to_be_attached()
    expect(sheet).to_have_count(0)
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_the_summary_is_saved_as_a_pdf_and_the_check_as_a_calendar_file(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = at_the_end(fake, page_for)
    for button, name, first in (
        ("Save as PDF", "heel-pain-summary-AX-0001.pdf", b"%PDF"),
        ("Add to calendar", "heel-pain-check.ics", b"BEGIN:VCALENDAR"),
    ):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == name
        assert download.value.path().read_bytes().startswith(first)


def test_the_summary_is_copied_or_shown_to_be_copied_by_hand(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = at_the_end(fake, page_for, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert "Reference AX-0001" in page.evaluate("navigator.clipboard.readText()")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no')); }"
    )
    page.get_by_role("button", name="Copy as text").click()
    box = page.get_by_label("Your summary").get_by_role("textbox")
    expect(box).to_have_value("YOUR SUMMARY\nReference AX-0001\n")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_label("Your summary")).to_have_count(0)


def test_a_summary_that_does_not_come_is_said_in_words(fake: FakeServer, page_for: PageFor) -> None:
    page = at_the_end(fake, page_for)
    page.route("**/chat/summary", lambda route: route.abort())
    page.get_by_role("button", name="Save as PDF").click()
    expect(page.get_by_role("status")).to_contain_text("could not be fetched")


def test_what_is_new_is_announced_whole_and_once_and_states_apart_from_it(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    assert page.get_by_role("status").count() == 1
    assert log.get_by_role("status").count() == 0
    log.evaluate("""node => {
      window.added = [];
      new MutationObserver((changes) => changes.forEach(({addedNodes}) => addedNodes.forEach(
        (added) => window.added.push(added.textContent)))).observe(node, {childList: true});
    }""")
    fake.chat.faults = [Fault()]
    press(page, "Yes, go ahead")
    expect(page.get_by_role("status")).to_contain_text("No connection")
    asked(page, "any of these now")
    expect(page.get_by_role("status")).to_have_text("")
    added = page.evaluate("window.added")
    whole = [text for text in added if "Do you have any of these now? Tick all that fit." in text]
    assert len(whole) == 1 and "Continue" in whole[0]
    # The options of a question are there to be read, not read out.
    expect(question(page).locator("[aria-live=off] fieldset")).to_have_count(1)


def test_the_menu_opens_and_shuts_by_keyboard(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    more = page.get_by_role("button", name="Options")
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Larger text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(more).to_be_focused()
    expect(page.get_by_role("dialog", name="Heel and Achilles pain")).to_be_visible()


def test_motion_is_only_for_who_has_not_asked_for_less(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    behaviour = "node => getComputedStyle(node).scrollBehavior"
    assert page.locator("#scroll").evaluate(behaviour) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.locator("#scroll").evaluate(behaviour) == "smooth"
    moving = page.evaluate("""
      [...document.querySelector("heel-chat").shadowRoot.querySelectorAll("*")]
        .flatMap((node) => node.getAnimations()).length
    """)
    assert moving == 0
