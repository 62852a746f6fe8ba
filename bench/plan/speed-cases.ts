/**
 * The cases on which the plan is timed: the common case, an unreliable supplier, counts, a long lead time, and a
 * trigger of the service.
 */
import { preparedOnce } from "../../src/replenishment/models/keep-prepared.ts";
import { plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { parsePlanInput } from "../../scripts/lib/plan/plan-input.ts";
import { HISTORY_DAYS, steadyTrigger, unitsSold } from "../workload/workload.ts";
import { mulberry32 } from "./statistics.ts";

/** Items in rotation, so that the CPU cannot learn the branches of a single one. */
export const ITEMS = 64;
export const PERIODS = 104;

/** Limits of a plan's CPU, milliseconds: in the common case, and in all others. */
const COMMON_LIMIT_MS = 0.15;
const LIMIT_MS = 4;

export interface SpeedCase {
  readonly name: string;
  readonly limitMs: number;
  /** Whether an item's models and paths are kept from one plan to the next, as an object in memory keeps them. */
  readonly kept: boolean;
  readonly inputs: () => readonly PlanInput[];
}

export const SPEED_CASES: readonly SpeedCase[] = [
  { name: "as promised, models fitted anew", limitMs: COMMON_LIMIT_MS, kept: false, inputs: () => drawn({}) },
  { name: "as promised, models kept", limitMs: COMMON_LIMIT_MS, kept: true, inputs: () => drawn({}) },
  {
    name: "supplier unreliable (rollout)",
    limitMs: LIMIT_MS,
    kept: false,
    inputs: () => drawn({ observed: [4, 5, 3] }),
  },
  { name: "intermittent", limitMs: LIMIT_MS, kept: false, inputs: () => drawn({ zeros: 0.6 }) },
  { name: "intermittent, models kept", limitMs: LIMIT_MS, kept: true, inputs: () => drawn({ zeros: 0.6 }) },
  {
    name: "90 days of lead, two years of days",
    limitMs: LIMIT_MS,
    kept: false,
    inputs: () => drawn({ lead: 90, periods: 730 }),
  },
  { name: "a service's trigger, first", limitMs: LIMIT_MS, kept: false, inputs: triggered },
  { name: "a service's trigger, models kept", limitMs: LIMIT_MS, kept: true, inputs: triggered },
];

/** Plans every item in turn, `count` times in all. */
export function planInTurn(inputs: readonly PlanInput[], kept: boolean, count: number): void {
  for (let call = 0; call < count; call++) {
    const input = inputs[call % inputs.length]!;
    plan(input, kept ? preparedOnce(input) : null);
  }
}

function drawn({
  observed = [],
  zeros = 0,
  lead = 4,
  periods = PERIODS,
}: {
  observed?: number[];
  zeros?: number;
  lead?: number;
  periods?: number;
}): PlanInput[] {
  const random = mulberry32(7);
  return Array.from({ length: ITEMS }, (_, item) => {
    const level = 5 + item * 3;
    const history = Array.from({ length: periods }, () =>
      random() < zeros ? 0 : Math.round(level * (0.4 + 1.2 * random())),
    );
    return parsePlanInput({
      history,
      on_hand: Math.round(level * random() * 3),
      open_orders: [1, 2].map((age) => ({ quantity: level, age })),
      lead_time: { promised: lead, observed },
      period_days: lead > 20 ? 1 : 7,
      costs: { holding: 0.2, shortage: 1 },
    });
  });
}

/** What the benchmark of whole requests asks: days with stock-out flags, a week of lead time, ample stock. */
function triggered(): PlanInput[] {
  return Array.from({ length: ITEMS }, (_, item) => {
    const trigger = steadyTrigger(item, item);
    return parsePlanInput({
      history: Array.from({ length: HISTORY_DAYS }, (_day, day) => unitsSold(item, day)),
      in_stock: Array.from({ length: HISTORY_DAYS }, () => 1),
      period_days: 1,
      on_hand: trigger.current_stock,
      lead_time: { promised: trigger.lead_time_days },
      safety_stock: trigger.safety_stock_level,
      tolerance: "protection",
    });
  });
}
