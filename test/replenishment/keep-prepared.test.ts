import { expect, test } from "vitest";
import { preparedOnce } from "../../src/replenishment/keep-prepared.ts";
import { plan } from "../../src/replenishment/plan.ts";
import { aPlanInput } from "../support/plan-input.ts";

const history = Array.from({ length: 120 }, (_, day) => (day * 7) % 11);

test("models are fitted once while the history stays the same object", () => {
  const first = preparedOnce(aPlanInput({ history, onHand: 3 }));
  expect(preparedOnce(aPlanInput({ history, onHand: 90 }))).toBe(first);
  expect(preparedOnce(aPlanInput({ history: [...history], onHand: 3 }))).not.toBe(first);
});

test("another lead time, another open order or another review period fits anew", () => {
  const first = preparedOnce(aPlanInput({ history }));
  const later = preparedOnce(aPlanInput({ history, leadTime: { promised: 9, observed: [] } }));
  expect(later).not.toBe(first);
  expect(preparedOnce(aPlanInput({ history, openOrders: [{ quantity: 5, age: 30 }] }))).not.toBe(later);
});

test("a plan on kept models is the plan", () => {
  for (const onHand of [0, 5, 40, 400]) {
    const input = aPlanInput({ history, onHand });
    expect(plan(input, preparedOnce(input))).toEqual(plan(input));
  }
});
