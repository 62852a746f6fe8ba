/** A trigger's call to its item, and the answer: what travels between the Worker and the object (I12). */
import type { Sender } from "../workflow/steps/receive.ts";
import { workflowToWire } from "../api/to-wire.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import type { StoreVersions } from "../store/store-versions.ts";
import type { Trigger } from "../workflow/facts.ts";
import type { Workflow } from "../workflow/types/workflow.ts";

export interface TriggerCall {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly trigger: Trigger;
  /** Versions of the store that the caller knows; absent = the caller does not know. */
  readonly storeVersions?: StoreVersions | undefined;
  /** The key is already scoped to the caller's API key. Not kept = a repetition is found without it. */
  readonly idempotency: { readonly key: string; readonly bodyHash: string; readonly isKept?: boolean } | null;
  readonly waitMs: number;
  /** When the request reached the edge. */
  readonly arrivedAt: number;
  readonly requestId: string | null;
  /** See `traceparentOf`; absent = the request was part of no trace. */
  readonly traceparent?: string | undefined;
  readonly sender: Sender;
  /** The run that decides again from the last count; absent = a count arrived. */
  readonly runId?: string | undefined;
  /** See `Workflow.takesBack`. */
  readonly takesBack?: string | undefined;
  readonly origin: string;
}

export interface TriggerRefusal {
  readonly kind: "refused";
  readonly reason:
    | "idempotency_mismatch"
    | "idempotency_in_progress"
    | "safety_stock_unknown"
    /** The trigger needs the item's settings, and they cannot be read now. */
    | "settings_away"
    | "unknown_item";
}

export type TriggerAnswer =
  | {
      readonly kind: "workflow";
      readonly replayed: boolean;
      readonly workflowId: string;
      readonly status: Workflow["status"];
      readonly supersededBy: string | null;
      /** The response body as JSON text: an object would be copied twice on its way to the same text. */
      readonly wire: string;
    }
  | TriggerRefusal;

export function workflowAnswer(workflow: Workflow, replayed: boolean): TriggerAnswer {
  const { id, status, supersededBy } = workflow;
  const wire = JSON.stringify(workflowToWire(workflow));
  return { kind: "workflow", replayed, workflowId: id, status, supersededBy, wire };
}
