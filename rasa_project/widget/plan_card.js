/** The card with the plan: what to do, how much of it, when to stop, when to look again. */

import { longDate, paragraphs, section, titled, unsaidIn } from "./card_parts.js";
import { asLines, el } from "./dom.js";
import { drawing } from "./drawing.js";
import { later } from "./setup.js";
import { WORDS } from "./words.js";

/**
 * @typedef {{what: string, dose?: string, note?: string, group?: string, drawing?: string}} PlanRow
 */

/** @param {import("./api.js").ChatEvent} event */
export function planCard(event) {
  const card = titled("card plan", event.title || WORDS.plan);
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
  // The code to come back with; without it the check could not be opened.
  if (event.resume) card.append(...paragraphs(event.resume.text));
  if (event.review_on) {
    card.append(later("summary.js", ({ calendarAction }) => calendarAction()));
  }
  return card;
}

/** Rows under the headings of their groups. @param {PlanRow[]} rows @returns {HTMLElement[]} */
function planGroups(rows) {
  const starts = rows.flatMap((row, i) => i === 0 || row.group !== rows[i - 1].group ? [i] : []);
  return starts.flatMap((start, n) => {
    const held = el("ul", { class: "plan-rows" }, ...rows.slice(start, starts[n + 1]).map(planRow));
    return rows[start].group ? [el("h4", { text: rows[start].group }), held] : [held];
  });
}

/** @param {PlanRow} row */
function planRow(row) {
  return el("li", {}, el("strong", { text: row.what }), drawing(row.drawing),
    row.dose ? el("span", { text: row.dose }) : null,
    row.note ? el("span", { class: "small", text: row.note }) : null);
}
