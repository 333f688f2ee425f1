/** "Use my location": beside the question for the area, and only after a tap. */

import { el } from "./dom.js";

/** Two decimals are about a kilometre: enough for a postal area, and all that leaves the page. */
const DECIMALS = 2;
const GIVE_UP_MS = 10_000;

const LOCATION_WORDS = {
  use: "Use my location",
  note: "Only your area is sent: the first 3 characters of the postal code.",
  waiting: "Asking your browser…",
  failed: "Your browser did not give a location. Please type your area below.",
  bubble: "My location",
};

/**
 * @param {import("./screens.js").Screen} screen
 * @param {import("./screens.js").Give} give
 * @returns {Node | string} Nothing where another thing than the area is asked, or nothing can tell.
 */
export function locate(screen, give) {
  if (screen.event.screen !== "area" || !navigator.geolocation) return "";
  const note = el("p", { class: "hint", text: LOCATION_WORDS.note });
  const button = /** @type {HTMLButtonElement} */ (el("button",
    { type: "button", class: "answer", text: LOCATION_WORDS.use, on: { click: () => ask() } }));

  function ask() {
    button.disabled = true;
    screen.complain("");
    note.textContent = LOCATION_WORDS.waiting;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      note.textContent = LOCATION_WORDS.note;
      button.disabled = false;
      // The visitor may have typed an answer while the browser asked.
      if (screen.answered || screen.fields.disabled) return;
      screen.close([]);
      give({
        label: LOCATION_WORDS.bubble,
        position: { lat: rounded(coords.latitude), lon: rounded(coords.longitude) },
      });
    }, () => {
      note.textContent = "";
      button.disabled = false;
      screen.complain(LOCATION_WORDS.failed);
    }, { maximumAge: 600_000, timeout: GIVE_UP_MS });
  }

  return el("div", { class: "buttons" }, button, note);
}

/** @param {number} degrees */
function rounded(degrees) {
  return Number(degrees.toFixed(DECIMALS));
}
