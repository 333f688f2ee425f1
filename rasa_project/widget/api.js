/** The chat's HTTP contract as seen from a page. */

import { session } from "./session.js";

/** Longer than a turn may take on the server, so a slow answer is not asked for twice. */
const TIMEOUT_MS = 20_000;
let base = "";

/** Says where the server is. @param {string} address With a slash at the end. */
export function serverAt(address) {
  base = address;
}

export function serverAddress() {
  return base;
}

/**
 * @typedef {{seq: number, at: string, from: "bot" | "visitor", type: string, text: string}
 *   & Record<string, any>} ChatEvent
 * @typedef {import("./session.js").Message} Message
 */

/** An answer that is not the hoped-for one; status 0 means that no answer came at all. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{type?: string, title?: string, detail?: string, emergency?: string}} [body]
   * @param {number | null} [retryAfter] Seconds, when the server named them.
   */
  constructor(status, body = {}, retryAfter = null) {
    super(`status ${status}`);
    this.status = status;
    this.kind = body.type ?? "";
    this.detail = body.detail ?? "";
    this.said = [body.detail || body.title, body.emergency].filter(Boolean).join(" ");
    this.retryAfter = retryAfter;
  }

  /** True when the same request may succeed later. */
  get temporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** True when the session is over for good. */
  get ended() {
    return this.status === 401 || this.status === 409;
  }
}

/**
 * Opens a session.
 * @param {string} clinic Slug of the page's own clinic; empty for none.
 * @returns {Promise<{token: string, reference: string, events: ChatEvent[]}>}
 */
export async function openSession(clinic) {
  const page = location.protocol.startsWith("http") ? location.origin + location.pathname : undefined;
  try {
    return await call("POST", "chat/sessions", clinic ? { clinic, page } : { page });
  } catch (problem) {
    // A mistyped clinic in a link must not keep a person in pain from the questions.
    if (clinic && problem instanceof Problem && problem.status === 404) return openSession("");
    throw problem;
  }
}

/** @param {Message} message @returns {Promise<ChatEvent[]>} */
export async function sendMessage({ label: _, ...message }) {
  return (await call("POST", "chat/messages", message)).events ?? [];
}

/** @param {number} after Sequence number. @returns {Promise<ChatEvent[]>} */
export async function eventsAfter(after) {
  return (await call("GET", `chat/events?after=${after}`)).events ?? [];
}

/** @returns {Promise<Record<string, unknown>>} The deletion receipt. */
export function deleteSession() {
  return call("DELETE", "chat/session");
}

/**
 * The visitor's own summary.
 * @param {string} accept A media type of the contract.
 * @returns {Promise<Blob>}
 */
export function summaryAs(accept) {
  return request("GET", "chat/summary", undefined, accept);
}

/**
 * Asks a clinic to call.
 * @param {{name: string, phone: string, consent: boolean, clinic?: string}} request
 * @returns {Promise<{receipt: {text: string}}>}
 */
export function askCallBack(request) {
  return call("POST", "/chat/call-back", request);
}

export function withdrawCallBack() {
  return call("DELETE", "/chat/call-back");
}

/**
 * @param {string} method @param {string} path @param {object} [body]
 * @returns {Promise<any>}
 * @throws {Problem}
 */
async function call(method, path, body) {
  const answer = await request(method, path, body, "application/json");
  try {
    return JSON.parse(await answer.text());
  } catch {
    // A proxy's page or half an answer is no answer; asking again is safe, the id is the same.
    throw new Problem(0);
  }
}

/**
 * @param {string} method @param {string} path @param {object | undefined} body
 * @param {string} accept
 * @returns {Promise<Blob>}
 * @throws {Problem}
 */
async function request(method, path, body, accept) {
  /** @type {Record<string, string>} */
  const headers = { Accept: accept };
  if (session.current) headers.Authorization = `Bearer ${session.current.token}`;
  if (body) headers["Content-Type"] = "application/json";
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
  try {
    const answer = await fetch(base + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: limit.signal,
    });
    if (answer.ok) return await answer.blob();
    throw new Problem(answer.status, await answer.json().catch(() => ({})), seconds(answer));
  } catch (cause) {
    throw cause instanceof Problem ? cause : new Problem(0);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} answer @returns {number | null} */
function seconds(answer) {
  const header = answer.headers.get("Retry-After");
  if (!header) return null;
  const wait = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.min(Math.max(Math.ceil(wait), 1), 120) : null;
}

/** A random id; `randomUUID` is missing on plain http pages. @returns {string} */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
