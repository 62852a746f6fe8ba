/**
 * Which versions of the item's workflows the database has not confirmed yet. Kept in memory only: after a restart they
 * are sent again, and their versions make the repetition harmless.
 */
import type { Workflow } from "../../workflow/types/workflow.ts";

export class Confirmations {
  /** Ordinal -> the version that waits. */
  readonly #awaited = new Map<number, number>();
  /** Null = to be computed again. */
  #lowest: number | null = null;

  get size(): number {
    return this.#awaited.size;
  }

  /** Oldest first. */
  ordinals(limit: number): number[] {
    return [...this.#awaited.keys()].toSorted((a, b) => a - b).slice(0, limit);
  }

  /** Highest ordinal up to which everything is confirmed, of `last` in all. */
  through(last: number): number {
    if (this.#awaited.size === 0) return last;
    if (this.#lowest === null) {
      let lowest = Infinity;
      for (const seq of this.#awaited.keys()) lowest = Math.min(lowest, seq);
      this.#lowest = lowest;
    }
    return this.#lowest - 1;
  }

  expect({ seq, version }: Pick<Workflow, "seq" | "version">): void {
    this.#awaited.set(seq, version);
    if (this.#lowest !== null) this.#lowest = Math.min(this.#lowest, seq);
  }

  /** True when no newer version of this workflow is still awaited. */
  confirm({ seq, version }: Pick<Workflow, "seq" | "version">): boolean {
    if ((this.#awaited.get(seq) ?? Infinity) > version) return false;
    this.#awaited.delete(seq);
    if (seq === this.#lowest) this.#lowest = null;
    return true;
  }
}
