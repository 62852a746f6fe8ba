import { describe, expect, test } from "vitest";
import { fitLogistic } from "../../bench/calibrate/logistic.ts";
import { mulberry32 } from "../../bench/plan/statistics.ts";
import { calibrated, leadGroupOf } from "../../src/replenishment/confidence/calibration.ts";

const cases = (["period", "protection"] as const).flatMap((tolerance) =>
  [0, 1, 4].flatMap((lead) => [0.5, 0.95].map((ratio) => ({ tolerance, lead, ratio }))),
);

describe("calibrated confidence", () => {
  test.each(cases)(
    "rises with the share of paths and is never certain: $tolerance, lead $lead, ratio $ratio",
    ({ tolerance, lead, ratio }) => {
      let before = 0;
      for (let share = 0; share <= 1; share += 0.01) {
        const confidence = calibrated(share, tolerance, { demandClass: "smooth", group: leadGroupOf(lead), ratio });
        expect(confidence).toBeGreaterThanOrEqual(before);
        expect(confidence).toBeGreaterThanOrEqual(0.01);
        expect(confidence).toBeLessThanOrEqual(0.99);
        before = confidence;
      }
    },
  );
});

test("a logistic fit finds the odds that outcomes were drawn from", () => {
  const random = mulberry32(3);
  const observations = Array.from({ length: 20_000 }, () => {
    const x = 4 * random() - 2;
    return { features: [1, x], right: random() < 1 / (1 + Math.exp(-(0.5 + 1.5 * x))) };
  });
  const [constant, slope] = fitLogistic(observations);
  expect(constant).toBeCloseTo(0.5, 1);
  expect(slope).toBeCloseTo(1.5, 1);
});
