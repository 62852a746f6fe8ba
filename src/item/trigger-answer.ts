/** A trigger's outcome as its caller passes it on: text, since a workflow would be copied twice on the way to become the same text. */
import { workflowToWire } from "../api/to-wire.ts";
import type { Workflow } from "../workflow/types.ts";
import type { TriggerOutcome } from "./triggers.ts";

export type TriggerAnswer =
  | {
      readonly kind: "workflow";
      readonly replayed: boolean;
      readonly workflowId: string;
      readonly status: Workflow["status"];
      readonly supersededBy: string | null;
      /** JSON, as the wire shows it. */
      readonly wire: string;
    }
  | Extract<TriggerOutcome, { kind: "refused" }>;

export function answerOf(outcome: TriggerOutcome): TriggerAnswer {
  if (outcome.kind === "refused") return outcome;
  const { workflow, replayed } = outcome;
  const { id, status, supersededBy } = workflow;
  return {
    kind: "workflow",
    replayed,
    workflowId: id,
    status,
    supersededBy,
    wire: JSON.stringify(workflowToWire(workflow)),
  };
}
