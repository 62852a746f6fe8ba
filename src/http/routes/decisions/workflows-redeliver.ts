/** `POST /workflows/{id}/redeliver`: retries parked deliveries, and the webhook with them. */
import { RedeliveryAnswer } from "../../../api/responses.ts";
import { enableEndpoint } from "../../../review/webhook/endpoint-gate.ts";
import { storageOf } from "../../../storage/storage.ts";
import { MOST_WEBHOOKS } from "../connect/webhooks.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { noSuchWorkflow, objectOfWorkflow } from "../../kit/item-stubs.ts";
import { once, ONCE } from "../../kit/once.ts";
import { guarded, json } from "../../kit/route.ts";

export const postRedelivery = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/workflows/:workflow_id/redeliver",
  scope: "admin",
  headers: ONCE,
  docs: {
    summary: "Retry parked deliveries",
    group: "decisions",
    answers: { 202: { says: "They are due now", content: json(RedeliveryAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params, principal, headers: { "Idempotency-Key": key } }) {
    const workflowId = params.workflow_id;
    return once(c, principal, key, "", async () => {
      await enableEndpoints(c);
      const deliveries = await objectOfWorkflow(c, workflowId).redeliver({ schema: 1, workflowId, which: "all" });
      if (deliveries === null) throw noSuchWorkflow();
      return { status: 202, body: { workflow_id: workflowId, deliveries } };
    });
  },
});

/** A person who asks for a new attempt believes that the receivers are back. */
export async function enableEndpoints(c: AppContext): Promise<void> {
  const { webhook } = settings(c);
  const { endpoints, world } = storageOf(c.env);
  const urls = (await world.list("webhook", MOST_WEBHOOKS, null)).map(({ url }) => url);
  for (const url of webhook === null ? urls : [...urls, webhook.url]) await enableEndpoint(endpoints, url);
}
