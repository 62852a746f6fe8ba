import { describe, expect, it } from "vitest";
import { follow, followUp } from "../../src/workflow/confidence/follow-up.ts";
import type { TrackRecord } from "../../src/workflow/confidence/track-record.ts";
import type { DemandHistory } from "../../src/world/history.ts";
import type { Decision, Snapshot } from "../../src/workflow/types.ts";
import { T0 } from "./world.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const DAY_0 = Math.floor(T0 / DAY_MS);

/** The count of the morning of day n; lead time 3 days, daily review. */
function aCount(day: number, onHand: number): Snapshot {
  return {
    onHand,
    backordered: 0,
    safetyStock: 0,
    onOrder: null,
    leadTimeDays: 3,
    reviewPeriodDays: 1,
    costs: { holding: 1, shortage: 4, fixedOrder: 0 },
    unitCost: null,
    constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
    shelfLifeDays: null,
    notes: null,
    occurredAt: T0 + day * DAY_MS,
    receivedAt: T0 + day * DAY_MS,
  };
}

function aDecision(quantity: number, confidence: number, meanDemandPerDay: number | null = 10): Decision {
  return {
    quantity,
    confidence,
    action: quantity > 0 ? "restock" : "hold",
    evidence: { meanDemandPerDay },
  } as Decision;
}

function sales(days: number): DemandHistory {
  return {
    firstDay: DAY_0,
    startDate: "2040-03-01",
    units: Array.from({ length: days }, () => 10),
    inStock: Array.from({ length: days }, () => true),
  };
}

const empty = followUp(null, aCount(0, 0), null, []);

describe("the record of confidence against outcome", () => {
  const decided = follow(empty, "w-1", aDecision(10, 0.9), aCount(0, 30));

  it("waits for the arrival's count and the days until the next review", () => {
    expect(followUp(decided, aCount(2, 10), sales(2), [])).toMatchObject({
      scored: 0,
      waiting: [{ stockAtArrival: null }],
    });
    expect(followUp(decided, aCount(3, 10), sales(3), [])).toMatchObject({
      scored: 0,
      waiting: [{ stockAtArrival: 10 }],
    });
  });

  it("scores a decision once when both are known", () => {
    const arrived = followUp(decided, aCount(3, 10), sales(3), [
      { workflowId: "w-1", quantity: 10, receivedAt: T0 + 3 * DAY_MS },
    ]);
    expect(arrived.waiting[0]!.stockAtArrival).toBe(0);
    const known = followUp(arrived, aCount(4, 0), sales(4), []);
    expect(known).toMatchObject({ scored: 1, right: 1, inStock: 1, confidenceSum: 0.9, waiting: [] });
    expect(known.brierSum).toBeCloseTo(0.01);
    expect(followUp(known, aCount(5, 0), sales(5), [])).toEqual(known);
  });

  it("counts a decision wrong that left most of the demand unmet", () => {
    const nothing = follow(empty, "w-1", aDecision(0, 0.8), aCount(0, 0));
    const wide: DemandHistory = { ...sales(4), units: [10, 10, 10, 100] };
    const known = followUp(followUp(nothing, aCount(3, 0), wide, []), aCount(4, 0), wide, []);
    expect(known).toMatchObject({ scored: 1, right: 0, inStock: 0 });
    expect(known.brierSum).toBeCloseTo(0.64);
  });

  it("drops what never becomes known instead of guessing it", () => {
    expect(followUp(decided, aCount(9, 10), sales(9), [])).toMatchObject({ scored: 0, waiting: [] });
    const uncounted = followUp(decided, aCount(3, 10), null, []);
    expect(followUp(uncounted, aCount(30, 10), null, [])).toMatchObject({ scored: 0, waiting: [] });
  });

  it("follows one decision a day, a plan's only, and never more than a few at once", () => {
    expect(follow(decided, "w-2", aDecision(5, 0.9), aCount(0, 30))).toBe(decided);
    expect(follow(empty, "w-1", aDecision(5, 0.5, null), aCount(0, 30))).toBe(empty);
    let many: TrackRecord = empty;
    for (let day = 0; day < 100; day++) many = follow(many, `w-${day}`, aDecision(5, 0.9), aCount(day, 30));
    expect(many.waiting).toHaveLength(16);
  });
});
