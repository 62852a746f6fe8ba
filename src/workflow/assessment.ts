/** The result of nodes 2 and 3: the baseline decision and what it is based on. */
import type { Plan, PlanInput } from "../replenishment/types.ts";
import type { Planned } from "../world/plan-input.ts";
import type { CountedOrders } from "./orders/on-order.ts";
import type { Decision } from "./types/decision.ts";

export interface Assessment {
  readonly decision: Decision;
  readonly orders: CountedOrders;
  /** Null under the plain rule: there is nothing to simulate. */
  readonly input: PlanInput | null;
  readonly plan: Plan | null;
  /** How the input was made; null under the plain rule, and where a stored input is replayed. */
  readonly planned: Planned | null;
  /** True where minimum, pack and maximum rule out every order, and the smallest one is recommended anyway. */
  readonly contradiction?: boolean;
  readonly forecastAgeDays: number | null;
  readonly forecastNote: string;
  /** Fingerprint of the facts used besides the snapshot. */
  readonly factsFingerprint: string;
}
