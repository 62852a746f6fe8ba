/** What tills, buyers and suppliers do, each at random. Some of it is refused; what is taken must have its effect. */
import type { Answer } from "../black-box.ts";
import { between, dayFromToday, pick, units, type Shop, type ShopItem } from "./shop.ts";

export type Step = (shop: Shop) => Promise<void>;

interface OpenOrder {
  readonly quantity: number;
  readonly workflow_id: string | null;
  readonly reference: string | null;
  readonly po_id: string | null;
  readonly order_status: string | null;
}

async function openOrders({ call }: Shop, item: ShopItem): Promise<OpenOrder[]> {
  return (await call("GET", item.at())).body.open_orders ?? [];
}

const total = (orders: readonly OpenOrder[]): number => orders.reduce((sum, { quantity }) => sum + quantity, 0);
const isPlaced = ({ order_status }: OpenOrder): boolean => order_status === null || order_status === "sent";
const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6;

function counted(shop: Shop, item: ShopItem): Record<string, unknown> {
  return {
    product_id: item.product,
    store_id: shop.store,
    current_stock: Number((between(shop, 0, 60) * Math.min(1, item.pack)).toFixed(1)),
    safety_stock_level: pick(shop, [0, 5, 20]),
    ...(shop.random() < 0.2 ? { reserved: 1 } : {}),
    ...(shop.random() < 0.1 ? { max_stock: 0 } : {}),
  };
}

async function count(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const body = counted(shop, item);
  const key = { "Idempotency-Key": `k${shop.random()}` };
  const send = (): Promise<Answer> => shop.call("POST", "/inventory-trigger", body, key);
  const [first, again] = [await send(), await send()];
  if (![200, 202].includes(first.status)) return shop.fault(`a count is refused: ${first.text}`);
  if (again.body.workflow_id !== first.body.workflow_id) shop.fault(`a repeated count is another: ${again.text}`);
  const { workflow_id, decision, status, stands } = first.body;
  if (status === "running" || stands !== null) return;
  const replay = await shop.call("POST", `/workflows/${workflow_id}/replay`);
  if (replay.body.changed === true) shop.fault(`a replay right after the count differs: ${replay.text}`);
  const own = (await openOrders(shop, item)).filter((order) => order.workflow_id === workflow_id);
  const present = (await shop.call("GET", `/workflows/${workflow_id}`)).body;
  const isOrdered = present.status === "completed" && present.order_status !== "replanned";
  if (isOrdered && !isNear(total(own), decision.recommended_quantity))
    shop.fault(`decided ${decision.recommended_quantity}, ordered ${JSON.stringify(own)}`);
}

/** What steps read of the lists of questions and of purchase orders. */
interface ListedQuestion {
  readonly workflow_id: string;
  readonly revision: number;
  readonly product_id: string;
}
interface ListedOrder {
  readonly po_id: string;
  readonly revision: number;
  readonly lines: readonly { readonly product_id: string }[];
}

async function answer(shop: Shop): Promise<void> {
  const { reviews } = (await shop.call("GET", `/reviews?store_id=${shop.store}`)).body;
  if (reviews.length === 0) return;
  const { workflow_id, revision, product_id } = pick(shop, reviews as readonly ListedQuestion[]);
  const item = shop.items.find(({ product }) => product === product_id)!;
  const decision = pick(shop, ["approve", "reject", "modify"] as const);
  const quantity = units(shop, item) + item.pack;
  const body = { decision, revision, ...(decision === "modify" ? { quantity } : {}) };
  const rival = { decision: "reject", revision, reviewer: "ben@example.com" };
  const verdicts = [body, ...(shop.random() < 0.3 ? [rival] : [])];
  const answers = await Promise.all(verdicts.map((verdict) => shop.call("POST", `/approve/${workflow_id}`, verdict)));
  const winners = answers.filter(({ status }) => status === 200);
  if (winners.length > 1 && decision !== "reject") shop.fault(`two verdicts on ${workflow_id} won`);
}

async function takeBack(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const { decisions = [] } = (await shop.call("GET", item.at())).body;
  const answered = decisions.find(({ status }: { status: string }) => status === "rejected" || status === "completed");
  if (answered === undefined) return;
  const { status, body } = await shop.call("POST", `/reviews/${answered.workflow_id}/take-back`);
  if (status !== 200) return;
  // It was over, and is changed by this alone.
  shop.over.delete(answered.workflow_id);
  const own = (await openOrders(shop, item)).filter((order) => order.workflow_id === answered.workflow_id);
  // A smaller quantity that went out at once stays: only the No to the rest is taken back.
  const left = own.filter((order) => !isPlaced(order));
  if (left.length > 0 || body.review.taken_back === null)
    shop.fault(`an answer taken back still orders ${JSON.stringify(left)}`);
}

async function receive(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const before = await openOrders(shop, item);
  const quantity = units(shop, item) + item.pack;
  const reference = `N-${shop.random()}`;
  const { status, body } = await shop.call("POST", item.at("/receipts"), { quantity, reference });
  if (status !== 200) return;
  const after = await openOrders(shop, item);
  const placed = [before, after].map((orders) => total(orders.filter(isPlaced)));
  const closed = Math.min(quantity, placed[0]!);
  if (!isNear(placed[0]! - placed[1]!, closed) || !isNear(body.over_delivered, quantity - closed))
    shop.fault(`a receipt of ${quantity} closed ${placed[0]! - placed[1]!} and says ${JSON.stringify(body)}`);
  if (shop.random() < 0.5) return;
  await shop.call("DELETE", item.at(`/receipts/${reference}`));
  const back = await openOrders(shop, item);
  if (!isNear(total(back), total(before))) shop.fault(`a receipt taken back leaves ${JSON.stringify(back)}`);
}

async function orderElsewhere(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const reference = `PO-${shop.random()}`;
  const order = { reference, quantity: units(shop, item) + item.pack, expected_at: dayFromToday(between(shop, 1, 20)) };
  await shop.call("POST", item.at("/orders"), order);
  const open = (await openOrders(shop, item)).filter((each) => each.reference === reference);
  if (!isNear(total(open), order.quantity)) shop.fault(`of ${order.quantity} elsewhere, open: ${JSON.stringify(open)}`);
}

async function changeOrder(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const orders = await openOrders(shop, item);
  if (orders.length === 0) return;
  const { workflow_id, reference } = pick(shop, orders);
  const path = item.at(`/orders/${encodeURIComponent(workflow_id ?? reference ?? "")}`);
  const quantity = shop.random() < 0.3 ? 0 : units(shop, item);
  if (shop.random() < 0.3) await shop.call("DELETE", path);
  else await shop.call("PATCH", path, { quantity, expected_at: dayFromToday(between(shop, 0, 20)) });
}

async function handlePurchaseOrder(shop: Shop): Promise<void> {
  const { purchase_orders } = (await shop.call("GET", `/purchase-orders?store_id=${shop.store}`)).body;
  if (purchase_orders.length === 0) return;
  const { po_id, revision, lines } = pick(shop, purchase_orders as readonly ListedOrder[]);
  const line = lines.length === 0 ? null : pick(shop, lines);
  const item = shop.items.find(({ product }) => product === line?.product_id);
  const some = item === undefined ? [] : [{ product_id: item.product, quantity: units(shop, item) }];
  const [act, body] = pick(shop, [
    ["lines", { revision, lines: some }],
    ["lines", { revision, lines: some }],
    ["approve", { revision }],
    ["send", { revision }],
    ["cancel", { revision, reason: "no need" }],
    ["confirm", { reference: "C-1", expected_at: dayFromToday(between(shop, 1, 9)), lines: some }],
    ["receive", { reference: `D-${shop.random()}`, lines: some }],
  ] as const);
  await shop.call("POST", `/purchase-orders/${po_id}/${act}`, body);
}

async function changeSettings(shop: Shop): Promise<void> {
  const item = pick(shop, shop.items);
  const { settings } = (await shop.call("GET", item.at())).body;
  const unit_cost = pick(shop, [0, 1, 3.33]);
  await shop.call("PUT", item.at(), { ...settings, unit_cost });
  if ((await shop.call("GET", item.at())).body.unit_cost !== unit_cost) shop.fault("a setting is not what was put");
}

/** Each as often as the number beside it. */
const STEPS: readonly Step[] = (
  [
    [count, 5],
    [answer, 3],
    [takeBack, 1],
    [receive, 2],
    [orderElsewhere, 1],
    [changeOrder, 1],
    [handlePurchaseOrder, 4],
    [changeSettings, 1],
  ] as const
).flatMap(([step, times]) => Array.from({ length: times }, () => step));

export function randomStep(shop: Shop): Step {
  return pick(shop, STEPS);
}

/** Several at once. What one of them changes, another finds changed: each is held to the shape of its answers alone. */
export async function allAtOnce(shop: Shop): Promise<void> {
  const quiet = { ...shop, fault: () => undefined };
  await Promise.all(Array.from({ length: between(shop, 3, 6) }, () => randomStep(shop)(quiet)));
}
