/**
 * The workflow records that are kept in memory: those that are open or have deliveries to make, and finished ones until
 * their first projection attempt. If the database is unavailable or busy then, they are read from disk again.
 */
import type { Recorded } from "../../storage/record/workflow-record.ts";
import { TERMINAL, type Workflow } from "../../workflow/types/workflow.ts";
import { nextDelivery } from "./workflow-columns.ts";

export class RecordsInMemory {
  /** Open, or with deliveries to make. */
  readonly #active = new Map<number, Recorded>();
  /** Finished, and not released yet. */
  #finishing = new Map<number, Recorded>();
  /** Made anew when an active record changes, since every decision asks for them and most items have none. */
  #listed: { readonly active: readonly Workflow[]; readonly open: readonly Workflow[] } = { active: [], open: [] };

  /** Workflows that are open or have deliveries to make. */
  get active(): readonly Workflow[] {
    return this.#listed.active;
  }

  /** Workflows that are not terminal, oldest first. */
  get open(): readonly Workflow[] {
    return this.#listed.open;
  }

  isActive(seq: number): boolean {
    return this.#active.has(seq);
  }

  get(seq: number): Recorded | undefined {
    return this.#active.get(seq) ?? this.#finishing.get(seq);
  }

  keep(recorded: Recorded): void {
    const { workflow } = recorded;
    const isActive = !TERMINAL.has(workflow.status) || nextDelivery(workflow) !== null;
    const wasActive = this.#active.has(workflow.seq);
    (isActive ? this.#active : this.#finishing).set(workflow.seq, recorded);
    (isActive ? this.#finishing : this.#active).delete(workflow.seq);
    if (isActive || wasActive) this.#listed = this.#list();
  }

  #list() {
    const active = [...this.#active.values()].map((recorded) => recorded.workflow);
    const open = active.filter(({ status }) => !TERMINAL.has(status)).toSorted((a, b) => a.seq - b.seq);
    return { active, open };
  }

  /** Its projection was sent. */
  releaseOne(seq: number): void {
    this.#finishing.delete(seq);
  }

  /** What has been written could leave by now: finished records need not stay in memory. */
  release(): void {
    // A map that is cleared leads from its old entries to its new ones: one that the collector has moved to its old
    // space, dead or not, would keep every later record alive until the next full collection.
    if (this.#finishing.size > 0) this.#finishing = new Map();
  }
}
