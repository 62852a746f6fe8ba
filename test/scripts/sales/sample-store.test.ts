import { describe, expect, it } from "vitest";
import { SAMPLE_CATALOGUE } from "../../../scripts/lib/sample/sample-catalogue.ts";
import { SAMPLE_SEED, sampleStore } from "../../../scripts/lib/sample/sample-store.ts";

const TODAY = "2040-03-05";

function historyRows(csv: string | null): string[] {
  return csv?.trim().split("\n").slice(1) ?? [];
}

describe("the sample store", () => {
  it("is the same for the same seed and day, and another for another seed", () => {
    expect(sampleStore(TODAY)).toEqual(sampleStore(TODAY, SAMPLE_SEED));
    expect(sampleStore(TODAY)).not.toEqual(sampleStore(TODAY, 1));
  });

  it("has forty different items of every kind", () => {
    expect(new Set(sampleStore(TODAY).map((item) => item.productId)).size).toBe(40);
    expect(new Set(SAMPLE_CATALOGUE.map((item) => item.demand))).toEqual(
      new Set(["smooth", "seasonal", "intermittent", "new"]),
    );
    expect(SAMPLE_CATALOGUE.filter((item) => item.orderedYesterday).length).toBeGreaterThanOrEqual(2);
  });

  it("ends every history yesterday, but the one whose sales stopped coming; a row a day, no negative units", () => {
    for (const [index, { history, productId }] of sampleStore(TODAY).entries()) {
      const rows = historyRows(history);
      if (rows.length === 0) continue;
      const last = SAMPLE_CATALOGUE[index]?.silent === true ? /^2040-02-02,/u : /^2040-03-04,/u;
      expect(rows.at(-1), productId).toMatch(last);
      expect(new Set(rows.map((row) => row.slice(0, 10))).size).toBe(rows.length);
      for (const row of rows) expect(row).toMatch(/^\d{4}-\d\d-\d\d,\d+,[01]$/u);
    }
  });

  it("sells as the catalogue says, within what chance allows", () => {
    for (const [index, { history, productId }] of sampleStore(TODAY).entries()) {
      const item = SAMPLE_CATALOGUE[index];
      const units = historyRows(history).map((row) => Number(row.split(",")[1]));
      if (item === undefined || units.length === 0) continue;
      const mean = units.reduce((sum, value) => sum + value, 0) / units.length;
      expect(mean / item.perDay, productId).toBeGreaterThan(0.6);
      expect(mean / item.perDay, productId).toBeLessThan(1.5);
    }
  });

  it("has one brand-new item low enough for the plain rule to ask, and others that may wait", () => {
    const brandNew = sampleStore(TODAY).filter((item) => item.history === null && item.forecast === null);
    const low = brandNew.filter((item) => item.stock < item.safetyStock / 2);
    expect(low).toHaveLength(1);
    expect(brandNew.length).toBeGreaterThan(low.length);
  });

  it(
    "has two items with a history that somebody is asked about: sales that stopped, and a day far above the " +
      "others",
    () => {
      expect(SAMPLE_CATALOGUE.filter(({ silent }) => silent)).toHaveLength(1);
      expect(SAMPLE_CATALOGUE.filter(({ spike }) => spike)).toHaveLength(1);
    },
  );
});
