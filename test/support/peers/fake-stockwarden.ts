/**
 * The least server that a replay can be played against, in memory, so that the replay's own checks can be seen to bite:
 * restocks up to a level, asks about large orders, and can be told to break one promise of the contract.
 */
import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";

export type BrokenPromise =
  | "none"
  | "forgets open orders"
  | "decides repeats anew"
  | "loses a decision"
  | "counts receipts twice";

interface FakeItem {
  readonly orders: { workflow_id: string; quantity: number }[];
  readonly receipts: Set<string>;
}

interface FakeWorkflow {
  workflow_id: string;
  product_id: string;
  store_id: string;
  status: string;
  revision: number;
  decision: Record<string, unknown>;
  review: Record<string, unknown> | null;
}

export interface FakeStockwarden {
  readonly url: string;
  close(): Promise<void>;
}

const UP_TO = 60;
const ASKS_ABOVE = 6;

export async function fakeStockwarden(broken: BrokenPromise = "none"): Promise<FakeStockwarden> {
  const items = new Map<string, FakeItem>();
  const workflows = new Map<string, FakeWorkflow>();
  const byKey = new Map<string, FakeWorkflow>();

  const itemOf = (product: string, store: string): FakeItem => {
    const id = `${store}/${product}`;
    const item = items.get(id) ?? { orders: [], receipts: new Set<string>() };
    items.set(id, item);
    return item;
  };

  const decide = (trigger: { product_id: string; store_id: string; current_stock: number }): FakeWorkflow => {
    const item = itemOf(trigger.product_id, trigger.store_id);
    const open = item.orders.reduce((sum, order) => sum + order.quantity, 0);
    const position = trigger.current_stock + (broken === "forgets open orders" ? 0 : open);
    const quantity = Math.max(0, UP_TO - position);
    const asks = quantity > ASKS_ABOVE;
    const workflow: FakeWorkflow = {
      workflow_id: `wf-${workflows.size + 1}`,
      product_id: trigger.product_id,
      store_id: trigger.store_id,
      status: asks ? "awaiting_human_review" : "completed",
      revision: 1,
      decision: {
        recommended_action: quantity > 0 ? "restock" : "hold",
        recommended_quantity: quantity,
        confidence_score: asks ? 0.5 : 0.9,
        decided_by: "plan",
        fallback: false,
        evidence: { inventory_position: position, projected_stock_at_arrival: position - 20 },
      },
      review: asks
        ? { status: "pending", reason: "a large order", expires_at: new Date(Date.now() + 200).toISOString() }
        : null,
    };
    workflows.set(workflow.workflow_id, workflow);
    if (!asks && quantity > 0) item.orders.push({ workflow_id: workflow.workflow_id, quantity });
    return workflow;
  };

  const answer = async (path: string, request: IncomingMessage): Promise<[number, unknown]> => {
    const [, resource, name = "", below] = path.split("?")[0]?.split("/").map(decodeURIComponent) ?? [];
    const store = new URLSearchParams(path.split("?")[1]).get("store_id") ?? "main";
    const text = await textOf(request);
    if (resource === "inventory-trigger") {
      const key = `${request.headers["idempotency-key"]}`;
      if (key.length > 255) return [400, { code: "bad_request" }];
      const known = broken === "decides repeats anew" ? undefined : byKey.get(key);
      const workflow = known ?? decide(JSON.parse(text));
      byKey.set(key, workflow);
      return [workflow.status === "completed" ? 200 : 202, workflow];
    }
    if (resource === "approve") {
      const workflow = workflows.get(name);
      if (workflow === undefined) return [404, {}];
      const approved = JSON.parse(text).decision === "approve";
      workflow.status = approved ? "completed" : "rejected";
      workflow.review = { ...workflow.review, status: approved ? "approved" : "rejected" };
      const quantity = Number(workflow.decision.recommended_quantity);
      if (approved) itemOf(workflow.product_id, workflow.store_id).orders.push({ workflow_id: name, quantity });
      else workflow.decision = { ...workflow.decision, recommended_action: "hold", recommended_quantity: 0 };
      return [200, workflow];
    }
    if (resource === "workflows") {
      const workflow = workflows.get(name);
      if (
        workflow?.status === "awaiting_human_review" &&
        Date.parse(String(workflow.review?.expires_at)) <= Date.now()
      ) {
        workflow.status = "expired";
        workflow.review = { ...workflow.review, status: "expired" };
        workflow.decision = { ...workflow.decision, recommended_action: "hold", recommended_quantity: 0 };
      }
      return [200, broken === "loses a decision" && name === "wf-3" ? { ...workflow, status: "running" } : workflow];
    }
    const item = itemOf(name, store);
    if (below === "receipts") receive(item, JSON.parse(text), broken === "counts receipts twice");
    return [200, { open_orders: item.orders.filter((order) => order.quantity > 0) }];
  };

  const server = createServer((request, response) => {
    void answer(request.url ?? "/", request).then(([status, body]) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function receive(item: FakeItem, receipt: { quantity: number; reference: string }, twice: boolean): void {
  if (item.receipts.has(receipt.reference)) return;
  item.receipts.add(receipt.reference);
  let left = receipt.quantity * (twice ? 2 : 1);
  for (const order of item.orders) {
    const part = Math.min(order.quantity, left);
    order.quantity -= part;
    left -= part;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
