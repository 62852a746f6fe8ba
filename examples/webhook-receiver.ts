/**
 * A system that hears of decisions: it verifies Stockwarden's signature, takes each event once, and does something with
 * it.
 *
 *   WEBHOOK_SECRET=whsec_… PORT=8080 node examples/webhook-receiver.ts
 */
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? "");
const port = Number(process.env.PORT ?? 8080);
/** Keep these in your database: a repeated delivery has the same id. */
const seen = new Set<string>();

interface Event {
  readonly type: "review.opened" | "review.decided" | "decision.completed" | "purchase_order.sent";
  readonly data: { readonly workflow_id?: string; readonly po_id?: string; readonly product_id?: string };
}

createServer(async (request, response) => {
  try {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    // Before anything is believed: the signature covers the raw body.
    const event = webhook.verify(body, request.headers as Record<string, string>) as Event;
    const id = String(request.headers["webhook-id"]);
    if (!seen.has(id)) console.log(event.type, event.data.product_id ?? event.data.po_id ?? event.data.workflow_id);
    seen.add(id);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(port, "127.0.0.1", () => console.log(`listening on ${port}`));
