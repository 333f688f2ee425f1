/** The card with the one next step: what to do, why, what would have changed it, what to watch. */

import { list, safeName, section, titled } from "./card_parts.js";
import { asLines, el, icon } from "./dom.js";
import { session } from "./session.js";
import { later } from "./setup.js";
import { LEVELS, WORDS } from "./words.js";

/** @param {import("./api.js").ChatEvent} event */
export function outcomeCard(event) {
  const shape = LEVELS[event.level] ?? LEVELS.PROMPT;
  const card = titled(`card outcome level-${safeName(event.level)}`, event.title, icon(shape));
  const code = session.current?.reference;
  if (event.revised) card.append(el("p", { class: "revised", text: WORDS.revised }));
  card.append(
    ...(event.do ? [el("p", { class: "todo lines", text: event.do })] : []),
    ...section(WORDS.because, asLines(event.because).map((line) => line.replace(/^Why: /, ""))),
    // An emergency has one message; nothing stands beside it.
    ...(event.level === "EMERGENCY" ? [] : section(WORDS.unless, asLines(event.unless))),
    ...section(WORDS.safetyNet, asLines(event.safety_net)),
    ...rules(event.rules),
    ...rest(event).map((text) => el("p", { class: "small", text })),
    ...rulesVersion(event.protocol),
    ...(code ? [el("p", { class: "code", text: WORDS.reference(code) })] : []),
    later("summary.js", ({ summaryActions }) => summaryActions()),
  );
  return card;
}

/**
 * The text of an event is complete by itself: what of it no part of the card says.
 * @param {import("./api.js").ChatEvent} event
 */
function rest({ text, title, do: todo, because, unless, safety_net: net }) {
  const said = [todo, ...asLines(because), ...asLines(unless), ...asLines(net)].filter(Boolean);
  return text.split(/\n{2,}/).filter((part) => !(title && part.startsWith(title))
    && !said.some((words) => words.includes(part) || part.includes(words)));
}

/** Marks an outcome as overtaken, in words. @param {HTMLElement} card */
export function markReplaced(card) {
  if (card.classList.contains("replaced")) return;
  card.classList.add("replaced");
  card.prepend(el("p", { class: "revised", text: WORDS.replaced }));
}

/**
 * @param {{id: string, words?: string, source?: string, facts?: {quote?: string}[]}[] | undefined} fired
 */
function rules(fired) {
  if (!fired?.length) return [];
  const lines = fired.map((rule) => {
    const quotes = (rule.facts ?? []).map((fact) => fact.quote).filter(Boolean);
    return [rule.words ? `${rule.words} (${rule.id})` : rule.id,
      ...quotes.map((quote) => WORDS.yourWords(String(quote))), ...asLines(rule.source)].join(" · ");
  });
  return [el("details", { class: "why" }, el("summary", { text: WORDS.rules }), list(lines))];
}

/** @param {{version?: string, signed?: boolean} | undefined} protocol */
function rulesVersion(protocol) {
  if (!protocol?.version) return [];
  const text = WORDS.version(protocol.version, protocol.signed === true);
  return [el("p", { class: "small", text })];
}
