/** A workflow's audit as a hash chain, and what of it is stored. */
import { sha256Hex } from "../../shared/sha256.ts";
import type { AuditEntry } from "../../workflow/types/audit-entry.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { chained } from "../../workflow/audit/hash-chain.ts";

const DOMAIN = "stockwarden.audit.1";

/** Trails of which every hash was computed here: nothing is left to check. */
const computed = new WeakSet<readonly AuditEntry[]>();

/** The workflow with every entry hashed; entries that have a hash keep it, whatever it is. */
export function withHashes(workflow: Workflow): Workflow {
  if (workflow.audit.every(isHashed)) return workflow;
  const audit = chained(workflow.audit, rootOf(workflow.id), hashOf);
  if (workflow.audit.every((entry) => entry.hash === undefined)) computed.add(audit);
  return { ...workflow, audit };
}

export function isHashed({ hash }: AuditEntry): boolean {
  return hash !== undefined;
}

/** The hash that covers all entries of a trail that has none yet. */
export function lastHashOf({ id, audit }: Pick<Workflow, "id" | "audit">): string {
  return audit.reduce(hashOf, rootOf(id));
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

/** The first link. */
export function rootOf(workflowId: string): string {
  return sha256Hex(`${DOMAIN}\n${workflowId}`);
}

export function hashOf(previous: string, { seq, at, event, actor, channel, detail, label }: AuditEntry): string {
  const fields = [previous, seq, at, event, actor, channel ?? null, detail ?? null];
  return sha256Hex(JSON.stringify(label === undefined ? fields : [...fields, label]));
}
