import { expect, test } from "vitest";
import { countQuantile } from "../../../src/replenishment/models/count-quantile.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

test.each([0.001, 0.5, 0.95, 0.9999])("a negative binomial of any size nears the Poisson it ends in: %d", (u) => {
  const poisson = countQuantile(u, 13, Number.POSITIVE_INFINITY);
  for (const size of [1e5, 1e7, 1e9, 1e12, 1e15, 1e16, 1e17, 1e300])
    expect(countQuantile(u, 13, size), `${size}`).toBe(poisson);
});

test.each([4, 12, 28, 64, 65, -6, -31, -90])(
  "a whole size of %d has the quantiles of those that nearly are it",
  (size) => {
    for (let mean = 0.5; mean <= 5.5; mean++) {
      for (const u of [0.003, 0.2, 0.5, 0.77, 0.96, 0.999])
        expect(countQuantile(u, mean, size), `${u} of ${mean}`).toBe(countQuantile(u, mean, size * (1 + 1e-12)));
    }
  },
);

test("lead times that differ from path to path leave demand what it is", () => {
  const history = steadyDays();
  const inStock = history.map(() => true);
  for (let lead = 0; lead <= 30; lead++) {
    const leadTime = { promised: lead, observed: [lead, lead + 2] };
    const { evidence } = plan(aPlanInput({ history, inStock, periodDays: 1, leadTime }));
    expect(evidence.meanDemand).toBeGreaterThan(9);
    expect(evidence.meanDemand).toBeLessThan(11.5);
  }
});
