/** What every view of a shop must agree on, whatever was done to it. Each disagreement is a line. */
import { isDeepStrictEqual } from "node:util";
import type { Shop, ShopItem } from "./shop.ts";

const OVER = new Set(["completed", "rejected", "expired", "superseded"]);
/** A purchase order that is over holds no order of an item; one of these does. */
const LIVE = "draft,awaiting_approval,approved,closing,sent,confirmed,part_received";
/** The latest few are enough: all of them were the latest once. */
const DECISIONS = 2;

export async function disagreements(shop: Shop): Promise<string[]> {
  const products = await Promise.all(
    shop.items.map(async (item) => ({ item, product: (await shop.call("GET", item.at())).body })),
  );
  const faults: string[] = [];
  const waiting: string[] = [];
  const onOrders = new Map<string, number>();
  for (const { item, product } of products) {
    faults.push(...(await ofItem(shop, item, product, waiting)));
    for (const { po_id, quantity } of product.open_orders ?? []) {
      if (!(quantity > 0)) faults.push(`${item.product}: an order of ${quantity} is open`);
      const line = `${po_id} ${item.product}`;
      if (po_id !== null) onOrders.set(line, (onOrders.get(line) ?? 0) + quantity);
    }
  }
  return [...faults, ...(await ofQueue(shop, waiting)), ...(await ofPurchaseOrders(shop, onOrders))];
}

async function ofItem({ call, over }: Shop, item: ShopItem, product: any, waiting: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const shown of (product.decisions ?? []).slice(0, DECISIONS)) {
    const id: string = shown.workflow_id;
    const fault = (text: string): void => void faults.push(`${item.product} ${id.split("-")[1]}: ${text}`);
    const [workflow, story, audit] = await Promise.all(
      [`/workflows/${id}`, `/workflows/${id}/story`, `/audit/${id}`].map(
        async (path) => (await call("GET", path)).body,
      ),
    );
    if (!isDeepStrictEqual(workflow.decision, shown.decision)) fault("the item shows another decision");
    const statuses = [shown, workflow, story, audit].map(({ status }) => status as string);
    if (new Set(statuses).size > 1) fault(`is ${statuses.join(", ")}`);
    if (!audit.intact) fault(`its trail is broken: ${audit.fault}`);
    if (workflow.status === "awaiting_human_review") waiting.push(id);
    for (const order of (product.open_orders ?? []).filter((each: any) => each.workflow_id === id))
      if (order.order_status !== workflow.order_status)
        fault(`${workflow.order_status}, its order ${order.order_status}`);
    const isOpen = ["planned", "firm"].includes(workflow.order_status);
    if (isOpen && !product.open_orders.some((each: any) => each.workflow_id === id)) fault("has no order");
    const { status, decision, recommendation } = workflow;
    const words = JSON.stringify([status, decision, recommendation]);
    if (/\d\.\d{9}/.test(JSON.stringify([decision?.reasons, decision?.evidence]))) fault(`has dust: ${words}`);
    if (OVER.has(status) && (over.get(id) ?? words) !== words) fault(`was ${over.get(id)}, is ${words}`);
    if (OVER.has(status)) over.set(id, words);
  }
  return faults;
}

/** Pages of two, each question once and the earliest deadline first. */
async function ofQueue({ call, store }: Shop, waiting: readonly string[]): Promise<string[]> {
  const listed: { workflow_id: string; expires_at: string }[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const next: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await call("GET", `/reviews?store_id=${store}&limit=2${next}`);
    listed.push(...body.reviews);
    cursor = body.next_cursor;
  }
  const ids = listed.map(({ workflow_id }) => workflow_id);
  const missing = waiting.filter((id) => !ids.includes(id));
  const present = await Promise.all(ids.map(async (id) => (await call("GET", `/workflows/${id}`)).body.status));
  const deadlines = listed.map(({ expires_at }) => expires_at);
  return [
    ...(missing.length === 0 ? [] : [`waits and is not listed: ${missing.join()}`]),
    ...(new Set(ids).size === ids.length ? [] : [`listed twice: ${ids.join()}`]),
    ...(present.every((status) => status === "awaiting_human_review") ? [] : [`listed: ${present.join()}`]),
    ...(isDeepStrictEqual(deadlines.toSorted(), deadlines) ? [] : [`not by deadline: ${deadlines.join()}`]),
  ];
}

/** I16. `onOrders`: units of items' open orders by purchase order and product. */
async function ofPurchaseOrders({ call, store }: Shop, onOrders: ReadonlyMap<string, number>): Promise<string[]> {
  const { purchase_orders } = (await call("GET", `/purchase-orders?store_id=${store}&status=${LIVE}&limit=100`)).body;
  const faults: string[] = [];
  const onLines = new Map<string, number>();
  for (const { po_id, intact, fault, value, lines } of purchase_orders) {
    if (!intact) faults.push(`the trail of ${po_id} is broken: ${fault}`);
    const sum = lines.reduce((all: number, line: any) => all + (line.value ?? 0), 0);
    if (Math.abs(sum - value) > 0.01) faults.push(`${po_id} is worth ${value}, its lines ${sum}`);
    for (const { product_id, quantity, received } of lines) {
      const outstanding = Number(Math.max(0, quantity - received).toFixed(6));
      if (outstanding > 0) onLines.set(`${po_id} ${product_id}`, outstanding);
    }
  }
  for (const line of new Set([...onOrders.keys(), ...onLines.keys()])) {
    const [open = 0, listed = 0] = [onOrders.get(line), onLines.get(line)];
    if (Math.abs(open - listed) > 1e-6) faults.push(`${line}: open ${open}, on the purchase order ${listed}`);
  }
  return faults;
}
