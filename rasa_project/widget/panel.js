/** The panel: mounted once when the visitor first opens the chat, then shown and hidden. */

import { serverAt } from "./api.js";
import { BUNDLED } from "./bundled.js";
import { Chat } from "./chat.js";
import { onLargerText, onMenu, onTyping, question } from "./controls.js";
import { byId, focused, liveIn } from "./dom.js";
import { session } from "./session.js";
import { setUp } from "./setup.js";
import { shell } from "./shell.js";
import { WORDS } from "./words.js";

const PHONE = "(max-width: 599px), (max-height: 479px)";

/**
 * @typedef {{heading: string, signs: string[]}} CardPart
 * @typedef {{title: string, lead: string, today: string, nurse: string, clinic: string, parts: CardPart[]}} Card
 * @typedef {object} Config
 * @property {string} base Address of the chat's server, with a slash at the end.
 * @property {string} clinic Slug of the page's clinic, or empty.
 * @property {string | undefined} phone The clinic's phone, if known.
 * @property {Card} card The signs that need care now; its one part is for emergencies.
 * @property {string} label Words of the button on the page.
 * @property {boolean} inner Whether the page is nothing but the chat.
 * @property {(css: string) => void} dress Adds a style sheet, also under a strict policy.
 * @property {(back: string, dark?: boolean) => string} fit The clinic's colour, as it can be read on
 *     a background.
 * @property {(name: string, hash?: string) => Promise<any>} bring Fetches one more module; its
 *     content is checked against the hash before it runs.
 * @property {() => void} closed To call when the panel has closed.
 */

/**
 * @param {ShadowRoot} root @param {Config} config
 * @returns {{open: () => void}}
 */
export function mount(root, config) {
  liveIn(root);
  setUp(config);
  serverAt(config.base);
  config.dress(BUNDLED.css);
  const panel = shell();
  panel.classList.toggle("inner", config.inner);
  root.append(panel);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    panel.style.setProperty("--accent", dark.matches ? config.fit("#1a2221", true) : config.fit("#fff"));
    // The other side of a pair of at least 4.6 to 1.
    panel.style.setProperty("--on-accent", dark.matches ? "#000" : "#fff");
  };
  paint();
  dark.addEventListener("change", paint);
  const chat = new Chat();
  const phone = matchMedia(PHONE);
  const place = () => {
    // On a phone the chat is all there is; beside a wide page it leaves the page usable.
    if (phone.matches && !config.inner) panel.showModal();
    else panel.show();
  };
  phone.addEventListener("change", () => {
    if (!panel.open) return;
    const active = focused();
    panel.close();
    place();
    if (active instanceof HTMLElement) active.focus();
  });
  const onClose = () => {
    // Only moved from beside the page to over it, or back.
    if (panel.open) return;
    session.keep({ open: false });
    config.closed();
  };
  panel.addEventListener("close", onClose);
  // Inside of a frame there is nothing behind the chat: the page around it puts the frame away.
  const shut = () => (config.inner ? config.closed() : panel.close());
  wire(panel, chat, shut);
  fitKeyboard(panel);
  void chat.arrive();
  onLargerText();
  return {
    open() {
      if (panel.open) return;
      place();
      byId("title").focus();
      session.keep({ open: true });
      void chat.catchUp();
    },
  };
}

/** @param {HTMLDialogElement} panel @param {Chat} chat @param {() => void} shut */
function wire(panel, chat, shut) {
  byId("start").addEventListener("click", () => void chat.begin());
  byId("again").addEventListener("click", () =>
    question(WORDS.againTitle, WORDS.again, WORDS.againYes, () => chat.restart()));
  byId("delete").addEventListener("click", () =>
    question(WORDS.deleteTitle, WORDS.delete, WORDS.deleteYes, () => void chat.remove()));
  byId("person").addEventListener("click", () => chat.person());
  byId("close").addEventListener("click", shut);
  onTyping((text) => chat.type(text));
  onMenu();
  panel.addEventListener("keydown", (event) => {
    // A modal dialog shuts by itself; the other kind is ours to shut.
    if (event.key !== "Escape" || event.defaultPrevented || panel.matches(":modal")) return;
    if (!event.composedPath().some((node) => node instanceof HTMLElement && node.id === "ask")) {
      shut();
    }
  });
  addEventListener("online", () => chat.retry());
  // A phone that wakes up, and a page that the back button brings back as it was.
  document.addEventListener("visibilitychange", () => wake(chat));
  addEventListener("pageshow", () => wake(chat));
  document.addEventListener("resume", () => wake(chat));
}

/** @param {Chat} chat */
function wake(chat) {
  if (document.visibilityState !== "visible") return;
  chat.retry();
  void chat.catchUp();
}

/** Keeps the message box above a phone's keyboard. @param {HTMLElement} panel */
function fitKeyboard(panel) {
  const view = globalThis.visualViewport;
  const fit = () => {
    // A page that the visitor has enlarged is not a keyboard.
    if (!view || view.scale !== 1) return;
    panel.style.setProperty("--seen", `${Math.round(view.height)}px`);
    panel.style.setProperty("--above", `${Math.round(view.offsetTop)}px`);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);
}

/**
 * For the clinic's web person: looks at the page and says in words what it finds.
 * @param {Config["bring"]} bring @param {ShadowRoot} root @param {HTMLScriptElement} tag
 */
export async function check(bring, root, tag) {
  (await bring("check.js", BUNDLED.hashes["check.js"])).report(root, tag);
}
