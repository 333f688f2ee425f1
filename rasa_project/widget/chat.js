/** The chat page: starts, resumes and ends a chat, and says what becomes of each message. */

import { Problem, deleteSession, eventsAfter, newId, openSession, session } from "./api.js";
import { closedCard, receiptCard, setFate, troubleNotice, visitorBubble } from "./cards.js";
import { onLargerText, onTyping, question } from "./controls.js";
import { byId, show } from "./dom.js";
import { Log, scrollTo } from "./log.js";
import { Outbox } from "./outbox.js";
import { WORDS } from "./words.js";

/** A reply that comes sooner needs no "is writing". */
const TYPING_AFTER_MS = 500;
const IN_CHAT = ["composer", "again", "delete", "reference"];

/**
 * @typedef {import("./api.js").ChatEvent} ChatEvent
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./screens.js").Answer} Answer
 * @typedef {import("./screens.js").Screen} Screen
 */

class Chat {
  #startButton = /** @type {HTMLButtonElement} */ (byId("start"));
  #log = new Log((screen, answer) => this.#answer(screen, answer));
  /** @type {Map<string, HTMLElement>} Bubbles of messages by their id. */
  #bubbles = new Map();
  #typingTimer = 0;
  #outbox = this.#newOutbox();

  #newOutbox() {
    return new Outbox({
      sending: (message) => this.#onSending(message),
      delivered: (message, events) => this.#onDelivered(message, events),
      delayed: (message, problem, pause) => this.#onDelayed(message, problem, pause),
      stuck: (message, problem) => this.#onStuck(message, problem),
      refused: (message, problem) => this.#onRefused(message, problem),
    });
  }

  // Beginning, coming back, ending

  /** Start was pressed: the first request of the page. */
  async begin() {
    this.#startButton.disabled = true;
    this.#say(WORDS.connecting);
    try {
      const opened = await openSession(byId("chat").dataset.clinic ?? "");
      session.save(opened);
      this.#showChat();
      this.#log.live(true);
      this.#log.draw(opened.events);
      this.#log.moveOn();
    } catch (problem) {
      this.#log.showTrouble(problem, () => void this.begin());
    } finally {
      this.#startButton.disabled = false;
      this.#say("");
    }
  }

  /** After a reload: the whole chat again, drawn before the log speaks. */
  async resume() {
    this.#showChat();
    this.#say(WORDS.connecting);
    try {
      const events = await eventsAfter(0);
      this.#log.settle();
      this.#log.draw(events);
      this.#log.showEnd();
    } catch (problem) {
      if (isOver(problem)) this.#end(WORDS.closed);
      else this.#log.showTrouble(problem, () => void this.resume());
    } finally {
      this.#say("");
      requestAnimationFrame(() => this.#log.live(true));
    }
  }

  /** What another tab or a late reply added while this page was away. */
  async catchUp() {
    if (!session.current || this.#outbox.busy || this.#log.troubled) return;
    try {
      this.#log.draw(await eventsAfter(this.#log.seen));
    } catch (problem) {
      if (isOver(problem)) this.#end(WORDS.closed);
    }
  }

  restart() {
    this.#forget();
    this.#clear();
    void this.begin();
  }

  async remove() {
    try {
      const receipt = await deleteSession();
      this.#forget();
      this.#clear();
      this.#log.addAndFocus(receiptCard(receipt, () => this.restart()));
    } catch (problem) {
      if (isOver(problem)) this.#end(WORDS.alreadyGone);
      else this.#say(WORDS.notDeleted);
    }
  }

  retry() {
    this.#outbox.retry();
  }

  /** @param {string} text */
  #end(text) {
    this.#forget();
    this.#log.addAndFocus(closedCard(WORDS.closedTitle, text, () => this.restart()));
  }

  /** Lets go of the session in this tab; what was said stays readable. */
  #forget() {
    session.clear();
    this.#outbox.close();
    this.#outbox = this.#newOutbox();
    this.#log.shut();
    this.#say("");
    show(false, ...IN_CHAT);
  }

  #clear() {
    this.#log.clear();
    this.#bubbles.clear();
  }

  #showChat() {
    this.#log.settle();
    show(false, "intro");
    show(true, ...IN_CHAT);
    const code = session.current?.reference;
    byId("reference").textContent = code ? WORDS.reference(code) : "";
  }

  // Sending

  /** @param {string} text */
  type(text) {
    this.#send({ id: newId(), text }, text);
  }

  /**
   * A question's own controls were used, or an offered reading was picked.
   * @param {Screen | null} screen @param {Answer} answer
   */
  #answer(screen, { label, text, choice, number }) {
    /** @type {Message} */
    const message = screen && text === undefined
      ? { id: newId(), screen: screen.event.screen, choice, number }
      : { id: newId(), text: text ?? label };
    // The used control is shut now, so focus would be lost; the bubble also holds "Try again".
    this.#send(message, label).focus({ preventScroll: true });
  }

  /** @param {Message} message @param {string} label @returns {HTMLElement} Its bubble. */
  #send(message, label) {
    this.#log.open?.lock();
    const bubble = this.#log.add(visitorBubble(label));
    setFate(bubble, this.#outbox.busy ? WORDS.waiting : WORDS.sending);
    this.#bubbles.set(message.id, bubble);
    scrollTo(bubble);
    this.#outbox.add(message);
    return bubble;
  }

  /** @param {Message} message */
  #onSending(message) {
    this.#fate(message, WORDS.sending);
    if (this.#log.troubled) return;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#say(WORDS.typing), TYPING_AFTER_MS);
  }

  /** @param {Message} message @param {ChatEvent[]} events */
  #onDelivered(message, events) {
    this.#say("");
    this.#fate(message, "");
    this.#log.drawReply(events);
    this.#log.moveOn(this.#bubbles.get(message.id));
  }

  /** @param {Message} message @param {Problem} problem @param {number} pauseMs */
  #onDelayed(message, problem, pauseMs) {
    this.#fate(message, WORDS.retrying);
    if (problem.status === 429) return this.#say(WORDS.slowDown(Math.round(pauseMs / 1000)));
    this.#say(WORDS.reconnecting);
    return this.#log.showTrouble(problem, () => this.retry());
  }

  /** @param {Message} message @param {Problem} problem */
  #onStuck(message, problem) {
    this.#say("");
    this.#fate(message, WORDS.notSent, () => this.retry());
    this.#log.showTrouble(problem, () => this.retry());
  }

  /** @param {Message} message @param {Problem} problem */
  #onRefused(message, problem) {
    this.#say("");
    this.#fate(message, WORDS.notSent);
    if (problem.ended) return this.#end(problem.said || WORDS.closed);
    this.#log.settle();
    this.#log.add(troubleNotice(problem.said || WORDS.unknownProblem));
    this.#log.open?.unlock();
    return this.#log.moveOn(this.#bubbles.get(message.id));
  }

  /** @param {Message} message @param {string} text @param {(() => void) | null} [retry] */
  #fate(message, text, retry = null) {
    const bubble = this.#bubbles.get(message.id);
    if (bubble) setFate(bubble, text, retry);
  }

  /** @param {string} text For the status line. */
  #say(text) {
    clearTimeout(this.#typingTimer);
    byId("status").textContent = text;
  }
}

/** True when the session is closed, unknown or no longer valid. @param {unknown} problem */
function isOver(problem) {
  return problem instanceof Problem && (problem.ended || problem.status === 404);
}

/** The clinic whose page sent the visitor here. */
function clinicOfAddress() {
  const slug = new URLSearchParams(location.search).get("clinic") ?? "";
  return /^[a-z0-9-]{1,40}$/.test(slug) ? slug : "";
}

function main() {
  byId("chat").dataset.clinic = clinicOfAddress();
  const chat = new Chat();
  byId("start").addEventListener("click", () => void chat.begin());
  byId("again").addEventListener("click", () =>
    question(WORDS.againTitle, WORDS.again, WORDS.againYes, () => chat.restart()));
  byId("delete").addEventListener("click", () =>
    question(WORDS.deleteTitle, WORDS.delete, WORDS.deleteYes, () => void chat.remove()));
  onTyping((text) => chat.type(text));
  onLargerText();
  window.addEventListener("online", () => chat.retry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void chat.catchUp();
  });
  if (session.load()) void chat.resume();
}

main();
