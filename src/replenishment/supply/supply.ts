/** How the supplier is simulated, and the steps that follow, from the present open orders and lead times. */
import { leadBelief, meanLead, medianLead, type LeadBelief } from "./lead-times.ts";
import { promisedLead, reviewOf, reviewsOf, scheduleFor, type Schedule } from "./schedule.ts";
import { ROLLOUT_STEPS } from "./rollout-steps.ts";
import type { PlanInput } from "../types.ts";

/** Longest expected lead time, in periods, for which the rollout's horizon can distinguish policies. */
const ROLLOUT_LEAD = 4;

/**
 * `promised`: as the supplier promises. `rollout`: arrivals of later orders are simulated too, by whole periods; the
 * order is judged at its median arrival. `spread`: each path has its own lead time, where a rollout would take too many
 * steps.
 */
export type SupplyMode = "promised" | "rollout" | "spread";

export interface Supply {
  readonly mode: SupplyMode;
  readonly belief: LeadBelief;
  readonly schedule: Schedule;
}

export function supplyOf(input: PlanInput): Supply {
  const belief = leadBelief({ ...input.leadTime, promised: promisedLead(input) }, input.openOrders);
  const mode = supplyMode(input, belief);
  const known = mode === "spread" ? meanLead(belief) : Math.round(medianLead(belief));
  const lead = mode === "promised" ? belief.promised : Math.max(belief.promised, known);
  const elapsed = Math.min(1, Math.max(0, input.elapsed ?? 0));
  const schedule = scheduleFor({
    lead: Math.max(lead, elapsed),
    reviews: reviewsOf(input),
    periodsLeft: input.periodsLeft,
    shelfLife: input.shelfLife,
    elapsed,
    leastSteps: mode === "rollout" ? ROLLOUT_STEPS : 0,
  });
  return { mode, belief, schedule };
}

/** A rollout steps from period to period: it needs whole ones, an open end, and goods that keep. */
function supplyMode(input: PlanInput, belief: LeadBelief): SupplyMode {
  if (belief.asPromised) return "promised";
  const { periodsLeft, shelfLife, lots } = input;
  const simple = periodsLeft === null && shelfLife === null && (lots ?? []).length === 0 && !((input.elapsed ?? 0) > 0);
  const whole = Number.isInteger(belief.promised) && reviewOf(input) === 1;
  const expected = Math.max(belief.promised, meanLead(belief));
  return whole && simple && expected <= ROLLOUT_LEAD ? "rollout" : "spread";
}
