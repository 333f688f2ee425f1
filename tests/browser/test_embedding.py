"""One tag on a clinic's page: what it costs, what it leaves alone, and what it does when all fails."""

import re
import time
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.fake_server import FakeServer
from tests.browser.steps import LAUNCH, asked, open_chat, press, say, start, tab_to

pytestmark = pytest.mark.browser
TITLE = "Heel and Achilles pain"
HOSTILE = quote('<link rel="stylesheet" href="/hostile.css">')


def launcher(page: Page):
    return page.get_by_role("button", name=LAUNCH)


def signs(page: Page):
    return page.get_by_role("dialog", name="We cannot reach the chat right now")


def test_before_it_is_opened_one_script_is_all_there_is(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(f"{fake.url}/empty")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url.removeprefix(fake.url)))
    page.goto(f"{fake.url}/")
    expect(launcher(page)).to_be_visible()
    page.wait_for_timeout(500)
    assert asked_for == ["/", "/widget/v1/loader.js"]
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.context.cookies() == []
    assert fake.chat.starts == []
    open_chat(page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert len(asked_for) == 3
    assert re.fullmatch(r"/widget/v1/[0-9a-f]{12}/panel.js", asked_for[2])
    assert page.context.cookies() == []


def test_the_panel_comes_with_an_integrity_that_is_checked(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    fake.chat.tamper = (b"Before you start", b"Before you begin")
    launcher(page).click()
    expect(signs(page)).to_be_visible()
    expect(page.get_by_role("dialog", name=TITLE)).to_have_count(0)


@pytest.mark.parametrize("wrong", ["no such file", "no answer", "server gone"])
def test_when_nothing_comes_the_signs_911_and_the_phone_are_there_within_3_seconds(
    fake: FakeServer, page_for: PageFor, wrong: str
) -> None:
    page = page_for(f"{fake.url}/?data-phone={quote('+1 555 010 0000')}")
    expect(launcher(page)).to_be_visible()
    if wrong == "no such file":
        fake.chat.missing = {"panel.js"}
    elif wrong == "no answer":
        page.route("**/panel.js", lambda route: None)
    else:
        fake.stop()
    began = time.monotonic()
    launcher(page).click()
    expect(signs(page)).to_be_visible()
    assert time.monotonic() - began < 3
    expect(signs(page)).to_contain_text("Chest pain, trouble breathing")
    expect(signs(page).get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    phone = signs(page).get_by_role("link", name="Call +1 555 010 0000")
    expect(phone).to_have_attribute("href", "tel:+15550100000")
    expect(signs(page)).to_be_focused()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(signs(page)).to_have_count(0)
    expect(launcher(page)).to_be_focused()


def test_a_session_that_does_not_open_shows_the_signs_within_3_seconds_and_opens_late(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    open_chat(page)
    fake.chat.delay = 5
    began = time.monotonic()
    page.get_by_role("button", name="Start", exact=True).click()
    card = page.locator(".offline")
    expect(card).to_contain_text("Chest pain, trouble breathing")
    expect(card).to_contain_text("A foot that slaps or drags")
    assert time.monotonic() - began < 3
    asked(page, "Is it OK")
    expect(card).to_have_count(0)
    assert len(fake.chat.starts) == 1


def test_try_again_starts_from_a_fresh_loader(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(f"{fake.url}/?data-clinic=mimico")
    fake.chat.missing = {"panel.js"}
    launcher(page).click()
    signs(page).get_by_role("button", name="Try again").click()
    expect(signs(page)).to_be_visible()
    fake.chat.missing = set()
    signs(page).get_by_role("button", name="Try again").click()
    expect(page.get_by_role("dialog", name=TITLE)).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    asked(page, "Is it OK")
    assert fake.chat.starts[0]["clinic"] == "mimico"
    assert page.locator("heel-chat").count() == 1


def test_focus_goes_in_on_open_and_back_to_the_button_on_close(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url, width=1280, height=800)
    for close in ("Escape", "button"):
        tab_to(page, launcher(page))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
        expect(launcher(page)).to_have_count(0)
        if close == "Escape":
            page.keyboard.press("Escape")
        else:
            tab_to(page, page.get_by_role("button", name="Close the chat"))
            page.keyboard.press("Enter")
        expect(launcher(page)).to_be_focused()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_on_a_phone_the_chat_is_all_there_is_and_beside_a_wide_page_the_page_stays_usable(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    open_chat(page)
    box = page.get_by_role("dialog", name=TITLE).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("heel-chat", "body")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("dialog", name=TITLE)).to_be_visible()
    page.get_by_role("button", name="A button of the page").click()
    expect(page.get_by_role("button", name="A button of the page")).to_be_focused()
    box = page.get_by_role("dialog", name=TITLE).bounding_box()
    assert box["x"] + box["width"] <= 1280 and box["y"] >= 0 and box["width"] < 500


LOOKS = """
[".launch", "#title", "#start", ".intro", ".emergency-line", "#close"].map((name) => {
  const node = document.querySelector("heel-chat").shadowRoot.querySelector(name);
  const style = getComputedStyle(node);
  const {x, y, width, height} = node.getBoundingClientRect();
  return [name, x, y, width, height, style.color, style.backgroundColor, style.fontFamily,
    style.fontSize, style.lineHeight, style.letterSpacing, style.textTransform, style.direction,
    style.opacity, style.animationName];
})
"""


def test_no_style_leaks_in_or_out(fake: FakeServer, page_for: PageFor) -> None:
    calm = page_for(fake.url)
    heading = calm.get_by_role("heading", name="A clinic's page")
    before = heading.evaluate("node => JSON.stringify({...getComputedStyle(node)})")
    open_chat(calm)
    assert heading.evaluate("node => JSON.stringify({...getComputedStyle(node)})") == before
    wild = page_for(
        f"{fake.url}/?head={HOSTILE}&policy={quote(chr(39).join(['style-src ', 'self', '']))}"
    )
    assert (
        wild.get_by_role("heading", name="A clinic's page").evaluate(
            "node => getComputedStyle(node).color"
        )
        == "rgb(0, 255, 0)"
    )
    open_chat(wild)
    assert wild.evaluate(LOOKS) == calm.evaluate(LOOKS)
    wild.get_by_role("button", name="Start", exact=True).click()
    asked(wild, "Is it OK")


def test_a_second_tag_does_nothing(fake: FakeServer, page_for: PageFor) -> None:
    again = quote('<script src="/widget/v1/loader.js" async></script>')
    page = page_for(f"{fake.url}/?head={again}")
    expect(launcher(page)).to_have_count(1)
    assert page.locator("heel-chat").count() == 1


def contrast(page: Page, selector: str) -> float:
    return page.locator(selector).evaluate("""node => {
      const style = getComputedStyle(node);
      const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
      const pair = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
      return (pair[0] + 0.05) / (pair[1] + 0.05);
    }""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#ffe600", "white", "#0b1f3a", "hsl(330 90% 60%)", "nonsense"])
def test_any_colour_of_a_clinic_is_made_readable(
    fake: FakeServer, page_for: PageFor, colour: str, scheme: str
) -> None:
    page = page_for(fake.url, scheme=scheme)
    page.locator("heel-chat").evaluate(
        "(node, colour) => document.documentElement.style.setProperty('--heel-chat-accent', colour)",
        colour,
    )
    open_chat(page)
    assert contrast(page, "#start") >= 4.5
    page.get_by_role("button", name="Start", exact=True).click()
    asked(page, "Is it OK")
    assert contrast(page, ".screen .answer >> nth=0") >= 4.5


def test_in_a_frame_the_chat_is_out_of_the_pages_reach(fake: FakeServer, page_for: PageFor) -> None:
    frames = quote("frame-src 'self'")
    page = page_for(f"{fake.url}/?data-mode=frame&policy={frames}", width=1280, height=800)
    launcher(page).click()
    inside = page.frame_locator("heel-chat iframe")
    inside.get_by_role("button", name="Start", exact=True).click()
    expect(inside.locator(".screen").last).to_contain_text("Is it OK")
    expect(page.locator("heel-chat .screen")).to_have_count(0)
    inside.get_by_role("button", name="Close the chat").click()
    expect(page.locator("heel-chat iframe")).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    launcher(page).click()
    expect(inside.locator(".screen").last).to_contain_text("Is it OK")
    expect(page.locator("heel-chat iframe")).to_have_attribute("title", LAUNCH)


def test_the_element_asks_recorders_to_leave_it_alone(fake: FakeServer, page_for: PageFor) -> None:
    host = page_for(fake.url).locator("heel-chat")
    for mark in ("data-hj-suppress", "data-clarity-mask", "data-dd-privacy"):
        assert host.get_attribute(mark) is not None
    assert {"fs-exclude", "ph-no-capture", "rr-block"} <= set(host.get_attribute("class").split())


def test_the_check_says_that_all_is_well(fake: FakeServer, page_for: PageFor) -> None:
    page = page_for(f"{fake.url}/?heel-chat-check&data-clinic=mimico&data-phone=1")
    found = page.get_by_role("dialog", name="Heel chat check")
    expect(found).to_contain_text("The chat's server answers this page.")
    expect(found).to_contain_text("up to date: version")
    expect(found).to_contain_text("The page's policy lets the chat in")
    expect(found).to_contain_text("all well")


def test_the_check_names_what_is_wrong_and_what_to_do(fake: FakeServer, page_for: PageFor) -> None:
    more = quote('<script src="/widget/v1/loader.js" async></script>')
    page = page_for(f"{fake.url}/?heel-chat-check&head={more}")
    found = page.get_by_role("dialog", name="Heel chat check")
    expect(found).to_contain_text("The tag is 2 times on this page. Keep one")
    expect(found).to_contain_text("Add data-clinic=")
    expect(found).to_contain_text("Add data-phone=")


def busy_ms(page: Page, url: str) -> float:
    """Main-thread milliseconds that a page takes until it has been quiet for a while."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url)
    page.wait_for_timeout(400)
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return 1000 * (
        metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"]
    )


def test_before_opening_it_costs_a_page_less_than_15_ms_of_its_main_thread(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(f"{fake.url}/empty")
    pairs = [(busy_ms(page, f"{fake.url}/empty"), busy_ms(page, f"{fake.url}/")) for _ in range(7)]
    costs = sorted(with_tag - without for without, with_tag in pairs)
    print(f"main thread before opening: {costs[3]:.1f} ms at the median of 7")
    assert costs[3] < 15


def test_typing_in_the_chat_does_not_reach_the_pages_shortcuts(
    fake: FakeServer, page_for: PageFor
) -> None:
    page = page_for(fake.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "any of these now")
    page.evaluate(
        "window.keys = []; addEventListener('keydown', (event) => window.keys.push(event.key))"
    )
    say(page, "x")
    asked(page, "Where does it hurt?")
    assert "x" not in page.evaluate("window.keys")
