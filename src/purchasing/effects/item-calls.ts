/**
 * Calls the items of an order: the closing asks each for its line, and commands are sent until the item has answered. A
 * lost call is repeated; an item that already applied it gives the same answer.
 */
import { concurrently } from "../../shared/concurrently.ts";
import type { LineFact, PurchaseSlot } from "../../workflow/orders/purchase-line.ts";
import type { PurchasingDeps } from "../deps.ts";
import { uncommitted } from "../order/closing.ts";
import type { PurchaseInput } from "../order/transition.ts";
import type { PurchaseLine, PurchaseOrder } from "../order/types.ts";

/** Items called at once. */
const AT_ONCE = 25;

/** An order that is being worked on; it may change between any two calls. */
export interface CallingOrder {
  readonly present: () => PurchaseOrder;
  readonly apply: (input: PurchaseInput) => void;
  /** The opportunity for units that this order does not place. */
  readonly next: PurchaseSlot;
  readonly number: () => string;
}

export function hasCalls({ status, lines }: PurchaseOrder): boolean {
  return status === "closing" || lines.some((line) => line.tell.length > 0);
}

export class ItemCalls {
  readonly #callItem: PurchasingDeps["callItem"];

  constructor({ callItem }: Pick<PurchasingDeps, "callItem">) {
    this.#callItem = callItem;
  }

  /** Writes nothing at the item. */
  ask(order: PurchaseOrder, productId: string): Promise<LineFact | null> {
    return this.#callItem({ ...callTo(order, productId), commands: [], closing: null });
  }

  /** Tries all items, then rejects if any could not be called. */
  async run(calling: CallingOrder): Promise<void> {
    if (calling.present().status === "closing") {
      await each(uncommitted(calling.present()), (line) => this.#commit(calling, line));
      if (uncommitted(calling.present()).length === 0)
        calling.apply({ type: "freeze", number: calling.number(), next: calling.next });
    }
    // While the order is closing, commands are sent together with the closing call.
    if (calling.present().status === "closing") return;
    const told = calling.present().lines.filter((line) => line.tell.length > 0);
    await each(told, (line) => this.#tell(calling, line));
  }

  async #commit({ present, apply, next }: CallingOrder, line: PurchaseLine): Promise<void> {
    const order = present();
    const { revision, firmOnly } = order;
    const call = { ...callTo(order, line.productId), commands: line.tell, closing: { revision, firmOnly, next } };
    apply({ type: "committed", fact: (await this.#callItem(call)) ?? withdrawn(line) });
  }

  async #tell({ present, apply }: CallingOrder, line: PurchaseLine): Promise<void> {
    const { revision } = line.tell.at(-1)!;
    const fact = await this.#callItem({ ...callTo(present(), line.productId), commands: line.tell, closing: null });
    apply({ type: "told", productId: line.productId, revision, fact: fact ?? withdrawn(line) });
  }
}

function callTo(order: PurchaseOrder, productId: string) {
  const { storeId, supplierId, orderBy, arrivesOn } = order;
  return { schema: 1 as const, storeId, productId, supplierId, slot: { poId: order.id, orderBy, arrivesOn } };
}

/** The item was forgotten, and its line with it. */
function withdrawn({ fact, productId }: PurchaseLine): LineFact {
  return { ...fact, productId, version: fact.version + 1, quantity: 0, firmQuantity: 0, unsentQuantity: 0 };
}

async function each(lines: readonly PurchaseLine[], call: (line: PurchaseLine) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  await concurrently(lines, AT_ONCE, (line) => call(line).catch((cause: unknown) => void failures.push(cause)));
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${lines.length} items did not answer`, { cause: failures[0] });
}
