/** Callers that wait until a workflow is no longer running. In memory: a caller does not survive its object either. */
import type { Workflow } from "../workflow/types/workflow.ts";

export class Waiters {
  readonly #waiting = new Map<number, Set<() => void>>();

  /** Resolves when the workflow of this ordinal stops running, or after `waitMs`. */
  async until(seq: number, waitMs: number): Promise<void> {
    if (waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(seq) ?? new Set();
      this.#waiting.set(seq, waiting);
      const finish = (): void => {
        clearTimeout(timer);
        waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      waiting.add(finish);
    });
  }

  /** To be called with every workflow that an event has changed. */
  announce({ seq, status }: Workflow): void {
    if (status === "running") return;
    for (const finish of this.#waiting.get(seq) ?? []) finish();
    this.#waiting.delete(seq);
  }
}
