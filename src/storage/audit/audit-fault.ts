/** Checks a trail: whether its hashes hold, and whether it ends as its workflow did. */
import type { AuditEntry } from "../../workflow/types/audit-entry.ts";
import type { Decision } from "../../workflow/types/decision.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { hashOf, rootOf } from "./audit-chain.ts";
import { chainFault } from "../../workflow/audit/hash-chain.ts";

/** What a trail is checked against. */
export interface AuditedWorkflow extends Pick<Workflow, "id" | "audit" | "status"> {
  readonly decision: Pick<Decision, "action" | "quantity"> | null;
}

/** What is wrong with a trail, in words, or null when it holds. */
export function auditFault(workflow: AuditedWorkflow): string | null {
  const { id, audit: entries } = workflow;
  return chainFault({ entries, root: rootOf(id), hashOf, storedHashes: "last" }) ?? endFault(workflow);
}

/** What the supplier says of the decision's order, and that the answer was taken back, come after the decision. */
const AFTER_THE_END: ReadonlySet<AuditEntry["event"]> = new Set(["order_changed", "taken_back"]);

/** A trail that was cut off at its end still hashes right, but does not end as its workflow did. */
function endFault({ audit, status, decision }: AuditedWorkflow): string | null {
  const last = audit.findLast(({ event }) => !AFTER_THE_END.has(event));
  if (last === undefined) return "the trail is empty";
  switch (status) {
    case "running":
    case "awaiting_human_review":
      return last.event === "executed" ? "the trail goes on after its workflow" : null;
    case "superseded":
      return last.event === "superseded" ? null : "the end is missing";
    case "completed":
    case "rejected":
    case "expired": {
      if (last.event !== "executed") return "the end is missing";
      const what = decision === null ? "" : decision.action === "restock" ? `restock ${decision.quantity}` : "hold";
      return last.detail === what ? null : `executed "${last.detail}", but the decision says "${what}"`;
    }
  }
}
