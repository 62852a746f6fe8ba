/**
 * The purchase orders of one supplier in a played store: the service's own state machine, with every message delivered
 * at once. The buyer sends every order that people are asked about, unchanged.
 */
import { slotAfter } from "../../../src/purchasing/policy.ts";
import { uncommitted } from "../../../src/purchasing/order/closing.ts";
import { isOpen, liveLines, minimumOf, orderValue, outstandingOf } from "../../../src/purchasing/order/totals.ts";
import {
  opened,
  transition,
  type PurchaseInput,
  type PurchaseOutcome,
} from "../../../src/purchasing/order/transition.ts";
import { AWAITING_GOODS, type PurchaseOrder, type PurchasePolicy } from "../../../src/purchasing/order/types.ts";
import { toldRow, untold } from "../../../src/workflow/orders/line-version.ts";
import { applyCommand } from "../../../src/workflow/orders/purchase-command.ts";
import type { LineFact, PurchaseSlot, SetBy } from "../../../src/workflow/orders/purchase-line.ts";
import { commitRows, moveOn } from "../../../src/workflow/orders/purchased-orders.ts";
import { rowsOf, withChanges } from "../../../src/workflow/orders/purchased-row.ts";
import type { SupplierFacts } from "../../../src/world/types.ts";
import { STORE } from "./four-suppliers.ts";
import type { Shelf } from "./shelf.ts";
import { HOUR_MS } from "../../../src/shared/durations.ts";

const BUYER: SetBy = { principal: "buyer", label: "buyer", channel: "api" };

export class OrderDesk {
  readonly #supplier: SupplierFacts;
  readonly #shelves: ReadonlyMap<string, Shelf>;
  readonly #objectId: string;
  readonly #policy: PurchasePolicy;
  readonly #orders = new Map<string, PurchaseOrder>();
  #numbers = 0;
  #now = 0;

  constructor(supplier: SupplierFacts, shelves: readonly Shelf[], objectId: string) {
    this.#supplier = supplier;
    this.#shelves = new Map(shelves.map((shelf) => [shelf.item.productId, shelf]));
    this.#objectId = objectId;
    this.#policy = {
      send: supplier.send === "auto" ? "auto" : "manual",
      emails: supplier.emails,
      minimumValue: supplier.minimumOrderValue,
      valueAbove: null,
      approvalsRequiredAbove: null,
      fourEyes: false,
      countMaxAgeMs: STORE.countMaxAgeHours * HOUR_MS,
      reminderFraction: null,
    };
  }

  get orders(): readonly PurchaseOrder[] {
    return [...this.#orders.values()];
  }

  /** An item has decided: its lines reach their orders. */
  tell({ item: { productId } }: Shelf, now: number): void {
    this.#now = now;
    const shelf = this.#shelf(productId);
    for (const { poId } of untold(shelf.rows)) {
      const { orderBy, arrivesOn } = rowsOf(shelf.rows, poId)[0]!.order.purchase;
      const slot = { poId, orderBy, arrivesOn };
      if (!this.#orders.has(poId)) this.#orders.set(poId, this.#opened(slot));
      const fact = shelf.fact(poId);
      const next = this.#next(slot);
      const { answer } = this.#does(poId, { type: "line", fact, next });
      const told =
        answer!.kind === "closed"
          ? moveOn(shelf.rows, poId, answer!.next, now)
          : toldRow(shelf.rows, poId, fact.version);
      shelf.rows = withChanges(shelf.rows, told);
    }
  }

  /** Does the work of the object's alarm, then the buyer's; @returns what was sent. */
  wake(now: number): readonly PurchaseOrder[] {
    this.#now = now;
    const before = new Set(this.orders.filter(({ number }) => number !== null).map(({ id }) => id));
    for (const order of this.orders.filter(isOpen)) {
      const slot = { poId: order.id, orderBy: order.orderBy, arrivesOn: order.arrivesOn };
      this.#does(order.id, { type: "cut_off", next: this.#next(slot) });
      this.#does(order.id, { type: "ask_due" });
      const asked = this.#orders.get(order.id)!;
      if (asked.status === "awaiting_approval")
        this.#does(order.id, { type: "send", revision: asked.revision, by: BUYER });
      this.#close(order.id, slot);
      this.#tellItems(order.id);
    }
    return this.orders.filter(({ id, number }) => number !== null && !before.has(id));
  }

  /** Goods of a day arrive, in full. */
  takeIn(day: number, now: number): void {
    this.#now = now;
    for (const order of this.orders.filter(({ status, arrivesOn }) => AWAITING_GOODS.has(status) && arrivesOn <= day)) {
      const lines = liveLines(order).map((line) => ({ productId: line.productId, quantity: outstandingOf(line) }));
      const receipt = { reference: `R-${order.number}`, receivedAt: now, lines };
      this.#does(order.id, { type: "receive", receipt, by: BUYER });
      this.#tellItems(order.id);
      for (const { productId, quantity } of lines) this.#shelf(productId).takeIn(quantity, now);
    }
  }

  #close(poId: string, slot: PurchaseSlot): void {
    const order = this.#orders.get(poId)!;
    if (order.status !== "closing") return;
    this.#tellItems(poId);
    const next = this.#next(slot);
    for (const { productId } of uncommitted(order)) {
      const shelf = this.#shelf(productId);
      const { revision, firmOnly } = this.#orders.get(poId)!;
      const committed = commitRows(shelf.rows, poId, { revision, firmOnly, next }, this.#now);
      shelf.rows = withChanges(shelf.rows, committed);
      this.#does(poId, { type: "committed", fact: shelf.fact(poId, revision) });
    }
    this.#does(poId, { type: "freeze", number: `PO-${++this.#numbers}`, next });
  }

  /** Commands reach their items, and their results come back. */
  #tellItems(poId: string): void {
    const { lines, orderBy, arrivesOn } = this.#orders.get(poId)!;
    for (const { productId, tell } of lines) {
      const last = tell.at(-1);
      if (last === undefined) continue;
      const shelf = this.#shelf(productId);
      const about = { supplierId: this.#supplier.supplierId, orderBy, arrivesOn };
      for (const command of tell)
        shelf.rows = withChanges(shelf.rows, applyCommand(shelf.rows, poId, command, about, this.#now));
      const fact: LineFact = shelf.fact(poId, last.revision);
      this.#does(poId, { type: "told", productId, revision: last.revision, fact });
      this.tell(shelf, this.#now);
    }
  }

  #does(poId: string, input: PurchaseInput): PurchaseOutcome {
    const outcome = transition(this.#orders.get(poId)!, input, this.#policy, this.#now);
    this.#orders.set(poId, outcome.order);
    return outcome;
  }

  #next(slot: PurchaseSlot): PurchaseSlot {
    const isTaken = (other: PurchaseSlot): boolean => {
      const known = this.#orders.get(other.poId);
      return known !== undefined && !isOpen(known);
    };
    return slotAfter(this.#objectId, { store: STORE, supplier: this.#supplier }, slot, this.#now, isTaken);
  }

  #opened(slot: PurchaseSlot): PurchaseOrder {
    const { supplierId, minimumOrderValue } = this.#supplier;
    const about = {
      storeId: STORE.storeId,
      supplierId,
      supplierName: null,
      currency: STORE.currency,
      minimumValue: minimumOrderValue,
      origin: "",
    };
    return opened({ ...slot, ...about }, this.#now);
  }

  #shelf(productId: string): Shelf {
    return this.#shelves.get(productId)!;
  }
}

/** Worth of an order that did not reach its supplier's minimum; 0 where it did. */
export function belowMinimum(order: PurchaseOrder): number {
  return minimumOf(order)?.met === false ? orderValue(order) : 0;
}
