/** The chat: starts, resumes and ends, and says what becomes of each message. */

import { Problem, deleteSession, eventsAfter, newId, openSession, sendMessage } from "./api.js";
import { setFate, troubleNotice } from "./bubbles.js";
import { byId, show } from "./dom.js";
import { closedCard, personCard, receiptCard } from "./end_cards.js";
import { Log, scrollTo } from "./log.js";
import { Outbox } from "./outbox.js";
import { Tabs, session } from "./session.js";
import { setup } from "./setup.js";
import { WORDS } from "./words.js";

/** A reply that comes sooner needs no "is writing". */
const TYPING_AFTER_MS = 500;
/** From here on waiting needs a word. */
const SLOW_AFTER_MS = 6_000;
/** Nobody waits longer than this for the first answer without the signs that need care now. */
const PATIENCE_MS = 2_000;
const IN_CHAT = ["composer", "again", "delete", "reference"];

/**
 * @typedef {import("./api.js").ChatEvent} ChatEvent
 * @typedef {import("./session.js").Message} Message
 * @typedef {import("./screens.js").Answer} Answer
 * @typedef {import("./screens.js").Screen} Screen
 */

export class Chat {
  #startButton = /** @type {HTMLButtonElement} */ (byId("start"));
  #log = new Log((screen, answer) => this.#answer(screen, answer));
  /** @type {Map<string, HTMLElement>} Bubbles of messages by their id. */
  #bubbles = new Map();
  /** @type {ReturnType<typeof setTimeout>[]} */
  #timers = [];
  #connecting = false;
  #outbox = this.#newOutbox();
  #tabs = new Tabs((kind) => void (kind === "over" ? this.#end(WORDS.alreadyGone) : this.catchUp()));

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

  /** The panel opens: an earlier chat of this tab or of another one, else the first screen. */
  async arrive() {
    const found = session.load(setup().base);
    if (found) return this.#resume();
    const other = await this.#tabs.ask(setup().base);
    if (!other || session.current) return undefined;
    session.save(other);
    return this.#resume();
  }

  /** Start was pressed: the first request of the chat. */
  async begin() {
    this.#startButton.disabled = true;
    await this.#connect(() => void this.begin(), async () => {
      const { clinic, base } = setup();
      const { token, reference, events } = await openSession(clinic);
      session.save({ token, reference, base, open: true });
      this.#showChat();
      this.#log.live(true);
      this.#log.draw(events);
      this.#log.moveOn();
    });
    this.#startButton.disabled = false;
  }

  /** After a reload: the whole chat again, drawn before the log speaks. */
  async #resume() {
    this.#showChat();
    await this.#connect(() => void this.#resume(), async () => {
      await this.#flush();
      await this.#redraw();
      this.#log.showEnd();
      // Who could not be reached for it goes on waiting in sight.
      for (const message of session.current?.waiting ?? []) this.#send(message);
    });
  }

  /** Sends what an earlier life of this page left unsent, before its history is fetched. */
  async #flush() {
    const waiting = [...(session.current?.waiting ?? [])];
    while (waiting.length) {
      try {
        await sendMessage(waiting[0]);
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.temporary || problem.ended) return;
      }
      waiting.shift();
      session.keep({ waiting: [...waiting] });
    }
  }

  /** Draws the whole record anew, and below it what still waits. @param {string} [done] An id. */
  async #redraw(done) {
    const events = await eventsAfter(0);
    this.#clear();
    this.#log.draw(events);
    for (const message of this.#outbox.waiting) if (message.id !== done) this.#show(message);
    requestAnimationFrame(() => this.#log.live(true));
  }

  /**
   * Does what needs the server, and shows the signs when it takes too long or fails.
   * @param {() => void} retry @param {() => Promise<void>} work
   */
  async #connect(retry, work) {
    this.#say(WORDS.connecting);
    if (this.#connecting) return;
    this.#connecting = true;
    const timer = setTimeout(() => this.#log.showTrouble(new Problem(0), retry), PATIENCE_MS);
    try {
      await work();
      this.#log.settle();
    } catch (problem) {
      if (isOver(problem)) this.#end(WORDS.closed);
      else this.#log.showTrouble(problem, retry);
    } finally {
      clearTimeout(timer);
      this.#connecting = false;
      this.#say("");
    }
  }

  /** What another tab or a late reply added while this page was away. */
  async catchUp() {
    if (!session.current || this.#connecting || this.#outbox.busy || this.#log.troubled) return;
    try {
      const events = await eventsAfter(this.#log.seen);
      if (!this.#outbox.busy) this.#log.draw(events);
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
    const token = session.current?.token;
    try {
      const receipt = await deleteSession();
      this.#tabs.tell("over", token);
      this.#forget();
      this.#clear();
      this.#log.addAndFocus(receiptCard(receipt, () => this.restart()));
    } catch (problem) {
      if (isOver(problem)) this.#end(WORDS.alreadyGone);
      else this.#say(WORDS.notDeleted);
    }
  }

  /** The connection may be back. */
  retry() {
    this.#outbox.retry();
  }

  /** @param {string} text */
  #end(text) {
    if (!session.current) return;
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
    this.#send({ id: newId(), label: text, text });
  }

  /** Asks for a person in the chat; before it, there is only the phone to point to. */
  person() {
    if (session.current) return this.type(WORDS.askPerson);
    return this.#log.addAndFocus(personCard(setup().phone));
  }

  /**
   * A question's own controls were used, or an offered reading was picked.
   * @param {Screen | null} screen @param {Answer} answer
   */
  #answer(screen, { label, text, choice, number, position }) {
    const id = newId();
    const bubble = this.#send(screen && text === undefined
      ? { id, label, screen: screen.event.screen, choice, number, position }
      : { id, label, text: text ?? label });
    // The used control is shut now, so focus would be lost; the bubble also holds "Try again".
    bubble.focus({ preventScroll: true });
  }

  /** @param {Message} message @returns {HTMLElement} Its bubble. */
  #send(message) {
    const bubble = this.#show(message);
    scrollTo(bubble);
    this.#outbox.add(message);
    return bubble;
  }

  /** @param {Message} message @returns {HTMLElement} Its bubble. */
  #show(message) {
    const bubble = this.#log.addVisitor(message.label);
    this.#log.open?.lock();
    setFate(bubble, this.#outbox.busy ? WORDS.waiting : WORDS.sending);
    this.#bubbles.set(message.id, bubble);
    return bubble;
  }

  /** @param {Message} message */
  #onSending(message) {
    this.#fate(message, WORDS.sending);
    if (this.#log.troubled) return;
    this.#say("");
    this.#timers = [setTimeout(() => this.#say(WORDS.typing, true), TYPING_AFTER_MS),
      setTimeout(() => this.#say(WORDS.slow), SLOW_AFTER_MS)];
  }

  /** @param {Message} message @param {ChatEvent[]} events */
  #onDelivered(message, events) {
    this.#say("");
    this.#fate(message, "");
    this.#tabs.tell("changed");
    const first = Math.min(...events.map(({ seq }) => seq));
    // Another tab spoke in between, or this reply was drawn already: the record has it in order.
    const draw = () => {
      this.#log.drawReply(events);
      this.#log.moveOn(this.#bubbles.get(message.id));
    };
    if (first === this.#log.seen + 1) return draw();
    return void this.#redraw(message.id).then(() => this.#log.showEnd(), draw);
  }

  /** @param {Message} message @param {Problem} problem @param {number} pauseMs */
  #onDelayed(message, problem, pauseMs) {
    this.#fate(message, WORDS.retrying, () => this.retry());
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

  /** @param {string} text For the status line. @param {boolean} [more] Whether more will follow. */
  #say(text, more = false) {
    if (!more) this.#timers.forEach(clearTimeout);
    byId("status").textContent = text;
  }
}

/** True when the session is closed, unknown or no longer valid. @param {unknown} problem */
function isOver(problem) {
  return problem instanceof Problem && (problem.ended || problem.status === 404);
}
