/** How the supplier is simulated, and the steps that this makes: from open orders and lead times as they are now. */
import { leadBelief, meanLead, type LeadBelief } from "./lead-times.ts";
import { ROLLOUT_STEPS } from "../order/rollout.ts";
import { scheduleFor, type Schedule } from "../paths/schedule.ts";
import type { PlanInput } from "../types.ts";

/** Longest promised lead time, in periods, that the rollout's horizon can tell policies apart for. */
const ROLLOUT_LEAD = 4;

/**
 * `promised` as the supplier says; `rollout` with the arrivals of later orders simulated too; `spread` with a lead time of its
 * own for each path, where a rollout would be too long.
 */
export type SupplyMode = "promised" | "rollout" | "spread";

export interface Supply {
  readonly mode: SupplyMode;
  readonly belief: LeadBelief;
  readonly schedule: Schedule;
}

export function supplyOf(input: PlanInput): Supply {
  const belief = leadBelief(input.leadTime, input.openOrders);
  const mode = supplyMode(input, belief);
  const lead = mode === "spread" ? Math.max(belief.promised, meanLead(belief)) : belief.promised;
  const schedule = scheduleFor({
    lead,
    reviewPeriod: Math.max(1, input.reviewPeriod),
    historyPeriods: input.history.length,
    periodsLeft: input.periodsLeft,
    leastSteps: mode === "rollout" ? ROLLOUT_STEPS : 0,
  });
  return { mode, belief, schedule };
}

function supplyMode({ reviewPeriod, leadTime, periodsLeft }: PlanInput, belief: LeadBelief): SupplyMode {
  if (belief.asPromised) return "promised";
  const whole = Number.isInteger(leadTime.promised) && reviewPeriod <= 1;
  return whole && leadTime.promised <= ROLLOUT_LEAD && periodsLeft === null ? "rollout" : "spread";
}
