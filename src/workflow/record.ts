/** Small steps that every transition takes on a workflow's record; each returns a new one. */
import type { ItemOrder } from "./orders/item-order.ts";
import type { Actor } from "./review.ts";
import type { AuditEntry } from "./types/audit-entry.ts";
import type { NoticePurpose } from "./types/delivery.ts";
import type { NodeName, NodeRecord } from "./types/node-record.ts";
import type { Workflow } from "./types/workflow.ts";

/** Something that others should be told; the item turns it into deliveries on the configured channels. */
export interface Notice {
  readonly workflowId: string;
  readonly revision: number;
  readonly purpose: NoticePurpose;
}

/** Why a verdict was not taken. */
export type Refusal =
  | { readonly reason: "already_decided" | "expired" | "superseded" | "not_awaiting_review" | "revision_changed" }
  | { readonly reason: "quantity_not_allowed" | "not_allowed" | "same_person" | "too_late"; readonly message: string };

/** What an event did. Everything in it is written in one transaction, or nothing is (I2). */
export interface Transition {
  /** The subject's present record, changed or not. */
  readonly workflow: Workflow;
  /** False = nothing is to be written. */
  readonly isChanged: boolean;
  /** Records that changed with the subject: the open question, or waiting workflows that it overtook. */
  readonly others: readonly Workflow[];
  readonly order: ItemOrder | null;
  readonly notices: readonly Notice[];
  readonly refusal: Refusal | null;
}

export function changed(
  workflow: Workflow,
  extra: {
    order?: ItemOrder | null;
    notices?: readonly Notice[];
    refusal?: Refusal;
    others?: readonly Workflow[];
  } = {},
): Transition {
  return {
    workflow,
    isChanged: true,
    others: extra.others ?? [],
    order: extra.order ?? null,
    notices: extra.notices ?? [],
    refusal: extra.refusal ?? null,
  };
}

export function unchanged(workflow: Workflow, refusal: Refusal | null = null): Transition {
  return { workflow, isChanged: false, others: [], order: null, notices: [], refusal };
}

/** The record with changes, its version raised: projections rely on that. */
export function touch(workflow: Workflow, changes: Partial<Workflow>, now: number): Workflow {
  return { ...workflow, ...changes, version: workflow.version + 1, updatedAt: now };
}

/** Who did it, for the audit: the principal, and its own label where that differs. */
export function entryBy({ principal, label, channel }: Actor): Pick<AuditEntry, "actor" | "channel" | "label"> {
  return { actor: principal, channel, ...(label === principal ? {} : { label }) };
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
