"""A visitor answers every kind of question, with a finger and with a keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer
from tests.browser.steps import (
    LAUNCH,
    asked,
    press,
    press_by_key,
    question,
    say,
    start,
    tab_to,
    tick,
    tick_by_key,
)

pytestmark = pytest.mark.browser
ANSWERS = [
    {"screen": "consent", "choice": ["yes"]},
    {"screen": "signs", "choice": ["none"]},
    {"screen": "pain_location", "choice": ["Z5", "Z2", "left"]},
    {"screen": "duration", "choice": ["12"]},
    {"screen": "morning_stiffness", "number": 20},
    {"screen": "push_off_pain", "number": 4},
    {"screen": "next_day", "choice": ["lt24h", "walk_limp", "worse"]},
    {"text": "Etobicoke"},
]


def _without_ids(fake: FakeServer) -> list[dict]:
    return [{k: v for k, v in body.items() if k != "id"} for body in fake.chat.received]


def _focused_question(page: Page) -> None:
    expect(question(page).locator("fieldset")).to_be_focused()


def test_every_kind_of_question_is_answered_by_tapping(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    tick(page, "Hot and red", "None of these")
    press(page, "Continue")
    asked(page, "Where does it hurt?")
    tick(page, "Under the heel", "Achilles tendon, a few cm above the heel bone", "Left")
    press(page, "Continue")
    asked(page, "When did it start?")
    press(page, "1 to 2 weeks ago")
    asked(page, "how many minutes")
    question(page).get_by_label("Or a number").fill("20")
    press(page, "Continue")
    asked(page, "how much does it hurt")
    press(page, "4")
    asked(page, "the morning after")
    tick(page, "Worse, but it settles within a day", "I limp when I walk", "It is getting worse")
    press(page, "Continue")
    asked(page, "Which area")
    say(page, "Etobicoke")
    expect(page.get_by_role("heading", name="Start with a plan at home")).to_be_visible()
    expect(page.get_by_text("Look again on March 15, 2026")).to_be_visible()
    assert _without_ids(fake) == ANSWERS
    assert len({body["id"] for body in fake.chat.received}) == len(ANSWERS)


def test_every_kind_of_question_is_answered_by_keyboard_alone(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    tab_to(page, page.get_by_role("button", name=LAUNCH))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Heel and Achilles pain")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Start", exact=True))
    page.keyboard.press("Enter")
    asked(page, "Is it OK")
    _focused_question(page)
    press_by_key(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    _focused_question(page)
    tick_by_key(page, "Swelling of the calf", "None of these")
    press_by_key(page, "Continue", "Space")
    asked(page, "Where does it hurt?")
    _focused_question(page)
    tick_by_key(page, "Under the heel")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    tick_by_key(page, "Left")
    press_by_key(page, "Continue")
    asked(page, "When did it start?")
    press_by_key(page, "1 to 2 weeks ago")
    asked(page, "how many minutes")
    tab_to(page, question(page).get_by_label("Or a number"))
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    asked(page, "how much does it hurt")
    press_by_key(page, "4")
    asked(page, "the morning after")
    tab_to(page, question(page).get_by_label("No worse"))
    page.keyboard.press("ArrowDown")
    tick_by_key(page, "I limp when I walk", "It is getting worse")
    press_by_key(page, "Continue")
    asked(page, "Which area")
    _focused_question(page)
    tab_to(page, page.get_by_label("Your message"))
    page.keyboard.type("Etobicoke")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Start with a plan at home")).to_be_visible()
    assert _without_ids(fake) == ANSWERS


def test_none_of_these_and_a_sign_exclude_each_other(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    screen = asked(page, "Do you have any of these now?")
    tick(page, "Hot and red", "None of these")
    expect(screen.get_by_label("Hot and red")).not_to_be_checked()
    tick(page, "Swelling of the calf")
    expect(screen.get_by_label("None of these")).not_to_be_checked()


def test_better_and_worse_exclude_each_other_but_not_the_limp(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    for _ in range(6):
        say(page, "next")
    screen = asked(page, "the morning after")
    tick(page, "I limp when I walk", "It is getting better", "It is getting worse")
    expect(screen.get_by_label("It is getting better")).not_to_be_checked()
    expect(screen.get_by_label("I limp when I walk")).to_be_checked()


def test_continue_without_a_tick_says_what_is_missing_and_sends_nothing(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    screen = asked(page, "Do you have any of these now?")
    press(page, "Continue")
    expect(screen.get_by_role("alert")).to_contain_text("Tick what fits")
    assert len(fake.chat.received) == 1


def test_a_map_answer_without_a_side_says_so(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    say(page, "ok")
    say(page, "none")
    screen = asked(page, "Where does it hurt?")
    tick(page, "Under the heel")
    expect(screen.locator(".pick", has_text="Under the heel")).to_contain_text("(sorest)")
    press(page, "Continue")
    expect(screen.get_by_role("alert")).to_have_text("Choose the side.")


def test_a_number_outside_its_bounds_is_asked_again_and_words_go_as_text(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    for _ in range(4):
        say(page, "next")
    screen = asked(page, "how many minutes")
    box = screen.get_by_label("Or a number")
    box.fill("500")
    box.press("Enter")
    expect(screen.get_by_role("alert")).to_have_text("Use a number from 0 to 180.")
    box.fill("about half an hour")
    box.press("Enter")
    asked(page, "how much does it hurt")
    assert _without_ids(fake)[-1] == {"text": "about half an hour"}


def test_the_chosen_answer_stays_marked_and_the_old_question_takes_no_more(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    first = page.locator(".screen").first
    chosen = first.get_by_role("button", name="Yes, go ahead")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_disabled()
    expect(first.get_by_role("button", name="No, thanks")).to_be_disabled()


def test_a_question_stays_open_when_an_interruption_is_answered_without_a_new_one(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    say(page, "say Good question.")
    expect(page.locator(".bot", has_text="Good question.")).to_be_visible()
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")


def test_a_tapped_answer_does_not_open_the_keyboard_but_typing_keeps_it(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url, has_touch=True, is_mobile=True)
    start(page)
    question(page).get_by_role("button", name="Yes, go ahead").tap()
    asked(page, "Do you have any of these now?")
    _focused_question(page)
    say(page, "none of them")
    asked(page, "Where does it hurt?")
    expect(page.get_by_label("Your message")).to_be_focused()


def test_each_question_says_why_it_is_asked_and_how_far_along_it_is(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    screen = question(page)
    expect(screen).to_contain_text("Question 1 of about 8")
    reason = screen.get_by_text("so it is your choice")
    expect(reason).to_be_hidden()
    screen.get_by_text("Why do you ask?").click()
    expect(reason).to_be_visible()
