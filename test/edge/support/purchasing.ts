/** One store's dairy: a supplier that is sent orders, items that it delivers, and what their purchase orders hold. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { partsOfPurchaseOrderId } from "../../../src/workflow/orders/purchase-line.ts";
import { eventually } from "./eventually.ts";
import { ask, HOUR_MS, salesCsv, T0, trigger, type Answer } from "./world.ts";

/** T0 is a Thursday, 06:00 UTC: the cut-off is at 11:00 of that day. */
export const CUT_OFF = T0 + 5 * HOUR_MS;

export async function aSupplier(changes: Record<string, unknown> = {}): Promise<void> {
  const body = { name: "Dairy", lead_time_days: 2, cut_off: "11:00", send: "manual", ...changes };
  const answer = await ask("PUT", "/suppliers/dairy", body);
  expect([200, 201]).toContain(answer.status);
}

/** Sells eight a day, steadily: the plan is sure of itself. */
export async function anItem(product: string, settings: Record<string, unknown> = {}): Promise<void> {
  const terms = {
    supplier_id: "dairy",
    unit_cost: 2,
    lead_time_days: 2,
    name: `Fresh ${product}`,
    safety_stock_level: 4,
    ...settings,
  };
  expect((await ask("PUT", `/products/${product}`, terms)).status).toBe(201);
  const sales = salesCsv(84, (day) => 8 + (day % 2));
  expect((await ask("PUT", `/history/${product}`, sales)).status).toBeLessThan(300);
}

export function counted(product: string, stock: number): Promise<Answer> {
  return trigger({ product_id: product, current_stock: stock, safety_stock_level: 4 });
}

export async function orders(query = ""): Promise<any[]> {
  return (await ask("GET", `/purchase-orders${query}`)).body.purchase_orders;
}

export async function orderOf(poId: string): Promise<any> {
  return (await ask("GET", `/purchase-orders/${poId}`)).body;
}

/** The order, once it holds what is expected of it. */
export async function orderWith(product: string, quantity?: number): Promise<any> {
  return eventually(async () => {
    const listed = await orders();
    const order = listed.find(({ lines }) => lines.some((line: any) => line.product_id === product));
    expect(order).toBeDefined();
    const present = await orderOf(order.po_id);
    const line = present.lines.find((each: any) => each.product_id === product);
    expect(line).toBeDefined();
    if (quantity !== undefined) expect(line.quantity).toBe(quantity);
    return present;
  });
}

/** Planned units of milk and of cream, on one order. */
export async function anOrderOfTwo(): Promise<any> {
  await anItem("milk");
  await anItem("cream");
  await counted("milk", 3);
  await counted("cream", 3);
  return eventually(async () => {
    const order = await orderWith("cream");
    expect(order.lines).toHaveLength(2);
    return order;
  });
}

export async function act(poId: string, what: string, body: Record<string, unknown> = {}): Promise<Answer> {
  return ask("POST", `/purchase-orders/${poId}/${what}`, body);
}

export function purchaseStub(poId: string) {
  return env.PURCHASE_ORDERS.get(env.PURCHASE_ORDERS.idFromString(partsOfPurchaseOrderId(poId)!.objectId));
}

/** An order with a product that is sent as it is. */
export async function sentWith(...products: readonly string[]): Promise<any> {
  for (const product of products) await counted(product, 3);
  const draft = await eventually(async () => {
    const [open] = await orders("?status=draft,awaiting_approval");
    expect(open?.lines).toHaveLength(products.length);
    return open;
  });
  const sent = await act(draft.po_id, "send", { revision: draft.revision });
  expect(sent.body.status).toBe("sent");
  return sent.body;
}
