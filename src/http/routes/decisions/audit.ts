/** The audit trail of one workflow, and of all in pages for `npm run audit:verify`. */
import * as z from "zod";
import { pageSize } from "../../../api/requests.ts";
import { AuditAnswer, TrailsAnswer } from "../../../api/responses.ts";
import { iso } from "../../../api/to-wire.ts";
import { auditFault } from "../../../storage/audit/audit-fault.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { guarded, json } from "../../kit/route.ts";

const TrailsQuery = z.strictObject({
  limit: pageSize(200, 500),
  /** The last workflow id of the page before. */
  after: z.string().max(128).default(""),
});

export const getAuditTrails = guarded({
  method: "GET",
  path: "/audit",
  scope: "read",
  query: TrailsQuery,
  docs: {
    summary: "Audit trails of all workflows, in pages",
    group: "decisions",
    answers: { 200: { says: "A page of trails", content: json(TrailsAnswer) } },
  },
  async handle(c, { query: { limit, after }, principal }) {
    const trails = await storageOf(c.env).trails.page(after, limit, storesOf(principal));
    return c.json({
      trails: trails.map(trailToWire),
      next_after: trails.length < limit ? null : (trails.at(-1)?.id ?? null),
    });
  },
});

export const getAudit = guarded({
  ...OF_WORKFLOW,
  method: "GET",
  path: "/audit/:workflow_id",
  scope: "read",
  docs: {
    summary: "The audit trail of a workflow",
    group: "decisions",
    answers: { 200: { says: "The trail", content: json(AuditAnswer) } },
    problems: ["not_found"],
  },
  handle: async (c, { params }) => c.json(trailToWire(await findWorkflow(c, params.workflow_id))),
});

function trailToWire(workflow: Workflow) {
  const fault = auditFault(workflow);
  return {
    workflow_id: workflow.id,
    product_id: workflow.productId,
    store_id: workflow.storeId,
    status: workflow.status,
    decision:
      workflow.decision === null ? null : { action: workflow.decision.action, quantity: workflow.decision.quantity },
    intact: fault === null,
    fault,
    entries: workflow.audit.map((entry) => ({
      seq: entry.seq,
      at: iso(entry.at),
      event: entry.event,
      actor: entry.actor,
      for: entry.label ?? null,
      channel: entry.channel ?? null,
      detail: entry.detail ?? null,
      hash: entry.hash ?? null,
    })),
  };
}
