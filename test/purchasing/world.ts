/**
 * Items and the purchase orders of one store with one supplier, wired by messages that may be late, doubled or lost for
 * a time.
 */
import { nextLineVersion, toldRow, untold } from "../../src/workflow/orders/line-version.ts";
import { applyCommand } from "../../src/workflow/orders/purchase-command.ts";
import { commitRows, moveOn, receivedAtItem, replan } from "../../src/workflow/orders/purchased-orders.ts";
import { isPurchased, withChanges } from "../../src/workflow/orders/purchased-row.ts";
import { lineFact, type LineContext } from "../../src/workflow/orders/line-fact.ts";
import { leaveSupplier } from "../../src/workflow/orders/leave-supplier.ts";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import {
  purchaseOrderId,
  type LineFact,
  type PurchaseSlot,
  type SetBy,
} from "../../src/workflow/orders/purchase-line.ts";
import { uncommitted } from "../../src/purchasing/order/closing.ts";
import { opened, transition, type PurchaseInput, type PurchaseOutcome } from "../../src/purchasing/order/transition.ts";
import type { PurchaseOrder, PurchasePolicy } from "../../src/purchasing/order/types.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

export { DAY_MS } from "../../src/shared/durations.ts";

export const T0 = Date.UTC(2040, 0, 16, 6, 0);
const OBJECT = "0".repeat(64);
const CUT_OFF_MS = 5 * 3_600_000;

export const ANA: SetBy = { principal: "key:ana", label: "ana", channel: "api" };
export const BEN: SetBy = { principal: "key:ben", label: "ben", channel: "api" };

export function aPolicy(change: Partial<PurchasePolicy> = {}): PurchasePolicy {
  return {
    send: "manual",
    emails: ["orders@supplier.example"],
    minimumValue: null,
    valueAbove: null,
    approvalsRequiredAbove: null,
    fourEyes: false,
    countMaxAgeMs: 36 * 3_600_000,
    reminderFraction: 0.5,
    ...change,
  };
}

/** The opportunity of the n-th day. */
export function slotOf(day: number): PurchaseSlot {
  const orderBy = T0 + day * DAY_MS + CUT_OFF_MS;
  return { poId: purchaseOrderId(OBJECT, orderBy), orderBy, arrivesOn: Math.floor(orderBy / DAY_MS) + 2 };
}

function slotAt(at: number): PurchaseSlot {
  return slotOf(Math.max(0, Math.ceil((at - T0 - CUT_OFF_MS) / DAY_MS)));
}

export class PurchasingWorld {
  now = T0;
  readonly orders = new Map<string, PurchaseOrder>();
  readonly items = new Map<string, readonly OrderRow[]>();
  /** Every notice, in order. */
  readonly notices: { readonly poId: string; readonly purpose: string; readonly number: string | null }[] = [];
  policy: PurchasePolicy;
  runsOut = false;
  #workflows = 0;
  #numbers = 0;

  constructor(policy: PurchasePolicy = aPolicy()) {
    this.policy = policy;
  }

  rows(product: string): readonly OrderRow[] {
    return this.items.get(product) ?? [];
  }

  order(day: number): PurchaseOrder | undefined {
    return this.orders.get(slotOf(day).poId);
  }

  /** The order that a decision made now would be part of. */
  present(): PurchaseOrder | undefined {
    return this.orders.get(slotAt(this.now).poId);
  }

  /** A count is decided: 0 = hold. */
  decide(product: string, quantity: number, firm = false): void {
    const before = this.rows(product);
    const slot = this.#freeSlot(product);
    const replanned = withChanges(before, replan(before, this.now));
    const version = nextLineVersion(replanned, this.now);
    const workflowId = `w${++this.#workflows}`;
    const row: OrderRow = {
      schema: 1,
      ordered: quantity,
      order: {
        workflowId,
        quantity,
        placedAt: this.now,
        expectedAt: slot.arrivesOn * DAY_MS,
        purchase: {
          ...slot,
          supplierId: "s",
          stage: "open",
          firmQuantity: firm ? quantity : 0,
          version,
          told: 0,
          seenRevision: 0,
          setBy: firm ? ANA : null,
          receivedElsewhere: 0,
        },
      },
      closedAt: null,
      closedBy: null,
    };
    this.items.set(product, quantity === 0 ? replanned : [...replanned, row]);
  }

  /** Goods come to the item, not to the order. */
  receiveAtItem(product: string, quantity: number): void {
    const rows = this.rows(product);
    const version = nextLineVersion(rows, this.now);
    let left = quantity;
    const changes = rows.flatMap((row) => {
      const isPlaced = row.closedAt === null && (!isPurchased(row) || row.order.purchase.stage === "sent");
      if (!isPlaced || left <= 0) return [];
      const taken = Math.min(left, row.order.quantity);
      left -= taken;
      const rest = row.order.quantity - taken;
      const ended = rest > 0 ? {} : { closedAt: this.now, closedBy: "received" as const };
      return [{ ...receivedAtItem({ ...row, order: { ...row.order, quantity: rest } }, taken, version), ...ended }];
    });
    this.items.set(product, withChanges(rows, changes));
  }

  does(poId: string, input: PurchaseInput): PurchaseOutcome {
    const order = this.orders.get(poId)!;
    const outcome = transition(order, input, this.policy, this.now);
    this.orders.set(poId, outcome.order);
    for (const purpose of outcome.notices) this.notices.push({ poId, purpose, number: outcome.order.number });
    return outcome;
  }

  edit(poId: string, product: string, quantity: number, by = ANA): PurchaseOutcome {
    const fact = this.fact(product, poId);
    const { revision } = this.orders.get(poId)!;
    return this.does(poId, { type: "edit", revision, edits: [{ productId: product, quantity, fact }], by });
  }

  /** The item is bought elsewhere from now on, or here again. */
  changeSupplier(product: string, back: boolean): void {
    const rows = this.rows(product);
    this.items.set(product, withChanges(rows, leaveSupplier(rows, back ? "s" : "other", this.now)));
  }

  /** One item's line reaches its purchase order; the answer may be lost. */
  tellLine(product: string, answerIsLost = false): void {
    const [pending] = untold(this.rows(product));
    if (pending === undefined) return;
    const fact = this.fact(product, pending.poId);
    const day = Math.round((this.#slot(pending.poId).orderBy - CUT_OFF_MS - T0) / DAY_MS);
    if (!this.orders.has(pending.poId)) this.orders.set(pending.poId, this.#opened(slotOf(day)));
    const { answer } = this.does(pending.poId, { type: "line", fact, next: this.#openAfter(day) });
    if (answerIsLost) return;
    const rows = this.rows(product);
    if (answer?.kind !== "closed") {
      this.items.set(product, withChanges(rows, toldRow(rows, pending.poId, fact.version)));
      return;
    }
    this.items.set(product, withChanges(rows, moveOn(rows, pending.poId, answer.next, this.now, answer)));
  }

  /** One line's commands reach its item; the answer may be lost. */
  tellItem(poId: string, product: string, answerIsLost = false): void {
    const line = this.orders.get(poId)?.lines.find((each) => each.productId === product);
    const last = line?.tell.at(-1);
    if (line === undefined || last === undefined) return;
    this.#apply(poId, product);
    const fact = this.fact(product, poId, last.revision);
    if (!answerIsLost) this.does(poId, { type: "told", productId: product, revision: last.revision, fact });
  }

  /** One item answers the closing of its order; the answer may be lost. */
  commit(poId: string, product: string, answerIsLost = false): void {
    const order = this.orders.get(poId)!;
    const line = uncommitted(order).find((each) => each.productId === product);
    if (line === undefined || order.sending === null) return;
    this.#apply(poId, product);
    const day = Math.round((order.orderBy - CUT_OFF_MS - T0) / DAY_MS);
    const closing = { revision: order.revision, firmOnly: order.firmOnly, next: this.#openAfter(day) };
    const rows = this.rows(product);
    this.items.set(product, withChanges(rows, commitRows(rows, poId, closing, this.now)));
    if (!answerIsLost) this.does(poId, { type: "committed", fact: this.fact(product, poId, order.revision) });
  }

  freeze(poId: string): void {
    const order = this.orders.get(poId)!;
    if (order.status !== "closing" || uncommitted(order).length > 0) return;
    const day = Math.round((order.orderBy - CUT_OFF_MS - T0) / DAY_MS);
    this.does(poId, { type: "freeze", number: `PO-${++this.#numbers}`, next: this.#openAfter(day) });
  }

  /** What the object's alarm does at this moment. */
  alarm(): void {
    for (const { id, orderBy } of this.orders.values()) {
      const day = Math.round((orderBy - CUT_OFF_MS - T0) / DAY_MS);
      this.does(id, { type: "cut_off", next: this.#openAfter(day) });
      this.does(id, { type: "ask_due" });
      this.does(id, { type: "remind_due" });
    }
  }

  /** The calendar no longer has the order's cut-off: its units belong to the next one that is open. */
  reschedule(poId: string): void {
    const { orderBy } = this.orders.get(poId)!;
    const next = this.#openAfter(Math.round((orderBy - CUT_OFF_MS - T0) / DAY_MS));
    this.does(poId, { type: "reschedule", at: null, next });
  }

  /** Everything that is on its way arrives. */
  settle(): void {
    for (let round = 0; round < 50; round++) {
      const before = JSON.stringify([[...this.orders.values()], [...this.items.values()]]);
      for (const product of this.items.keys()) this.tellLine(product);
      for (const { id, lines } of this.orders.values()) {
        for (const { productId } of lines) {
          this.tellItem(id, productId);
          this.commit(id, productId);
        }
        this.freeze(id);
      }
      if (JSON.stringify([[...this.orders.values()], [...this.items.values()]]) === before) return;
    }
    throw new Error("messages never end");
  }

  fact(product: string, poId: string, seenRevision = 0): LineFact {
    const context: LineContext = {
      productId: product,
      product: { name: product, supplierSku: null, gtin: null, orderUnit: null, unitCost: 2 },
      constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
      position: 0,
      countedAt: this.now,
      runsOut: this.runsOut,
      confidence: 0.9,
      reason: null,
    };
    return lineFact(this.rows(product), poId, context, seenRevision);
  }

  #apply(poId: string, product: string): void {
    const line = this.orders.get(poId)!.lines.find((each) => each.productId === product)!;
    for (const command of line.tell) {
      const rows = this.rows(product);
      const { orderBy, arrivesOn } = this.orders.get(poId)!;
      const about = { supplierId: "s", orderBy, arrivesOn };
      this.items.set(product, withChanges(rows, applyCommand(rows, poId, command, about, this.now)));
    }
  }

  /** The present opportunity, unless the item's units of that order are past planning. */
  #freeSlot(product: string): PurchaseSlot {
    let slot = slotAt(this.now);
    const isPast = (poId: string): boolean =>
      this.rows(product).some(({ order }) => order.purchase?.poId === poId && order.purchase.stage !== "open");
    while (isPast(slot.poId)) slot = slotAt(slot.orderBy + 1);
    return slot;
  }

  #openAfter(day: number): PurchaseSlot {
    let next = Math.max(day + 1, Math.ceil((this.now - T0 - CUT_OFF_MS) / DAY_MS));
    for (;;) {
      const status = this.order(next)?.status ?? "draft";
      if (["draft", "awaiting_approval", "approved"].includes(status)) return slotOf(next);
      next++;
    }
  }

  #slot(poId: string): PurchaseSlot {
    for (let day = 0; ; day++) if (slotOf(day).poId === poId) return slotOf(day);
  }

  #opened(slot: PurchaseSlot): PurchaseOrder {
    const { minimumValue } = this.policy;
    const about = {
      storeId: "main",
      supplierId: "s",
      supplierName: null,
      currency: "EUR",
      origin: "https://w.example",
    };
    return opened({ ...slot, ...about, minimumValue }, this.now);
  }
}

/** A world with an order of six apples that was sent. */
export function sentOrder(): { readonly world: PurchasingWorld; readonly order: PurchaseOrder } {
  const world = new PurchasingWorld();
  world.decide("apples", 6);
  world.settle();
  const { id, revision } = world.present()!;
  world.does(id, { type: "send", by: ANA, revision });
  world.settle();
  return { world, order: world.orders.get(id)! };
}
