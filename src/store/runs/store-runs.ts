/** Owns a store's runs: one at a time, one page of items per tick, started by a request or by the morning. */
import { concurrently } from "../../shared/concurrently.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { StoreFacts } from "../../world/types.ts";
import type { StoreVersions } from "../store-versions.ts";
import { begunMorning, plannedMorning, type Morning } from "./morning.ts";
import {
  begun,
  ITEMS_A_TICK,
  withPage,
  type AskAgain,
  type KnownToStore,
  type Letter,
  type NewRun,
  type RunAnswer,
  type RunCall,
  type RunRecord,
} from "./run.ts";
import { afterAttempt, withUnreached } from "./ask-again.ts";
import type { RunRows } from "./run-rows.ts";

/** Items asked at the same time: each answers when the database has its decision, which gathers some of them. */
const ITEMS_AT_ONCE = 64;
/** An item that cannot be reached is asked again within its page; then it counts as failed, until it answers later. */
const MOST_ATTEMPTS = 3;
const RETRY_MS = 5_000;
/**
 * After this time the database has the last items' questions. A failed mail is tried again after it, then after twice
 * as long, and so on.
 */
const LETTER_AFTER_MS = 2_000;
/** These attempts take about two hours. */
const MOST_LETTER_ATTEMPTS = 14;

const NOT_REACHED: RunAnswer = { kind: "failed" };

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
  /** What items of the store need to decide, by product; rejects when it cannot be read. */
  readonly known: (storeId: string, productIds: readonly string[]) => Promise<ReadonlyMap<string, KnownToStore>>;
  readonly decideAgain: (call: RunCall) => Promise<RunAnswer>;
  readonly now: () => number;
  readonly onFailure: (cause: unknown) => void;
  /** Whether a mail is due after a run that has ended. */
  readonly owesLetter: (run: RunRecord) => boolean;
  /** Sends the mails still missing. Rejects or returns null while it has to wait. */
  readonly sendLetter: (run: RunRecord, letter: Letter) => Promise<LetterResult | null>;
  /** Called when a run's last page is written. */
  readonly onDone: (run: RunRecord) => void;
}

export interface LetterResult {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

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
    const { letter = null, again } = this.#newest ?? {};
    const letterAt = letter === null || isFirst(again) ? null : letter.dueAt;
    const times = [letterAt, again?.dueAt ?? null, this.#morning?.nextAt ?? null].filter((at) => at !== null);
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
      const { letter, again } = this.#newest ?? {};
      if (letter != null && !isFirst(again)) await this.#post(this.#newest!, letter);
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
    const { storeId, supplierId, runId, startedAt } = run;
    const page = await products(storeId, supplierId, ITEMS_A_TICK, run.after);
    const { versions, known } = await this.#knowledge(storeId, page);
    const answers = await concurrently(page, ITEMS_AT_ONCE, async (productId) => {
      const item = { storeId, productId };
      const answer = await this.#ask({ schema: 1, item, runId, startedAt, versions, known: known?.get(productId) });
      return { productId, answer };
    });
    const unreached = answers.filter(({ answer }) => answer === null).map(({ productId }) => productId);
    const heard = answers.map(({ productId, answer }) => ({ productId, answer: answer ?? NOT_REACHED }));
    const counted = withUnreached(withPage(run, heard, now()), unreached, now());
    const isOwed = counted.status === "done" && (run.letter !== null || owesLetter(counted));
    const after = isOwed ? { ...counted, letter: { dueAt: now() + LETTER_AFTER_MS, attempts: 0, done: [] } } : counted;
    this.#write(after);
    if (after.status === "done") onDone(after);
  }

  /** Null = it cannot be reached. */
  async #ask(call: RunCall): Promise<RunAnswer | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#deps.decideAgain(call);
      } catch (cause) {
        if (attempt < MOST_ATTEMPTS) continue;
        this.#deps.onFailure(cause);
        return null;
      }
    }
  }

  async #askAgain(storeId: string, { dueAt, items }: AskAgain): Promise<void> {
    const { now, onFailure } = this.#deps;
    if (now() < dueAt) return;
    // Without them each item asks for itself.
    const versions = (await this.#deps.versions(storeId).catch(onFailure)) ?? undefined;
    const answers = await concurrently(items, ITEMS_AT_ONCE, async (item) => {
      const { productId, runId, startedAt } = item;
      const answer = await this.#ask({ schema: 1, item: { storeId, productId }, runId, startedAt, versions });
      return answer === null ? [] : [{ item, answer }];
    });
    // A run may have begun meanwhile, which has taken over what is still to be asked.
    if (this.#newest !== null) this.#write(afterAttempt(this.#newest, answers.flat(), now()));
  }

  /** Reads the versions first, so the data read afterwards is at least as new. */
  async #knowledge(storeId: string, page: readonly string[]) {
    const versions = await this.#deps.versions(storeId);
    // Without it each item reads for itself, and reports its own failure.
    const known = await this.#deps.known(storeId, page).catch((cause: unknown) => this.#deps.onFailure(cause));
    return { versions, known };
  }

  async #post(run: RunRecord, letter: Letter): Promise<void> {
    const { now, sendLetter, onFailure } = this.#deps;
    if (now() < letter.dueAt) return;
    const attempts = letter.attempts + 1;
    const result = await sendLetter(run, letter).catch((cause: unknown) => {
      onFailure(cause);
      return null;
    });
    // A run may have begun meanwhile, which has taken over the letter.
    if (this.#newest?.runId !== run.runId) return;
    const isOver = attempts >= MOST_LETTER_ATTEMPTS || (result !== null && result.failed.length === 0);
    const done = result?.done ?? letter.done;
    const dueAt = now() + LETTER_AFTER_MS * 2 ** Math.max(0, attempts - 3);
    this.#write({ ...run, letter: isOver ? null : { dueAt, attempts, done } });
  }

  #write(run: RunRecord): void {
    this.#rows.write({ run: [this.#ordinal, run] });
    this.#newest = run;
  }
}

/** The mail waits for the first attempt, whose questions it can then hold. */
function isFirst(again: AskAgain | undefined): boolean {
  return again?.attempts === 0;
}
