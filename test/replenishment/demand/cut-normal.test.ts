import { expect, test } from "vitest";
import { cutNormal } from "../../../src/replenishment/statistics/cut-normal.ts";
import { normalQuantile } from "../../../src/replenishment/statistics/normal.ts";

const DRAWS = 200_000;
const shocks = Array.from({ length: DRAWS }, (_, index) => normalQuantile((index + 0.5) / DRAWS));

test.each([0.05, 0.2, 0.31, 0.5, 0.8, 1, 1.5, 2.5, 4])(
  "a normal cut at zero keeps its mean, and a deviation of %f times that",
  (variation) => {
    const { location, spread } = cutNormal(20, 20 * variation);
    const demand = shocks.map((shock) => Math.max(0, location + spread * shock));
    const mean = demand.reduce((sum, units) => sum + units, 0) / DRAWS;
    const variance = demand.reduce((sum, units) => sum + (units - mean) ** 2, 0) / DRAWS;
    expect(mean / 20).toBeCloseTo(1, 2);
    expect(Math.sqrt(variance) / 20 / variation).toBeCloseTo(1, 2);
  },
);

test("a narrow one is the normal itself, and none has neither mean nor spread", () => {
  expect(cutNormal(20, 5)).toEqual({ location: 20, spread: 5 });
  expect(cutNormal(0, 5)).toEqual({ location: 0, spread: 0 });
});
