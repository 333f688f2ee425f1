/** What is said in the log: the guide's lines, the visitor's words, and what became of them. */

import { safeName } from "./card_parts.js";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

/**
 * A line or a notice of the guide.
 * @param {import("./api.js").ChatEvent} event
 * @param {(label: string) => void} say Says an offered reading as if it were typed.
 */
export function guideLine(event, say) {
  const kind = event.type === "notice" ? ` notice ${safeName(event.kind)}` : "";
  const drawn = line(event.text, `bot${kind}`, WORDS.guide);
  if (event.options?.length) drawn.append(readings(event.options, say));
  return drawn;
}

/**
 * What an unclear message may have meant. The question below stays the one to answer.
 * @param {{label: string}[]} options @param {(label: string) => void} say
 */
function readings(options, say) {
  const made = options.map(({ label }) => el("button", { type: "button", class: "answer",
    text: label, on: { click: () => {
      for (const button of made) button.setAttribute("disabled", "");
      say(label);
    } } }));
  return el("div", { class: "buttons" }, ...made);
}

/** @param {string} text @param {string} className @param {string} speaker Read out only. */
function line(text, className, speaker) {
  return el("div", { class: `event ${className}` },
    el("p", { class: "bubble" }, el("span", { class: "hidden", text: speaker }), text));
}

/** The visitor's words, with room for what became of them. @param {string} text */
export function visitorBubble(text) {
  const bubble = line(text, "visitor", WORDS.you);
  bubble.tabIndex = -1;
  bubble.append(el("p", { class: "fate" }));
  return bubble;
}

/**
 * Says what became of a message.
 * @param {HTMLElement} bubble @param {string} text Empty when it arrived.
 * @param {(() => void) | null} [retry] Offers to try again.
 */
export function setFate(bubble, text, retry = null) {
  const button = retry && el("button",
    { type: "button", class: "retry", text: WORDS.tryAgain, on: { click: retry } });
  bubble.querySelector(".fate")?.replaceChildren(text, ...(button ? [" ", button] : []));
  bubble.classList.toggle("unsent", Boolean(button));
}

/**
 * Offers to change the answer that a bubble gave.
 * @param {HTMLElement} bubble @param {string} topic Short name of its question.
 * @param {() => void} change
 */
export function offerChange(bubble, topic, change) {
  bubble.append(el("button", { type: "button", class: "change", text: WORDS.change,
    "aria-label": WORDS.changeLabel(topic), on: { click: change } }));
}

/** What the server says when it cannot take a message. @param {string} text */
export function troubleNotice(text) {
  return line(text, "bot notice error", WORDS.guide);
}
