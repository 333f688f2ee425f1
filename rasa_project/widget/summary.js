/** The visitor's summary to take along: printed, as a PDF, or as text. */

import { summaryAs } from "./api.js";
import { byId, el } from "./dom.js";
import { session } from "./session.js";
import { WORDS } from "./words.js";

const MADE_LAST_MS = 60_000;

export function summaryActions() {
  return el("div", { class: "row actions" },
    button(WORDS.print, "text/html", print),
    button(WORDS.savePdf, "application/pdf", save),
    button(WORDS.copy, "text/plain", copy));
}

/**
 * @param {string} label @param {string} accept
 * @param {(made: Blob) => Promise<void>} use
 */
function button(label, accept, use) {
  const status = byId("status");
  return el("button", { type: "button", class: "quiet", text: label, on: { click: async () => {
    status.textContent = WORDS.making;
    try {
      const made = await summaryAs(accept);
      status.textContent = "";
      await use(made);
    } catch {
      status.textContent = WORDS.noSummary;
    }
  } } });
}

/** @param {Blob} made */
async function save(made) {
  const address = URL.createObjectURL(made);
  el("a", { href: address, download: WORDS.fileName(session.current?.reference ?? "") }).click();
  setTimeout(() => URL.revokeObjectURL(address), MADE_LAST_MS);
}

/** @param {Blob} made */
async function copy(made) {
  const text = await made.text();
  try {
    await navigator.clipboard.writeText(text);
    byId("status").textContent = WORDS.copied;
  } catch {
    byHand(text);
  }
}

/** Where the clipboard is out of reach, as on plain http pages. @param {string} text */
function byHand(text) {
  const box = /** @type {HTMLTextAreaElement} */ (
    el("textarea", { class: "by-hand", rows: 8, readonly: true, "aria-label": WORDS.copyTitle }));
  box.value = text;
  const dialog = /** @type {HTMLDialogElement} */ (
    el("dialog", { class: "ask", "aria-label": WORDS.copyTitle },
      el("p", { text: WORDS.copyByHand }), box,
      el("button", { type: "button", class: "main-action", text: WORDS.done,
        on: { click: () => dialog.close() } })));
  dialog.addEventListener("close", () => dialog.remove());
  byId("panel").append(dialog);
  dialog.showModal();
  box.select();
}

/**
 * Prints the summary alone, in place of the page: no window to be blocked, and no style that a
 * strict policy would refuse.
 * @param {Blob} made
 */
async function print(made) {
  const page = new DOMParser().parseFromString(await made.text(), "text/html");
  for (const unwanted of page.querySelectorAll("style, script, link")) unwanted.remove();
  const sheet = el("div", { class: "print-page" }, ...page.body.childNodes);
  const hide = new CSSStyleSheet();
  hide.replaceSync("@media print{body>:not(heel-chat){display:none!important}}");
  const panel = byId("panel");
  const clear = () => {
    sheet.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((held) => held !== hide);
  };
  panel.after(sheet);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hide];
  addEventListener("afterprint", clear, { once: true });
  globalThis.print();
}
