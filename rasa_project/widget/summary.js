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
  // Even unused, an inline style would be an offence against a strict policy.
  const html = (await made.text()).replace(/<style[^]*?<.style>/g, "");
  const page = new DOMParser().parseFromString(html, "text/html");
  const sheet = el("div", { class: "print-page" }, ...page.body.childNodes);
  const look = new CSSStyleSheet();
  look.replaceSync(ownLook(await made.text()));
  const hide = new CSSStyleSheet();
  hide.replaceSync("@media print{body>:not(heel-chat){display:none!important}}");
  const panel = byId("panel");
  const root = /** @type {Document | ShadowRoot} */ (panel.getRootNode());
  const clear = () => {
    sheet.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((held) => held !== look);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((held) => held !== hide);
  };
  panel.after(sheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, look];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hide];
  addEventListener("afterprint", clear, { once: true });
  globalThis.print();
}

/**
 * The summary's own style, for its sheet alone and on paper alone. As a sheet made by script it is
 * allowed where a strict policy refuses the element that it came in.
 * @param {string} html
 */
function ownLook(html) {
  const style = /<style>([^]*?)<.style>/.exec(html)?.[1] ?? "";
  return `@media print{${style.replace(/^( *)(:root|body) /gm, "$1.print-page ")}}`;
}
