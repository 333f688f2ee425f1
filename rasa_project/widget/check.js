/**
 * `?heel-chat-check` on the address of a clinic's page: looks at the tag, the version, the policy and
 * what may stand in the way, and says in words what is right and what to do about the rest.
 */

import { el } from "./dom.js";

/** Recorders of sessions, by a name they leave on the page. @type {Record<string, string>} */
const RECORDERS = { hj: "Hotjar", FS: "FullStory", clarity: "Microsoft Clarity", DD_RUM: "Datadog",
  LogRocket: "LogRocket", posthog: "PostHog", mouseflow: "Mouseflow", smartlook: "Smartlook",
  __SENTRY__: "Sentry" };

/**
 * @typedef {{good: boolean, text: string}} Finding
 * @param {string} text
 * @returns {Finding}
 */
const good = (text) => ({ good: true, text });
/** @param {string} text @returns {Finding} */
const bad = (text) => ({ good: false, text });

/** @param {ShadowRoot} root @param {HTMLScriptElement} tag */
export async function report(root, tag) {
  const host = /** @type {HTMLElement} */ (root.host);
  /** @type {Set<string>} */
  const refused = new Set();
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    refused.add(`${effectiveDirective} blocked ${blockedURI}`);
  });
  const server = await theServer(tag, host);
  show(root, [...theTag(tag), ...server, ...(await thePolicy(tag, root, refused)), ...inTheWay(root)]);
}

/** @param {HTMLScriptElement} tag */
function theTag(tag) {
  const { clinic, mode, phone } = tag.dataset;
  const tags = document.querySelectorAll('script[src*="/widget/v1/loader.js"]').length;
  return [
    good(`The tag is here and runs: ${tag.src}`),
    tags > 1 ? bad(`The tag is ${tags} times on this page. Keep one; the others do nothing.`)
      : good("The tag is here once."),
    clinic ? good(`The page's clinic is "${clinic}".`)
      : bad('No clinic is named. Add data-clinic="…" so that this clinic comes first.'),
    good(mode === "frame" ? "The chat opens in a frame." : "The chat opens in the page."),
    phone ? good(`When the chat is down, visitors are given ${phone}.`)
      : bad('Add data-phone="…", so that visitors have a number to call when the chat is down.'),
    tag.async ? good("The tag does not hold up the page.")
      : bad('Add "async" to the tag, so that it does not hold up the page.'),
    location.protocol === "https:" && tag.src.startsWith("http:")
      ? bad("The page is https and the tag is http. Use the https address of the chat.")
      : good("The tag's address goes with the page's."),
  ];
}

/** @param {HTMLScriptElement} tag @param {HTMLElement} host */
async function theServer(tag, host) {
  const health = new URL("../../chat/health", tag.src).href;
  const own = host.dataset.version ?? "";
  try {
    const answer = await fetch(health, { cache: "no-store", credentials: "omit" });
    const { protocol } = await answer.json();
    const loader = await (await fetch(tag.src, { cache: "reload", credentials: "omit" })).text();
    return [
      good(`The chat's server answers this page. Rules version ${protocol.version}, `
        + (protocol.signed ? "signed." : "not signed by a physiotherapist: demonstration.")),
      loader.includes(own) ? good(`The widget is up to date: version ${own}.`)
        : bad(`The widget's version ${own} is an older copy. Clear the cache in front of the chat.`),
    ];
  } catch {
    const there = await fetch(health, { mode: "no-cors", cache: "no-store" }).then(() => true, () => false);
    return [there
      ? bad(`The server does not know this page. Add ${location.origin} to its ALLOWED_ORIGINS.`)
      : bad("The server cannot be reached from this page: it is down, or connect-src leaves it out.")];
  }
}

/**
 * Not read but tried: a policy in a header cannot be seen from here, what it refuses can.
 * @param {HTMLScriptElement} tag @param {ShadowRoot} root @param {Set<string>} refused
 */
async function thePolicy(tag, root, refused) {
  const { origin } = new URL(tag.src);
  if (tag.dataset.mode === "frame") {
    const frame = el("iframe", { src: new URL("frame", tag.src).href, hidden: true });
    root.append(frame);
    await new Promise((done) => {
      frame.onload = done;
      setTimeout(done, 2_000);
    });
    frame.remove();
  }
  const ours = [...refused].filter((text) => text.includes(origin));
  return ours.length ? ours.map((text) => bad(`The page's policy stands in the way: ${text}. `
    + `Add ${origin} to that line of it.`))
    : [good("The page's policy lets the chat in, if there is one.")];
}

/** @param {ShadowRoot} root */
function inTheWay(root) {
  const found = [];
  const launch = root.querySelector(".launch");
  if (launch) {
    const { x, y, width, height } = launch.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    found.push(top === root.host ? good("The button can be seen and pressed.")
      : bad(`The button is covered by ${top ? name(top) : "the edge of the window"}. `
        + "Move that, or set --heel-chat-lift to lift the button."));
  }
  for (const element of [document.documentElement, document.body]) {
    const { transform, filter } = getComputedStyle(element);
    if (transform !== "none" || filter !== "none") {
      found.push(bad(`<${element.localName}> has a transform or filter, which moves the button.`));
    }
  }
  found.push(document.querySelector('meta[name="viewport"]')
    ? good("The page fits itself to phones.")
    : bad('The page has no <meta name="viewport">, so on phones the chat is too small to read.'));
  const recorders = Object.keys(RECORDERS).filter((key) => key in globalThis);
  found.push(recorders.length
    ? bad(`${recorders.map((key) => RECORDERS[key]).join(", ")} may record this page. `
      + 'The chat asks to be left out; data-mode="frame" makes sure of it.')
    : good("No tool that records sessions was seen."));
  try {
    sessionStorage.getItem("axis-chat");
    found.push(good("The tab can keep a chat over a reload."));
  } catch {
    found.push(bad("Storage is switched off here: a chat ends when its page is left."));
  }
  return found;
}

/** @param {Element} element */
function name(element) {
  return element.id ? `<${element.localName} id="${element.id}">` : `<${element.localName}>`;
}

/** @param {ShadowRoot} root @param {Finding[]} found */
function show(root, found) {
  const wrong = found.filter(({ good: right }) => !right);
  const title = wrong.length ? `Heel chat check: ${wrong.length} to look at` : "Heel chat check: all well";
  const close = el("button", { type: "button", text: "Close" });
  const box = el("div", { class: "signs check", role: "dialog", "aria-label": title, tabindex: -1 },
    el("b", { text: title }),
    el("ul", {}, ...[...wrong, ...found.filter(({ good: right }) => right)].map((finding) =>
      el("li", { text: `${finding.good ? "OK" : "To do"}: ${finding.text}` }))), close);
  close.addEventListener("click", () => box.remove());
  root.append(box);
  box.focus();
}
