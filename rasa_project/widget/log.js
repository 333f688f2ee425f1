/** The chat log: draws events in order, knows which question is open, keeps focus and view right. */

import { Problem } from "./api.js";
import { offerChange, troubleNotice, visitorBubble } from "./bubbles.js";
import { drawEvent } from "./cards.js";
import { byId, focused } from "./dom.js";
import { offlineCard } from "./end_cards.js";
import { markReplaced } from "./outcome_card.js";
import { Screen, questionsInAll } from "./screens.js";
import { setup } from "./setup.js";

/**
 * @typedef {import("./api.js").ChatEvent} ChatEvent
 * @typedef {import("./screens.js").Answer} Answer
 */

/** Room above what is scrolled to. */
const MARGIN_PX = 12;

export class Log {
  #element = byId("log");
  /** @type {HTMLElement | null} Shown while something is wrong; goes when it is right again. */
  #trouble = null;
  /** @type {(screen: Screen | null, answer: Answer) => void} */
  #onAnswer;
  /** @type {string | null} The clinic's phone, once the guide has named it. */
  #phone = null;
  /** @type {Screen | null} The question that waits for an answer. */
  open = null;
  /** Highest sequence number drawn. */
  seen = 0;
  /** Questions in all, as the last one said. */
  #total = 0;
  /** @type {{topic: string, change: string, bubble: HTMLElement} | null} May turn out to answer its question. */
  #given = null;
  /** @type {Map<string, HTMLElement>} Topic -> the bubble that offers to change its answer. */
  #changes = new Map();

  /**
   * @param {(screen: Screen | null, answer: Answer) => void} onAnswer A question's controls were
   *     used, or, without a screen, something offered in between.
   */
  constructor(onAnswer) {
    this.#onAnswer = onAnswer;
  }

  /** True while a trouble card or notice stands in the log. */
  get troubled() {
    return this.#trouble !== null;
  }

  /** Lets assistive technology announce what is added; off while history is drawn. */
  live(/** @type {boolean} */ on) {
    this.#element.setAttribute("aria-live", on ? "polite" : "off");
  }

  clear() {
    this.live(false);
    this.#element.replaceChildren();
    this.#trouble = null;
    this.#phone = null;
    this.open = null;
    this.seen = this.#total = 0;
    this.#given = null;
    this.#changes.clear();
  }

  /** No more answers: what was said stays readable. */
  shut() {
    this.open?.lock();
    this.open = null;
    this.settle();
  }

  /** @param {ChatEvent[]} events In the order of their numbers; known ones are passed over. */
  draw(events) {
    for (const event of events) {
      if (event.seq <= this.seen) continue;
      this.seen = event.seq;
      if (event.from === "visitor") this.#drawVisitor(event);
      else if (event.type === "screen") this.#drawScreen(event);
      else this.#drawOther(event);
    }
  }

  /**
   * Draws the reply to a message whose bubble already stands here.
   * @param {ChatEvent[]} events
   */
  drawReply(events) {
    this.settle();
    this.draw(events.filter((event) => event.from !== "visitor"));
    for (const { seq } of events) this.seen = Math.max(this.seen, seq);
    const asked = events.some(({ type }) => type === "screen" || type === "outcome");
    // An interruption answered without a new question leaves the old one standing.
    if (!asked && this.open && !this.open.answered) this.open.unlock();
  }

  /** Something the visitor said earlier, or in another tab. @param {ChatEvent} event */
  #drawVisitor(event) {
    this.open?.closeIfAnsweredBy(event.text);
    this.addVisitor(event.text);
  }

  /** What the visitor says now. @param {string} text @returns {HTMLElement} Its bubble. */
  addVisitor(text) {
    const bubble = this.add(visitorBubble(text));
    const asked = this.open?.event;
    this.#given = asked?.topic ? { topic: asked.topic, change: asked.change, bubble } : null;
    return bubble;
  }

  /** Only when another question follows was the last one answered. @param {string} [next] Topic. */
  #noteAnswer(next) {
    const given = this.#given;
    if (!given || given.topic === next) return;
    this.#given = null;
    this.#changes.get(given.topic)?.querySelector(".change")?.remove();
    this.#changes.set(given.topic, given.bubble);
    offerChange(given.bubble, given.topic,
      () => this.#onAnswer(null, { label: given.change, text: given.change }));
  }

  /** @param {ChatEvent} event */
  #drawScreen(event) {
    this.open?.lock();
    this.#noteAnswer(event.topic);
    const all = questionsInAll(event);
    const added = this.#total && all ? all - this.#total : 0;
    this.#total = all || this.#total;
    const screen = new Screen(event, (answer) => this.#onAnswer(screen, answer), added);
    this.open = screen;
    this.add(screen.element);
  }

  /** @param {ChatEvent} event */
  #drawOther(event) {
    if (event.type === "outcome") this.#beforeOutcome(event);
    if (event.type === "clinic" && event.phone) this.#phone = event.phone;
    this.add(drawEvent(event, (label) => this.#onAnswer(null, { label, text: label })));
  }

  /** @param {ChatEvent} event */
  #beforeOutcome(event) {
    this.open?.lock();
    this.open = null;
    this.#noteAnswer();
    if (!event.revised) return;
    const earlier = /** @type {NodeListOf<HTMLElement>} */ (this.#element.querySelectorAll(".outcome"));
    earlier.forEach(markReplaced);
  }

  /** @param {HTMLElement} element @returns {HTMLElement} */
  add(element) {
    this.#element.append(element);
    return element;
  }

  /** Adds a card that the visitor should come to now. @param {HTMLElement} card */
  addAndFocus(card) {
    this.add(card);
    scrollTo(card);
    card.focus({ preventScroll: true });
  }

  /**
   * Says that the server could not be used: its own words, or, when it cannot be reached at all,
   * the bundled list of signs.
   * @param {unknown} problem @param {() => void} retry
   */
  showTrouble(problem, retry) {
    const { status, said } = problem instanceof Problem ? problem : new Problem(0);
    const kind = said && status !== 0 && this.open ? "said" : "silent";
    if (this.#trouble?.dataset.kind === kind) return;
    this.settle();
    const card = kind === "said"
      ? troubleNotice(said) : offlineCard(said, this.#phone || setup().phone, retry);
    card.dataset.kind = kind;
    this.#trouble = this.add(card);
    scrollTo(card);
  }

  /** Takes the trouble card away. */
  settle() {
    this.#trouble?.remove();
    this.#trouble = null;
  }

  /**
   * Brings what is new into view, and focus to the new question unless the visitor is typing.
   * @param {HTMLElement | null} from The visitor's bubble, kept in sight above the answer.
   */
  moveOn(from = null) {
    const isNew = (/** @type {Element} */ element) => !from || follows(from, element);
    const asked = this.open && isNew(this.open.element) ? this.open : null;
    const outcome = [...this.#element.querySelectorAll(".outcome")].filter(isNew).pop();
    const target = asked?.fields ?? (outcome instanceof HTMLElement ? outcome : null);
    scrollTo(from ?? asked?.element ?? null);
    // Never the text box: that would open the keyboard of a phone after a tapped answer.
    if (this.#focusIsFree()) target?.focus({ preventScroll: true });
  }

  /** After a reload: the place where the chat stands. */
  showEnd() {
    scrollTo(this.open?.element ?? this.#element.lastElementChild);
  }

  #focusIsFree() {
    const active = focused();
    return document.activeElement === document.body || this.#element.contains(active)
      || [byId("start"), byId("title"), byId("panel")].includes(/** @type {HTMLElement} */ (active));
  }
}

/** Scrolls the panel, never the page around it. @param {Element | null} element */
export function scrollTo(element) {
  if (!element) return;
  const scroll = byId("scroll");
  const way = element.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  scroll.scrollTo({ top: scroll.scrollTop + way - MARGIN_PX });
}

/** @param {Node} earlier @param {Node} later */
function follows(earlier, later) {
  return Boolean(earlier.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING);
}
