/** The panel around the chat: title, controls, the 911 line, first screen, log, message box. */

import { BUNDLED } from "./bundled.js";
import { el, icon } from "./dom.js";
import { SHAPES, WORDS } from "./words.js";

/** @returns {HTMLDialogElement} Everything the panel shows, before the chat begins. */
export function shell() {
  return /** @type {HTMLDialogElement} */ (
    el("dialog", { class: "panel", id: "panel", "aria-labelledby": "title" },
      top(),
      el("p", { class: "emergency-line" }, el("strong", { text: WORDS.emergency }), WORDS.call911[0],
        el("a", { href: "tel:911", text: "911" }), WORDS.call911[1]),
      el("div", { class: "scroll", id: "scroll" },
        intro(),
        el("div", { id: "log", role: "log", "aria-label": WORDS.log, "aria-live": "off" })),
      compose(),
      ask(),
    )
  );
}

function top() {
  return el("div", { class: "top" },
    el("h2", { id: "title", tabindex: -1, text: WORDS.title }),
    control("more", WORDS.options, { "aria-expanded": "false", "aria-controls": "menu" }, SHAPES.menu),
    control("close", WORDS.close, {}, SHAPES.close),
    el("div", { class: "menu", id: "menu", hidden: true },
      el("p", { id: "reference", hidden: true }),
      control("larger", WORDS.larger, { "aria-pressed": "false" }),
      control("person", WORDS.person),
      control("again", WORDS.againYes, { hidden: true }),
      control("delete", WORDS.deleteChat, { hidden: true }),
      el("p", { class: "small", text: BUNDLED.privacy.credits })));
}

/**
 * @param {string} id @param {string} label
 * @param {Record<string, unknown>} [more] @param {string[]} [shape] Drawn in place of the label.
 */
function control(id, label, more = {}, shape) {
  const named = shape ? { class: "round", "aria-label": label, title: label } : { text: label };
  return el("button", { type: "button", id, ...named, ...more }, shape && icon(shape));
}

function intro() {
  const { title, points, start } = BUNDLED.privacy;
  return el("section", { class: "intro", id: "intro", "aria-labelledby": "intro-title" },
    el("h3", { id: "intro-title", text: title }),
    el("ul", {}, ...points.map((point) => el("li", {}, ...emphasised(point)))),
    el("p", { class: "small", text: start }),
    el("button", { type: "button", id: "start", class: "main-action", text: WORDS.start }));
}

/** Text in which `**` sets apart what is strong. @param {string} text @returns {Node[]} */
function emphasised(text) {
  return text.split("**").map((part, i) => (
    i % 2 ? el("strong", { text: part }) : document.createTextNode(part)));
}

function compose() {
  return el("div", { class: "compose" },
    el("p", { id: "status", class: "status", role: "status" }),
    el("form", { id: "composer", autocomplete: "off", hidden: true },
      el("label", { for: "words", class: "hidden", text: WORDS.yourMessage }),
      el("textarea", { id: "words", rows: 1, maxlength: 2000, enterkeyhint: "send",
        placeholder: WORDS.placeholder, "aria-describedby": "count" }),
      el("button", { type: "submit", class: "main-action", text: WORDS.send }),
      el("p", { id: "count", class: "count" })));
}

function ask() {
  return el("dialog", { id: "ask", class: "ask", "aria-labelledby": "ask-title",
    "aria-describedby": "ask-text" },
  el("h2", { id: "ask-title" }), el("p", { id: "ask-text", class: "lines" }),
  el("div", { class: "row" },
    el("button", { type: "button", id: "ask-yes", class: "main-action" }),
    el("button", { type: "button", id: "ask-no", autofocus: true, text: WORDS.cancel })));
}
