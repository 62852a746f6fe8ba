import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isDatabaseAway } from "../../src/shared/database-away.ts";
import { timedDatabase } from "../../src/storage/d1/timed-database.ts";
import { inTime } from "../../src/shared/waiting/in-time.ts";
import { kvForecastCache } from "../../src/storage/kv/forecast-cache.ts";
import { isExpected } from "../../src/telemetry/expected.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = async (): Promise<never> => new Promise(() => undefined);

/** What a wait ends with once its time is over. */
async function outcomeAfter(ms: number, wait: Promise<unknown>): Promise<unknown> {
  const outcome = wait.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(ms);
  return outcome;
}

describe("a wait with a limit", () => {
  it("ends with the answer, or with the failure, that comes in time", async () => {
    expect(await inTime(Promise.resolve(7), 1_000)).toBe(7);
    await expect(inTime(Promise.reject(new Error("refused")), 1_000)).rejects.toThrow("refused");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends at its limit with an error that may be tried again, and that nobody takes for a bug", async () => {
    const error = await outcomeAfter(1_000, inTime(never(), 1_000));
    expect(error).toMatchObject({ message: "no answer within 1000 ms", retryable: true });
    expect(isExpected(error)).toBe(true);
  });
});

describe("a cache that hangs", () => {
  const cache = kvForecastCache({ get: never, put: never } as unknown as KVNamespace);
  const item = { storeId: "main", productId: "SKU-1" };

  it("is a miss after a second, and filling it fails nothing", async () => {
    expect(await outcomeAfter(1_000, cache.get(item, 1))).toBeUndefined();
    expect(await outcomeAfter(1_000, cache.put(item, 1, null))).toBeUndefined();
  });
});

describe("a database that hangs", () => {
  const hanging = { first: never, all: never, run: never, bind: () => hanging };
  const db = timedDatabase({ prepare: () => hanging, batch: never } as unknown as D1Database);
  const statement = db.prepare("SELECT ?").bind(1);

  it.each([
    ["first", async () => statement.first()],
    ["all", async () => statement.all()],
    ["run", async () => statement.run()],
    ["batch", async () => db.batch([statement])],
  ])("is away after half a minute: %s", async (_name, ask) => {
    expect(isDatabaseAway(await outcomeAfter(30_000, ask()))).toBe(true);
  });

  it("gives what is asked for while it answers: a row, or one column of it", async () => {
    const native = { bind: () => native, first: async (column?: string) => column ?? "row" };
    const kept = timedDatabase({ prepare: () => native } as unknown as D1Database).prepare("SELECT 1");
    expect([await kept.first(), await kept.first("facts")]).toEqual(["row", "facts"]);
  });

  it("gets the platform's own statements in a batch", async () => {
    const native = { bind: () => native };
    const batches: unknown[] = [];
    const kept = { prepare: () => native, batch: async (statements: unknown) => (batches.push(statements), []) };
    const timed = timedDatabase(kept as unknown as D1Database);
    await timed.batch([timed.prepare("SELECT 1"), timed.prepare("SELECT ?").bind(1)]);
    expect(batches).toEqual([[native, native]]);
  });
});
