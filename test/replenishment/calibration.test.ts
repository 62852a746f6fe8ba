import { describe, expect, test } from "vitest";
import { fitLogistic } from "../../bench/calibrate/logistic.ts";
import { mulberry32 } from "../../bench/plan/statistics.ts";
import { calibrated, leadGroupOf } from "../../src/replenishment/confidence/calibration.ts";
import { plan } from "../../src/replenishment/plan.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const ALL_SEEN = { unseenDays: 0, seenPeriods: 100 };

const cases = (["period", "protection"] as const).flatMap((tolerance) =>
  [0, 1, 4].flatMap((lead) => [0.5, 0.95].map((ratio) => ({ tolerance, lead, ratio }))),
);

describe("calibrated confidence", () => {
  test.each(cases)(
    "rises with the share of paths and is never certain: $tolerance, lead $lead, ratio $ratio",
    ({ tolerance, lead, ratio }) => {
      let before = 0;
      for (let share = 0; share <= 1; share += 0.01) {
        const by = { demandClass: "smooth", group: leadGroupOf(lead), ratio, ...ALL_SEEN } as const;
        const confidence = calibrated(share, tolerance, by);
        expect(confidence).toBeGreaterThanOrEqual(before);
        expect(confidence).toBeGreaterThanOrEqual(0.01);
        expect(confidence).toBeLessThanOrEqual(0.99);
        before = confidence;
      }
    },
  );
});

test.each(["smooth", "erratic", "intermittent", "lumpy"] as const)(
  "what is right on no path is asked about, whatever the class: %s",
  (demandClass) => {
    for (const lead of [0, 1, 4])
      for (const ratio of [0.5, 0.8, 0.95])
        expect(calibrated(0, "protection", { demandClass, group: leadGroupOf(lead), ratio, ...ALL_SEEN })).toBeLessThan(
          0.6,
        );
  },
);

test("what sells in most periods is stated less sure at a ratio of one half; measured ratios are the limits", () => {
  const at = (demandClass: "smooth" | "erratic", ratio: number): number =>
    calibrated(0.7, "protection", { demandClass, group: "now", ratio, ...ALL_SEEN });
  for (const demandClass of ["smooth", "erratic"] as const) {
    expect(at(demandClass, 0.5)).toBeLessThan(at(demandClass, 0.95) - 0.05);
    expect(at(demandClass, 0.01)).toBe(at(demandClass, 0.5));
    expect(at(demandClass, 0.999)).toBe(at(demandClass, 0.95));
  }
});

test.each(["period", "protection"] as const)("what is not known never raises a confidence: %s", (tolerance) => {
  const by = { demandClass: "smooth", group: leadGroupOf(4), ratio: 0.8 } as const;
  for (const share of [0, 0.3, 0.7, 1]) {
    const known = calibrated(share, tolerance, { ...by, ...ALL_SEEN });
    let before = known;
    for (const unseenDays of [1, 7, 28, 90]) {
      const confidence = calibrated(share, tolerance, { ...by, ...ALL_SEEN, unseenDays });
      expect(confidence).toBeLessThanOrEqual(before);
      before = confidence;
    }
    expect(calibrated(share, tolerance, { ...by, ...ALL_SEEN, seenPeriods: 3 })).toBeLessThanOrEqual(known);
  }
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

test("confidence is stated in four digits, since no more are known and every decision is stored", () => {
  const stated = (onHand: number): number =>
    plan(aPlanInput({ history: [12, 0, 5, 9, 7, 3, 8, 11, 4, 6, 2, 9], onHand, tolerance: "protection" })).confidence;
  const digits = Array.from({ length: 12 }, (_, at) => String(stated(at * 4)).length);
  expect(Math.max(...digits)).toBeLessThanOrEqual("0.1234".length);
});
