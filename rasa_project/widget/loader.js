/**
 * The one tag of a clinic's page. It draws a button and does nothing else: no request, no storage,
 * no cookie, until the visitor presses it. Then it fetches the panel, and if nothing comes it shows
 * the signs that need care now, which it carries with it. It must stay below 3 kB.
 */

/**
 * @typedef {import("./panel.js").Config} Config
 * @typedef {import("./panel.js").Card} Card
 */

(() => {
  const tag = /** @type {HTMLScriptElement} */ (document.currentScript);
  if (document.querySelector("heel-chat")) return;
  const { version, hashes, card, phones } = /** @type {{version: string, card: Card,
    hashes: Record<string, string>, phones: Record<string, string>}} */ (/* files */ {});
  const { clinic = "", mode, label = "Heel pain? Find your next step" } = tag.dataset;
  const phone = tag.dataset.phone || phones[clinic];
  const base = new URL("../../", tag.src).href;
  const inner = mode === "inner";
  const host = make("heel-chat", "", { "data-version": version,
    // Tools that record sessions are told to leave this element alone, each in its own way.
    class: "rr-block fs-exclude ph-no-capture", "data-hj-suppress": "",
    "data-clarity-mask": "true", "data-dd-privacy": "hidden" });
  const root = host.attachShadow({ mode: "open" });
  const button = make("button", label, { "aria-haspopup": "dialog", "aria-expanded": "false" });
  button.onclick = open;
  /** @type {HTMLElement | null | undefined} */
  let shown;
  /** @type {Promise<{open: () => void}> | null | undefined} */
  let panel;

  dress(`:host{all:initial!important;display:block!important;direction:ltr!important;font:medium/1.45 var(--heel-chat-font,system-ui,sans-serif)!important}
button{font:inherit}
.launch,.signs{position:fixed;z-index:2147483000;right:1em;bottom:var(--heel-chat-lift,1em);box-sizing:border-box;max-width:calc(100% - 2em);padding:1em;border:2px solid #fff;border-radius:var(--heel-chat-radius,1em);box-shadow:0 0 9px #0006}
.launch{color:#fff;font-weight:600;cursor:pointer}
.launch[aria-expanded=true]{visibility:hidden}
:focus-visible{outline:3px solid #000}
.signs{width:27em;max-height:calc(100% - 2em);overflow:auto;border-color:#a3141e;background:#fff;color:#000}
.signs b,.signs a{color:#a3141e}
.signs a,.signs button{display:inline-block;padding:1em 1em 1em 0}
@media print{.launch,.signs{display:none}}`);
  if (!inner) {
    button.className = "launch";
    root.append(button);
  }
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);

  function start() {
    document.body.append(host);
    button.style.background = fit("#fff");
    let wasOpen = inner || tag.dataset.open;
    try {
      wasOpen ||= JSON.parse(/** @type {string} */ (sessionStorage.getItem("axis-chat"))).open;
    } catch {
      // No storage, or nothing in it: no chat to come back to.
    }
    if (wasOpen) void open();
    if (/[?&]heel-chat-check/.test(location.search)) {
      void bring("panel.js").then((module) => module.check(bring, root, tag));
    }
  }

  async function open() {
    button.ariaExpanded = "true";
    const timer = setTimeout(showSigns, 2_000);
    try {
      panel ??= bring(mode === "frame" ? "frame.js" : "panel.js").then((module) => module.mount(root,
        { base, clinic, phone, card, label, inner, closed, dress, fit, bring }));
      await (await panel).open();
      shown?.remove();
      shown = null;
      if (inner) parent.postMessage({ heelChat: "ready" }, "*");
    } catch {
      panel = null;
      showSigns();
    }
    clearTimeout(timer);
  }

  function closed() {
    shown?.remove();
    shown = null;
    button.ariaExpanded = "false";
    button.focus();
    if (inner) parent.postMessage({ heelChat: "closed" }, "*");
  }

  /** A module whose content is checked before it runs. @type {Config["bring"]} */
  async function bring(name, hash = hashes[name]) {
    const src = `${base}widget/v1/${version}/${name}`;
    await script({ type: "module", src, integrity: `sha256-${hash}`, crossOrigin: "" });
    return import(src);
  }

  /** @param {Partial<HTMLScriptElement>} as @param {object} [dataset] */
  function script(as, dataset) {
    const made = Object.assign(document.createElement("script"), { nonce: tag.nonce }, as);
    Object.assign(made.dataset, dataset);
    return new Promise((done, failed) => {
      made.onload = done;
      made.onerror = failed;
      document.head.append(made);
    });
  }

  /** Nothing could be reached: the signs, 911, and the clinic's phone. */
  function showSigns() {
    if (shown) return;
    const again = make("button", "Try again");
    const close = make("button", "Close");
    close.onclick = closed;
    again.onclick = async () => {
      // From a fresh loader: the server may have another version by now.
      host.remove();
      await script({ src: `${base}widget/v1/loader.js?${Date.now()}` },
        { ...tag.dataset, open: "true" }).catch(() => document.body.append(host));
    };
    shown = make("div", "", { class: "signs", role: "dialog", "aria-label": card.title, tabindex: "-1" },
      make("b", card.title), make("p", card.lead),
      make("b", card.parts[0].heading),
      make("ul", "", {}, ...card.parts[0].signs.map((sign) => make("li", sign))), link("911"),
      make("p", `${card.today} ${card.nurse}`), phone ? link(phone) : make("p", card.clinic),
      again, close);
    shown.onkeydown = ({ key }) => {
      if (key === "Escape") closed();
    };
    root.append(shown);
    shown.focus();
  }

  /** @param {string} number */
  function link(number) {
    return make("a", `Call ${number}`, { href: `tel:${number.replace(/[^\d+]/g, "")}` });
  }

  /**
   * @param {string} name @param {string} words
   * @param {Record<string, string>} [attributes] @param {Node[]} children
   */
  function make(name, words, attributes = {}, ...children) {
    const made = document.createElement(name);
    made.append(words, ...children);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  }

  /** @param {string} css */
  function dress(css) {
    if (!root.adoptedStyleSheets) return root.append(make("style", css));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  /** The clinic's colour, darker or lighter until it can be read on `card`. @type {Config["fit"]} */
  function fit(back, dark) {
    const own = getComputedStyle(host).getPropertyValue("--heel-chat-accent");
    let rgb = read(own || (dark ? "#83d3dc" : "#0b5d66"));
    for (let i = 0; i < 60 && ratio(light(rgb), light(read(back))) < 4.6; i += 1) {
      rgb = rgb.map((part) => part + ((dark ? 255 : 0) - part) / 16);
    }
    return `rgb(${rgb.map(Math.round)})`;
  }

  /** @param {string} colour Any that CSS knows. @returns {number[]} Red, green, blue: 0 to 255. */
  function read(colour) {
    const probe = make("i", "");
    probe.style.color = colour;
    root.append(probe);
    const found = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    probe.remove();
    return found.slice(0, 3).map(Number);
  }

  /** Relative luminance (WCAG 2.2). @param {number[]} rgb */
  function light(rgb) {
    return [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight
      * (rgb[i] > 10 ? ((rgb[i] / 255 + 0.055) / 1.055) ** 2.4 : rgb[i] / 3295), 0);
  }

  /** Contrast of two luminances. @param {number} a @param {number} b @returns {number} */
  function ratio(a, b) {
    return a < b ? ratio(b, a) : (a + 0.05) / (b + 0.05);
  }
})();
