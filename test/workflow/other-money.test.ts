/** A supplier that is paid in another money: unit costs are in its money, limits and other costs in the store's. */
import { describe, expect, it } from "vitest";
import { guardReasons } from "../../src/workflow/guards/guards.ts";
import { orderValue } from "../../src/workflow/orders/money.ts";
import { assess } from "../../src/workflow/steps/assess.ts";
import { presentSnapshot, validate } from "../../src/workflow/steps/validate.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import { aStore, aSupplier, aWorld } from "../world/builders.ts";
import { aTrigger, aVerdict, T0, World } from "./world.ts";
import { NO_LIMITS } from "../../src/workflow/asking/reviewer-limits.ts";

const YEN = aStore({ currency: "JPY" });
const tradedAt = (rate: number | null) => aWorld({ store: YEN, supplier: aSupplier({ currency: "EUR", rate }) });

function snapshotOf(terms: ItemTerms, world = tradedAt(160)) {
  return validate(aTrigger(), { supplierId: "acme", ...terms }, world, T0);
}

/** A question about 28 units at 10 euros: 280 euros, 44,800 yen. */
function asked(rate: number | null, policy = {}) {
  const world = new World(policy);
  world.slice = tradedAt(rate);
  return { world, question: world.trigger({ terms: { unitCost: 10 } }) };
}

describe("the value of an order", () => {
  it("is in the store's money, and unknown without a rate", () => {
    expect(orderValue(snapshotOf({ unitCost: 10 }), 28)).toBe(44_800);
    expect(orderValue(snapshotOf({ unitCost: 10 }, tradedAt(null)), 28)).toBeNull();
    expect(orderValue(snapshotOf({ unitCost: 10 }, aWorld({ store: YEN })), 28)).toBe(280);
  });

  it("is what limits are held against", () => {
    const limited = (valueLimit: number) => aVerdict({ limits: { ...NO_LIMITS, valueLimit } });
    const { world, question } = asked(160);
    expect(world.decide(question, limited(44_000)).refusal).toMatchObject({ reason: "not_allowed" });
    expect(world.decide(question, limited(45_000)).refusal).toBeNull();
    const unknown = asked(null);
    expect(unknown.world.decide(unknown.question, limited(1e9)).refusal).toMatchObject({ reason: "not_allowed" });
  });

  it("decides who is asked, and how many have to approve", () => {
    expect(asked(160, { valueAbove: 1_000 }).question.review?.reasons).toContain("value_above_cap");
    expect(asked(160, { valueAbove: 50_000 }).question.review?.reasons).not.toContain("value_above_cap");
    expect(asked(160, { approvalsRequiredAbove: 1_000 }).question.review?.approvalsNeeded).toBe(2);
  });

  it("is asked about where a limit is set and the rate is unknown", () => {
    const { world, question } = asked(null, { valueAbove: 1e9 });
    const facts = world.facts();
    const snapshot = question.snapshot;
    const assessment = assess(snapshot, facts, T0);
    expect(guardReasons({ decision: question.decision!, snapshot, assessment, facts, now: T0 })).toEqual([
      "value_unknown",
    ]);
  });
});

describe("a fixed cost of ordering", () => {
  const costs = (rate: number | null, unitCost: number) =>
    snapshotOf({ fixedOrderCost: 500, unitCost }, tradedAt(rate)).costs;

  it("is weighed against the unit cost in the store's money", () => {
    expect(costs(160, 10)).toEqual(costs(1, 1_600));
    expect(costs(160, 10).fixedOrder).toBe(500);
  });

  it("has no effect where nobody knows what a unit costs in that money", () => {
    expect(costs(null, 10).fixedOrder).toBe(0);
  });
});

it("a rate that no longer applies is forgotten when the item is looked at again", () => {
  const inputs = { terms: { unitCost: 10 }, unavailable: false };
  const present = { inputs, world: aWorld({ store: YEN }) };
  expect(orderValue(presentSnapshot(snapshotOf({ unitCost: 10 }), present, T0), 28)).toBe(280);
});
