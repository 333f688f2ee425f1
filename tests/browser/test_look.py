"""Accessible, narrow, safe against markup, and true to the outcome."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.canned_events import TITLES
from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer, Fault
from tests.browser.steps import asked, menu, open_chat, press, say, sideways, start

pytestmark = pytest.mark.browser
LEVELS = TITLES
QUESTIONS = (
    "Is it OK",
    "any of these now",
    "Where does it hurt",
    "When did it start",
    "how many minutes",
    "how much does it hurt",
    "the morning after",
    "Which area",
)
MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script><b>bold</b>'


AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']]}" for v in found]


def _through_all_questions(page: Page):
    """Starts, then yields at the first screen and at every question."""
    yield "the clinic's page"
    open_chat(page)
    yield "intro"
    page.get_by_role("button", name="Start", exact=True).click()
    for words in QUESTIONS:
        asked(page, words)
        yield words
        say(page, "next")


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_axe_finds_nothing_at_any_question_and_any_outcome(
    fake: FakeServer, page_for: PageFor, scheme: str
) -> None:
    if scheme == "forced":
        page = page_for(fake.url, forced_colors="active")
    else:
        page = page_for(fake.url, scheme=scheme)
    found: dict[str, list[str]] = {}
    for state in _through_all_questions(page):
        found[state] = _violations(page)
    for level, heading in LEVELS.items():
        say(page, f"level {level}")
        expect(page.locator(".outcome").last).to_contain_text(heading)
        found[level] = _violations(page)
    fake.chat.faults = [Fault()]
    say(page, "hello?")
    expect(page.locator(".offline")).to_be_visible()
    found["offline"] = _violations(page)
    page.get_by_role("button", name="Options").click()
    found["menu"] = _violations(page)
    page.locator("#menu").get_by_role("button", name="Delete my chat").click()
    found["question"] = _violations(page)
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="Your chat was deleted")).to_be_visible()
    found["deleted"] = _violations(page)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


# 640 by 400 is a laptop's window at 200% zoom.
@pytest.mark.parametrize(("width", "height"), [(320, 640), (360, 640), (640, 400)])
@pytest.mark.parametrize("larger", [False, True], ids=["normal text", "larger text"])
def test_nothing_scrolls_sideways_on_a_narrow_phone(
    fake: FakeServer, page_for: PageFor, width: int, height: int, larger: bool
) -> None:
    page = page_for(fake.url, width=width, height=height)
    over: dict[str, int] = {}
    for state in _through_all_questions(page):
        if larger and state == "intro":
            menu(page, "Larger text")
            page.get_by_role("button", name="Options").click()
        over[state] = sideways(page)
    for level in LEVELS:
        say(page, f"level {level}")
        expect(page.locator(".outcome").last).to_contain_text(LEVELS[level])
        over[level] = sideways(page)
    say(page, "say " + "w" * 500)
    expect(page.get_by_text("w" * 500).last).to_be_visible()
    over["long word"] = sideways(page)
    assert {state: px for state, px in over.items() if px} == {}


def test_every_button_is_tall_enough_for_a_finger(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    small: set[str] = set()
    for _ in _through_all_questions(page):
        small |= set(
            page.evaluate("""
            [...document.querySelector("heel-chat").shadowRoot
                .querySelectorAll("button, label.pick, #words, .link-button, summary")]
              .filter((node) => node.checkVisibility())
              .filter((node) => node.getBoundingClientRect().height < 44)
              .map((node) => node.textContent + " " + node.getBoundingClientRect().height)
        """)
        )
    assert small == set()


def test_the_message_box_is_large_enough_that_ios_does_not_zoom_and_stops_at_2000(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    box = page.get_by_label("Your message")
    size = box.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 16
    box.fill("")
    box.press_sequentially("x" * 5)
    box.evaluate("node => { node.value = 'x'.repeat(1999); }")
    box.press_sequentially("yz")
    assert len(box.input_value()) == 2000
    expect(page.get_by_text("0 characters left")).to_be_visible()


def test_markup_in_any_text_is_shown_as_text(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    say(page, f"say {MARKUP}")
    expect(page.locator(".bot", has_text=MARKUP)).to_be_visible()
    expect(page.locator(".visitor", has_text=MARKUP)).to_be_visible()
    page.reload()
    expect(page.locator(".bot", has_text=MARKUP)).to_be_visible()
    assert page.locator("#log img, #log script, #log b").count() == 0
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("level", list(LEVELS))
def test_the_outcome_is_told_by_words_and_says_why_and_what_to_watch(
    fake: FakeServer, page_for: PageFor, level: str
) -> None:
    page = page_for(fake.url)
    start(page)
    say(page, f"level {level}")
    card = page.locator(".outcome")
    expect(card.get_by_role("heading", name=LEVELS[level])).to_be_visible()
    for words in ("Why this step", "You said it built up", "Get help right away if",
                  "Rules version 0.2 (unsigned, demonstration).", "felt a pop", "AX-0001"):  # fmt: skip
        expect(card).to_contain_text(words)
    # An emergency has one message.
    expect(card.get_by_text("What would have changed it")).to_have_count(int(level != "EMERGENCY"))
    if level in ("EMERGENCY", "URGENT"):
        expect(page.locator(".clinic, .link-button")).to_have_count(0)


def test_each_level_has_a_shape_of_its_own(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(fake.url)
    start(page)
    for count, level in enumerate(LEVELS, start=1):
        say(page, f"level {level}")
        expect(page.locator(".outcome")).to_have_count(count)
    shapes = page.locator(".outcome .icon").evaluate_all("nodes => nodes.map(n => n.innerHTML)")
    assert len(set(shapes)) == len(LEVELS)


def test_a_clinic_has_a_phone_link_only_when_its_phone_is_known(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    say(page, "level PROMPT")
    expect(page.locator(".clinic")).to_be_visible()
    expect(page.locator(".clinic a")).to_have_count(0)
    say(page, "level ROUTINE")
    link = page.locator(".clinic").last.get_by_role("link")
    expect(link).to_have_attribute("href", "tel:+15550100000")


def test_the_911_line_and_the_data_credits_are_there_from_the_first_screen(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    expect(page.get_by_role("link", name="911", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("Open Government Licence - Toronto")).to_be_attached()
    press(page, "Yes, go ahead")
    asked(page, "Do you have any of these now?")
    page.mouse.wheel(0, 5000)
    expect(page.get_by_role("link", name="911", exact=True)).to_be_in_viewport()
