/** Small helpers around the document. Everything that is shown goes in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
let lastId = 0;
/** @type {ShadowRoot} */
let root;

/** Says where the widget lives; to be called before anything else here. @param {ShadowRoot} given */
export function liveIn(given) {
  root = given;
}

/** The widget's own element that has focus, or null when focus is elsewhere on the page. */
export function focused() {
  return root.activeElement;
}

/**
 * Makes an element.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] `class`, `text`, `on` (event name to handler); anything
 *   else is an attribute; `true` sets it empty, `false`, `null` and `undefined` leave it out.
 * @param {...(Node | string | null | undefined)} children Strings become text nodes.
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") made.className = String(value);
    else if (name === "text") made.textContent = String(value);
    else if (name === "on") listen(made, /** @type {Record<string, EventListener>} */ (value));
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) made.append(child);
  return made;
}

/** @param {HTMLElement} target @param {Record<string, EventListener>} handlers */
function listen(target, handlers) {
  for (const [name, handler] of Object.entries(handlers)) target.addEventListener(name, handler);
}

/**
 * Makes a decorative drawing: the words beside it say the same.
 * @param {string[]} paths Path data in a 24 x 24 box; drawn as lines.
 * @returns {SVGElement}
 */
export function icon(paths) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  for (const data of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", data);
    svg.append(path);
  }
  return svg;
}

/** An id that no other element of this page has. @param {string} stem @returns {string} */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/**
 * Finds an element of the widget by id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = root.getElementById(id);
  if (!found) throw new Error(`the widget has no #${id}`);
  return found;
}

/**
 * Reads what may be one sentence, a list of them, or a list of objects that hold one.
 * @param {unknown} value
 * @returns {string[]} Without empty ones.
 */
export function asLines(value) {
  if (Array.isArray(value)) return value.flatMap(asLines);
  if (value && typeof value === "object") {
    const held = /** @type {Record<string, unknown>} */ (value);
    return asLines(held.text ?? held.quote ?? held.name ?? Object.values(held).join(" "));
  }
  return value === null || value === undefined || value === "" ? [] : [String(value)];
}

/** Shows or hides parts of the page. @param {boolean} shown @param {...string} ids */
export function show(shown, ...ids) {
  for (const id of ids) byId(id).hidden = !shown;
}
