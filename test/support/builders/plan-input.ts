import type { PlanInput } from "../../../src/replenishment/types.ts";

/** A plain item: three months of weekly sales near 10, two weeks of lead time, nothing on order. */
export function aPlanInput(changes: Partial<PlanInput> = {}): PlanInput {
  return {
    history: [9, 12, 10, 8, 11, 10, 13, 9, 10, 7, 12, 11],
    inStock: null,
    historyStart: null,
    periodDays: 7,
    forecast: null,
    onHand: 0,
    backordered: 0,
    openOrders: [],
    leadTime: { promised: 2, observed: [] },
    reviewPeriod: 1,
    periodsLeft: null,
    costs: { holding: 0.2, shortage: 1, fixedOrder: 0 },
    constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
    safetyStock: 0,
    unmet: "lost",
    seasonalProfile: null,
    demandMultipliers: null,
    shelfLife: null,
    tolerance: "period",
    seed: 1,
    ...changes,
  };
}
