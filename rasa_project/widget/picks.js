/** Questions that take several ticks before one "Continue". */

import { el, freshId } from "./dom.js";
import { heelMap } from "./heel_map.js";
import { GROUPS, WORDS } from "./words.js";

const SIDES = new Set(["left", "right", "both"]);

/**
 * @typedef {import("./screens.js").Screen} Screen
 * @typedef {import("./screens.js").Option} Option
 * @typedef {import("./screens.js").Give} Give
 */

/** @param {Screen} screen @param {Give} give */
export function ticks(screen, give) {
  const boxes = screen.options.map((option) => tick(screen, option));
  const clearOthers = (/** @type {Event} */ { target }) => {
    const box = /** @type {HTMLInputElement} */ (target);
    screen.complain("");
    if (!box.checked) return;
    for (const other of inputs(boxes)) {
      if (other !== box && (box.value === "none" || other.value === "none")) other.checked = false;
    }
  };
  const submit = () => {
    const chosen = checked(boxes);
    if (!chosen.length) return askAgain(screen, WORDS.tickSomething, boxes[0]);
    return giveChosen(screen, give, chosen);
  };
  const list = el("div", { on: { change: clearOthers } }, ...grouped(screen.options, boxes));
  return [list, continueButton(submit)];
}

/** One answer of several, and tick boxes beside it. @param {Screen} screen @param {Give} give */
export function choiceWithExtras(screen, give) {
  const name = freshId("choice");
  const main = screen.options.filter((option) => !option.extra);
  const extra = screen.options.filter((option) => option.extra);
  const radios = main.map((option) => radio(screen, option, name));
  const boxes = extra.map((option) => tick(screen, option));
  const oneOfGroup = (/** @type {Event} */ { target }) => {
    const box = /** @type {HTMLInputElement} */ (target);
    const group = extra.find((option) => option.value === box.value)?.group;
    if (!box.checked || !group) return;
    // Extras of one group answer one thing ("better", "worse"): they exclude one another.
    inputs(boxes).forEach((other, i) => {
      if (other !== box && extra[i].group === group) other.checked = false;
    });
  };
  const submit = () => {
    const chosen = checked(radios);
    if (!chosen.length) return askAgain(screen, WORDS.chooseOne, radios[0]);
    return giveChosen(screen, give, [...chosen, ...checked(boxes)]);
  };
  const heading = extra[0]?.group ? null : el("p", { class: "group-title", text: WORDS.also });
  return [
    el("div", { on: { change: () => screen.complain("") } }, ...grouped(main, radios)),
    el("div", { class: "extras", on: { change: oneOfGroup } }, heading, ...grouped(extra, boxes)),
    continueButton(submit),
  ];
}

/** Zones as tick boxes, the first one ticked being the sorest; the side as radios; the drawing. */
export function places(/** @type {Screen} */ screen, /** @type {Give} */ give) {
  const name = freshId("side");
  const isSide = (/** @type {Option} */ o) => o.group === "side" || SIDES.has(o.value);
  const sideOptions = screen.options.filter(isSide);
  const zoneOptions = screen.options.filter((option) => !isSide(option));
  const zones = zoneOptions.map((option) => tick(screen, option));
  const sides = sideOptions.map((option) => radio(screen, option, name));
  const map = heelMap(new Map(inputs(zones).map((box) => [box.value, box])));
  /** @type {string[]} */
  let order = [];
  const mirror = () => {
    screen.complain("");
    for (const row of zones) showSorest(row, order[0]);
    map.show(order, checked(sides)[0] ?? "");
  };
  const keepOrder = (/** @type {Event} */ { target }) => {
    const box = /** @type {HTMLInputElement} */ (target);
    order = order.filter((value) => value !== box.value);
    if (box.checked) order.push(box.value);
    mirror();
  };
  screen.onMarked = (values) => {
    order = values.filter((value) => zoneOptions.some((option) => option.value === value));
    mirror();
  };
  const submit = () => {
    if (zones.length && !order.length) return askAgain(screen, WORDS.choosePlace, zones[0]);
    const side = checked(sides);
    if (sides.length && !side.length) return askAgain(screen, WORDS.chooseSide, sides[0]);
    return giveChosen(screen, give, [...order, ...side]);
  };
  const parts = [
    el("div", { class: "sides", on: { change: mirror } }, ...grouped(sideOptions, sides)),
    el("div", { on: { change: keepOrder } }, ...grouped(zoneOptions, zones)),
    continueButton(submit),
  ];
  return map.element ? [map.element, ...parts] : parts;
}

/** @param {HTMLElement} row @param {string | undefined} sorest */
function showSorest(row, sorest) {
  row.querySelector(".sorest")?.remove();
  if (row.querySelector("input")?.value !== sorest) return;
  row.append(el("span", { class: "sorest", text: WORDS.sorest }));
}

/** @param {Screen} screen @param {Give} give @param {string[]} values */
function giveChosen(screen, give, values) {
  const labels = values.map((value) => screen.options.find((o) => o.value === value)?.label ?? value);
  screen.close(values);
  give({ label: labels.join(", "), choice: values });
}

/** @param {Screen} screen @param {string} message @param {HTMLElement} row Where to go on. */
function askAgain(screen, message, row) {
  screen.complain(message);
  row.querySelector("input")?.focus();
}

/**
 * Puts rows under small headings; rows without a group stand apart below.
 * @param {Option[]} options @param {HTMLElement[]} rows In the same order.
 */
function grouped(options, rows) {
  /** @type {Map<string, HTMLElement[]>} */
  const groups = new Map();
  options.forEach(({ group }, i) => {
    groups.set(group ?? "", [...(groups.get(group ?? "") ?? []), rows[i]]);
  });
  return [...groups].map(([group, members]) => {
    if (!group) return el("div", { class: "group" }, ...members);
    const id = freshId("group");
    const title = GROUPS[group] ?? group;
    return el("div", { class: "group", role: "group", "aria-labelledby": id },
      el("p", { class: "group-title", id, text: title }), ...members);
  });
}

/** @param {Screen} screen @param {Option} option */
function tick(screen, { value, label }) {
  return screen.addRow(value, el("label", { class: "pick" },
    el("input", { type: "checkbox", value }), el("span", { text: label })));
}

/** @param {Screen} screen @param {Option} option @param {string} name */
function radio(screen, { value, label }, name) {
  return screen.addRow(value, el("label", { class: "pick" },
    el("input", { type: "radio", value, name }), el("span", { text: label })));
}

/** @param {HTMLElement[]} rows */
function inputs(rows) {
  return rows.map((row) => /** @type {HTMLInputElement} */ (row.querySelector("input")));
}

/** @param {HTMLElement[]} rows @returns {string[]} */
function checked(rows) {
  return inputs(rows).filter((box) => box.checked).map((box) => box.value);
}

/** @param {() => void} submit */
export function continueButton(submit) {
  return el("button",
    { type: "button", class: "main-action continue", text: WORDS.next, on: { click: submit } });
}
