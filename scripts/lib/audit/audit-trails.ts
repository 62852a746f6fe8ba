/**
 * Turns audit trails of the wire back into what was hashed, and finds the numbers missing from an item's row.
 */
import * as z from "zod";
import type { auditFault } from "../../../src/storage/audit/audit-fault.ts";
import { makeWorkflowId, parseWorkflowId } from "../../../src/workflow/workflow-id.ts";
import { ACTIONS, WORKFLOW_STATUSES } from "../../../src/shared/statuses.ts";

const TrailShape = z.object({
  workflow_id: z.string(),
  product_id: z.string(),
  store_id: z.string(),
  status: z.enum(WORKFLOW_STATUSES),
  decision: z.object({ action: z.enum(ACTIONS), quantity: z.number() }).nullable(),
  entries: z.array(
    z.object({
      seq: z.number(),
      at: z.string(),
      event: z.string(),
      actor: z.string(),
      for: z.string().nullable(),
      channel: z.string().nullable(),
      detail: z.string().nullable(),
      hash: z.string().nullable(),
    }),
  ),
});

export type Trail = z.output<typeof TrailShape>;

export const TrailPage = z.object({ trails: z.array(TrailShape), next_after: z.string().nullable() });

type Checked = Parameters<typeof auditFault>[0];

export function toWorkflow(trail: Trail): Checked {
  return {
    id: trail.workflow_id,
    status: trail.status,
    decision: trail.decision,
    audit: trail.entries.map(({ at, channel, detail, hash, event, for: label, ...entry }) => ({
      ...entry,
      ...(label === null ? {} : { label }),
      at: Date.parse(at),
      event: event as Checked["audit"][number]["event"],
      ...(channel === null ? {} : { channel }),
      ...(detail === null ? {} : { detail }),
      ...(hash === null ? {} : { hash }),
    })),
  };
}

/** Workflow ids that must exist between an item's oldest and newest: ordinals have no holes. */
export function gapsOf(trails: readonly Pick<Trail, "workflow_id">[]): string[] {
  const byItem = new Map<string, number[]>();
  for (const { workflow_id } of trails) {
    const parts = parseWorkflowId(workflow_id);
    if (parts === null) throw new Error(`"${workflow_id}" is no workflow id`);
    byItem.set(parts.objectId, [...(byItem.get(parts.objectId) ?? []), parts.seq]);
  }
  return [...byItem].flatMap(([objectId, ordinals]) => {
    const known = new Set(ordinals);
    const first = Math.min(...ordinals);
    return Array.from({ length: Math.max(...ordinals) - first + 1 }, (_, index) => first + index)
      .filter((ordinal) => !known.has(ordinal))
      .map((ordinal) => makeWorkflowId(objectId, ordinal));
  });
}
