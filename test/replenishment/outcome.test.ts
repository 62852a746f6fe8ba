import { describe, expect, it } from "vitest";
import { scoreDecision, type PastDecision } from "../../src/replenishment/confidence/outcome.ts";

const decision: PastDecision = {
  quantity: 50,
  confidence: 0.8,
  costs: { holding: 0.2, shortage: 1 },
  tolerance: "period",
  leadTime: 2,
  reviewPeriod: 1,
  usualDemand: 40,
};

describe("the outcome of a decision", () => {
  it("is right when little was missing", () => {
    expect(scoreDecision(decision, { stockAtArrival: 5, demand: 60 })).toMatchObject({
      regret: 5,
      withinTolerance: true,
      inStock: false,
    });
  });

  it("is wrong when much was missing, unless the protection interval is what counts", () => {
    const followed = { stockAtArrival: 0, demand: 70 };
    expect(scoreDecision(decision, followed).withinTolerance).toBe(false);
    expect(scoreDecision({ ...decision, tolerance: "protection" }, followed).withinTolerance).toBe(true);
  });

  it("is not blamed for stock that was there before it", () => {
    expect(scoreDecision({ ...decision, quantity: 0 }, { stockAtArrival: 500, demand: 10 }).regret).toBe(0);
    expect(scoreDecision(decision, { stockAtArrival: 500, demand: 10 }).regret).toBeCloseTo(10, 9);
  });

  it("scores the stated confidence", () => {
    expect(scoreDecision(decision, { stockAtArrival: 0, demand: 50 }).brier).toBeCloseTo(0.04, 9);
  });
});
