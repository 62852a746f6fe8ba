import { expect, test } from "vitest";
import { atRest, billFor } from "../../bench/cost/bill.ts";
import { emptyUsage } from "../../bench/cost/meter.ts";

const used = { ...emptyUsage(), cpuMilliseconds: 0, modelUsd: 0 };

test("a million decisions of one row each cost the price of a million rows", () => {
  const bill = billFor({ ...used, objectRowsWritten: 50 }, 50);
  expect(bill.usd_per_million).toBeCloseTo(1);
  expect(bill.terms["object_rows_written"]).toEqual({ per_decision: 1, usd_per_million: 1 });
});

test("the largest term is named, and the terms add up", () => {
  const bill = billFor({ ...used, requests: 10, d1RowsWritten: 20, kvReads: 10, modelUsd: 0.00001 }, 10);
  expect(bill.largest_term).toBe("d1_rows_written");
  expect(bill.usd_per_million).toBeCloseTo(0.3 + 2 + 0.5 + 1);
});

test("a gigabyte of decisions costs nine dollars for a year in D1", () => {
  const kept = atRest({ bytes_per_decision_d1: 1_000, bytes_per_decision_item: 500 });
  expect(kept.d1_usd_a_year).toBeCloseTo(9);
  expect(kept.item_usd_a_day).toBeCloseTo((0.5 * 0.2 * 12) / 365);
});
