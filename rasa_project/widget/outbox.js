/** Messages on their way: one at a time, in order, each with one id however often it is tried. */

import { Problem, sendMessage } from "./api.js";
import { session } from "./session.js";

/** Pauses between tries, the last one repeated; after about two minutes the visitor decides. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const MOST_TRIES = 16;
const DEFAULT_WAIT_S = 5;

/**
 * @typedef {import("./session.js").Message} Message
 * @typedef {object} Hooks
 * @property {(message: Message) => void} sending A try begins.
 * @property {(message: Message, events: import("./api.js").ChatEvent[]) => void} delivered
 * @property {(message: Message, problem: Problem, pauseMs: number) => void} delayed Will try again.
 * @property {(message: Message, problem: Problem) => void} stuck Waits for `retry`.
 * @property {(message: Message, problem: Problem) => void} refused The server will never take it.
 */

export class Outbox {
  /** @type {Message[]} */ #waiting = [];
  #running = false;
  #closed = false;
  /** @type {(() => void) | null} */ #wake = null;
  /** @type {Hooks} */ #hooks;

  /** @param {Hooks} hooks */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** True while a message waits or travels. */
  get busy() {
    return this.#waiting.length > 0;
  }

  get waiting() {
    return [...this.#waiting];
  }

  /** @param {Message} message */
  add(message) {
    this.#waiting.push(message);
    this.#keep();
    void this.#run();
  }

  /** Tries again at once, cutting a pause short. */
  retry() {
    this.#wake?.();
    void this.#run();
  }

  /** Drops what waits, and stays silent about what still travels: its chat is gone. */
  close() {
    this.#closed = true;
    this.#waiting = [];
    this.#wake?.();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.length && (await this.#deliver(this.#waiting[0]))) {
      this.#waiting.shift();
      this.#keep();
    }
    this.#running = false;
  }

  /** A reload must not lose what waits: its id stays the same, so nothing is doubled either. */
  #keep() {
    if (!this.#closed) session.keep({ waiting: this.#waiting });
  }

  /**
   * @param {Message} message
   * @returns {Promise<boolean>} True when it is done with, one way or the other.
   */
  async #deliver(message) {
    for (let tries = 0; !this.#closed; tries += 1) {
      this.#hooks.sending(message);
      const outcome = await attempt(message);
      if (this.#closed) break;
      if (!(outcome instanceof Problem)) {
        return this.#settle(() => this.#hooks.delivered(message, outcome));
      }
      if (!outcome.temporary) return this.#settle(() => this.#hooks.refused(message, outcome));
      if (tries >= MOST_TRIES) {
        this.#hooks.stuck(message, outcome);
        return false;
      }
      const pause = pauseAfter(outcome, tries);
      this.#hooks.delayed(message, outcome, pause);
      await this.#sleep(pause);
    }
    return false;
  }

  /** Drawing must never hold up the queue. @param {() => void} report @returns {true} */
  #settle(report) {
    try {
      report();
    } catch (error) {
      console.error(error);
    }
    return true;
  }

  /** @param {number} ms @returns {Promise<void>} */
  #sleep(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.#wake = done;
      function done() {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}

/** @param {Message} message */
async function attempt(message) {
  try {
    return await sendMessage(message);
  } catch (problem) {
    return problem instanceof Problem ? problem : new Problem(0);
  }
}

/** @param {Problem} problem @param {number} tries @returns {number} Milliseconds. */
function pauseAfter(problem, tries) {
  if (problem.status === 429) return (problem.retryAfter ?? DEFAULT_WAIT_S) * 1000;
  const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
  return Math.max(pause, (problem.retryAfter ?? 0) * 1000);
}
