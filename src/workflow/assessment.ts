/** What nodes 2 and 3 hand on: the baseline decision, and what it rests on. */
import type { Plan, PlanInput } from "../replenishment/types.ts";
import type { Planned } from "../world/plan-input.ts";
import type { CountedOrders } from "./orders/on-order.ts";
import type { Decision } from "./types.ts";

export interface Assessment {
  readonly decision: Decision;
  readonly orders: CountedOrders;
  /** Null under the plain rule: there is nothing to simulate. */
  readonly input: PlanInput | null;
  readonly plan: Plan | null;
  /** How the input came about; null under the plain rule, and where a stored input is played again. */
  readonly planned: Planned | null;
  /** True where minimum, pack and maximum leave no order, and the smallest one is recommended all the same. */
  readonly contradiction?: boolean;
  readonly forecastAgeDays: number | null;
  readonly forecastNote: string;
  /** Fingerprint of what this rests on, beside the snapshot. */
  readonly factsFingerprint: string;
}
