/** What the server puts in when it joins the modules: words of its data files, style, drawing. */

/** @typedef {{title: string, points: string[], start: string, credits: string}} Privacy */

export const BUNDLED = /** @type {{privacy: Privacy, urgent: import("./panel.js").CardPart, css: string,
  svg: string, hashes: Record<string, string>}} */ (/* bundled */ {});
