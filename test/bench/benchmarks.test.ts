import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { brierScore, calibrationError, heldOut, isotonicMap } from "../../bench/calibrate/scoring.ts";
import { dataFile } from "../../bench/plan/data-folder.ts";
import { parseInstances, play, scoreOf } from "../../bench/plan/inventory-bench.ts";
import { foresight, planPolicy, publishedBaseline } from "../../bench/plan/policies.ts";
import { meanOf, pairedInterval } from "../../bench/plan/statistics.ts";

const file = dataFile("inventorybench_dev.jsonl");

describe.skipIf(file === null)("InventoryBench", () => {
  const instances = file === null ? [] : parseInstances(readFileSync(file, "utf8"));

  it("is played by its rules: the published baseline comes out to the sixth digit everywhere", () => {
    for (const instance of instances)
      expect(Math.abs(play(instance, publishedBaseline) - (instance.published["or_"] ?? 0))).toBeLessThan(5.1e-7);
  });

  it("knows what perfect foresight is worth", () => {
    expect(meanOf(instances.map((instance) => scoreOf(instance, foresight(instance))))).toBeCloseTo(0.871, 3);
  });

  it("is scored above .60 on every ninth instance by the offline plan's own code path", () => {
    const some = instances.filter((_, index) => index % 9 === 0);
    expect(meanOf(some.map((instance) => scoreOf(instance, planPolicy())))).toBeGreaterThan(0.6);
  });
});

describe("scoring probabilities", () => {
  const honest = Array.from({ length: 2000 }, (_, index) => ({
    probability: (index % 10) / 10 + 0.05,
    right: (index * 7919) % 2000 < 2000 * ((index % 10) / 10 + 0.05),
  }));

  it("finds honest probabilities calibrated", () => {
    expect(calibrationError(honest)).toBeLessThan(0.05);
  });

  it("maps overconfidence down, monotonically", () => {
    const boastful = honest.map(({ probability, right }) => ({ probability: Math.sqrt(probability), right }));
    const map = isotonicMap(boastful, 21);
    map.forEach((value, index) => expect(value).toBeGreaterThanOrEqual(map[index - 1] ?? 0));
    expect(map[16]).toBeLessThan(0.75);
    expect(brierScore(boastful)).toBeGreaterThan(brierScore(honest));
  });

  it("splits series in halves, always the same", () => {
    const held = Array.from({ length: 1000 }, (_, index) => heldOut(`series ${index}`)).filter(Boolean).length;
    expect(held).toBeGreaterThan(430);
    expect(held).toBeLessThan(570);
    expect(heldOut("p01_stationary_iid/v1_normal_100_25/r1_high")).toBe(
      heldOut("p01_stationary_iid/v1_normal_100_25/r1_high"),
    );
  });

  it("bounds a paired difference", () => {
    const { mean, low, high } = pairedInterval([1, 2, 3, 4], [0, 1, 2, 3]);
    expect([mean, low, high]).toEqual([1, 1, 1]);
  });
});
