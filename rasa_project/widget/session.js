/**
 * The session of this tab: the token, and what was typed but not yet sent. It is kept in the tab's
 * own storage, from the moment the visitor presses Start and not before; where storage is switched
 * off it lasts until the page is left. Other tabs of the same page are told what happens here.
 */

const STORE = "axis-chat";
const ANSWER_MS = 250;

/**
 * @typedef {{id: string, label: string, text?: string, screen?: string, choice?: string[],
 *   number?: number, position?: {lat: number, lon: number}}} Message
 * @typedef {{token: string, reference: string, base: string, open?: boolean, larger?: boolean,
 *   waiting?: Message[]}} Session
 */

export const session = {
  /** @type {Session | null} */
  current: null,

  /** Finds this tab's session with that server. @param {string} base @returns {Session | null} */
  load(base) {
    try {
      const found = JSON.parse(sessionStorage.getItem(STORE) || "null");
      this.current = found?.base === base ? found : null;
    } catch {
      this.current = null;
    }
    return this.current;
  },

  /** @param {Session} opened */
  save(opened) {
    this.current = opened;
    this.keep({});
  },

  /** Notes something with the session, if there is one. @param {Partial<Session>} more */
  keep(more) {
    if (!this.current) return;
    Object.assign(this.current, more);
    try {
      sessionStorage.setItem(STORE, JSON.stringify(this.current));
    } catch {
      // Private modes may refuse storage: the chat then lasts until the page is left.
    }
  },

  clear() {
    this.current = null;
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      // Nothing was stored.
    }
  },
};

/** What the tabs of one site tell each other. */
export class Tabs {
  /** @type {BroadcastChannel | null} */
  #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(STORE) : null;
  /** @type {((found: Session) => void) | null} */
  #found = null;

  /** @param {(kind: "changed" | "over") => void} onNews This chat went on, or ended, elsewhere. */
  constructor(onNews) {
    this.#channel?.addEventListener("message", ({ data }) => {
      const own = session.current;
      if (data?.session) return this.#found?.(data.session);
      if (own && data?.wanted === own.base) {
        const { token, reference, base } = own;
        this.#channel?.postMessage({ session: { token, reference, base } });
      } else if (data?.kind && own && data.token === own.token) onNews(data.kind);
    });
  }

  /** @param {"changed" | "over"} kind @param {string | undefined} token */
  tell(kind, token = session.current?.token) {
    if (token) this.#channel?.postMessage({ kind, token });
  }

  /**
   * Asks the other tabs for a chat that is under way.
   * @param {string} base @returns {Promise<Session | null>}
   */
  ask(base) {
    return new Promise((done) => {
      if (!this.#channel) return done(null);
      const timer = setTimeout(() => done(null), ANSWER_MS);
      this.#found = (found) => {
        if (found.base !== base) return;
        clearTimeout(timer);
        this.#found = null;
        done(found);
      };
      return this.#channel.postMessage({ wanted: base });
    });
  }
}
