/** Owns a store's runs: one at a time, a page of items a tick, begun by a request or by the morning. */
import { concurrently } from "../../shared/concurrently.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { StoreFacts } from "../../world/types.ts";
import type { StoreVersions } from "../store-versions.ts";
import { begunMorning, plannedMorning, type Morning } from "./morning.ts";
import { begun, ITEMS_A_TICK, withPage, type NewRun, type RunAnswer, type RunCall, type RunRecord } from "./run.ts";
import type { RunRows } from "./run-rows.ts";

/** Items asked at the same time: each reads the database once when it is cold. */
const ITEMS_AT_ONCE = 16;
/** An item that cannot be reached is asked again within its page; then it counts as failed. */
const MOST_ATTEMPTS = 3;
const RETRY_MS = 5_000;

export interface RunDeps {
  readonly objectId: string;
  /** Products of the store above `after`, in order. */
  readonly products: (
    storeId: string,
    supplierId: string | null,
    limit: number,
    after: string | null,
  ) => Promise<readonly string[]>;
  readonly versions: (storeId: string) => Promise<StoreVersions>;
  readonly decideAgain: (call: RunCall) => Promise<RunAnswer>;
  readonly now: () => number;
  readonly onFailure: (cause: unknown) => void;
  /** A run's last page is written. */
  readonly onDone: (run: RunRecord) => void;
}

export class StoreRuns {
  readonly #rows: RunRows;
  readonly #deps: RunDeps;
  #ordinal: number;
  #newest: RunRecord | null;
  #morning: Morning | null;
  #retryAt: number | null = null;
  #isTicking = false;

  constructor(rows: RunRows, deps: RunDeps) {
    this.#rows = rows;
    this.#deps = deps;
    this.#ordinal = rows.lastOrdinal;
    this.#newest = rows.run(this.#ordinal);
    this.#morning = rows.morning();
  }

  get newest(): RunRecord | null {
    return this.#newest;
  }

  get underWay(): RunRecord | null {
    return this.#newest?.status === "running" ? this.#newest : null;
  }

  /** Null = there is no such run here (any more). */
  find(runId: string): RunRecord | null {
    const ordinal = parseWorkflowId(runId)?.seq ?? 0;
    const found = ordinal === this.#ordinal ? this.#newest : this.#rows.run(ordinal);
    return found?.runId === runId ? found : null;
  }

  /** The caller has made sure that none is under way. */
  begin(asked: NewRun, morning?: Morning): RunRecord {
    const ordinal = this.#ordinal + 1;
    const run = begun(this.#deps.objectId, ordinal, asked, this.#deps.now());
    this.#rows.write({ run: [ordinal, run], ...(morning === undefined ? {} : { morning }) });
    this.#ordinal = ordinal;
    this.#newest = run;
    this.#morning = morning ?? this.#morning;
    return run;
  }

  /** True when the next morning is at another moment than before. */
  plan(storeId: string, store: StoreFacts | null): boolean {
    const planned = plannedMorning(this.#morning, storeId, store, this.#deps.now());
    if (planned === null || planned === this.#morning) return false;
    this.#rows.write({ morning: planned });
    this.#morning = planned;
    return true;
  }

  /** Null = nothing to do by itself. */
  nextDue(): number | null {
    if (this.underWay !== null) return this.#retryAt ?? this.#deps.now();
    return this.#morning?.nextAt ?? null;
  }

  /** Begins the morning's run when its time has come, and does one page of the run that is under way. */
  async tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#retryAt = null;
    try {
      this.#startMorning();
      if (this.underWay !== null) await this.#page(this.underWay);
    } catch (cause) {
      this.#retryAt = this.#deps.now() + RETRY_MS;
      this.#deps.onFailure(cause);
    } finally {
      this.#isTicking = false;
    }
  }

  #startMorning(): void {
    const now = this.#deps.now();
    const morning = this.#morning;
    if (this.underWay !== null || morning?.nextAt == null || now < morning.nextAt) return;
    const next = begunMorning(morning, now);
    this.begin({ storeId: morning.storeId, supplierId: null, morning: next.lastDay }, next);
  }

  async #page(run: RunRecord): Promise<void> {
    const { products, versions, decideAgain, now, onFailure, onDone } = this.#deps;
    const { storeId, supplierId, runId } = run;
    const page = await products(storeId, supplierId, ITEMS_A_TICK, run.after);
    const known = await versions(storeId);
    const ask = async (productId: string): Promise<RunAnswer> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await decideAgain({ schema: 1, item: { storeId, productId }, runId, versions: known });
        } catch (cause) {
          if (attempt < MOST_ATTEMPTS) continue;
          onFailure(cause);
          return { kind: "failed" };
        }
      }
    };
    const answers = await concurrently(page, ITEMS_AT_ONCE, async (productId) => ({
      productId,
      answer: await ask(productId),
    }));
    const after = withPage(run, answers, now());
    this.#rows.write({ run: [this.#ordinal, after] });
    this.#newest = after;
    if (after.status === "done") onDone(after);
  }
}
