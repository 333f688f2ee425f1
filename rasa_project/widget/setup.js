/** What the loader handed over, set once before anything is drawn; and what is fetched later. */

import { BUNDLED } from "./bundled.js";
import { el } from "./dom.js";

/** @typedef {import("./panel.js").Config} Config */

/** @type {Config} */
let held;

/** @param {Config} config */
export function setUp(config) {
  held = config;
}

export function setup() {
  return held;
}

/**
 * A place for what only some visitors need: its module is fetched now and fills it. Where it does not
 * come, nothing is missing that the card does not say in words.
 * @param {string} name @param {(module: any) => Node | null} fill
 */
export function later(name, fill) {
  const place = el("div");
  held.bring(name, BUNDLED.hashes[name]).then((module) => place.append(fill(module) ?? ""), () => {});
  return place;
}
