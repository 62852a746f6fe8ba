/** Checks a trail: whether its hashes hold, and whether it ends as its workflow did. */
import type { AuditEntry } from "../workflow/types/audit-entry.ts";
import type { Decision } from "../workflow/types/decision.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { hashOf, rootOf } from "./audit-chain.ts";

/** What a trail is checked against. */
export interface AuditedWorkflow extends Pick<Workflow, "id" | "audit" | "status"> {
  readonly decision: Pick<Decision, "action" | "quantity"> | null;
}

/** What is wrong with a trail, in words, or null when it holds. */
export function auditFault(workflow: AuditedWorkflow): string | null {
  let previous = rootOf(workflow.id);
  let at = 0;
  for (const [index, entry] of workflow.audit.entries()) {
    if (entry.seq !== index + 1) return `entry ${index + 1} is missing`;
    if (entry.hash !== hashOf(previous, entry)) {
      // Hashes above the last one are not stored, so whatever was changed shows at the last.
      const orAbove = index === workflow.audit.length - 1 && index > 0 ? ", or one above it," : "";
      return `entry ${entry.seq} (${entry.event})${orAbove} was changed`;
    }
    if (entry.at < at) return `entry ${entry.seq} (${entry.event}) is dated before the one above it`;
    previous = entry.hash;
    at = entry.at;
  }
  return endFault(workflow);
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
