/**
 * Sends the item's workflow records to the database. Right after a commit they go by themselves; after a failure only the
 * alarm tries again, so that triggers don't hit a database that is down.
 *
 * Pushes go one at a time: what changes meanwhile goes with the next. A record counts as unconfirmed until the database
 * has acknowledged its version, so nothing is forgotten, whatever fails in between (I7).
 */
import type { Recorded } from "../../storage/workflow-record.ts";
import type { Workflow } from "../../workflow/types.ts";

/** Rows sent at once; the rest follows at once after it. As many of the largest (an adviser's, 40 kB) stay below D1's 2 MB. */
const PUSH_ROWS = 25;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

export interface ProjectionDeps {
  readonly hasUnconfirmed: () => boolean;
  /** Oldest first. */
  readonly unconfirmed: (limit: number) => readonly Recorded[];
  readonly confirm: (workflows: readonly Workflow[]) => void;
  /** Resolves once the database holds them. */
  readonly push: (recorded: readonly Recorded[]) => Promise<void>;
  readonly wakeAt: (at: number) => void;
  readonly onFailure: (cause: unknown) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly now: () => number;
}

export class Projections {
  readonly #deps: ProjectionDeps;
  #pushing: Promise<void> | null = null;
  #failures = 0;
  #retryAt: number | null = null;

  constructor(deps: ProjectionDeps) {
    this.#deps = deps;
  }

  /** When the next attempt is made after a failure; null = nothing has failed. */
  get retryAt(): number | null {
    return this.#retryAt;
  }

  /** Starts a push and does not wait for it; the object stays awake until it is done. */
  start(): void {
    if (this.#pushing !== null || this.#retryAt !== null || !this.#deps.hasUnconfirmed()) return;
    this.#pushing = this.#push().finally(() => (this.#pushing = null));
    this.#deps.waitUntil(this.#pushing);
  }

  /** Tries now, whatever failed before, and waits for the end. */
  async drain(): Promise<void> {
    this.#retryAt = null;
    this.start();
    await this.#pushing;
  }

  async #push(): Promise<void> {
    const { hasUnconfirmed, unconfirmed, push, confirm, onFailure, wakeAt, now } = this.#deps;
    while (hasUnconfirmed()) {
      const batch = unconfirmed(PUSH_ROWS);
      try {
        if (batch.length === 0) throw new Error("a workflow to be projected has no row");
        await push(batch);
        confirm(batch.map(({ workflow }) => workflow));
        this.#failures = 0;
        this.#retryAt = null;
      } catch (cause) {
        onFailure(cause);
        this.#retryAt = now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
        this.#failures++;
        wakeAt(this.#retryAt);
        return;
      }
    }
  }
}
