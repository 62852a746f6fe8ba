/**
 * The audit as a hash chain: each entry's hash covers the one before it, so that a changed, removed or inserted entry
 * shows. The first link is the workflow's id, so that a trail cannot be passed off as another's.
 */
import { sha256Hex } from "../shared/sha256.ts";
import type { AuditEntry, Decision, Workflow } from "../workflow/types.ts";

const DOMAIN = "stockwarden.audit.1";

/** What a trail is checked against. */
export interface AuditedWorkflow extends Pick<Workflow, "id" | "audit" | "status"> {
  readonly decision: Pick<Decision, "action" | "quantity"> | null;
}

/** Trails of which every hash was computed here: nothing is left to check. */
const computed = new WeakSet<readonly AuditEntry[]>();

/** The workflow with every entry hashed; entries that have a hash keep it, whatever it is. */
export function withHashes(workflow: Workflow): Workflow {
  if (workflow.audit.every((entry) => entry.hash !== undefined)) return workflow;
  let previous = rootOf(workflow.id);
  const audit = workflow.audit.map((entry) => {
    const hash = entry.hash ?? hashOf(previous, entry);
    previous = hash;
    return { ...entry, hash };
  });
  if (workflow.audit.every((entry) => entry.hash === undefined)) computed.add(audit);
  return { ...workflow, audit };
}

/**
 * The workflow as it is stored: without the hashes that `withHashes` computes from the entries. The last one stays and
 * covers all that is above it; a hash that does not fit its entry stays, too.
 */
export function withoutImpliedHashes(workflow: Workflow): Workflow {
  const { id, audit } = workflow;
  if (audit.length < 2 || audit.some((entry) => entry.hash === undefined)) return workflow;
  const isComputed = computed.has(audit);
  let previous = isComputed ? "" : rootOf(id);
  const last = audit.length - 1;
  const lean = audit.map((entry, at): AuditEntry => {
    const isImplied = at < last && (isComputed || entry.hash === hashOf(previous, entry));
    previous = entry.hash!;
    if (!isImplied) return entry;
    const { hash: _implied, ...rest } = entry;
    return rest;
  });
  return { ...workflow, audit: lean };
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

function rootOf(workflowId: string): string {
  return sha256Hex(`${DOMAIN}\n${workflowId}`);
}

function hashOf(previous: string, { seq, at, event, actor, channel, detail, label }: AuditEntry): string {
  const fields = [previous, seq, at, event, actor, channel ?? null, detail ?? null];
  return sha256Hex(JSON.stringify(label === undefined ? fields : [...fields, label]));
}
