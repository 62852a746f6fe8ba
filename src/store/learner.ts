/** Runs the store's learning page by page: keeps sums and cursor after each, and writes lessons after the last. */
import { storageOf } from "../storage/storage.ts";
import type { StorageBindings } from "../storage/bindings.ts";
import { objectName } from "../storage/identity.ts";
import { parseStored } from "../storage/stored-json.ts";
import { measureId } from "../storage/world-store.ts";
import { storeDay } from "../world/opening.ts";
import type { StoreWorld } from "../world/types.ts";
import type { LearnedItem } from "./learning.ts";
import { isDue, type LearningState } from "./learning-state.ts";

/** Pages per call: far below the platform's limit of subrequests; the alarm continues with the rest. */
export const PAGES_A_CALL = 10;
const TABLE =
  "CREATE TABLE IF NOT EXISTS learning (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT";

export class Learner {
  readonly #storage: DurableObjectStorage;
  readonly #env: StorageBindings;
  #state: LearningState | null;
  #isRunning = false;

  constructor(storage: DurableObjectStorage, env: StorageBindings) {
    this.#storage = storage;
    this.#env = env;
    const { sql } = storage;
    const isMade = sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'learning'").toArray().length > 0;
    const [row] = isMade ? sql.exec<{ record: string }>("SELECT record FROM learning").toArray() : [];
    this.#state = row === undefined ? null : parseStored<LearningState>(row.record, 1);
  }

  /** Notes that sales or events changed, so there is something to learn. */
  note(): void {
    if (this.#state === null || this.#state.hasNews) return;
    this.#keep({ ...this.#state, hasNews: true });
  }

  /** True when a call left pages for later. */
  get isUnderWay(): boolean {
    return this.#state?.run != null;
  }

  get storeId(): string | null {
    return this.#state?.storeId ?? null;
  }

  /** True when lessons were written, so the store's world has changed. */
  async learn(storeId: string, world: StoreWorld, now: number): Promise<boolean> {
    this.#state ??= { schema: 1, storeId, hasNews: true, seasonWaits: false, learnedAt: null, run: null };
    if (this.#isRunning || !isDue(this.#state, now)) return false;
    this.#isRunning = true;
    try {
      const { begun, isUnderWay } = await import("./learning.ts");
      if (!isUnderWay(this.#state)) this.#keep(begun(this.#state));
      for (let page = 0; page < PAGES_A_CALL; page++) {
        if (await this.#page(storeId, world, now)) return true;
      }
      await this.#storage.setAlarm(Date.now() + 1);
      return false;
    } finally {
      this.#isRunning = false;
    }
  }

  /** True after the last page. */
  async #page(storeId: string, world: StoreWorld, now: number): Promise<boolean> {
    const [{ ITEMS_A_PAGE, lessonsOf, withPage }, { bookOf }, { historyOf }] = await Promise.all([
      import("./learning.ts"),
      import("../storage/sales-store.ts"),
      import("../world/history.ts"),
    ]);
    const { sales } = storageOf(this.#env);
    const run = this.#state!.run!;
    const products = await sales.products(storeId, ITEMS_A_PAGE, run.after);
    const identities = products.map((productId) => ({ storeId, productId }));
    const stored = products.length === 0 ? new Map() : await sales.read(identities, null);
    const items = identities.flatMap((item): LearnedItem[] => {
      const found = stored.get(objectName(item));
      const book = bookOf(found);
      const history = book === null ? null : historyOf(book);
      if (history === null) return [];
      return [{ productId: item.productId, supplierId: found.supplierId, outages: found.outages, history }];
    });
    const sums = withPage(run.sums, items, world, storeDay(now, world.store));
    const isLast = products.length < ITEMS_A_PAGE;
    if (!isLast) {
      this.#keep({ ...this.#state!, run: { sums, after: products.at(-1)! } });
      return false;
    }
    const { season, isSeasonDue, events } = lessonsOf(this.#state!, sums, now);
    const { world: known } = storageOf(this.#env);
    for (const [eventId, measured] of Object.entries(events)) {
      await known.put("measure", measureId(eventId, storeId), measured);
    }
    if (season !== null) {
      await known.put("learned", storeId, { ...season, source: "learned", learnedAt: now });
    }
    const learnedAt = season === null ? this.#state!.learnedAt : now;
    this.#keep({ ...this.#state!, run: null, seasonWaits: !isSeasonDue, learnedAt });
    return true;
  }

  #keep(state: LearningState): void {
    this.#state = state;
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec(TABLE);
      this.#storage.sql.exec("INSERT OR REPLACE INTO learning VALUES (1, ?)", JSON.stringify(state));
    });
  }
}
