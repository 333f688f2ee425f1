/**
 * The drawing of the leg beside the question where it hurts. It mirrors the tick boxes and is no
 * control of its own: who cannot see it or point at it ticks the list.
 */

import { BUNDLED } from "./bundled.js";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

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
  svg.addEventListener("click", ({ target }) => {
    const zone = target instanceof Element ? target.closest("[data-zone]") : null;
    const box = boxes.get(zone?.getAttribute("data-zone") ?? "");
    if (box && !box.matches(":disabled")) box.click();
  });
  const views = el("div", { class: "views" }, ...WORDS.views.map((text) => el("span", { text })));
  const element = el("div", { class: "drawing", "aria-hidden": "true" }, svg, views,
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
