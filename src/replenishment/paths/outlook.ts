/** Everything a decision is judged on: simulated demand and the stock it meets when the order arrives. */
import { stockAtArrival } from "./arrival-stock.ts";
import { meanOfStep, type DemandPaths } from "./demand-paths.ts";
import { demandOnce } from "./keep-paths.ts";
import { meanLead, remainingAt, type LeadBelief } from "../supply/lead-times.ts";
import { criticalRatio } from "../statistics/newsvendor.ts";
import type { Prepared } from "../models/prepare.ts";
import { growthDoubt } from "../models/growth.ts";
import { clean } from "../models/unit.ts";
import type { Schedule } from "../supply/schedule.ts";
import { LEAD_COLUMN, PATHS, shockTable } from "./shocks.ts";
import { simulate, sourceOf, stepFactors } from "./simulated-demand.ts";
import { supplyOf, type Supply, type SupplyMode } from "../supply/supply.ts";
import type { PlanInput } from "../types.ts";

/** A lost order is simulated as if it came after this many times the expected lead time. */
const LOST_STRETCH = 2;

/** The next outlook reuses its arrays, so nothing may keep them beyond their plan. */
export interface Outlook {
  readonly mode: SupplyMode;
  readonly schedule: Schedule;
  readonly belief: LeadBelief;
  /** Demand of each path up to the arrival and in the arrival's own step: step j of path k at j * PATHS + k. */
  readonly demand: Float32Array;
  /** True where the same demand serves the next plan: what is derived from it alone is worth keeping. */
  readonly isKept: boolean;
  /** The paths up to their last step, which only an order needs. */
  readonly toTheEnd: () => DemandPaths;
  /** Stock per path when the order arrives, without it and without what expires before it is sold. */
  readonly stock: Float64Array;
  /** Mean units on hand or on order that expire unsold by the end of the arrival's step. */
  readonly expired: number;
  /** Units missing in the arrival step without the order; negative = left over. */
  readonly need: Float64Array;
  readonly ratio: number;
  /** On hand + on order - backordered. */
  readonly position: number;
  /** Expected demand per period in the order's arrival review. */
  readonly meanDemand: number;
  /** Mean demand per seen past period, without the season; null without a past. */
  readonly usualDemand: number | null;
  /** As of `Prepared`. */
  readonly usualSale: number;
  /** Share of paths that follow the uploaded forecast. */
  readonly trust: number;
  readonly newcomer: boolean;
  /** Log odds by which growth of the sales lowers the chance of being in stock; no part of the paths. */
  readonly growthDoubt: number;
}

/** `keep`: the caller keeps `prepared`, so paths are worth keeping with it. */
export function outlookOf(
  input: PlanInput,
  prepared: Prepared,
  supply: Supply = supplyOf(input),
  keep = false,
): Outlook {
  const { schedule, belief, mode } = supply;
  const ratio = criticalRatio(input.costs);
  const source = { ...sourceOf(input, prepared), ratio };
  const stretch = mode === "spread" ? leadStretch(belief, schedule.leadSteps, input.seed) : null;
  const reached = schedule.leadSteps + 1;
  let filled = 0;
  const upTo = (to: number): DemandPaths => {
    const from = filled;
    filled = to;
    return simulate(input, prepared, schedule, source, { stretch, from, to });
  };
  const toArrival = (): Float32Array => upTo(reached).demand.subarray(0, reached * PATHS);
  const ownDemand = keep && stretch === null && source.trust === 0;
  const demand = ownDemand
    ? demandOnce(
        prepared,
        { schedule, factors: stepFactors(schedule, prepared.season, input, reached), seed: input.seed },
        toArrival,
      )
    : toArrival();
  const { stock, expired } = stockAtArrival(input, belief, schedule, demand, stretch);
  const onOrder = input.openOrders.reduce((sum, order) => sum + Math.max(0, order.quantity), 0);
  const arrivalPeriods = Math.max(1e-9, schedule.duration[schedule.leadSteps]!);
  const arrivalEnds = schedule.start[schedule.leadSteps]! + arrivalPeriods;
  return {
    mode,
    schedule,
    belief,
    demand,
    isKept: ownDemand,
    toTheEnd: () => upTo(schedule.steps),
    stock,
    expired,
    need: lacking(demand, schedule.leadSteps, stock),
    ratio,
    position: clean(input.onHand + onOrder - input.backordered),
    meanDemand: meanOfStep(demand, schedule.leadSteps) / arrivalPeriods,
    usualDemand: prepared.profile.mean > 0 ? prepared.profile.mean : null,
    usualSale: prepared.usualSale,
    trust: source.trust,
    newcomer: source.newcomer,
    growthDoubt: (1 - source.trust) * growthDoubt(prepared.growth, prepared.past.unseenTail + arrivalEnds),
  };
}

const need = new Float64Array(PATHS);

function lacking(demand: Float32Array, step: number, stock: Float64Array): Float64Array {
  for (let path = 0; path < PATHS; path++) need[path] = demand[step * PATHS + path]! - stock[path]!;
  return need;
}

/** Lead time of each path over the expected one. */
function leadStretch(belief: LeadBelief, leadSteps: number, seed: number): Float64Array | null {
  if (leadSteps === 0) return null;
  const expected = Math.max(belief.promised, meanLead(belief));
  const uniform = shockTable(seed).uniform(LEAD_COLUMN);
  const stretch = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    const lead = remainingAt(belief, 0, uniform[path]!);
    stretch[path] = Number.isFinite(lead) ? lead / expected : LOST_STRETCH;
  }
  return stretch;
}
