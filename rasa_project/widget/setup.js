/** What the loader handed over; set once, before anything is drawn. */

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
