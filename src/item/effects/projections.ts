/**
 * Sends the item's workflow records to the database right after a commit. After a failure only the alarm tries again,
 * so triggers don't hit a database that is down.
 *
 * One push runs at a time; records that change meanwhile go with the next. A record counts as unconfirmed until the
 * database has acknowledged its version, so no failure loses it (I7).
 *
 * A record that the database refuses is found by halving its batch, and parked: the others go on without it. It is
 * tried again when it changes, after an hour, and when the object is next opened.
 */
import { GrowingPause } from "../../shared/waiting/growing-pause.ts";
import type { Recorded } from "../../storage/record/workflow-record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { HOUR_MS } from "../../shared/durations.ts";

/**
 * Rows per push; the rest follows immediately. This many of the largest (an adviser's, 40 kB) stay below D1's 2 MB.
 */
const PUSH_ROWS = 25;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
/** The database may accept a refused record after a release or a migration. */
const PARKED_RETRY_MS = HOUR_MS;

export interface ProjectionDeps {
  readonly hasUnconfirmed: () => boolean;
  /** Oldest first. */
  readonly unconfirmed: (limit: number) => readonly Recorded[];
  readonly confirm: (workflows: readonly Workflow[]) => void;
  /** Resolves once the database holds them. */
  readonly push: (recorded: readonly Recorded[]) => Promise<void>;
  readonly wakeAt: (at: number) => void;
  /** True when the database refused a record; false when it could not be reached. */
  readonly isRefusal: (cause: unknown) => boolean;
  readonly onFailure: (cause: unknown) => void;
  readonly onParked: (workflow: Workflow, cause: unknown) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly now: () => number;
}

export class Projections {
  readonly #deps: ProjectionDeps;
  #pushing: Promise<void> | null = null;
  readonly #pause = new GrowingPause(FIRST_RETRY_MS, LONGEST_RETRY_MS);
  /** Ordinal -> the version that the database refused, and until when it is left alone. */
  readonly #parked = new Map<number, { readonly version: number; readonly until: number }>();

  constructor(deps: ProjectionDeps) {
    this.#deps = deps;
  }

  /** When the next attempt is made after a failure; null = nothing has failed. */
  get retryAt(): number | null {
    if (this.#pause.retryAt !== null || this.#parked.size === 0 || this.#sendable(1).length > 0)
      return this.#pause.retryAt;
    return Math.min(...[...this.#parked.values()].map(({ until }) => until));
  }

  /** Starts a push without waiting for it; the object stays awake until it is done. */
  start(): void {
    if (this.#pushing !== null || this.#pause.retryAt !== null || !this.#hasSendable()) return;
    this.#pushing = this.#push().finally(() => (this.#pushing = null));
    this.#deps.waitUntil(this.#pushing);
  }

  /** Ends when no push is under way. */
  async settled(): Promise<void> {
    await this.#pushing;
  }

  /** Tries now, without waiting for `retryAt`, until the attempt ends. */
  async drain(): Promise<void> {
    this.#pause.end();
    this.start();
    await this.#pushing;
  }

  #hasSendable(): boolean {
    return this.#deps.hasUnconfirmed() && (this.#parked.size === 0 || this.#sendable(1).length > 0);
  }

  #sendable(limit: number): readonly Recorded[] {
    const now = this.#deps.now();
    const isParked = ({ workflow: { seq, version } }: Recorded): boolean => {
      const parked = this.#parked.get(seq);
      return parked !== undefined && parked.version === version && now < parked.until;
    };
    const waiting = this.#deps.unconfirmed(limit + this.#parked.size);
    return waiting.filter((recorded) => !isParked(recorded)).slice(0, limit);
  }

  async #push(): Promise<void> {
    const { onFailure, wakeAt, now } = this.#deps;
    while (this.#hasSendable()) {
      const batch = this.#sendable(PUSH_ROWS);
      try {
        if (batch.length === 0) throw new Error("a workflow to be projected has no row");
        await this.#send(batch);
        this.#pause.succeeded();
      } catch (cause) {
        onFailure(cause);
        wakeAt(this.#pause.failed(now()));
        return;
      }
    }
  }

  /** Sends all but what the database refuses; rejects when it cannot be reached. */
  async #send(batch: readonly Recorded[]): Promise<void> {
    const { push, confirm, isRefusal, onParked, now } = this.#deps;
    try {
      await push(batch);
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      const [first] = batch;
      if (batch.length === 1 && first !== undefined) {
        const { seq, version } = first.workflow;
        this.#parked.set(seq, { version, until: now() + PARKED_RETRY_MS });
        onParked(first.workflow, cause);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#send(batch.slice(0, half));
      await this.#send(batch.slice(half));
      return;
    }
    confirm(batch.map(({ workflow }) => workflow));
    for (const { workflow } of batch) this.#parked.delete(workflow.seq);
  }
}
