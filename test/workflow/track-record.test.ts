import { describe, expect, it } from "vitest";
import { follow, followUp } from "../../src/workflow/confidence/follow-up.ts";
import type { TrackRecord } from "../../src/workflow/confidence/track-record.ts";
import type { DemandHistory } from "../../src/world/history.ts";
import type { ReceivedOrder } from "../../src/workflow/orders/item-order.ts";
import type { Decision } from "../../src/workflow/types/decision.ts";
import type { Snapshot } from "../../src/workflow/types/snapshot.ts";
import { HOUR_MS, T0, World } from "./world.ts";
import { aStore, aWorld } from "../world/builders.ts";
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

/** The record after the count of day n. */
function counted(
  record: TrackRecord | null,
  day: number,
  onHand: number,
  history: DemandHistory | null = null,
  receivedOrders: readonly ReceivedOrder[] = [],
): TrackRecord {
  return followUp(record, aCount(day, onHand), { inputs: { history }, receivedOrders }, DAY_0 + day);
}

function decidedOn(day: number, onHand: number, decision: Decision, record: TrackRecord, id = "w-1"): TrackRecord {
  return follow(record, { id, snapshot: aCount(day, onHand) }, decision, DAY_0 + day);
}

const empty = counted(null, 0, 0);

describe("the record of confidence against outcome", () => {
  const decided = decidedOn(0, 30, aDecision(10, 0.9), empty);

  it("waits for the arrival's count and the days until the next review", () => {
    expect(counted(decided, 2, 10, sales(2))).toMatchObject({
      scored: 0,
      waiting: [{ stockAtArrival: null }],
    });
    expect(counted(decided, 3, 10, sales(3))).toMatchObject({
      scored: 0,
      waiting: [{ stockAtArrival: 10 }],
    });
  });

  it("scores a decision once when both are known", () => {
    const arrived = counted(decided, 3, 10, sales(3), [
      { workflowId: "w-1", quantity: 10, receivedAt: T0 + 3 * DAY_MS },
    ]);
    expect(arrived.waiting[0]!.stockAtArrival).toBe(0);
    const known = counted(arrived, 4, 0, sales(4));
    expect(known).toMatchObject({ scored: 1, right: 1, inStock: 1, confidenceSum: 0.9, waiting: [] });
    expect(known.brierSum).toBeCloseTo(0.01);
    expect(counted(known, 5, 0, sales(5))).toEqual(known);
  });

  it("counts a decision wrong that left most of the demand unmet", () => {
    const nothing = decidedOn(0, 0, aDecision(0, 0.8), empty);
    const wide: DemandHistory = { ...sales(4), units: [10, 10, 10, 100] };
    const known = counted(counted(nothing, 3, 0, wide), 4, 0, wide);
    expect(known).toMatchObject({ scored: 1, right: 0, inStock: 0 });
    expect(known.brierSum).toBeCloseTo(0.64);
  });

  /** The record of a decision of day 0 whose goods met an empty shelf, and this demand, on day 3. */
  function cameOf(quantity: number, demand: number, terms: Partial<Snapshot>): TrackRecord {
    const count = (day: number): Snapshot => ({ ...aCount(day, 0), ...terms });
    const { evidence, ...decision } = aDecision(quantity, 0.9);
    const made = { ...decision, evidence: { ...evidence, inventoryPosition: 0 } };
    const inputs = { history: { ...sales(4), units: [10, 10, 10, demand] } };
    let record = follow(empty, { id: "w-1", snapshot: count(0) }, made, DAY_0);
    for (const day of [3, 4]) record = followUp(record, count(day), { inputs, receivedOrders: [] }, DAY_0 + day);
    return record;
  }

  it("counts as no mistake what is missing beyond the maximum stock", () => {
    const constraints = { minOrderQuantity: 0, packSize: 1, maxStock: 20 };
    expect(cameOf(20, 100, { constraints })).toMatchObject({ scored: 1, right: 1, inStock: 0 });
    expect(cameOf(5, 100, { constraints })).toMatchObject({ scored: 1, right: 0 });
  });

  it.each<[string, Partial<Snapshot>, number]>([
    ["sells in time", {}, 1],
    ["spoils before it sells", { shelfLifeDays: 2 }, 0],
    ["is left when demand ends", { phaseOutOn: DAY_0 + 4 }, 0],
    ["sells before demand ends", { phaseOutOn: DAY_0 + 14 }, 1],
  ])("judges a lot that %s", (_, terms, right) => {
    const constraints = { minOrderQuantity: 0, packSize: 100, maxStock: null };
    expect(cameOf(100, 10, { constraints, ...terms })).toMatchObject({ scored: 1, right });
  });

  it("drops what never becomes known instead of guessing it", () => {
    expect(counted(decided, 9, 10, sales(9))).toMatchObject({ scored: 0, waiting: [] });
    const uncounted = counted(decided, 3, 10);
    expect(counted(uncounted, 30, 10)).toMatchObject({ scored: 0, waiting: [] });
  });

  it("goes by the store's day, as its history does", () => {
    const world = new World({ confidenceThreshold: 0 });
    world.slice = aWorld({ store: aStore({ timeZone: "Asia/Tokyo" }) });
    world.history = { ...sales(60), firstDay: DAY_0 - 60 };
    world.now = T0 + 10 * HOUR_MS;
    expect(world.trigger().track?.waiting.map(({ day }) => day)).toEqual([DAY_0 + 1]);
  });

  it("follows one decision a day, a plan's only, and never more than a few at once", () => {
    expect(decidedOn(0, 30, aDecision(5, 0.9), decided, "w-2")).toBe(decided);
    expect(decidedOn(0, 30, aDecision(5, 0.5, null), empty)).toBe(empty);
    let many: TrackRecord = empty;
    for (let day = 0; day < 100; day++) many = decidedOn(day, 30, aDecision(5, 0.9), many, `w-${day}`);
    expect(many.waiting).toHaveLength(16);
  });
});
