/** The page's own words. What the guide says comes from the server; this is what surrounds it. */

export const WORDS = {
  title: "Heel and Achilles pain",
  emergency: "Emergency?",
  call911: [" Call ", " now."],
  log: "Chat",
  options: "Options",
  close: "Close the chat",
  larger: "Larger text",
  person: "Talk to a person",
  askPerson: "I would like to talk to a person",
  deleteChat: "Delete my chat",
  start: "Start",
  yourMessage: "Your message",
  placeholder: "Or type your answer",
  send: "Send",
  cancel: "Cancel",
  change: "Change",
  changeLabel: (/** @type {string} */ topic) => `Change this answer: ${topic}`,
  guide: "Guide: ",
  you: "You: ",
  typing: "The guide is writing…",
  slow: "This takes longer than usual. Your message is on its way. In an emergency call 911.",
  sending: "Sending…",
  notSent: "Not sent.",
  tryAgain: "Try again",
  waiting: "Waiting for the message before it…",
  retrying: "Not sent yet. Trying again…",
  slowDown: (/** @type {number} */ seconds) => `Many messages at once. Sending in ${seconds} s.`,
  connecting: "Connecting…",
  reconnecting: "No connection. Trying again…",
  why: "Why do you ask?",
  progress: (/** @type {number} */ now, /** @type {number} */ all) =>
    `Question ${now} of about ${all}`,
  more: (/** @type {number} */ n) =>
    ` (your answers added ${n === 1 ? "one question" : n + " questions"})`,
  next: "Continue",
  tickSomething: "Tick what fits, or choose “None of these”.",
  chooseOne: "Choose one answer first. You can also type it below.",
  mapHint: "Tap the drawing, or tick the list below it.",
  views: ["From behind", "Inner side", "Sole"],
  choosePlace: "Choose where it hurts.",
  chooseSide: "Choose the side.",
  sorest: " (sorest)",
  also: "Tick this too if it fits",
  orNumber: "Or a number",
  outOfRange: (/** @type {number|undefined} */ low, /** @type {number|undefined} */ high) =>
    low === undefined || high === undefined
      ? "That number does not fit here."
      : `Use a number from ${low} to ${high}.`,
  typeBelow: "You can also type your answer below.",
  typeOnly: "Type your answer below.",
  scaleEnds: ["none", "worst"],
  because: "Why this step",
  unless: "What would have changed it",
  safetyNet: "Get help right away if",
  rules: "The rules behind this",
  yourWords: (/** @type {string} */ quote) => `your words: “${quote}”`,
  version: (/** @type {string} */ version, /** @type {boolean} */ signed) =>
    `Rules version ${version}${signed ? "" : " (unsigned, demonstration)"}.`,
  revised: "This replaces the earlier next step.",
  replaced: "Replaced by a newer next step below",
  plan: "Your plan",
  stopIf: "Stop, and get help, if",
  reviewOn: "Look again on ",
  clinic: "Clinic",
  call: (/** @type {string} */ phone) => `Call ${phone}`,
  book: "Book online (opens a new page)",
  about: (/** @type {number} */ km) => `About ${km} km away`,
  hours: "Hours",
  otherClinics: "Other clinics",
  reference: (/** @type {string} */ code) => `Your reference code: ${code}`,
  closedTitle: "This chat has ended",
  closed: "Your answers here can no longer be changed. You can start a new chat.",
  newChat: "Start a new chat",
  kept: "What you wrote is kept on this page.",
  againTitle: "Start again?",
  again:
    "This begins a new chat with no answers in it. The old one stays on our server. " +
    "To remove it, choose “Delete my chat” first.",
  againYes: "Start again",
  deleteTitle: "Delete this chat?",
  delete: "All your messages and answers in this chat are removed. This cannot be undone.",
  deleteYes: "Delete",
  deletedTitle: "Your chat was deleted",
  deleted: "Keep this receipt if you wish.",
  notDeleted: "The chat could not be deleted just now. Please try again.",
  alreadyGone: "This chat was already closed or deleted.",
  left: (/** @type {number} */ n) => `${n} characters left`,
  unknownProblem: "Something went wrong. Your message was not taken in.",
};

/**
 * Headings for `group` of an option. A group that is not listed is shown as it came.
 * @type {Record<string, string>}
 */
export const GROUPS = {
  place: "Where? Tick the sorest place first",
  side: "Which side?",
  swelling: "Swelling",
  skin: "Skin and fever",
  nerve: "Feeling and strength",
  rest: "Pain at rest",
  health: "Health",
  changes: "Other changes",
  pregnancy: "Pregnancy",
  leg: "That leg",
  risk: "You, now or in the past",
  trend: "How is it going?",
};

/** A drawing for each level, whose shape alone tells it from the others. @type {Record<string, string[]>} */
export const LEVELS = {
  EMERGENCY: ["M8 2h8l6 6v8l-6 6H8l-6-6V8z", "M12 7v6", "M12 16.5v.5"],
  URGENT: ["M12 3 22 21H2z", "M12 10v5", "M12 17.7v.3"],
  PROMPT: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M12 7v5l4 2"],
  ROUTINE: ["M3 5h18v16H3z", "M3 10h18", "M8 2v5", "M16 2v5"],
  SELF_CARE: ["M3 11 12 3l9 8v10H3z", "m8 14 3 3 5-5"],
};

/** Drawings of buttons without words; each button also has a name. */
export const SHAPES = {
  menu: ["M4 6h16", "M4 12h16", "M4 18h16"],
  close: ["M5 5l14 14", "M19 5 5 19"],
};
