import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { preparedOnce } from "../../src/replenishment/models/keep-prepared.ts";
import { plan } from "../../src/replenishment/plan.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const history = Array.from({ length: 120 }, (_, day) => (day * 7) % 11);

test("models are fitted once while the history stays the same object", () => {
  const first = preparedOnce(aPlanInput({ history, onHand: 3 }));
  expect(preparedOnce(aPlanInput({ history, onHand: 90 }))).toBe(first);
  expect(preparedOnce(aPlanInput({ history: [...history], onHand: 3 }))).not.toBe(first);
});

test("models serve every lead time, and another pack or other knowledge fits anew", () => {
  const first = preparedOnce(aPlanInput({ history }));
  expect(preparedOnce(aPlanInput({ history, leadTime: { promised: 30, observed: [] } }))).toBe(first);
  const packs = preparedOnce(
    aPlanInput({ history, constraints: { minOrderQuantity: 0, packSize: 0.5, maxStock: null } }),
  );
  expect(packs).not.toBe(first);
  expect(preparedOnce(aPlanInput({ history, historyFactors: history.map(() => 2) }))).not.toBe(packs);
});

test("a history that is lent serves as long as its parts are the same", () => {
  const borrowed = { history: [...history], inStock: null, scale: 2, as: "like" } as const;
  const first = preparedOnce(aPlanInput({ history, borrowed }));
  expect(preparedOnce(aPlanInput({ history, borrowed: { ...borrowed } }))).toBe(first);
  expect(preparedOnce(aPlanInput({ history, borrowed: { ...borrowed, scale: 3 } }))).not.toBe(first);
});

test("a plan on kept models and paths is the plan", () => {
  for (const onHand of [0, 5, 40, 400, 5]) {
    const input = aPlanInput({ history, onHand });
    expect(plan(input, preparedOnce(input))).toEqual(plan(input));
  }
});

test.each([
  ["lead time", { leadTime: { promised: 3, observed: [] } }],
  ["review period", { reviewPeriod: 2 }],
  ["table of shocks", { seed: 2 }],
  ["event", { demandMultipliers: [1, 1, 3] }],
  ["end of demand", { periodsLeft: 3 }],
  ["time of day", { elapsed: 0.5 }],
  ["calendar", { arrivals: [2, 6, 7] }],
  ["forecast", { forecast: { points: [{ mean: 30 }], ageDays: 0, pastError: null } }],
  ["supplier", { leadTime: { promised: 2, observed: [2, 4] } }],
] as const)("kept paths do not serve another %s", (_, difference) => {
  const usual = aPlanInput({ history, leadTime: { promised: 2, observed: [] }, onHand: 12 });
  const unusual = { ...usual, ...difference };
  for (const input of [usual, unusual, usual]) expect(plan(input, preparedOnce(usual))).toEqual(plan(input));
});

test("kept paths do not keep a history that its item has let go", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const planned = (): WeakRef<readonly number[]> => {
    const input = aPlanInput({ history: [...history], historyStart: "2040-01-01", periodDays: 1 });
    plan(input, preparedOnce(input));
    return new WeakRef(input.history);
  };
  const past = planned();
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  expect(past.deref()).toBeUndefined();
});

test("whoever comes after a thousand other items is planned the same", () => {
  const input = aPlanInput({ history, onHand: 5 });
  const prepared = preparedOnce(input);
  const first = plan(input, prepared);
  for (let item = 0; item <= 1000; item++) plan(input, { ...prepared });
  expect(plan(input, prepared)).toEqual(first);
});
