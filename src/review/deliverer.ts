/** How an item's notices reach people: planned as deliveries, then tried one by one. Implemented over the channels. */
import type { Notice } from "../workflow/record.ts";
import type { Delivery } from "../workflow/types/delivery.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { DemandHistory } from "../world/history.ts";
import type { Reviewed } from "./asking/recipients.ts";

/**
 * What is known on this channel of the question's messages, and of those of questions that it replaced; newest last.
 */
export interface EarlierMessages {
  /** What deliveries gave back. */
  readonly refs: readonly string[];
  /** Questions whose posting was never confirmed: the message may exist. */
  readonly unconfirmed: readonly { readonly key: string; readonly since: number }[];
}

export interface Deliverer {
  /** Which deliveries a notice means under the present settings; stored before any of them happens (I7). */
  plan(
    notice: Pick<Notice, "purpose" | "revision">,
    workflow: Workflow,
    now: number,
    /** What is known of the store: its reviewers, and endpoints that asked for its events. */
    world: Reviewed,
  ): readonly Delivery[];
  /**
   * Tries once. Returns the delivery after it: done, parked, dropped, or pending with a later due time. Never rejects.
   */
  attempt(
    workflow: Workflow,
    delivery: Delivery,
    /** See `DeliveryContext`. */
    earlier: () => EarlierMessages,
    history: DemandHistory | null,
    now: number,
  ): Promise<Delivery>;
}

/**
 * The error of a question's delivery that was skipped or delayed because people had enough questions: nothing follows
 * it either.
 */
export const QUIET = "kept for the inbox and the next mail";
