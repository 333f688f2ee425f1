/**
 * The drawing of the leg beside the question where it hurts. It mirrors the tick boxes and is no
 * control of its own: who cannot see it or point at it ticks the list.
 */

import { BUNDLED } from "./bundled.js";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

const FINGER_PX = 16;

/**
 * @param {Map<string, HTMLInputElement>} boxes Zone -> its tick box.
 * @returns {{element: HTMLElement | null, show: (zones: string[], side: string) => void}} The
 *     element is null when the drawing did not arrive.
 */
export function heelMap(boxes) {
  const parsed = new DOMParser().parseFromString(BUNDLED.svg, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") return { element: null, show() {} };
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(parsed, true)));
  const zones = /** @type {SVGElement[]} */ ([...svg.querySelectorAll("[data-zone]")]);
  svg.addEventListener("click", ({ target, clientX, clientY }) => {
    const zone = zones.find((drawn) => drawn === target) ?? nearest(zones, clientX, clientY);
    const box = boxes.get(zone?.dataset.zone ?? "");
    if (box && !box.matches(":disabled")) box.click();
  });
  const views = el("div", { class: "views" }, ...WORDS.views.map((text) => el("span", { text })));
  const element = el("div", { class: "leg", "aria-hidden": "true" }, svg, views,
    el("p", { class: "hint", text: WORDS.mapHint }));
  return {
    element,
    show(chosen, side) {
      svg.classList.toggle("mirrored", side === "right");
      for (const zone of zones) {
        const name = zone.dataset.zone ?? "";
        zone.classList.toggle("on", chosen.includes(name));
        zone.classList.toggle("first", chosen[0] === name && chosen.length > 1);
      }
    },
  };
}

/**
 * The zone beside a point: fingers are wider than some zones.
 * @param {SVGElement[]} zones @param {number} x @param {number} y
 */
function nearest(zones, x, y) {
  const away = zones.map((zone) => {
    const { left, right, top, bottom } = zone.getBoundingClientRect();
    return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  });
  const least = Math.min(...away);
  return least < FINGER_PX ? zones[away.indexOf(least)] : undefined;
}
