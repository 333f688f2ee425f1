/** The visitor's summary to take along: printed, as a PDF, or as text. */

import { summaryAs } from "./api.js";
import { byId, el } from "./dom.js";
import { session } from "./session.js";

const TAKE_WORDS = {
  print: "Print",
  savePdf: "Save as PDF",
  copy: "Copy as text",
  copied: "Copied.",
  copyTitle: "Your summary",
  copyByHand: "Select the text and copy it.",
  done: "Done",
  calendar: "Add to calendar",
  making: "Getting your summary…",
  noSummary: "The summary could not be fetched just now. Please try again.",
  pdf: (/** @type {string} */ code) => `heel-pain-summary-${code}.pdf`,
  ics: "heel-pain-check.ics",
};

const MADE_LAST_MS = 60_000;

export function summaryActions() {
  return el("div", { class: "row actions" },
    button(TAKE_WORDS.print, "text/html", print),
    button(TAKE_WORDS.savePdf, "application/pdf", async (made) =>
      save(made, TAKE_WORDS.pdf(session.current?.reference ?? ""))),
    button(TAKE_WORDS.copy, "text/plain", copy));
}

/**
 * @param {string} label @param {string} accept
 * @param {(made: Blob) => Promise<void>} use
 */
function button(label, accept, use) {
  const status = byId("status");
  return el("button", { type: "button", class: "quiet", text: label, on: { click: async () => {
    status.textContent = TAKE_WORDS.making;
    try {
      const made = await summaryAs(accept);
      status.textContent = "";
      await use(made);
    } catch {
      status.textContent = TAKE_WORDS.noSummary;
    }
  } } });
}

/** The two-week check, for the visitor's own calendar. */
export function calendarAction() {
  return button(TAKE_WORDS.calendar, "text/calendar", async (made) => save(made, TAKE_WORDS.ics));
}

/** @param {Blob} made @param {string} name */
function save(made, name) {
  const address = URL.createObjectURL(made);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), MADE_LAST_MS);
}

/** @param {Blob} made */
async function copy(made) {
  const text = await made.text();
  try {
    await navigator.clipboard.writeText(text);
    byId("status").textContent = TAKE_WORDS.copied;
  } catch {
    byHand(text);
  }
}

/** Where the clipboard is out of reach, as on plain http pages. @param {string} text */
function byHand(text) {
  const box = /** @type {HTMLTextAreaElement} */ (
    el("textarea", { class: "by-hand", rows: 8, readonly: true, "aria-label": TAKE_WORDS.copyTitle }));
  box.value = text;
  const dialog = /** @type {HTMLDialogElement} */ (
    el("dialog", { class: "ask", "aria-label": TAKE_WORDS.copyTitle },
      el("p", { text: TAKE_WORDS.copyByHand }), box,
      el("button", { type: "button", class: "main-action", text: TAKE_WORDS.done,
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
