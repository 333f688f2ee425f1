/** The card with the clinic: its phone and booking link where they are known. */

import { paragraphs, phoneLink, section, titled, unsaidIn } from "./card_parts.js";
import { el } from "./dom.js";
import { later } from "./setup.js";
import { WORDS } from "./words.js";

/** @param {import("./api.js").ChatEvent} event */
export function clinicCard(event) {
  const card = titled("card clinic", event.name || WORDS.clinic);
  const unsaid = unsaidIn(event.text);
  card.append(...paragraphs(event.text));
  if (typeof event.distance_km === "number" && !/\bkm\b/.test(event.text)) {
    card.append(el("p", { text: WORDS.about(Math.max(1, Math.round(event.distance_km))) }));
  }
  const links = [event.phone && phoneLink(event.phone, event.tel), bookingLink(event.booking_url)];
  card.append(el("div", { class: "row" }, ...links.filter(Boolean)));
  card.append(...section(WORDS.hours, unsaid(event.hours)));
  card.append(...section(WORDS.otherClinics, unsaid(event.alternatives)));
  if (event.call_back) card.append(later("callback.js", ({ callBackForm }) => callBackForm(event)));
  return card;
}

/** Only a web address becomes a link. @param {unknown} address */
function bookingLink(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return null;
  return el("a", { class: "link-button", href: address, target: "_blank",
    rel: "noopener noreferrer", text: WORDS.book });
}
