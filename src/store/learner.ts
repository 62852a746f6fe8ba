/** Runs the store's learning page by page: keeps sums and cursor after each, and writes lessons after the last. */
import type { StorageBindings } from "../storage/bindings.ts";
import { parseStored } from "../storage/stored-json.ts";
import type { StoreWorld } from "../world/types.ts";
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
      const [{ begun, isUnderWay }, { learnedPage }] = await Promise.all([
        import("./learning.ts"),
        import("./learning-page.ts"),
      ]);
      if (!isUnderWay(this.#state)) this.#keep(begun(this.#state));
      for (let page = 0; page < PAGES_A_CALL; page++) {
        const changes = await learnedPage(this.#env, this.#state, storeId, world, now);
        this.#keep({ ...this.#state, ...changes });
        if (!this.isUnderWay) return true;
      }
      await this.#storage.setAlarm(Date.now() + 1);
      return false;
    } finally {
      this.#isRunning = false;
    }
  }

  #keep(state: LearningState): void {
    this.#state = state;
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec(TABLE);
      this.#storage.sql.exec("INSERT OR REPLACE INTO learning VALUES (1, ?)", JSON.stringify(state));
    });
  }
}
