/** Cards for when the chat cannot go on: no server, a chat that is over, a chat that is deleted. */

import { action, list, paragraphs, phoneLink, titled } from "./card_parts.js";
import { BUNDLED } from "./bundled.js";
import { el } from "./dom.js";
import { setup } from "./setup.js";
import { WORDS } from "./words.js";

/**
 * For when the chat cannot be used at all: the signs came with the loader.
 * @param {string} said The server's words, if it still had any.
 * @param {string | null | undefined} phone The clinic's, if known.
 * @param {() => void} retry
 */
export function offlineCard(said, phone, retry) {
  const words = setup().card;
  const card = titled("card offline", words.title);
  const call = el("a", { class: "link-button", href: "tel:911", text: WORDS.call("911") });
  card.append(
    ...paragraphs(said),
    el("p", { text: `${WORDS.kept} ${words.lead}` }),
    ...[...words.parts, BUNDLED.urgent].flatMap(({ heading, signs }, i) => [
      el("h4", { text: heading }), ...(i ? [] : [call]), list(signs)]),
    el("p", { text: words.nurse }),
    phone ? phoneLink(phone) : el("p", { text: words.clinic }),
    action(WORDS.tryAgain, retry),
  );
  return card;
}

/**
 * Whom to talk to, before there is a chat to ask in.
 * @param {string | undefined} phone The clinic's, if known.
 */
export function personCard(phone) {
  const words = setup().card;
  const card = titled("card", WORDS.person);
  card.append(phone ? phoneLink(phone) : el("p", { text: words.clinic }),
    el("p", { text: words.nurse }));
  return card;
}

/** @param {string} title @param {string} text @param {() => void} startAgain */
export function closedCard(title, text, startAgain) {
  const card = titled("card", title);
  card.append(el("p", { text }), action(WORDS.newChat, startAgain));
  return card;
}

/**
 * Proof that a chat was deleted.
 * @param {Record<string, unknown>} receipt As the server gave it.
 * @param {() => void} startAgain
 */
export function receiptCard(receipt, startAgain) {
  const rows = flatten(receipt).flatMap(([name, value]) => [
    el("dt", { text: name.replaceAll("_", " ") }), el("dd", { text: value }),
  ]);
  const card = closedCard(WORDS.deletedTitle, WORDS.deleted, startAgain);
  card.insertBefore(el("dl", { class: "receipt" }, ...rows), card.lastElementChild);
  return card;
}

/** @param {Record<string, unknown>} held @returns {[string, string][]} */
function flatten(held) {
  return Object.entries(held).flatMap(([name, value]) => {
    // "deleted: true" is what the heading says.
    if (value === null || value === undefined || typeof value === "boolean") return [];
    if (typeof value !== "object") return [[name, readable(String(value))]];
    return flatten(/** @type {Record<string, unknown>} */ (value));
  });
}

/** Times of the contract in the visitor's own clock; anything else as it is. @param {string} value */
function readable(value) {
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return value;
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "long", timeStyle: "short" }).format(time);
}
