/** What regret is tolerated, by the demand that is usual in the time that an order protects. */
import { describe, expect, it } from "vitest";
import { shareWithinTolerance } from "../../src/replenishment/confidence/risk.ts";
import { outlookOf } from "../../src/replenishment/paths/outlook.ts";
import { prepare } from "../../src/replenishment/plan.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const CLOSED_TWO_DAYS = [1, 1, 0, 0, 1, 1, 1, 1, 1];

/** Share of paths, each of which misses `missing` units; ten a day, five days to the arrival, one review. */
function share(missing: number, demandMultipliers: readonly number[] | null): number {
  const input = aPlanInput({
    history: Array<number>(60).fill(10),
    periodDays: 1,
    leadTime: { promised: 5, observed: [] },
    tolerance: "protection",
    demandMultipliers,
  });
  const outlook = outlookOf(input, prepare(input));
  return shareWithinTolerance({ ...outlook, need: new Float64Array(256).fill(missing) }, input, 0);
}

describe("a fifth of the usual demand until the next arrival may be missing", () => {
  it("of each day", () => {
    expect([share(12, null), share(13, null)]).toEqual([1, 0]);
  });

  it("on which the store is open", () => {
    expect([share(8, CLOSED_TWO_DAYS), share(9, CLOSED_TWO_DAYS)]).toEqual([1, 0]);
    expect([share(2, Array(9).fill(0)), share(3, Array(9).fill(0))]).toEqual([1, 0]);
  });
});
