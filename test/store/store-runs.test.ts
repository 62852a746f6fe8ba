/** Items that a run cannot reach are asked again after it until they answer, and then count as what they answered. */
import { expect, it } from "vitest";
import type { RunAnswer, RunCall, RunRecord } from "../../src/store/runs/run.ts";
import { StoreRuns } from "../../src/store/runs/store-runs.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const T0 = Date.parse("2040-03-01T06:00:00Z");
const HOLD: RunAnswer = { kind: "decided", action: "hold", waits: null };
const OF_STORE = { storeId: "main", supplierId: null, morning: null } as const;

/** A store's runs on a disk in memory, whose items answer as they are told to: null = they cannot be reached. */
class AStore {
  readonly asked: string[] = [];
  readonly letters: string[] = [];
  readonly #disk = new Map<number, RunRecord>();
  readonly #answer: (productId: string, attempt: number) => RunAnswer | null;
  readonly #products: readonly string[];
  now = T0;
  runs: StoreRuns;

  constructor(products: readonly string[], answer: (productId: string, attempt: number) => RunAnswer | null) {
    this.#products = products;
    this.#answer = answer;
    this.runs = this.opened();
  }

  /** The object, as it is opened on what is stored. */
  opened(): StoreRuns {
    const disk = this.#disk;
    const rows = {
      lastOrdinal: Math.max(0, ...disk.keys()),
      run: (ordinal: number) => structuredClone(disk.get(ordinal)) ?? null,
      morning: () => null,
      write: ({ run }: { run?: readonly [number, RunRecord] }) =>
        void (run && disk.set(...structuredClone(run as [number, RunRecord]))),
    };
    return (this.runs = new StoreRuns(rows, {
      objectId: "0".repeat(64),
      products: async (_store, _supplier, limit, after) =>
        this.#products.filter((productId) => after === null || productId > after).slice(0, limit),
      versions: async () => ({ world: 1, uploads: 1 }),
      known: async () => new Map(),
      decideAgain: async ({ item: { productId }, runId }: RunCall) => {
        const attempt = this.asked.push(`${runId.slice(-1)} ${productId}`);
        const answer = this.#answer(productId, attempt);
        if (answer === null) throw new Error("cannot be reached");
        return answer;
      },
      now: () => this.now,
      onFailure: () => undefined,
      owesLetter: () => true,
      sendLetter: async ({ runId }) => (this.letters.push(runId.slice(-1)), { done: [], failed: [] }),
      onDone: () => undefined,
    }));
  }

  /** The alarm rings when something is due, until nothing is, or until that time. */
  async pass(until: number): Promise<RunRecord> {
    for (let due = this.runs.nextDue(); due !== null && due <= until; due = this.runs.nextDue()) {
      this.now = Math.max(this.now, due);
      await this.runs.tick();
    }
    this.now = Math.max(this.now, until);
    return this.runs.newest!;
  }
}

it("asks nothing again where every item has answered", async () => {
  const store = new AStore(["A", "B"], () => HOLD);
  store.runs.begin(OF_STORE);
  expect(await store.pass(T0 + HOUR_MS)).toMatchObject({ status: "done", items: 2, decided: 2, failed: 0 });
  expect(store.asked).toEqual(["1 A", "1 B"]);
  expect(store.runs.newest).not.toHaveProperty("again");
  expect(store.runs.nextDue()).toBeNull();
});

it("asks an item that could not be reached until it answers, and moves it to what it answered", async () => {
  let isThere = false;
  const store = new AStore(["A", "B"], (productId) => (productId === "A" && !isThere ? null : HOLD));
  store.runs.begin(OF_STORE);
  const done = await store.pass(T0 + 1_000);
  expect(done).toMatchObject({ status: "done", items: 2, decided: 1, failed: 1, finishedAt: T0 });
  await store.pass(T0 + HOUR_MS);
  const times = store.asked.length;
  expect(times).toBeGreaterThan(10);
  expect(times).toBeLessThan(50);
  // Its object may die in between: what is to be asked is stored.
  store.opened();
  isThere = true;
  expect(await store.pass(T0 + 3 * HOUR_MS)).toMatchObject({ decided: 2, failed: 0, finishedAt: T0 });
  expect(store.asked).toHaveLength(times + 1);
  expect(store.runs.nextDue()).toBeNull();
});

it("sends its mail after the first of these attempts, and does not wait for more", async () => {
  const asks: RunAnswer = { kind: "decided", action: "restock", waits: "workflow" };
  const store = new AStore(["A", "B"], (productId, attempt) => (productId === "B" ? null : attempt < 6 ? null : asks));
  store.runs.begin(OF_STORE);
  await store.pass(T0 + 4_000);
  expect(store.letters).toEqual([]);
  expect(await store.pass(T0 + 8_000)).toMatchObject({ waiting: 1, asked: ["workflow"], failed: 1 });
  expect(store.letters).toEqual(["1"]);
});

it("goes on after a run that began meanwhile, and gives up after a day", async () => {
  const store = new AStore(["A"], () => null);
  store.runs.begin(OF_STORE);
  await store.pass(T0 + HOUR_MS);
  store.runs.begin(OF_STORE);
  await store.pass(T0 + 100 * HOUR_MS);
  expect(store.asked.at(-1)).toBe("2 A");
  expect(store.asked.length).toBeLessThan(300);
  expect(store.runs.nextDue()).toBeNull();
  expect(store.runs.newest).toMatchObject({ failed: 1 });
});
