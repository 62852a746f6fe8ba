/** `POST /workflows/{id}/redeliver`: a person has given-up deliveries, and the webhook, tried again. */
import { enableEndpoint } from "../../storage/disabled-endpoints.ts";
import { storageOf } from "../../storage/storage.ts";
import { noSuchWorkflow, objectOfWorkflow, settings, type AppContext } from "../kit/context.ts";

export async function postRedelivery(c: AppContext): Promise<Response> {
  const workflowId = c.req.param("workflow_id") ?? "";
  const { webhook } = settings(c);
  if (webhook !== null) await enableEndpoint(storageOf(c.env).endpoints, webhook.url);
  const deliveries = await objectOfWorkflow(c, workflowId).redeliver(workflowId);
  if (deliveries === null) throw noSuchWorkflow();
  return c.json({ workflow_id: workflowId, deliveries }, 202);
}
