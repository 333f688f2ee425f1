/** A question of the guide as real form controls. Any of them may also be answered by typing. */

import { el, freshId } from "./dom.js";
import { choiceWithExtras, continueButton, places, ticks } from "./picks.js";
import { later } from "./setup.js";
import { WORDS } from "./words.js";

/** Pain scales, should the server not name their bounds. */
const SCALES = new Set(["push_off_pain", "rest_pain"]);

/**
 * @typedef {{value: string, label: string, extra?: boolean, group?: string | null}} Option
 * @typedef {import("./api.js").ChatEvent} ChatEvent
 * @typedef {object} Answer
 * @property {string} label What the visitor's bubble says.
 * @property {string[]} [choice]
 * @property {number} [number]
 * @property {{lat: number, lon: number}} [position] Coarse.
 * @property {string} [text]
 * @typedef {(answer: Answer) => void} Give
 */

/** One question: its element, and the state of its controls. */
export class Screen {
  /** @type {Map<string, HTMLElement>} */ #rows = new Map();
  /** @type {((values: string[]) => void) | null} Told what was chosen, for a drawing to show it. */
  onMarked = null;

  /**
   * @param {ChatEvent} event
   * @param {Give} onAnswer
   * @param {number} added Questions that the last answer added to those still to come.
   */
  constructor(event, onAnswer, added = 0) {
    this.event = event;
    /** True once its own controls gave the answer: then it stays shut. */
    this.answered = false;
    /** @type {Option[]} */
    this.options = event.options ?? [];
    const textId = freshId("question");
    this.error = el("p", { class: "error", role: "alert" });
    this.fields = /** @type {HTMLFieldSetElement} */ (
      el("fieldset", { class: `fields ${event.kind}`, "aria-labelledby": textId, tabindex: -1 })
    );
    this.fields.append(...controls(this, onAnswer), this.error);
    this.element = el(
      "div",
      { class: "event bot screen" },
      progress(event, added),
      el("p", { class: "bubble" },
        el("span", { class: "hidden", text: WORDS.guide }),
        el("span", { id: textId, text: event.text })),
      // The question is read out when it arrives; a long list of options would drown it.
      el("div", { "aria-live": "off" }, this.fields, why(event)),
    );
  }

  /** @param {string} value @param {HTMLElement} row */
  addRow(value, row) {
    this.#rows.set(value, row);
    return row;
  }

  /** @param {string} text Empty takes the message away. */
  complain(text) {
    this.error.textContent = text;
  }

  lock() {
    this.fields.disabled = true;
  }

  unlock() {
    this.answered = false;
    this.fields.disabled = false;
    this.#mark([]);
  }

  /** Shuts the question for good. @param {string[]} values What was chosen. */
  close(values) {
    this.answered = true;
    this.lock();
    this.#mark(values);
  }

  /** Shuts the question if `text`, from the record, is what its own controls would have said. */
  closeIfAnsweredBy(/** @type {string} */ text) {
    const chosen = this.options.filter((option) => text.includes(option.label));
    const pieces = new Set(chosen.map((option) => option.label));
    const left = [...pieces]
      .sort((a, b) => b.length - a.length)
      .reduce((rest, label) => rest.split(label).join(""), text);
    if (!chosen.length || /[^\s,]/.test(left)) return;
    this.close(chosen.filter((option) => holds(text, option.label, pieces)).map((o) => o.value));
  }

  /** @param {string[]} values */
  #mark(values) {
    this.fields.classList.toggle("answered", values.length > 0);
    for (const [value, row] of this.#rows) {
      const chosen = values.includes(value);
      row.classList.toggle("chosen", chosen);
      if (row instanceof HTMLButtonElement) row.setAttribute("aria-pressed", String(chosen));
      const input = row.querySelector("input");
      if (input && values.length) input.checked = chosen;
    }
    if (values.length) this.onMarked?.(values);
  }

  focus() {
    this.fields.focus({ preventScroll: true });
  }
}

/** True when `label` stands in the text by itself, not only inside a longer chosen label. */
function holds(/** @type {string} */ text, /** @type {string} */ label, /** @type {Set<string>} */ all) {
  const longer = [...all].filter((other) => other !== label && other.includes(label));
  return longer.reduce((rest, other) => rest.split(other).join(""), text).includes(label);
}

/** @param {Screen} screen @param {Give} give @returns {(Node | string)[]} */
function controls(screen, give) {
  const { kind } = screen.event;
  if (kind === "multi") return ticks(screen, give);
  if (kind === "map") return places(screen, give);
  if (kind === "number") return isScale(screen) ? [scale(screen, give)] : number(screen, give);
  if (kind === "text") return [buttons(screen, give), ...position(screen, give), hint(screen)];
  if (screen.options.some((option) => option.extra)) return choiceWithExtras(screen, give);
  return [buttons(screen, give)];
}

/** The browser's position beside the question for the area. @param {Screen} screen @param {Give} give */
function position(screen, give) {
  if (screen.event.screen !== "area") return [];
  return [later("location.js", ({ locate }) => locate(screen, give))];
}

/** @param {ChatEvent} event @param {number} added */
function progress(event, added) {
  const all = questionsInAll(event);
  if (!all) return null;
  const words = WORDS.progress(event.progress.answered + 1, all) + (added > 0 ? WORDS.more(added) : "");
  return el("p", { class: "progress", text: words });
}

/** How many questions it will be, as far as is known now; 0 when unknown. @param {ChatEvent} event */
export function questionsInAll({ progress: held }) {
  if (typeof held?.answered !== "number" || typeof held?.remaining !== "number") return 0;
  // `remaining` counts this question too.
  return Math.max(held.answered + 1, held.answered + held.remaining);
}

/** @param {ChatEvent} event */
function why(event) {
  if (!event.why) return null;
  return el("details", { class: "why" },
    el("summary", { text: WORDS.why }), el("p", { text: event.why }));
}

/** @param {Screen} screen */
function hint(screen) {
  const text = screen.options.length ? WORDS.typeBelow : WORDS.typeOnly;
  return el("p", { class: "hint", text });
}

/** Real buttons: one tap answers. @param {Screen} screen @param {Give} give */
function buttons(screen, give) {
  const made = screen.options.map((option) => answerButton(screen, give, option));
  return el("div", { class: "buttons" }, ...made);
}

/** @param {Screen} screen @param {Give} give @param {Option} option */
function answerButton(screen, give, { value, label }) {
  const answer = () => {
    screen.close([value]);
    give({ label, choice: [value] });
  };
  const button = el("button", { type: "button", class: "answer", "aria-pressed": "false", text: label,
    on: { click: answer } });
  return screen.addRow(value, button);
}

/** @param {Screen} screen */
function isScale({ event, options }) {
  if (event.minimum === 0 && event.maximum === 10) return true;
  return !options.length && event.maximum === undefined && SCALES.has(event.screen);
}

/** 0 to 10 as buttons, with a word at each end. @param {Screen} screen @param {Give} give */
function scale(screen, give) {
  const made = Array.from({ length: 11 }, (_, n) => {
    const word = n === 0 ? WORDS.scaleEnds[0] : n === 10 ? WORDS.scaleEnds[1] : null;
    const answer = () => {
      screen.close([String(n)]);
      give({ label: String(n), number: n });
    };
    const button = el("button",
      { type: "button", class: "answer", "aria-pressed": "false", on: { click: answer } },
      el("span", { text: String(n) }), word && " ", word && el("small", { text: word }));
    return screen.addRow(String(n), button);
  });
  screen.options = made.map((_, n) => ({ value: String(n), label: String(n) }));
  return el("div", { class: "scale" }, ...made);
}

/** Quick answers and a box. @param {Screen} screen @param {Give} give */
function number(screen, give) {
  const id = freshId("number");
  const box = /** @type {HTMLInputElement} */ (
    el("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 200 })
  );
  const submit = () => {
    const answer = readNumber(screen, box.value.trim());
    if (!answer) return refuse(screen, box);
    screen.close([]);
    give(answer);
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    submit();
  });
  return [
    buttons(screen, give),
    el("div", { class: "number-row" },
      el("label", { for: id, text: WORDS.orNumber }), box, continueButton(submit)),
  ];
}

/**
 * A number within bounds, or words for the guide to read ("about an hour").
 * @param {Screen} screen @param {string} typed
 * @returns {Answer | null}
 */
function readNumber({ event }, typed) {
  if (!typed) return null;
  const value = Number(typed.replace(",", "."));
  if (Number.isNaN(value)) return { label: typed, text: typed };
  const fits = value >= (event.minimum ?? 0) && value <= (event.maximum ?? Infinity);
  return fits ? { label: typed, number: value } : null;
}

/** @param {Screen} screen @param {HTMLElement} box */
function refuse(screen, box) {
  const { minimum, maximum } = screen.event;
  screen.complain(WORDS.outOfRange(minimum ?? undefined, maximum ?? undefined));
  box.focus();
}
