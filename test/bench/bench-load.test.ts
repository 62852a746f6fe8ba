import { expect, test } from "vitest";
import { balance, type Sent } from "../../bench/load/ledger.ts";
import { morning } from "../../bench/load/mix.ts";

const RATE = 40;
const MINUTES = 5;
const arrivals = morning(RATE, MINUTES, 200, 1);

test("arrivals keep the rate that was asked for, and the opening is the busiest time", () => {
  expect(arrivals.length / (MINUTES * 60)).toBeGreaterThan(RATE * 0.9);
  expect(arrivals.length / (MINUTES * 60)).toBeLessThan(RATE * 1.1);
  const opening = arrivals.filter(({ atMs }) => atMs < MINUTES * 6_000).length;
  expect(opening / arrivals.length).toBeGreaterThan(0.2);
});

test("the same seed is the same morning, another one is not", () => {
  expect(morning(RATE, 1, 200, 7)).toEqual(morning(RATE, 1, 200, 7));
  expect(morning(RATE, 1, 200, 8)).not.toEqual(morning(RATE, 1, 200, 7));
});

test("there are a hot item, duplicates under one key with one body, and a few questions", () => {
  const share = (picked: readonly unknown[]): number => picked.length / arrivals.length;
  expect(share(arrivals.filter(({ item }) => item === 0))).toBeGreaterThan(0.05);
  const byKey = Map.groupBy(arrivals, ({ key }) => key);
  const repeated = [...byKey.values()].filter((same) => same.length > 1);
  expect(share(repeated)).toBeGreaterThan(0.02);
  for (const same of repeated)
    expect(new Set(same.map(({ atMs: _atMs, ...body }) => JSON.stringify(body))).size).toBe(1);
  expect(share(arrivals.filter(({ asksPerson }) => asksPerson))).toBeGreaterThan(0.005);
});

const sent = (changes: Partial<Sent>): Sent => ({
  key: "k",
  status: 200,
  workflowId: "w-1",
  retryAfter: null,
  latencyMs: 5,
  ...changes,
});

test("a key that was answered with two workflows was decided twice", () => {
  expect(balance([sent({}), sent({})]).decidedTwice).toBe(0);
  expect(balance([sent({}), sent({ workflowId: "w-2" })]).decidedTwice).toBe(1);
});

test("overload without Retry-After, and failures that promise nothing, are told apart", () => {
  const none = { workflowId: null };
  const books = balance([
    sent({ status: 429, retryAfter: "60", ...none }),
    sent({ status: 503, ...none }),
    sent({ status: 409, ...none }),
    sent({ status: 0, ...none }),
    sent({ status: 500, ...none }),
    sent({}),
  ]);
  expect(books).toMatchObject({
    accepted: 1,
    refused: 2,
    refusedWithoutRetryAfter: 1,
    stillInProgress: 1,
    unreached: 1,
    failed: 1,
  });
});
