/** Which card an event of the guide gets that is not a question. */

import { guideLine } from "./bubbles.js";
import { clinicCard } from "./clinic_card.js";
import { outcomeCard } from "./outcome_card.js";
import { planCard } from "./plan_card.js";

/**
 * @param {import("./api.js").ChatEvent} event
 * @param {(label: string) => void} say Says an offered reading as if it were typed.
 */
export function drawEvent(event, say) {
  if (event.type === "outcome") return outcomeCard(event);
  if (event.type === "plan") return planCard(event);
  if (event.type === "clinic") return clinicCard(event);
  return guideLine(event, say);
}
