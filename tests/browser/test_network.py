"""What the visitor sees when requests are lost, refused or late."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer, Fault
from tests.browser.steps import asked, menu, open_chat, press, question, say, start

pytestmark = pytest.mark.browser
FAIL_SAFE = {
    "title": "Unavailable",
    "detail": "Your answer was not saved.",
    "emergency": "Call 911 in an emergency.",
}


def _offline_card(page: Page):
    return page.locator(".offline")


def test_nothing_is_sent_or_stored_or_announced_before_start_is_pressed(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    assert fake.chat.fetched == ["/widget/v1/loader.js"]
    open_chat(page)
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()
    assert fake.chat.starts == []
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.get_by_role("button", name="Start", exact=True).click()
    asked(page, "Is it OK")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert page.evaluate("Object.keys(sessionStorage)") == ["axis-chat"]
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_the_clinic_of_the_address_is_told_to_the_server(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(f"{fake.url}/?data-clinic=mimico")
    start(page)
    assert fake.chat.starts == [{"clinic": "mimico", "page": f"{fake.url}/"}]


def test_an_unknown_clinic_does_not_keep_the_visitor_out(
    fake: FakeServer, page_for: PageFor
) -> None:
    fake.chat.faults = [Fault(404, {"detail": "unknown clinic"})]
    start(page_for(f"{fake.url}/?data-clinic=nowhere"))
    assert fake.chat.starts == [{"page": f"{fake.url}/"}]


@pytest.mark.parametrize("late", [False, True], ids=["request lost", "answer lost"])
def test_a_dropped_message_is_sent_again_with_the_same_id(
    fake: FakeServer, page_for: PageFor, late: bool
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault(late=late)]
    press(page, "Yes, go ahead")
    expect(page.get_by_text("Not sent yet. Trying again…")).to_be_visible()
    asked(page, "Do you have any of these now?")
    assert len({body["id"] for body in fake.chat.received}) == 1
    assert len(fake.chat.received) == 2
    assert page.locator(".visitor").count() == 1
    assert page.locator(".screen").count() == 2
    expect(_offline_card(page)).to_have_count(0)


def test_after_several_failures_the_visitor_can_try_again_with_the_same_id(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    page.clock.install()
    start(page)
    fake.chat.faults = [Fault()] * 17
    press(page, "Yes, go ahead")
    unsent = page.locator(".visitor.unsent")
    for tries in range(1, 17):
        expect(unsent).to_contain_text("Not sent yet. Trying again…")
        assert len(fake.chat.received) == tries
        page.clock.run_for(8_100)
    expect(unsent).to_contain_text("Not sent.")
    unsent.get_by_role("button", name="Try again").click()
    asked(page, "Do you have any of these now?")
    assert len({body["id"] for body in fake.chat.received}) == 1
    assert len(fake.chat.received) == 18
    assert page.locator(".visitor").count() == 1


def test_a_visitor_need_not_wait_for_the_next_try(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    page.clock.install()
    start(page)
    fake.chat.faults = [Fault()]
    press(page, "Yes, go ahead")
    page.locator(".visitor.unsent").get_by_role("button", name="Try again").click()
    asked(page, "Do you have any of these now?")
    assert len(fake.chat.received) == 2


def test_a_503_shows_the_servers_fail_safe_words_until_the_message_is_through(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault(503, FAIL_SAFE)]
    press(page, "Yes, go ahead")
    notice = page.get_by_text("Your answer was not saved. Call 911 in an emergency.")
    expect(notice).to_be_visible()
    asked(page, "Do you have any of these now?")
    expect(notice).to_have_count(0)


def test_a_429_waits_as_long_as_the_server_asks(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    page.clock.install()
    start(page)
    fake.chat.faults = [Fault(429, FAIL_SAFE, {"Retry-After": "30"})]
    press(page, "Yes, go ahead")
    expect(page.get_by_role("status")).to_contain_text("Sending in 30 s")
    page.clock.run_for(25_000)
    assert len(fake.chat.received) == 1
    page.clock.run_for(6_000)
    asked(page, "Do you have any of these now?")


def test_messages_typed_while_one_is_stuck_arrive_in_order(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault()]
    say(page, "first")
    say(page, "second")
    asked(page, "Where does it hurt?")
    assert [body["text"] for body in fake.chat.received] == ["first", "first", "second"]


def test_a_refused_message_says_why_and_leaves_the_question_open(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault(422, {"detail": "That answer was not offered."})]
    press(page, "No, thanks")
    expect(page.get_by_text("That answer was not offered.")).to_be_visible()
    expect(page.locator(".visitor")).to_contain_text("Not sent.")
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")


@pytest.mark.parametrize("status", [401, 409])
def test_a_session_that_is_over_offers_a_new_chat(
    fake: FakeServer, page_for: PageFor, status: int
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault(status, {"detail": "This chat is closed."})]
    press(page, "Yes, go ahead")
    expect(page.get_by_text("This chat is closed.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_hidden()
    page.get_by_role("button", name="Start a new chat").click()
    asked(page, "Is it OK")
    assert len(fake.chat.starts) == 2


def test_a_reload_shows_the_whole_chat_again_before_the_log_goes_live(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    # Notes whether the log was live whenever something was added to it.
    page.add_init_script("""
        window.liveWhenAdded = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (init) {
          const root = attach.call(this, init);
          new MutationObserver((changes) => {
            for (const {target} of changes) {
              if (target.id === "log") liveWhenAdded.push(target.getAttribute("aria-live"));
            }
          }).observe(root, {childList: true, subtree: true});
          return root;
        };
    """)
    page.reload()
    asked(page, "Do you have any of these now?")
    expect(page.locator(".visitor")).to_have_text(re.compile("Yes, go ahead"))
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert set(page.evaluate("liveWhenAdded")) == {"off"}
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_text("Your reference code: AX-0001")).to_be_visible()
    page.keyboard.press("Escape")
    old = page.locator(".screen").first.get_by_role("button", name="Yes, go ahead")
    expect(old).to_have_attribute("aria-pressed", "true")
    expect(old).to_be_disabled()
    question(page).get_by_label("None of these").check()
    press(page, "Continue")
    asked(page, "Where does it hurt?")


def test_a_reload_after_the_session_ended_offers_a_new_chat(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.conversations.clear()
    page.reload()
    expect(page.get_by_role("heading", name="This chat has ended")).to_be_visible()
    page.get_by_role("button", name="Start a new chat").click()
    asked(page, "Is it OK")


def test_a_server_that_is_down_at_the_start_leaves_the_signs_and_911(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    open_chat(page)
    fake.stop()
    page.get_by_role("button", name="Start", exact=True).click()
    card = _offline_card(page)
    expect(card).to_contain_text("Chest pain, trouble breathing")
    expect(card).to_contain_text("Call 911")
    expect(card).to_contain_text("call the clinic")


def test_a_server_that_goes_down_in_mid_chat_keeps_what_was_said(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.stop()
    press(page, "Yes, go ahead")
    expect(_offline_card(page)).to_contain_text("Chest pain, trouble breathing")
    expect(page.locator(".visitor")).to_contain_text("Yes, go ahead")
    expect(page.get_by_text("Is it OK if I ask")).to_be_attached()
    expect(page.get_by_role("link", name="911", exact=True)).to_be_in_viewport()


def test_deleting_asks_first_and_then_shows_the_receipt(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    menu(page, "Delete my chat")
    page.get_by_role("button", name="Cancel").click()
    assert len(fake.chat.conversations) == 1
    menu(page, "Delete my chat")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Your chat was deleted")).to_be_visible()
    expect(page.get_by_text("5f0c2d")).to_be_visible()
    assert fake.chat.conversations == {}
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.get_by_text("Is it OK if I ask")).to_have_count(0)


def test_starting_again_opens_an_empty_chat(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    menu(page, "Start again")
    page.get_by_role("dialog").get_by_role("button", name="Start again").click()
    asked(page, "Is it OK")
    assert page.locator(".screen").count() == 1
    assert len(fake.chat.starts) == 2
