/** Pieces that the cards of the log are made of. */

import { asLines, el, freshId } from "./dom.js";
import { WORDS } from "./words.js";

/** @param {string} className @param {string} title @param {SVGElement | null} [drawing] */
export function titled(className, title, drawing = null) {
  const id = freshId("card");
  return el("div",
    { class: `event ${className}`, role: "group", "aria-labelledby": id, tabindex: -1 },
    el("h3", { id }, drawing, el("span", { text: title })));
}

/** @param {string} title @param {string[]} lines @returns {HTMLElement[]} */
export function section(title, lines) {
  if (!lines.length) return [];
  const body = lines.length === 1 ? paragraphs(lines[0]) : [list(lines)];
  return [el("h4", { text: title }), ...body];
}

/** @param {string[]} lines */
export function list(lines) {
  return el("ul", {}, ...lines.map((text) => el("li", { text })));
}

/** @param {string} text @returns {HTMLElement[]} */
export function paragraphs(text) {
  const parts = (text ?? "").split(/\n{2,}/).filter(Boolean);
  return parts.map((part) => el("p", { class: "lines", text: part }));
}

/**
 * The text of an event is complete by itself; this finds what it has not said yet.
 * @param {string} text
 * @returns {(value: unknown) => string[]}
 */
export function unsaidIn(text) {
  return (value) => asLines(value).filter((line) => !text.includes(line));
}

/** @param {string} label @param {() => void} act */
export function action(label, act) {
  return el("button", { type: "button", class: "main-action", text: label, on: { click: act } });
}

/** @param {string} phone @param {string} [link] How to dial it, extension and all. */
export function phoneLink(phone, link) {
  const href = link?.startsWith("tel:") ? link : `tel:${phone.replace(/[^\d+]/g, "")}`;
  return el("a", { class: "link-button", href, text: WORDS.call(phone) });
}

/** A name fit for a class. @param {unknown} name */
export function safeName(name) {
  return String(name ?? "").toLowerCase().replace(/[^a-z_]/g, "");
}

/** @param {string} day ISO date. */
export function longDate(day) {
  const date = new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "long", timeZone: "UTC" }).format(date);
}
