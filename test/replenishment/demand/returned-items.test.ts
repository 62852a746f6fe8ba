/** Items that were not on sale for long and are sold again. */
import { describe, expect, it } from "vitest";
import { pastOf } from "../../../src/replenishment/models/known-past.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

const next = seeded(4);
const sold = (periods: number, least = 7, most = 13): number[] =>
  Array.from({ length: periods }, () => least + Math.floor((most - least + 1) * next()));
const none = (periods: number): number[] => Array<number>(periods).fill(0);

const known = (history: readonly number[], periodDays = 1): number =>
  pastOf(aPlanInput({ history, periodDays })).ownSeen;

function decided(history: readonly number[]) {
  return plan(
    aPlanInput({
      history,
      periodDays: 1,
      leadTime: { promised: 2, observed: [] },
      costs: { holding: 1, shortage: 19, fixedOrder: 0 },
      serviceLevel: 0.95,
      tolerance: "protection",
    }),
  );
}

describe("an item that comes back", () => {
  it.each([3, 7, 14])("is a new item: its %i days count, not the time without it", (days) => {
    const again = sold(days);
    const returned = decided([...sold(100), ...none(200), ...again]);
    expect(returned.quantity).toBe(decided(again).quantity);
    expect(returned.quantity).toBeGreaterThanOrEqual(13);
    expect(returned.confidence).toBe(decided(again).confidence);
  });

  it("with a single piece is not stocked as it was once", () => {
    expect(decided([...sold(100), ...none(190), 1]).quantity).toBeLessThanOrEqual(2);
    expect(decided([...sold(100), ...none(190), 1, 0, 0, 0, 0]).quantity).toBeLessThanOrEqual(2);
  });

  it("is seen by the week, too", () => {
    expect(known([...sold(50), ...none(26), ...sold(3)], 7)).toBe(3);
    expect(known([...sold(24), ...none(6), ...sold(2)], 30.4375)).toBe(32);
  });
});

describe("an item is the same still", () => {
  it.each([
    ["after a winter's closure", [...sold(100), ...none(181), ...sold(3)], 284],
    ["while it does not sell again", [...sold(100), ...none(200)], 300],
    ["where it sells so seldom", [...sold(200).map((units, at) => (at % 25 === 0 ? units : 0)), ...none(190), 1], 391],
  ])("%s", (_, history, periods) => {
    expect(known(history)).toBe(periods);
  });

  it("after time of which nothing is known", () => {
    const history = [...sold(100), ...none(190), ...sold(3)];
    const inStock = history.map((_, at) => at < 100 || at >= 290);
    expect(pastOf(aPlanInput({ history, inStock, periodDays: 1 })).ownSeen).toBe(103);
  });
});
