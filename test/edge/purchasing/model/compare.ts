/** What the service shows of a store's purchase orders, against the reference model and against itself. */
import { expect } from "vitest";
import { ask } from "../../support/world.ts";
import { UNIT_COST, tag, type Play } from "./play.ts";
import { sum, type ModelOrder } from "./reference.ts";
import { PRODUCTS } from "./steps.ts";

const OPEN = ["draft", "awaiting_approval", "approved"];

export async function compare(play: Play): Promise<void> {
  const { model } = play;
  const listed = await play.listed();
  const ids = new Set([...listed.map(({ po_id }) => po_id), ...model.orders.keys()]);
  const shown = new Map<string, any>();
  for (const id of ids) shown.set(id, (await ask("GET", `/purchase-orders/${id}`)).body);
  const atItems = new Map<string, any[]>();
  for (const product of PRODUCTS) atItems.set(product, await play.openOrders(product));
  follow(play, shown);
  for (const order of shown.values()) {
    const known = play.known(order);
    check(play, order, known, atItems);
  }
  for (const order of listed) {
    const { top_up: _, ...present } = shown.get(order.po_id);
    const { top_up: __, ...row } = order;
    expect(row, "the list is what the order is").toEqual(present);
  }
  for (const [product, orders] of atItems)
    for (const { po_id } of orders)
      if (po_id !== null) expect(shown.has(po_id), `${product}'s order exists`).toBe(true);
}

/** What the clock and the calendar did: orders that went by themselves, and firm units that moved on. */
function follow({ model }: Play, shown: ReadonlyMap<string, any>): void {
  const before = firmUnits([...model.orders.values()]);
  const gone = new Map<string, number>();
  for (const order of shown.values()) {
    const own = model.order(order.po_id, order.supplier_id);
    if (own.stage !== "open") {
      for (const line of own.lines.values()) line.firm = 0;
      continue;
    }
    if (order.number !== null) {
      for (const [product, { firm }] of own.lines) add(gone, `${own.supplier} ${product}`, firm);
      const units = new Map<string, number>(order.lines.map((line: any) => [line.product_id, line.quantity]));
      for (const [product, { firm }] of own.lines) expect(units.get(product) ?? 0).toBeGreaterThanOrEqual(firm);
      model.send(own, order.number, Date.parse(order.sent_at), units);
    } else if (order.status === "cancelled") own.stage = "over";
    if (own.stage !== "open") for (const line of own.lines.values()) line.firm = 0;
  }
  // Firm units are where the orders say; their sum is what people set.
  for (const order of shown.values()) {
    const own = model.order(order.po_id, order.supplier_id);
    if (own.stage === "over" && order.number === null && OPEN.includes(order.status)) own.stage = "open";
    if (own.stage !== "open") continue;
    for (const product of PRODUCTS) {
      const line = order.lines.find(({ product_id }: any) => product_id === product);
      model.line(own, product).firm = line?.firm_quantity ?? 0;
    }
  }
  const after = firmUnits([...model.orders.values()]);
  for (const key of new Set([...before.keys(), ...after.keys()]))
    expect([key, (after.get(key) ?? 0) + (gone.get(key) ?? 0)], "firm units stay").toEqual([key, before.get(key) ?? 0]);
}

function firmUnits(orders: readonly ModelOrder[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lines, supplier } of orders)
    for (const [product, { firm }] of lines) add(units, `${supplier} ${product}`, firm);
  return units;
}

function add(to: Map<string, number>, key: string, units: number): void {
  to.set(key, (to.get(key) ?? 0) + units);
}

function check({ model }: Play, order: any, known: ModelOrder, atItems: ReadonlyMap<string, any[]>): void {
  const name = tag(order);
  expect(order.intact, `${name}: ${order.fault}`).toBe(true);
  expect(order.audit.map(({ seq }: any) => seq)).toEqual(order.audit.map((_: unknown, at: number) => at + 1));
  expect(order.audit.filter(({ event }: any) => event === "sent").length).toBe(known.number === null ? 0 : 1);
  expect(order.value).toBe(sum(order.lines.map(({ quantity }: any) => quantity * UNIT_COST)));
  if (order.minimum !== null) {
    const { value, met, short_by } = order.minimum;
    expect([met, short_by]).toEqual([order.value >= value, Math.max(0, value - order.value)]);
  }
  expect([name, order.number]).toEqual([name, known.number]);
  if (known.stage === "open") expect(OPEN, name).toContain(order.status);
  else expect([name, order.status]).toEqual([name, known.number === null ? "cancelled" : model.status(known)]);
  const wanted = PRODUCTS.map((product) => {
    const line = order.lines.find(({ product_id }: any) => product_id === product);
    const quantity = line?.quantity ?? 0;
    const onOrder = known.stage === "open" ? quantity : model.outstanding(known, product);
    return {
      product,
      order: name,
      quantity: known.stage === "open" ? quantity : (known.lines.get(product)?.placed ?? quantity),
      received: model.received(known, product),
      onOrder,
    };
  });
  const is = PRODUCTS.map((product) => {
    const line = order.lines.find(({ product_id }: any) => product_id === product);
    const own = atItems.get(product)!.filter(({ po_id }) => po_id === order.po_id);
    return {
      product,
      order: name,
      quantity: line?.quantity ?? 0,
      received: line?.received ?? 0,
      onOrder: sum(own.map(({ quantity }) => quantity)),
    };
  });
  expect(is).toEqual(wanted);
  const booked = order.audit.flatMap(({ event, detail }: any) => {
    const units = Number(/: (\d+) units$/.exec(detail ?? "")?.[1] ?? 0);
    return event === "received" ? [units] : event === "taken_back" ? [-units] : [];
  });
  expect([name, sum(booked)], "the audit adds up").toEqual([name, sum(wanted.map(({ received }) => received))]);
  expect(order.over_delivered).toBe(
    sum(wanted.map(({ quantity, received }) => (known.stage === "open" ? 0 : Math.max(0, received - quantity)))),
  );
}
