import { describe, expect, it } from "vitest";
import { inputOf, keepBasis } from "../../src/workflow/advice/advice-basis.ts";
import { assessInput } from "../../src/workflow/steps/assess.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const NO_ORDERS = { counted: [], total: 0, overdue: [], gone: [] };
const HISTORY = [9, 12, 10, 8, 11, 10, 13, 9, 10, 7, 12, 11];

function there(inStock: readonly boolean[] | null, history: readonly number[] = HISTORY) {
  return assessInput(aPlanInput({ history, inStock }), NO_ORDERS, "");
}

describe("what an answer was judged on", () => {
  it.each([
    ["always in stock", HISTORY.map(() => true)],
    ["sometimes out of stock", HISTORY.map((_, day) => day !== 4)],
    ["not known", null],
  ])("comes back as it was: %s", (_, inStock) => {
    const assessment = there(inStock);
    const kept = keepBasis(assessment, 20)!;
    expect(inputOf(JSON.parse(JSON.stringify(kept)))).toEqual(assessment.input);
    expect(kept.usualOrder).toBe(20);
  });

  it("takes little room for three years of daily sales", () => {
    const days = Array.from({ length: 1_100 }, (_, day) => day % 23);
    expect(
      JSON.stringify(
        keepBasis(
          there(
            days.map(() => true),
            days,
          ),
          null,
        ),
      ).length,
    ).toBeLessThan(5_000);
  });

  it("is left out where it is too large to keep", () => {
    const days = Array.from({ length: 1_100 }, (_, day) => 1e9 + day + 0.123_456);
    expect(keepBasis(there(null, days), null)).toBeNull();
  });
});
