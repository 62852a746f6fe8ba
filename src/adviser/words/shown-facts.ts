/** What an adviser is asked, and the outside text of it as the model sees it. */
import type { Plan, PlanInput } from "../../replenishment/types.ts";
import type { Snapshot } from "../../workflow/types/snapshot.ts";
import { cleanText } from "./clean-text.ts";

/** Notes are a remark or a supplier's message; a longer text costs money and hides things. */
const LONGEST_NOTES = 2_000;
export const LONGEST_NAME = 128;

export interface AdviceRequest {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly snapshot: Snapshot;
  readonly input: PlanInput;
  readonly plan: Plan;
  /** Units a period, oldest first. */
  readonly recentDemand: readonly number[];
  /** Median of recent orders; null before the first. */
  readonly usualOrder: number | null;
  /** Epoch ms. */
  readonly now: number;
  /** The trace of the workflow; no model sees it. */
  readonly traceparent?: string;
}

/** The outside text as the model sees it, which is also where a named event must be found. */
export function shownNotes(request: AdviceRequest): string {
  return cleanText(request.snapshot.notes ?? "", LONGEST_NOTES);
}

export function shownProductId(request: AdviceRequest): string {
  return cleanText(request.productId, LONGEST_NAME);
}
