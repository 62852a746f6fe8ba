import * as fc from "fast-check";
import { describe, it } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

/**
 * Steady demand without end, unmet demand kept, a supplier who keeps promises (I15). Open orders come before this one
 * would.
 */
const steady: fc.Arbitrary<PlanInput> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    mean: fc.integer({ min: 3, max: 60 }),
    periods: fc.integer({ min: 30, max: 150 }),
    lead: fc.integer({ min: 0, max: 40 }),
    onHand: fc.double({ min: 0, max: 12, noNaN: true }),
    ordered: fc.array(fc.record({ share: fc.double({ min: 0, max: 6, noNaN: true }), due: fc.nat({ max: 40 }) }), {
      maxLength: 2,
    }),
    reviewPeriod: fc.constantFrom(1, 1, 7),
    periodDays: fc.constantFrom(1, 7),
    flagged: fc.boolean(),
    shortage: fc.double({ min: 0.2, max: 4, noNaN: true }),
    packSize: fc.constantFrom(1, 6),
  })
  .map(({ seed, mean, periods, lead, onHand, ordered, flagged, shortage, packSize, ...rest }) => {
    const next = seeded(seed);
    const width = Math.max(1, Math.round(mean / 5));
    const history = Array.from({ length: periods }, () => mean - width + Math.floor(next() * (2 * width + 1)));
    return aPlanInput({
      ...rest,
      history,
      inStock: flagged ? history.map(() => true) : null,
      onHand: Math.round(onHand * mean),
      openOrders: ordered.map(({ share, due }) => ({
        quantity: Math.round(share * mean),
        age: 0,
        due: Math.min(due, lead),
      })),
      leadTime: { promised: lead, observed: [] },
      costs: { holding: 0.2, shortage, fixedOrder: 0 },
      constraints: { minOrderQuantity: 0, packSize, maxStock: null },
      unmet: "backorder",
    });
  });

const changes: readonly (readonly [name: string, change: (input: PlanInput) => PlanInput, direction: 1 | -1])[] = [
  ["a longer lead time never orders less", (input) => ({ ...input, leadTime: longer(input) }), 1],
  ["a higher shortage cost never orders less", (input) => ({ ...input, costs: dearer(input) }), 1],
  ["more on order in time never orders more", (input) => ({ ...input, openOrders: more(input) }), -1],
  ["more on hand never orders more", (input) => ({ ...input, onHand: input.onHand + 7 }), -1],
  ["a later arrival of an open order never orders less", (input) => ({ ...input, openOrders: later(input) }), 1],
];

describe("for steady demand", () => {
  it.each(changes)("%s", (_, change, direction) => {
    fc.assert(
      fc.property(steady, (input) => direction * (plan(change(input)).quantity - plan(input).quantity) >= 0),
      { numRuns: 120 },
    );
  });
});

function longer({ leadTime }: PlanInput): PlanInput["leadTime"] {
  return { ...leadTime, promised: leadTime.promised + 1 };
}

function dearer({ costs }: PlanInput): PlanInput["costs"] {
  return { ...costs, shortage: costs.shortage * 1.3 };
}

function more({ openOrders, leadTime }: PlanInput): PlanInput["openOrders"] {
  return [...openOrders, { quantity: 9, age: 0, due: leadTime.promised }];
}

function later({ openOrders }: PlanInput): PlanInput["openOrders"] {
  return openOrders.map((order) => ({ ...order, due: order.due! + 3 }));
}
