/** The line drawings of a plan: fetched with it, shown in the colour of the text around them. */

import { serverAddress } from "./api.js";
import { el } from "./dom.js";

/** @type {Map<string, Promise<SVGElement | null>>} */
const fetched = new Map();

/**
 * A place for a drawing, which is filled when it has come. Without it the words say it all.
 * @param {string | undefined} id As the row names it.
 */
export function drawing(id) {
  if (!id || !/^[a-z_]+$/.test(id)) return null;
  const place = el("span", { class: `row-drawing ${id}` });
  const held = fetched.get(id) ?? load(id);
  fetched.set(id, held);
  held.then((svg) => svg ? place.append(svg.cloneNode(true)) : fetched.delete(id));
  return place;
}

/** @param {string} id @returns {Promise<SVGElement | null>} */
async function load(id) {
  try {
    const answer = await fetch(`${serverAddress()}chat/drawings/${id}`, { credentials: "omit" });
    if (!answer.ok) return null;
    const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    const svg = read.documentElement;
    return svg instanceof SVGSVGElement ? svg : null;
  } catch {
    return null;
  }
}
