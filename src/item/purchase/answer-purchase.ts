/** Answers a purchase order's call to an item. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import { leaveSupplier } from "../../workflow/orders/leave-supplier.ts";
import { orderKey, type OrderRow } from "../../workflow/orders/order-row.ts";
import type { ItemCommand, LineFact, PurchaseCall } from "../../workflow/orders/purchase-line.ts";
import { nextLineVersion, toldRow } from "../../workflow/orders/line-version.ts";
import { applyCommand } from "../../workflow/orders/purchase-command.ts";
import { commitRows } from "../../workflow/orders/purchased-orders.ts";
import { rowsOf, withChanges } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";
import { withAddedSurplus } from "../orders/surplus-receipts.ts";
import { isReceiptOf, purchaseReceipt } from "./purchase-receipt.ts";
import { planMovedAnew } from "./plan-moved-anew.ts";
import { followed, presentFact } from "./purchase-lines.ts";
import type { Change, Journal } from "../store/journal.ts";
import type { ReceiptRow } from "../store/order-book.ts";
import { receiptText } from "../store/receipt-answer.ts";
import { newIdentity } from "../store/identity-row.ts";

/** See `answerCall`; units planned for an order that was not sent are then planned anew. */
export async function answerPurchase(item: Item, triggers: Triggers, call: PurchaseCall): Promise<LineFact | null> {
  const fact = await answerCall(item, call);
  await planMovedAnew(item, triggers, call);
  return fact;
}

/**
 * Applies a purchase order's commands, each once, and answers with the resulting line. Null = no line and no product.
 */
async function answerCall(item: Item, call: PurchaseCall): Promise<LineFact | null> {
  const { commands, closing, slot, storeId, productId, supplierId } = call;
  const { poId } = slot;
  const identity: ItemIdentity = { storeId, productId };
  const inputs = await item.knowledge.load(identity);
  // From here on there is no await.
  const { journal } = item;
  const hasLine = rowsOf(journal.orders.rows, poId).length > 0;
  if (!hasLine && inputs.terms.supplierId !== supplierId && commands.length === 0 && closing === null) return null;
  const now = item.deps.now();
  // The call about a changed supplier may have been lost, so the closing checks the item's supplier itself.
  const left = inputs.unavailable ? [] : leaveSupplier(journal.orders.rows, inputs.terms.supplierId ?? null, now);
  if (closing !== null && left.length > 0) write(item, identity, { orders: left });
  for (const command of commands) {
    const change = changeBy(journal, call, command, now);
    if (change !== null) write(item, identity, change);
  }
  if (closing !== null) {
    const changes = commitRows(journal.orders.rows, poId, closing, now);
    if (changes.length > 0) write(item, identity, { orders: told(journal.orders.rows, changes, poId) });
  }
  const seen = closing?.revision ?? commands.at(-1)?.revision ?? 0;
  return presentFact(journal, inputs.terms, productId, poId, seen);
}

/** What a command changes; null = nothing, as when it is repeated. */
function changeBy(
  { orders }: Journal,
  { slot, supplierId }: PurchaseCall,
  command: ItemCommand,
  now: number,
): Change | null {
  const { poId, orderBy, arrivesOn } = slot;
  const changes = applyCommand(orders.rows, poId, command, { supplierId, orderBy, arrivesOn }, now);
  const receipt = command.kind === "received" ? newReceipt(orders, poId, command, changes) : null;
  // Goods beyond the ordered quantity close nothing but still count as stock.
  if (changes.length === 0 && receipt === null) return null;
  if (command.kind === "confirmed") {
    const own = orders.receipts().filter(({ reference }) => isReceiptOf(poId, reference));
    const added = withAddedSurplus(orders.rows, changes, own, nextLineVersion(orders.rows, now));
    return { orders: added.orders, recountedReceipts: added.recounted };
  }
  const isTold = command.kind === "set_firm" || command.kind === "firm_up";
  return {
    orders: isTold ? told(orders.rows, changes, poId) : changes,
    ...(receipt === null ? {} : { receipt }),
  };
}

/** Null when the goods were reported before. */
function newReceipt(
  orders: Journal["orders"],
  poId: string,
  { reference, quantity, receivedAt }: Extract<ItemCommand, { kind: "received" }>,
  changes: readonly OrderRow[],
): ReceiptRow | null {
  if (orders.receipt(purchaseReceipt(poId, reference)) !== null) return null;
  const before = new Map(orders.open.map((order) => [orderKey(order), order.quantity]));
  const closed = changes.map(({ order }) => ({
    workflowId: order.workflowId,
    quantity: withoutDust((before.get(orderKey(order)) ?? 0) - order.quantity),
  }));
  return {
    reference: purchaseReceipt(poId, reference),
    quantity,
    receivedAt,
    answer: receiptText({ received: quantity, applied: quantity, closed }),
  };
}

function write(item: Item, about: ItemIdentity, change: Change): void {
  const { identity } = item.journal;
  // A product that was never decided on has no row yet.
  const learned = identity === null ? newIdentity(about) : undefined;
  item.write({ ...change, workflows: followed(item.journal, change.orders ?? [], item.deps.now()), identity: learned });
}

/** Marks the line as told, since the answer itself informs the purchase order. */
function told(rows: readonly OrderRow[], changes: readonly OrderRow[], poId: string): readonly OrderRow[] {
  const after = withChanges(rows, changes);
  const version = Math.max(0, ...rowsOf(after, poId).map(({ order }) => order.purchase.version));
  return withChanges(changes, toldRow(after, poId, version));
}
