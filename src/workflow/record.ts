/** Small steps that every transition takes on a workflow's record; each returns a new one. */
import type { AuditEntry, NodeName, NodeRecord, NoticePurpose, ItemOrder, Workflow } from "./types.ts";

/** Something the world must be told; the item turns it into deliveries on the configured channels. */
export interface Notice {
  readonly workflowId: string;
  readonly revision: number;
  readonly purpose: NoticePurpose;
}

/** Why a verdict was not taken. */
export type Refusal =
  | { readonly reason: "already_decided" | "expired" | "superseded" | "not_awaiting_review" | "revision_changed" }
  | { readonly reason: "quantity_not_allowed"; readonly message: string };

/** What an event did. Everything in it is written in one transaction, or nothing is (I2). */
export interface Transition {
  /** The subject's present record, changed or not. */
  readonly workflow: Workflow;
  /** Records to write: the subject, and an open question that it met. Empty = nothing changed. */
  readonly changed: readonly Workflow[];
  readonly order: ItemOrder | null;
  readonly notices: readonly Notice[];
  readonly refusal: Refusal | null;
}

export function changed(
  workflow: Workflow,
  extra: { order?: ItemOrder | null; notices?: readonly Notice[]; refusal?: Refusal; also?: readonly Workflow[] } = {},
): Transition {
  return {
    workflow,
    changed: [workflow, ...(extra.also ?? [])],
    order: extra.order ?? null,
    notices: extra.notices ?? [],
    refusal: extra.refusal ?? null,
  };
}

export function unchanged(workflow: Workflow, refusal: Refusal | null = null): Transition {
  return { workflow, changed: [], order: null, notices: [], refusal };
}

/** The record with changes, its version raised: projections rely on that. */
export function touch(workflow: Workflow, changes: Partial<Workflow>, now: number): Workflow {
  return { ...workflow, ...changes, version: workflow.version + 1, updatedAt: now };
}

export function audited(workflow: Workflow, entry: Omit<AuditEntry, "seq">): readonly AuditEntry[] {
  return [...workflow.audit, { seq: workflow.audit.length + 1, ...entry }];
}

export function withNode(nodes: readonly NodeRecord[], record: NodeRecord): readonly NodeRecord[] {
  return nodes.map((node) => (node.node === record.node ? record : node));
}

export function done(node: NodeName, durationMs: number, note: string): NodeRecord {
  return { node, status: "done", durationMs, note };
}
