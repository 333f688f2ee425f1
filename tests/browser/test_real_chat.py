"""The window against the real server, as a visitor would have it; the pictures of the README."""

import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rasa_project.settings import ROOT
from tests.browser.steps import asked, menu, open_chat, press, question, say, start, tick
from tests.running import Server, free_port

pytestmark = pytest.mark.browser
PICTURES = ROOT / "docs" / "images"
SIZES = {"phone": (360, 740), "desk": (1280, 800)}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class _ClinicPage(BaseHTTPRequestHandler):
    """A clinic's own page on another origin, with the policy of the embed guide."""

    def __init__(self, chat: str, *args: Any) -> None:
        self.chat = chat
        super().__init__(*args)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps test output quiet."""

    def do_GET(self) -> None:
        page = (
            '<!doctype html><html lang="en-CA"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Clinic</title>'
            f'<script src="{self.chat}/widget/v1/loader.js" data-clinic="mimico" async></script>'
            "</head><body><main><h1>A clinic's page</h1></main></body></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {self.chat}; connect-src {self.chat}",
        )
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


CLINIC_PORT = free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    running = Server(
        Path(tmp_path_factory.mktemp("real")),
        ALLOWED_ORIGINS=f"http://127.0.0.1:{CLINIC_PORT}",
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def clinic_page(server: Server) -> Iterator[str]:
    handler = partial(_ClinicPage, server.url)
    with ThreadingHTTPServer(("127.0.0.1", CLINIC_PORT), handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{CLINIC_PORT}"
        http.shutdown()


def sized(page_for, url: str, size: str = "phone", **context: Any) -> Page:
    width, height = SIZES[size]
    return page_for(url, width=width, height=height, **context)


def picture(page: Page, name: str) -> None:
    """Keeps a picture for the README when asked to: ``SCREENSHOTS=1``."""
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.mouse.move(1, 1)
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']]}" for v in found]


def to_the_plan(page: Page, shots: str = "") -> None:
    """Taps an ordinary runner's answers."""

    def step(words: str, name: str = "") -> None:
        asked(page, words)
        if shots and name:
            picture(page, f"{shots}-{name}")

    def tap(words: str, *labels: str, button: str = "Continue", name: str = "") -> None:
        step(words, name)
        tick(page, *labels)
        press(page, button)

    step("Is it OK if I ask", "consent")
    press(page, "Yes, go ahead")
    tap("Safety first", "None of these", name="safety")
    tap("How old", button="18 to 39")
    step("Where does it hurt")
    tick(page, "Achilles tendon, a few cm above the heel bone", "Left")
    page.locator("#scroll").evaluate("node => node.scrollBy(0, -9999)")
    question(page).evaluate("node => node.scrollIntoView()")
    if shots:
        picture(page, f"{shots}-map")
    press(page, "Continue")
    tap("How did it start", button="It built up over days or weeks")
    tap("When did it start", button="1 to 2 weeks ago")
    tap("Without testing it", button="Push off hurts, but it is strong")
    tap("Do you have any of these now?", "None of these")
    tap("Have you had any of these medicines", "None of these")
    tap("Do any of these fit you", "None of these")
    tap("how many minutes is it stiff", button="15 minutes")
    tap("how much does it hurt to push off", button="4", name="scale")
    tap("the morning after activity", "No worse")
    tap("what changed in your training", "New or worn shoes")
    tap("Have you had this before", "First time")
    expect(page.locator(".outcome")).to_contain_text("Start with a plan at home")


@pytest.mark.parametrize("size", list(SIZES))
def test_buttons_alone_lead_to_a_plan_on_a_clinics_page(server, page_for, size: str) -> None:
    page = sized(page_for, f"{server.url}/clinics/mimico", size)
    expect(page.get_by_role("button", name="Heel pain?")).to_be_visible()
    picture(page, f"{size}-clinic")
    assert violations(page) == []
    open_chat(page)
    picture(page, f"{size}-first")
    page.get_by_role("button", name="Start", exact=True).click()
    to_the_plan(page, size)
    expect(page.get_by_role("button", name="Save as PDF")).to_be_visible()
    expect(page.locator(".plan .row-drawing svg").first).to_be_visible()
    picture(page, f"{size}-outcome")
    page.locator(".plan").evaluate("node => node.scrollIntoView()")
    picture(page, f"{size}-plan")
    assert violations(page) == []
    for button, kind in (("Save as PDF", b"%PDF"), ("Add to calendar", b"BEGIN:VCALENDAR")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).first.click()
        assert download.value.path().read_bytes().startswith(kind)
    page.evaluate("() => { window.print = () => {}; }")
    page.get_by_role("button", name="Print").click()
    expect(page.locator(".print-page")).to_contain_text("Start with a plan at home")


def test_a_pop_typed_as_the_first_message_shows_the_emergency_card(server, page_for) -> None:
    for size in SIZES:
        page = sized(page_for, f"{server.url}/clinics/riverdale", size)
        start(page)
        say(page, "felt a pop, like someone kicked me, can't push off")
        expect(page.locator(".outcome")).to_contain_text("Get emergency care now")
        expect(page.locator(".clinic, .outcome ~ * .link-button")).to_have_count(0)
        picture(page, f"{size}-emergency")
        assert violations(page) == []


def test_an_offered_reading_is_picked_by_tapping(server, page_for) -> None:
    page = sized(page_for, server.url)
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Safety first")
    say(page, "the doodah running thing")
    expect(page.get_by_text("Did you mean one of these?")).to_be_visible()
    page.get_by_role("button", name="Can I keep running?").click()
    expect(page.get_by_text("It depends on how sore and stiff it is")).to_be_visible()
    asked(page, "Safety first")


def test_every_answered_question_can_be_opened_again(server, page_for) -> None:
    page = sized(page_for, server.url, "desk")
    start(page)
    to_the_plan(page)
    buttons = page.locator(".change")
    topics = [label.partition(": ")[2] for label in
              buttons.evaluate_all("nodes => nodes.map(n => n.getAttribute('aria-label'))")]  # fmt: skip
    assert len(topics) == 14
    for topic in topics:
        opened = page.locator(".screen").count()
        page.get_by_role("button", name=f"Change this answer: {topic}").last.click()
        expect(page.locator(".screen")).to_have_count(opened + 1)
        expect(question(page)).to_contain_text("So far you told me")


def test_a_changed_answer_replaces_the_outcome(server, page_for) -> None:
    page = sized(page_for, f"{server.url}/clinics/mimico")
    start(page)
    to_the_plan(page)
    page.get_by_role("button", name="Change this answer: When it started").click()
    asked(page, "So far you told me")
    picture(page, "phone-change")
    press(page, "More than 3 months ago")
    expect(page.locator(".outcome")).to_have_count(2)
    expect(page.locator(".outcome").first).to_contain_text("Replaced by a newer next step")
    expect(page.locator(".outcome").last).to_contain_text("Book an assessment")


def test_it_works_from_another_origin_under_the_two_lines_of_the_guide(
    server, clinic_page, page_for
) -> None:
    # The watch of every page allows the page's own host alone; here there are two, both known.
    page = page_for(clinic_page, hosts={server.url.removeprefix("http://")})
    start(page)
    press(page, "Yes, go ahead")
    asked(page, "Safety first")
    page.reload()
    asked(page, "Safety first")
    page.goto(f"{clinic_page}/?heel-chat-check")
    check = page.get_by_role("dialog", name="Heel chat check")
    expect(check).to_contain_text("The chat's server answers this page")
    expect(check).to_contain_text("The page's policy lets the chat in")


def test_a_page_that_the_server_does_not_know_is_told_so_by_the_check(server, page_for) -> None:
    handler = partial(_ClinicPage, server.url)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
        url = f"http://127.0.0.1:{http.server_address[1]}"
        page = page_for(f"{url}/?heel-chat-check", hosts={server.url.removeprefix("http://")})
        check = page.get_by_role("dialog", name="Heel chat check")
        expect(check).to_contain_text(f"Add {url} to its ALLOWED_ORIGINS")
        http.shutdown()


@pytest.mark.parametrize("path", ["strict", "hostile", "frame"])
def test_the_hard_pages_of_the_demo_lead_to_the_questions(server, page_for, path: str) -> None:
    page = sized(page_for, f"{server.url}/demo/{path}", "desk")
    page.get_by_role("button", name="Heel pain?").click()
    chat = page.frame_locator("heel-chat iframe") if path == "frame" else page
    chat.get_by_role("button", name="Start", exact=True).click()
    expect(chat.locator(".screen").last).to_contain_text("Is it OK")
    picture(page, f"desk-{path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/clinics/markham", "/plain"])
def test_the_pages_of_the_demo_are_accessible(server, page_for, path: str, scheme: str) -> None:
    page = sized(page_for, server.url + path, scheme=scheme)
    assert violations(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(wide) == 0
    if scheme == "light" and path == "/":
        page.set_viewport_size({"width": 1280, "height": 800})
        picture(page, "desk-page-home")


def test_the_plain_pages_lead_to_a_plan_without_javascript(server, page_for) -> None:
    page = sized(page_for, f"{server.url}/plain?clinic=mimico", java_script_enabled=False)

    def answer(words: str, *labels: str) -> None:
        expect(page.locator("fieldset")).to_contain_text(words)
        for label in labels:
            page.locator("fieldset").get_by_label(label, exact=True).first.check()
        page.get_by_role("button", name="Continue").click()

    page.get_by_role("button", name="Start").click()
    answer("Is it OK", "Yes, go ahead")
    answer("Safety first", "None of these")
    answer("How old", "18 to 39")
    expect(page.locator("fieldset")).to_contain_text("Where does it hurt")
    picture(page, "phone-plain")
    answer("Where does it hurt", "Achilles tendon, a few cm above the heel bone", "Left")
    answer("How did it start", "It built up over days or weeks")
    page.get_by_label("Or in your own words").fill("ten days ago")
    page.get_by_role("button", name="Continue").click()
    answer("Without testing it", "Push off hurts, but it is strong")
    for words in ("Do you have any of these now?", "medicines", "Do any of these fit you"):
        answer(words, "None of these")
    page.get_by_label("Or a number").fill("15")
    page.get_by_role("button", name="Continue").click()
    answer("how much does it hurt", "4")
    answer("the morning after", "No worse")
    answer("what changed in your training", "New or worn shoes")
    answer("Have you had this before", "First time")
    expect(page.get_by_role("heading", name="Start with a plan at home")).to_be_visible()
    page.get_by_role("button", name="Summary to print").click()
    expect(page.locator("body")).to_contain_text("Start with a plan at home")


def test_a_killed_server_loses_nothing_and_is_waited_for_in_sight(
    page_for, tmp_path_factory
) -> None:
    server = Server(Path(tmp_path_factory.mktemp("killed"))).start()
    try:
        page = sized(page_for, server.url)
        start(page)
        press(page, "Yes, go ahead")
        asked(page, "Safety first")
        server.kill()
        tick(page, "None of these")
        press(page, "Continue")
        expect(page.locator(".visitor.unsent")).to_contain_text("Not sent yet. Trying again…")
        expect(page.locator(".offline")).to_contain_text("Call 911")
        picture(page, "phone-offline")
        server.start()
        expect(question(page)).to_contain_text("How old", timeout=15_000)
        expect(page.locator(".unsent, .offline")).to_have_count(0)
        page.reload()
        asked(page, "How old")
        said = page.locator(".visitor .bubble").all_text_contents()
        assert said == ["You: Yes, go ahead", "You: None of these"]
        menu(page, "Delete my chat")
        page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
        expect(page.get_by_role("heading", name="Your chat was deleted")).to_be_visible()
        assert re.search(r"receipt", page.locator(".receipt").inner_text())
        picture(page, "phone-deleted")
    finally:
        server.stop()


def test_nothing_that_only_a_picture_shows_is_missing_in_forced_colours(server, page_for) -> None:
    page = sized(page_for, server.url, forced_colors="active")
    start(page)
    to_the_plan(page)
    assert violations(page) == []
