/** "Ask the clinic to call me": a small form on the clinic's card. Used only when it is opened. */

import { Problem, askCallBack, withdrawCallBack } from "./api.js";
import { el, freshId } from "./dom.js";

const CALL_WORDS = {
  title: "Ask the clinic to call me",
  name: "Your name",
  phone: "Your phone number, with area code",
  send: "Ask for a call",
  sending: "Sending…",
  withdraw: "Take back my request",
  noName: "Please give the name to ask for.",
  noPhone: "Please give your phone number.",
  noConsent: "Please tick the box, or leave the form empty.",
  failed: "That did not reach us. Please try again.",
  withdrawn: "Your request is taken back. Your name and number are erased.",
};

/** Which field a refusal of the server belongs to. @type {Record<string, string>} */
const FIELD_OF = {
  "urn:chat:problem:bad-name": "name",
  "urn:chat:problem:bad-phone": "phone",
  "urn:chat:problem:no-consent": "consent",
};

/**
 * The form for a clinic event that offers a call.
 * @param {import("./api.js").ChatEvent} event
 * @returns {HTMLElement | null} Null when no call is offered.
 */
export function callBackForm(event) {
  const consent = event.call_back?.consent;
  if (typeof consent !== "string" || !consent) return null;
  // The log around the card is a live region: what is said here is read out without one more.
  const state = el("p", { class: "lines", tabindex: -1 });
  const form = /** @type {HTMLFormElement} */ (el("form",
    { novalidate: true, autocomplete: "on", class: "call-back" }));
  const fields = {
    name: textField(CALL_WORDS.name, { type: "text", autocomplete: "name", maxlength: 100 }),
    phone: textField(CALL_WORDS.phone,
      { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: 40 }),
    consent: tickField(consent),
  };
  const send = /** @type {HTMLButtonElement} */ (el("button",
    { type: "submit", class: "main-action", text: CALL_WORDS.send }));
  form.append(...Object.values(fields).map(({ element }) => element), send);
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    void submit();
  });
  const box = el("details", { class: "call-back-box" },
    el("summary", { text: CALL_WORDS.title }), state, form);
  return box;

  async function submit() {
    if (send.disabled) return;
    const wrong = [
      fields.name.say(fields.name.input.value.trim() ? "" : CALL_WORDS.noName),
      fields.phone.say(fields.phone.input.value.trim() ? "" : CALL_WORDS.noPhone),
      fields.consent.say(fields.consent.input.checked ? "" : CALL_WORDS.noConsent),
    ].find(Boolean);
    if (wrong) return wrong.focus();
    send.disabled = true;
    state.textContent = CALL_WORDS.sending;
    try {
      const { receipt } = await askCallBack({
        name: fields.name.input.value,
        phone: fields.phone.input.value,
        consent: true,
        clinic: event.slug,
      });
      form.hidden = true;
      form.reset();
      state.replaceChildren(receipt.text, " ", takeBack());
      state.focus();
    } catch (problem) {
      refused(problem);
    } finally {
      send.disabled = false;
    }
  }

  /** @param {unknown} problem */
  function refused(problem) {
    const { kind, detail } = problem instanceof Problem ? problem : new Problem(0);
    const field = fields[/** @type {keyof typeof fields} */ (FIELD_OF[kind])];
    state.textContent = field ? "" : detail || CALL_WORDS.failed;
    if (field) field.say(detail)?.focus();
    else state.focus();
  }

  function takeBack() {
    const button = /** @type {HTMLButtonElement} */ (el("button",
      { type: "button", text: CALL_WORDS.withdraw }));
    button.addEventListener("click", () => void withdraw(button));
    return button;
  }

  /** @param {HTMLButtonElement} button */
  async function withdraw(button) {
    button.disabled = true;
    try {
      await withdrawCallBack();
      form.hidden = false;
      state.textContent = CALL_WORDS.withdrawn;
    } catch {
      button.disabled = false;
      state.replaceChildren(CALL_WORDS.failed, " ", button);
    }
    state.focus();
  }
}

/** @param {string} label @param {Record<string, unknown>} attributes */
function textField(label, attributes) {
  const id = freshId("field");
  const input = /** @type {HTMLInputElement} */ (el("input",
    { id, required: true, "aria-describedby": `${id}-error`, ...attributes }));
  const error = el("p", { id: `${id}-error`, class: "field-error" });
  const element = el("div", { class: "field" }, el("label", { for: id, text: label }), input, error);
  return { element, input, say: sayer(input, error) };
}

/** @param {string} label */
function tickField(label) {
  const id = freshId("field");
  const input = /** @type {HTMLInputElement} */ (el("input",
    { id, type: "checkbox", required: true, "aria-describedby": `${id}-error` }));
  const error = el("p", { id: `${id}-error`, class: "field-error" });
  const element = el("div", { class: "field tick" },
    el("div", {}, input, el("label", { for: id, text: label })), error);
  return { element, input, say: sayer(input, error) };
}

/**
 * Ties an error to its field.
 * @param {HTMLInputElement} input @param {HTMLElement} error
 * @returns {(text: string) => HTMLInputElement | null} The field, if something is wrong with it.
 */
function sayer(input, error) {
  return (text) => {
    error.textContent = text;
    input.setAttribute("aria-invalid", String(Boolean(text)));
    return text ? input : null;
  };
}
