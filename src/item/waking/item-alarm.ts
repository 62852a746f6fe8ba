/**
 * When an item's object wakes next. Its one alarm covers what is due and what a crash would leave undone. It is not set
 * where something else is sure to bring the object back.
 */
import type { AlarmClock } from "../../shared/alarm-clock.ts";
import type { ItemDeps } from "../deps.ts";
import { nextDue, phaseOf } from "./due.ts";
import type { Projections } from "../effects/projections.ts";
import type { ToldLines } from "../effects/told-lines.ts";
import type { Journal } from "../store/journal.ts";

/** Time after an adviser's deadline by which its outcome is written, unless the object died. */
const PROGRESS_MARGIN_MS = 5_000;

/** A caller that waits for the database is answered after this long in any case. */
const MOST_PROJECTING_MS = 2_000;

interface Parts {
  readonly clock: AlarmClock;
  readonly deps: Pick<ItemDeps, "now" | "objectId" | "settings">;
  readonly journal: Journal;
  readonly inProgress: ReadonlySet<number>;
  readonly projections: Projections;
  readonly lines: ToldLines;
}

export class ItemAlarm {
  readonly #parts: Parts;
  readonly #phaseMs: number;
  /** What the database has not confirmed needs no alarm: see `wake` and `repeatedly`. */
  #isCovered = false;
  /** No alarm was set since the object was opened. */
  #isFirst = true;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#phaseMs = phaseOf(parts.deps.objectId);
  }

  /**
   * The object wakes when something is next due.
   *
   * @param isOpened it has just been opened. An alarm that was set with its last row and is gone has rung, so the
   *   database has that row: none is set for it until something is written, which would cost each such object a commit.
   */
  async wake(isOpened = false): Promise<void> {
    const found = await this.#parts.clock.load(this.#parts.deps.now());
    if (found === "set") this.#isFirst = false;
    this.#isCovered = isOpened && found === "none";
    this.arm();
    this.#isCovered = false;
  }

  /** Next to a commit it becomes part of the same write. */
  arm(now = this.#parts.deps.now()): void {
    const dueAt = this.nextDue(now);
    if (dueAt !== null) this.#isFirst = false;
    this.#parts.clock.arm(dueAt, now);
  }

  /** Around the alarm handler's work. After a failure the fallback alarm stays set, which tries again in a minute. */
  async ring(work: (hasWork: boolean) => Promise<void>, onFailure: (cause: unknown) => void): Promise<void> {
    const { clock, deps } = this.#parts;
    const hasWork = this.nextDue() !== null;
    await clock.ringing(hasWork, deps.now());
    try {
      await work(hasWork);
    } catch (cause) {
      onFailure(cause);
      return;
    }
    await clock.rearm(this.nextDue(), deps.now());
  }

  /**
   * For a caller that asks again after a crash until it is answered, and is answered when the database has what `work`
   * wrote: no alarm is set for that, which would cost a write now and a call later.
   */
  async repeatedly<T>(work: () => Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      // Only for what is written before the first await: what others write meanwhile needs its alarm.
      this.#isCovered = true;
      const working = work();
      this.#isCovered = false;
      const result = await working;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, MOST_PROJECTING_MS)));
      await Promise.race([this.#parts.projections.settled(), late]);
      return result;
    } finally {
      this.#isCovered = false;
      clearTimeout(timer);
      this.arm();
    }
  }

  nextDue(now = this.#parts.deps.now()): number | null {
    const { deps, journal, inProgress, projections, lines } = this.#parts;
    const { workflows, orders } = journal;
    return nextDue(
      {
        active: workflows.active,
        unconfirmed: workflows.hasUnconfirmed && !this.#isCovered,
        isFirst: this.#isFirst,
        inProgress,
        progressLimitMs: (deps.settings.llm?.deadlineMs ?? 0) + PROGRESS_MARGIN_MS,
        projectAt: projections.retryAt,
        tellAt: lines.retryAt,
        hasUntold: orders.untold.length > 0,
        phaseMs: this.#phaseMs,
      },
      now,
    );
  }
}
