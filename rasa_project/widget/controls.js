/** The fixed controls of the panel: the message box, the menu, the text size, "are you sure?". */

import { byId } from "./dom.js";
import { session } from "./session.js";
import { WORDS } from "./words.js";

const COUNT_FROM = 1_800;

/** Enter sends, Shift+Enter breaks the line. @param {(text: string) => void} send */
export function onTyping(send) {
  const form = /** @type {HTMLFormElement} */ (byId("composer"));
  const box = /** @type {HTMLTextAreaElement} */ (byId("words"));
  const submit = () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    byId("count").textContent = "";
    send(text);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("keydown", (event) => {
    // Enter also ends a word that an input method is still composing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", () => {
    const { length } = box.value;
    byId("count").textContent = length >= COUNT_FROM ? WORDS.left(box.maxLength - length) : "";
  });
}

/** Opens and shuts the menu; choosing something in it shuts it too. */
export function onMenu() {
  const [menu, more] = [byId("menu"), byId("more")];
  const turn = (/** @type {boolean} */ open) => {
    menu.hidden = !open;
    more.setAttribute("aria-expanded", String(open));
  };
  more.addEventListener("click", () => turn(menu.hidden));
  menu.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement && target.id !== "larger") turn(false);
  });
  more.parentElement?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.stopPropagation();
    event.preventDefault();
    turn(false);
    more.focus();
  });
  byId("scroll").addEventListener("pointerdown", () => turn(false));
}

export function onLargerText() {
  const button = byId("larger");
  const turn = (/** @type {boolean} */ larger) => {
    byId("panel").classList.toggle("larger", larger);
    button.setAttribute("aria-pressed", String(larger));
  };
  button.addEventListener("click", () => {
    const larger = button.getAttribute("aria-pressed") !== "true";
    turn(larger);
    session.keep({ larger });
  });
  turn(Boolean(session.current?.larger));
}

/**
 * Asks before something that cannot be undone.
 * @param {string} title @param {string} text @param {string} yes Words of the button.
 * @param {() => void} onYes
 */
export function question(title, text, yes, onYes) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("ask"));
  byId("ask-title").textContent = title;
  byId("ask-text").textContent = text;
  byId("ask-yes").textContent = yes;
  byId("ask-yes").onclick = () => {
    dialog.close();
    onYes();
  };
  byId("ask-no").onclick = () => dialog.close();
  dialog.showModal();
}
