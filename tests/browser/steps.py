"""What a visitor does on the chat page, as short steps for the tests to read."""

from playwright.sync_api import Locator, Page, expect

CONSENT = "Is it OK if I ask you some health questions?"


LAUNCH = "Heel pain? Find your next step"


def open_chat(page: Page) -> None:
    """Presses the button on the clinic's page and waits for the panel."""
    page.get_by_role("button", name=LAUNCH).click()
    expect(page.get_by_role("dialog", name="Heel and Achilles pain")).to_be_visible()


def start(page: Page) -> None:
    """Opens the chat, presses Start and waits for the first question."""
    open_chat(page)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(question(page)).to_contain_text(CONSENT)


def question(page: Page) -> Locator:
    """The newest question with its controls."""
    return page.locator(".screen").last


def asked(page: Page, words: str) -> Locator:
    """Waits until the newest question holds these words, and gives it."""
    expect(question(page)).to_contain_text(words)
    return question(page)


def press(page: Page, name: str) -> None:
    """Presses a button of the newest question."""
    question(page).get_by_role("button", name=name, exact=True).click()


def tick(page: Page, *labels: str) -> None:
    """Ticks boxes or radios of the newest question."""
    for label in labels:
        question(page).get_by_label(label, exact=True).check()


def say(page: Page, text: str) -> None:
    """Types into the message box and presses Enter."""
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def tab_to(page: Page, target: Locator, limit: int = 60) -> None:
    """Presses Tab until the target has focus, as somebody without a mouse does."""
    for _ in range(limit):
        if target.evaluate("node => node === node.getRootNode().activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab did not reach {target} in {limit} steps")


def press_by_key(page: Page, name: str, key: str = "Enter") -> None:
    """Reaches a button of the newest question by Tab and presses it."""
    tab_to(page, question(page).get_by_role("button", name=name, exact=True))
    page.keyboard.press(key)


def tick_by_key(page: Page, *labels: str) -> None:
    """Reaches boxes by Tab and ticks them with Space."""
    for label in labels:
        tab_to(page, question(page).get_by_label(label, exact=True))
        page.keyboard.press("Space")


def sideways(page: Page) -> int:
    """How many CSS pixels the page, or anything of the chat in it, can be scrolled sideways."""
    return page.evaluate("""() => {
      const inside = document.querySelector("heel-chat").shadowRoot.querySelectorAll("*");
      return Math.max(...[document.documentElement, ...inside]
        .filter((node) => node.checkVisibility?.() && !node.matches(".hidden, input, textarea, svg *"))
        .filter((node) => getComputedStyle(node).display !== "inline")
        .map((node) => node.scrollWidth - node.clientWidth - (node.clientWidth ? 0 : node.scrollWidth)));
    }""")


def menu(page: Page, name: str) -> None:
    """Chooses something in the menu."""
    page.get_by_role("button", name="Options").click()
    page.locator("#menu").get_by_role("button", name=name).click()
