/** A trigger under an idempotency key is handled once; a repetition gets the answer of the first. */
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Item } from "../item.ts";
import type { TriggerCall, TriggerRefusal } from "../trigger-call.ts";

export interface HandledTrigger {
  readonly kind: "workflow";
  readonly workflow: Workflow;
  readonly replayed: boolean;
}

export class RepeatedTriggers {
  readonly #item: Item;
  /** Keys whose first use has no row yet; kept in memory, so a crash frees them. */
  readonly #inFlight = new Set<string>();

  constructor(item: Item) {
    this.#item = item;
  }

  async once(
    { idempotency }: TriggerCall,
    handle: () => Promise<HandledTrigger | TriggerRefusal>,
  ): Promise<HandledTrigger | TriggerRefusal> {
    if (idempotency === null) return handle();
    const { key, bodyHash } = idempotency;
    const { journal, deps } = this.#item;
    const known = journal.idempotencyKeys.find(key, deps.now());
    const first = known === null ? null : journal.workflows.read(known.seq);
    if (known !== null && first !== null) {
      if (known.bodyHash !== bodyHash) return { kind: "refused", reason: "idempotency_mismatch" };
      // A failure after its first use may have left it without an alarm.
      await this.#item.alarm.wake();
      return { kind: "workflow", workflow: this.#item.asOfNow(first), replayed: true };
    }
    if (this.#inFlight.has(key)) return { kind: "refused", reason: "idempotency_in_progress" };
    this.#inFlight.add(key);
    try {
      return await handle();
    } finally {
      this.#inFlight.delete(key);
    }
  }
}
