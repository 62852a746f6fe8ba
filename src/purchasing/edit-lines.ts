/** A person sets quantities: each is checked against its item's packs and limits before anything is written. */
import { concurrently } from "../shared/concurrently.ts";
import { checkQuantity } from "../replenishment/order/constraints.ts";
import type { LineFact, PurchaseSlot, SetBy } from "../workflow/orders/purchase-line.ts";
import { describe } from "../workflow/refusals.ts";
import { lineOf, staysWithin, type LineEdit } from "./order/lines.ts";
import { closedRefusal } from "./order/refusals.ts";
import type { PurchaseRefusal } from "./order/record.ts";
import type { PurchaseOrder } from "./order/types.ts";
import type { PurchaseOrders } from "./supplier-orders.ts";

export interface EditCall {
  readonly schema: 1;
  readonly poId: string;
  readonly revision: number;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly by: SetBy;
  /** What a person may let the order be worth, in the supplier's currency, unless they lower it; absent = anything. */
  readonly mostValue?: number | null;
}

/** A line of the call that may not be ordered; `index` is its place in the call. */
export interface LineFault {
  readonly index: number;
  readonly field: "product_id" | "quantity";
  readonly productId: string;
  readonly message: string;
}

export interface EditOutcome {
  readonly order: PurchaseOrder;
  readonly refusal: PurchaseRefusal | null;
  /** If there is any fault, nothing was written. */
  readonly faults: readonly LineFault[];
}

const ASKED_AT_ONCE = 25;

/** Null = there is no such order. */
export async function editLines(
  orders: PurchaseOrders,
  slot: Pick<PurchaseSlot, "poId" | "orderBy">,
  { revision, lines, by, mostValue = null }: EditCall,
): Promise<EditOutcome | null> {
  const order = orders.read(slot);
  if (order === null) return null;
  const refusal = closedRefusal(order, Date.now()) ?? (revision === order.revision ? null : CHANGED);
  if (refusal !== null) return { order, refusal, faults: [] };
  const facts = await factsOf(
    orders,
    order,
    lines.map(({ productId }) => productId),
  );
  const edits: LineEdit[] = [];
  const faults: LineFault[] = [];
  for (const [index, { productId, quantity }] of lines.entries()) {
    const fact = facts.get(productId) ?? null;
    if (fact === null) {
      faults.push({ index, productId, field: "product_id", message: "is no product of this supplier at this store" });
      continue;
    }
    const violation = checkQuantity(quantity, fact.constraints, fact.positionWithout);
    if (violation !== null) faults.push({ index, productId, field: "quantity", message: describe(violation) });
    else edits.push({ productId, quantity, fact });
  }
  if (faults.length > 0) return { order, refusal: null, faults };
  if (mostValue !== null && !staysWithin(order, edits, mostValue)) return { order, refusal: ABOVE_LIMIT, faults: [] };
  const outcome = await orders.act(slot, { type: "edit", revision, edits, by });
  return outcome === null ? null : { order: outcome.order, refusal: outcome.refusal, faults: [] };
}

const CHANGED: PurchaseRefusal = { reason: "revision_changed" };
const ABOVE_LIMIT: PurchaseRefusal = { reason: "above_limit" };

/** The items' present facts; a line whose item no longer answers keeps its last fact. */
async function factsOf(
  orders: PurchaseOrders,
  order: PurchaseOrder,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, LineFact>> {
  const facts = new Map<string, LineFact>();
  await concurrently([...new Set(productIds)], ASKED_AT_ONCE, async (productId) => {
    const fact = (await orders.askItem(order, productId)) ?? lineOf(order, productId)?.fact;
    if (fact !== undefined) facts.set(productId, fact);
  });
  return facts;
}
