"""No message is lost or doubled: reload, second tab, cut network, slow reply, back button, sleep."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer, Fault
from tests.browser.steps import asked, open_chat, press, question, say, start, tick

pytestmark = pytest.mark.browser
SAFETY = "Do you have any of these now?"
PLACE = "Where does it hurt?"


def said(page: Page) -> list[str]:
    return [text for text in page.locator(".visitor .bubble").all_text_contents()]


def sent(fake: FakeServer) -> list[str]:
    return list(dict.fromkeys(body["id"] for body in fake.chat.received))


def test_what_was_not_sent_before_a_reload_is_sent_after_it_once(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault()]
    press(page, "Yes, go ahead")
    expect(page.get_by_text("Not sent yet. Trying again…")).to_be_visible()
    page.reload()
    asked(page, SAFETY)
    assert len(sent(fake)) == 1
    assert said(page) == ["You: Yes, go ahead"]


def test_a_message_whose_answer_was_lost_in_a_reload_is_not_doubled(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault(late=True)]
    press(page, "Yes, go ahead")
    expect(page.get_by_text("Not sent yet. Trying again…")).to_be_visible()
    page.reload()
    asked(page, SAFETY)
    assert said(page) == ["You: Yes, go ahead"]
    assert len(sent(fake)) == 1
    assert page.locator(".screen").count() == 2


def test_a_reload_while_the_server_is_away_keeps_what_waits_in_sight_until_it_is_back(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.faults = [Fault()] * 4
    press(page, "Yes, go ahead")
    expect(page.get_by_text("Not sent yet. Trying again…")).to_be_visible()
    page.reload()
    expect(page.locator(".offline")).to_be_visible()
    fake.chat.faults = []
    page.locator(".offline").get_by_role("button", name="Try again").click()
    asked(page, SAFETY)
    assert said(page) == ["You: Yes, go ahead"]
    assert len(sent(fake)) == 1


def test_a_closed_chat_is_still_there_when_it_is_opened_again(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, SAFETY)
    page.get_by_role("button", name="Close the chat").click()
    page.reload()
    expect(page.get_by_role("dialog")).to_have_count(0)
    open_chat(page)
    asked(page, SAFETY)
    assert said(page) == ["You: Yes, go ahead"]


def test_a_second_tab_shows_the_same_chat_and_each_sees_what_the_other_says(
    fake: FakeServer, page_for: PageFor
) -> None:
    first = page_for(fake.url)
    start(first)
    press(first, "Yes, go ahead")
    asked(first, SAFETY)
    second = first.context.new_page()
    second.goto(fake.url)
    open_chat(second)
    asked(second, SAFETY)
    assert len(fake.chat.starts) == 1
    tick(second, "None of these")
    press(second, "Continue")
    asked(second, PLACE)
    asked(first, PLACE)
    say(first, "under the heel, left")
    asked(first, "When did it start?")
    asked(second, "When did it start?")
    assert said(first) == said(second) == [
        "You: Yes, go ahead", "You: None of these", "You: under the heel, left",
    ]  # fmt: skip


def test_two_tabs_that_speak_at_once_end_up_with_the_same_record(
    fake: FakeServer, page_for: PageFor
) -> None:
    first = page_for(fake.url)
    start(first)
    second = first.context.new_page()
    second.goto(fake.url)
    open_chat(second)
    asked(second, "Is it OK")
    fake.chat.delay = 0.7
    say(first, "say one")
    say(second, "say two")
    for page in (first, second):
        expect(page.locator(".bot", has_text="one")).to_be_visible()
        expect(page.locator(".bot", has_text="two")).to_be_visible()
        expect(page.locator(".visitor")).to_have_count(2)
    assert sorted(said(first)) == ["You: say one", "You: say two"]
    assert len(sent(fake)) == 2


def test_a_chat_deleted_in_one_tab_is_over_in_the_other(
    fake: FakeServer, page_for: PageFor
) -> None:
    first = page_for(fake.url)
    start(first)
    second = first.context.new_page()
    second.goto(fake.url)
    open_chat(second)
    asked(second, "Is it OK")
    first.get_by_role("button", name="Options").click()
    first.get_by_role("button", name="Delete my chat").click()
    first.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(second.get_by_role("heading", name="This chat has ended")).to_be_visible()


def test_what_is_said_while_the_network_is_cut_for_20_seconds_arrives_in_order_once(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    page.clock.install()
    start(page)
    page.context.set_offline(True)
    press(page, "Yes, go ahead")
    expect(page.locator(".visitor").first).to_contain_text("Not sent yet. Trying again…")
    expect(page.locator(".offline")).to_contain_text("Call 911")
    say(page, "say second")
    expect(page.locator(".visitor").last).to_contain_text("Waiting for the message before it…")
    for _ in range(10):
        page.clock.run_for(2_000)
    expect(page.locator(".visitor").first).to_contain_text("Not sent yet. Trying again…")
    assert fake.chat.received == []
    page.context.set_offline(False)
    expect(page.locator(".bot", has_text="second")).to_be_visible()
    expect(page.locator(".offline")).to_have_count(0)
    assert [body.get("text", "a choice") for body in fake.chat.received] == [
        "a choice",
        "say second",
    ]
    assert said(page) == ["You: Yes, go ahead", "You: say second"]
    expect(page.locator(".unsent")).to_have_count(0)


def test_a_reply_that_takes_15_seconds_is_waited_for_in_words_and_comes_once(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    fake.chat.delay = 15
    press(page, "Yes, go ahead")
    expect(page.locator(".visitor")).to_contain_text("Sending…")
    expect(page.get_by_role("status")).to_have_text("The guide is writing…")
    expect(page.get_by_role("status")).to_contain_text("longer than usual", timeout=9_000)
    expect(page.get_by_role("status")).to_contain_text("911")
    expect(question(page)).to_contain_text(SAFETY, timeout=14_000)
    expect(page.get_by_role("status")).to_have_text("")
    assert len(fake.chat.received) == 1
    expect(page.locator(".offline")).to_have_count(0)


def test_the_back_button_leaves_and_coming_back_finds_the_chat_as_it_was(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, SAFETY)
    page.goto(f"{fake.url}/other")
    asked(page, SAFETY)
    page.go_back()
    asked(page, SAFETY)
    assert said(page) == ["You: Yes, go ahead"]
    tick(page, "None of these")
    press(page, "Continue")
    asked(page, PLACE)
    page.go_forward()
    asked(page, PLACE)
    assert said(page) == ["You: Yes, go ahead", "You: None of these"]
    assert len(fake.chat.starts) == 1


def test_a_phone_that_slept_for_ten_minutes_catches_up_when_it_wakes(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    page.clock.install()
    start(page)
    fake.chat.faults = [Fault()]
    press(page, "Yes, go ahead")
    expect(page.locator(".visitor")).to_contain_text("Not sent yet.")
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    fake.chat.last.add([{"type": "text", "text": "Said while you were away."}])
    time.sleep(1)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    page.clock.fast_forward(600_000)
    asked(page, SAFETY)
    expect(page.locator(".bot", has_text="Said while you were away.")).to_be_visible()
    assert said(page) == ["You: Yes, go ahead"]
    assert len(sent(fake)) == 1
