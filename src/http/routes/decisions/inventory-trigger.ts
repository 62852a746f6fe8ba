/** `POST /inventory-trigger`: a store says what is on the shelf, and gets the decision or the question it waits for. */
import { TriggerBody } from "../../../api/trigger/trigger-request.ts";
import { readJson } from "../../kit/request/body.ts";
import { TriggerHeaders } from "../../kit/request/preferences.ts";
import { bindLog } from "../../kit/request-log.ts";
import { guarded, json } from "../../kit/route.ts";
import { safeJson } from "../../middleware/headers.ts";
import { sendTrigger, statusOf } from "../../kit/send-trigger.ts";

const workflowAnswer = json(async () => (await import("../../../api/trigger/workflow-answer.ts")).WorkflowAnswer);

export const postTrigger = guarded({
  method: "POST",
  path: "/inventory-trigger",
  scope: "trigger",
  headers: TriggerHeaders,
  docs: {
    summary: "Decide about one item",
    group: "decisions",
    body: json(TriggerBody),
    answers: {
      200: { says: "Decided", content: workflowAnswer },
      202: {
        says: "Waits for a person or is still running; Location names the workflow",
        content: workflowAnswer,
      },
    },
    problems: ["unknown_item", "idempotency_in_progress", "idempotency_mismatch"],
  },
  async handle(c, { principal, headers }) {
    const arrivedAt = Date.now();
    const body = await readJson(c, TriggerBody);
    const key = headers["Idempotency-Key"];
    let sent;
    try {
      sent = await sendTrigger(c, principal, body, {
        arrivedAt,
        waitMs: headers.Prefer,
        idempotencyKey: key === null ? null : `/${key}`,
      });
    } catch (error) {
      // The failure's line has to say which item it was.
      bindLog(c, { product_id: body.product_id, store_id: body.store_id });
      throw error;
    }
    const { workflowId, supersededBy, replayed, status, wire } = sent;
    bindLog(c, { workflow_id: workflowId, product_id: body.product_id, store_id: body.store_id });
    const answer = safeJson(c, wire, statusOf(status));
    if (replayed) answer.headers.set("Idempotency-Replayed", "true");
    if (statusOf(status) === 202) answer.headers.set("Location", `/workflows/${supersededBy ?? workflowId}`);
    return answer;
  },
});
