/** Everything of the chat log that is not a question: bubbles, notices and the closing cards. */

import { callBackForm } from "./callback.js";
import { asLines, el, freshId, icon } from "./dom.js";
import { drawing } from "./drawing.js";
import { LEVELS, WORDS } from "./words.js";

/** @typedef {import("./api.js").ChatEvent} ChatEvent */

/**
 * Draws one event of the guide that is not a question.
 * @param {ChatEvent} event
 * @param {(label: string) => void} say Says an offered reading as if it were typed.
 */
export function drawEvent(event, say) {
  if (event.type === "outcome") return outcome(event);
  if (event.type === "plan") return plan(event);
  if (event.type === "clinic") return clinic(event);
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
      made.forEach((button) => { button.disabled = true; });
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

/** What the server says when it cannot take a message. @param {string} text */
export function troubleNotice(text) {
  return line(text, "bot notice error", WORDS.guide);
}

/**
 * For when the chat cannot be used at all: the signs come with the page itself.
 * @param {string} said The server's words, if it still had any.
 * @param {string | null} phone The clinic's, if known.
 * @param {() => void} retry
 */
export function offlineCard(said, phone, retry) {
  const signs = document.getElementById("signs")?.cloneNode(true);
  if (signs instanceof HTMLElement) signs.removeAttribute("id");
  const card = titled("card offline", WORDS.offlineTitle, null);
  card.append(
    ...paragraphs(said),
    el("p", { text: WORDS.offline }),
    ...(signs ? [signs] : []),
    phone ? phoneLink(phone) : el("p", { text: WORDS.callClinic }),
    action(WORDS.tryAgain, retry),
  );
  return card;
}

/** @param {string} title @param {string} text @param {() => void} startAgain */
export function closedCard(title, text, startAgain) {
  const card = titled("card", title, null);
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

/** @param {ChatEvent} event */
function outcome(event) {
  const level = LEVELS[event.level] ?? LEVELS.PROMPT;
  const card = titled(`card outcome level-${safeName(event.level)}`, level.words, icon(level.shape));
  const unsaid = unsaidIn(event.text);
  if (event.revised) card.append(el("p", { class: "revised", text: WORDS.revised }));
  card.append(
    ...paragraphs(event.text),
    ...section(WORDS.because, unsaid(event.because)),
    ...section(WORDS.unless, unsaid(event.unless)),
    ...section(WORDS.safetyNet, unsaid(event.safety_net)),
    ...rules(event.rules),
    ...rulesVersion(event.protocol),
  );
  return card;
}

/** Marks an outcome as overtaken, in words. @param {HTMLElement} card */
export function markReplaced(card) {
  if (card.classList.contains("replaced")) return;
  card.classList.add("replaced");
  card.prepend(el("p", { class: "revised", text: WORDS.replaced }));
}

/** @param {{id: string, source?: string, facts?: {quote?: string}[]}[] | undefined} fired */
function rules(fired) {
  if (!fired?.length) return [];
  const lines = fired.map((rule) => {
    const quotes = (rule.facts ?? []).map((fact) => fact.quote).filter(Boolean);
    const parts = [rule.id, ...quotes.map((quote) => WORDS.yourWords(String(quote))),
      ...asLines(rule.source)];
    return el("li", { text: parts.join(" · ") });
  });
  return [el("details", { class: "why" }, el("summary", { text: WORDS.rules }),
    el("ul", {}, ...lines))];
}

/** @param {{version?: string, signed?: boolean} | undefined} protocol */
function rulesVersion(protocol) {
  if (!protocol?.version) return [];
  const text = WORDS.version(protocol.version, protocol.signed === true);
  return [el("p", { class: "small", text })];
}

/**
 * @typedef {{what: string, dose?: string, note?: string, group?: string, drawing?: string}} PlanRow
 */

/** @param {ChatEvent} event */
function plan(event) {
  const card = titled("card plan", event.title || WORDS.plan, null);
  const unsaid = unsaidIn(event.text);
  /** @type {PlanRow[]} */
  const rows = event.rows ?? [];
  // The text alone holds the whole plan; beside the rows it would say everything twice.
  const repeated = rows.length > 0 && event.text.includes(rows[0].what);
  card.append(...paragraphs(repeated ? event.lead : event.text), ...planGroups(rows));
  card.append(...section(event.stop_title || WORDS.stopIf,
    repeated ? asLines(event.stop_if) : unsaid(event.stop_if)));
  if (event.review) card.append(...paragraphs(event.review));
  else if (event.review_on) {
    const day = el("time", { datetime: event.review_on, text: longDate(event.review_on) });
    card.append(el("p", {}, WORDS.reviewOn, el("strong", {}, day), "."));
  }
  return card;
}

/** Rows under the headings of their groups. @param {PlanRow[]} rows @returns {HTMLElement[]} */
function planGroups(rows) {
  const starts = rows.flatMap((row, i) => i === 0 || row.group !== rows[i - 1].group ? [i] : []);
  return starts.flatMap((start, n) => {
    const list = el("ul", { class: "plan-rows" }, ...rows.slice(start, starts[n + 1]).map(planRow));
    return rows[start].group ? [el("h3", { text: rows[start].group }), list] : [list];
  });
}

/** @param {PlanRow} row */
function planRow(row) {
  return el("li", {}, el("strong", { text: row.what }), drawing(row.drawing),
    row.dose ? el("span", { text: row.dose }) : null,
    row.note ? el("span", { class: "small", text: row.note }) : null);
}

/** @param {ChatEvent} event */
function clinic(event) {
  const card = titled("card clinic", event.name || WORDS.clinic, null);
  const unsaid = unsaidIn(event.text);
  card.append(...paragraphs(event.text));
  if (typeof event.distance_km === "number" && !/\bkm\b/.test(event.text)) {
    card.append(el("p", { text: WORDS.about(Math.max(1, Math.round(event.distance_km))) }));
  }
  const links = [event.phone && phoneLink(event.phone, event.tel), bookingLink(event.booking_url)];
  card.append(el("div", { class: "row" }, ...links.filter(Boolean)));
  card.append(...section(WORDS.hours, unsaid(event.hours)));
  card.append(...section(WORDS.otherClinics, unsaid(event.alternatives)));
  card.append(callBackForm(event) ?? "");
  return card;
}

/** @param {string} phone @param {string} [link] How to dial it, extension and all. */
function phoneLink(phone, link) {
  const href = link?.startsWith("tel:") ? link : `tel:${phone.replace(/[^\d+]/g, "")}`;
  return el("a", { class: "link-button", href, text: WORDS.call(phone) });
}

/** Only a web address becomes a link. @param {unknown} address */
function bookingLink(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return null;
  return el("a", { class: "link-button", href: address, target: "_blank",
    rel: "noopener noreferrer", text: WORDS.book });
}

/** @param {string} className @param {string} title @param {SVGElement | null} drawing */
function titled(className, title, drawing) {
  const id = freshId("card");
  return el("div",
    { class: `event ${className}`, role: "group", "aria-labelledby": id, tabindex: -1 },
    el("h2", { id }, drawing, el("span", { text: title })));
}

/** @param {string} title @param {string[]} lines @returns {HTMLElement[]} */
function section(title, lines) {
  if (!lines.length) return [];
  const body = lines.length === 1
    ? paragraphs(lines[0]) : [el("ul", {}, ...lines.map((text) => el("li", { text })))];
  return [el("h3", { text: title }), ...body];
}

/** @param {string} text @returns {HTMLElement[]} */
function paragraphs(text) {
  const parts = (text ?? "").split(/\n{2,}/).filter(Boolean);
  return parts.map((part) => el("p", { class: "lines", text: part }));
}

/**
 * The text of an event is complete by itself; this finds what it has not said yet.
 * @param {string} text
 * @returns {(value: unknown) => string[]}
 */
function unsaidIn(text) {
  return (value) => asLines(value).filter((line) => !text.includes(line));
}

/** @param {string} label @param {() => void} act */
function action(label, act) {
  return el("button", { type: "button", class: "main-action", text: label, on: { click: act } });
}

/** A name fit for a class. @param {unknown} name */
function safeName(name) {
  return String(name ?? "").toLowerCase().replace(/[^a-z_]/g, "");
}

/** Times of the contract in the visitor's own clock; anything else as it is. @param {string} value */
function readable(value) {
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return value;
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "long", timeStyle: "short" }).format(time);
}

/** @param {string} day ISO date. */
function longDate(day) {
  const date = new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "long", timeZone: "UTC" }).format(date);
}
