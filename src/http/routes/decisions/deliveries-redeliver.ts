/**
 * `POST /deliveries/redeliver`: retries all parked deliveries, a page of workflows per call: for an outage that is
 * over.
 */
import * as z from "zod";
import { BulkRedeliveryAnswer } from "../../../api/service-responses.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import { parseWorkflowId } from "../../../workflow/workflow-id.ts";
import { once, ONCE } from "../../kit/once.ts";
import { guarded, json } from "../../kit/route.ts";
import { enableEndpoints } from "./workflows-redeliver.ts";
import { pageSize } from "../../../api/requests.ts";

const WORKFLOWS_AT_ONCE = 10;
/** Calls that one invocation may make are limited. */
const MOST_WORKFLOWS = 200;

export const postBulkRedelivery = guarded({
  method: "POST",
  path: "/deliveries/redeliver",
  scope: "admin",
  headers: ONCE,
  query: z.object({
    limit: pageSize(MOST_WORKFLOWS, MOST_WORKFLOWS),
    cursor: z
      .string()
      .refine((id) => id === "" || parseWorkflowId(id) !== null, "is not a cursor of this list")
      .optional(),
  }),
  docs: {
    summary: "Retry all parked deliveries, those of a page of workflows a call",
    group: "service",
    answers: { 202: { says: "They are due now; the cursor leads to the next", content: json(BulkRedeliveryAnswer) } },
  },
  async handle(c, { query: { limit, cursor = "" }, principal, headers: { "Idempotency-Key": key } }) {
    return once(c, principal, key, JSON.stringify({ limit, cursor }), async () => {
      await enableEndpoints(c);
      const found = await storageOf(c.env).workflows.parked(cursor, limit + 1);
      const page = found.slice(0, limit);
      const made = await concurrently(page, WORKFLOWS_AT_ONCE, (workflowId) => {
        const { objectId } = parseWorkflowId(workflowId) ?? { objectId: "" };
        return c.env.ITEM.get(c.env.ITEM.idFromString(objectId))
          .redeliver({ schema: 1, workflowId, which: "parked" })
          .catch(() => null);
      });
      const body = {
        workflows: page.length,
        deliveries: made.reduce<number>((sum, count) => sum + (count ?? 0), 0),
        failed: page.filter((_, at) => made[at] === null),
        next_cursor: found.length > limit ? page.at(-1)! : null,
      };
      return { status: 202, body };
    });
  },
});
