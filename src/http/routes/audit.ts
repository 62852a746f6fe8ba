/** The audit trail of one workflow, and of all in pages for `npm run audit:verify`. */
import * as z from "zod";
import { auditFault } from "../../storage/audit-chain.ts";
import { storageOf } from "../../storage/storage.ts";
import type { Workflow } from "../../workflow/types.ts";
import { readQuery } from "../kit/body.ts";
import type { AppContext } from "../kit/context.ts";
import { pageSize } from "../../api/requests.ts";
import { iso } from "../../api/to-wire.ts";
import { findWorkflow } from "./workflows.ts";

export const TrailsQuery = z.strictObject({
  limit: pageSize(200, 500),
  /** The last workflow id of the page before. */
  after: z.string().max(128).default(""),
});

export async function getAudit(c: AppContext): Promise<Response> {
  return c.json(trailToWire(await findWorkflow(c, c.req.param("workflow_id") ?? "")));
}

export async function getAuditTrails(c: AppContext): Promise<Response> {
  const { limit, after } = readQuery(c, TrailsQuery);
  const trails = await storageOf(c.env).trails.page(after, limit);
  return c.json({
    trails: trails.map(trailToWire),
    next_after: trails.length < limit ? null : (trails.at(-1)?.id ?? null),
  });
}

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
      channel: entry.channel ?? null,
      detail: entry.detail ?? null,
      hash: entry.hash ?? null,
    })),
  };
}
