/** Owns a store's runs: one at a time, one page of items per tick, started by a request or by the morning. */
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { StoreFacts } from "../../world/types.ts";
import { afterAttempt, withUnreached } from "./ask-again.ts";
import type { RunDeps } from "./deps.ts";
import { askPage, askUnreached } from "./item-answers.ts";
import { afterSending, letterOf, newLetter } from "./letter-attempts.ts";
import { begunMorning, plannedMorning, type Morning } from "./morning.ts";
import { begun, ITEMS_A_TICK, withPage, type AskAgain, type Letter, type NewRun, type RunRecord } from "./run.ts";
import type { RunRows } from "./run-rows.ts";

/** After a page that failed as a whole. */
const RETRY_MS = 5_000;

type Rows = Pick<RunRows, "lastOrdinal" | "run" | "morning" | "write">;

export class StoreRuns {
  readonly #rows: Rows;
  readonly #deps: RunDeps;
  #ordinal: number;
  #newest: RunRecord | null;
  #morning: Morning | null;
  #retryAt: number | null = null;
  #isTicking = false;

  constructor(rows: Rows, deps: RunDeps) {
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
    const now = this.#deps.now();
    // A mail that has not been sent yet is sent after this run instead, and items still missing are asked after it.
    const { letter = null, again } = this.#newest ?? {};
    const run = {
      ...begun(this.#deps.objectId, ordinal, asked, now),
      letter,
      ...(again === undefined ? {} : { again }),
    };
    this.#rows.write({ run: [ordinal, run], ...(morning === undefined ? {} : { morning }) });
    this.#ordinal = ordinal;
    this.#newest = run;
    this.#morning = morning ?? this.#morning;
    return run;
  }

  /** True when the next morning's time has changed. */
  plan(storeId: string, store: StoreFacts | null): boolean {
    const planned = plannedMorning(this.#morning, storeId, store, this.#deps.now());
    if (planned === null || planned === this.#morning) return false;
    this.#rows.write({ morning: planned });
    this.#morning = planned;
    return true;
  }

  /** Null = nothing is due. */
  nextDue(): number | null {
    if (this.underWay !== null) return this.#retryAt ?? this.#deps.now();
    const letter = this.#newest === null ? null : letterOf(this.#newest);
    const times = [letter?.dueAt, this.#newest?.again?.dueAt, this.#morning?.nextAt].filter((at) => at != null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Begins the morning's run when its time has come, and does one page of the run that is under way; between runs, asks
   * items again and sends the mail.
   */
  async tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#retryAt = null;
    try {
      this.#startMorning();
      if (this.underWay !== null) return await this.#page(this.underWay);
      if (this.#newest?.again !== undefined) await this.#askAgain(this.#newest.storeId, this.#newest.again);
      const letter = this.#newest === null ? null : letterOf(this.#newest);
      if (letter !== null) await this.#post(this.#newest!, letter);
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
    const { products, now, onDone, owesLetter } = this.#deps;
    const page = await products(run.storeId, run.supplierId, ITEMS_A_TICK, run.after);
    const { answers, unreached } = await askPage(this.#deps, run, page);
    const counted = withUnreached(withPage(run, answers, now()), unreached, now());
    const isOwed = counted.status === "done" && (run.letter !== null || owesLetter(counted));
    const after = isOwed ? { ...counted, letter: newLetter(now()) } : counted;
    this.#write(after);
    if (after.status === "done") onDone(after);
  }

  async #askAgain(storeId: string, { dueAt, items }: AskAgain): Promise<void> {
    const { now } = this.#deps;
    if (now() < dueAt) return;
    const answers = await askUnreached(this.#deps, storeId, items);
    // A run may have begun meanwhile, which has taken over what is still to be asked.
    if (this.#newest !== null) this.#write(afterAttempt(this.#newest, answers, now()));
  }

  async #post(run: RunRecord, letter: Letter): Promise<void> {
    const { now, sendLetter, onFailure } = this.#deps;
    if (now() < letter.dueAt) return;
    const result = await sendLetter(run, letter).catch((cause: unknown) => {
      onFailure(cause);
      return null;
    });
    // A run may have begun meanwhile, which has taken over the letter.
    if (this.#newest?.runId !== run.runId) return;
    this.#write({ ...run, letter: afterSending(letter, result, now()) });
  }

  #write(run: RunRecord): void {
    this.#rows.write({ run: [this.#ordinal, run] });
    this.#newest = run;
  }
}
