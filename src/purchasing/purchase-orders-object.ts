/**
 * The object of one store's purchase orders with one supplier. Wiring only: `supplier-orders.ts` owns the state,
 * `order/` decides. Store and supplier come with the first line and are kept on the order. Its code is loaded when it
 * wakes, because the isolates of items evaluate this class as well.
 */
import { DurableObject } from "cloudflare:workers";
import { reportCalls } from "../telemetry/report-calls.ts";
import { partsOfPurchaseOrderId, type LineAnswer, type LineCall } from "../workflow/orders/purchase-line.ts";
import type { PurchasingBindings } from "./bindings.ts";
import type { EditCall, EditOutcome } from "./edit-lines.ts";
import type { PurchaseInput, PurchaseOutcome } from "./order/transition.ts";
import type { PurchaseOrder } from "./order/types.ts";
import type { PurchaseOrders } from "./supplier-orders.ts";

/** What a person or system does to an order. */
export interface PurchaseActCall {
  readonly schema: 1;
  readonly poId: string;
  readonly input: Extract<PurchaseInput, { type: "approve" | "send" | "cancel" | "confirm" | "receive" }>;
}

export class PurchaseOrdersObject extends DurableObject<PurchasingBindings> {
  static {
    reportCalls(this);
  }

  /** Set before the first call is admitted. */
  #orders!: PurchaseOrders;

  constructor(ctx: DurableObjectState, env: PurchasingBindings) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      const { purchaseOrders } = await import("./wiring.ts");
      this.#orders = purchaseOrders(ctx, env);
      await this.#orders.wake();
    });
  }

  async takeLine(call: LineCall): Promise<LineAnswer> {
    return this.#orders.takeLine(call);
  }

  /** Null = there is no such order. Writes nothing (I11). */
  async read(poId: string): Promise<PurchaseOrder | null> {
    const slot = slotOf(poId);
    return slot === null ? null : this.#orders.read(slot);
  }

  async act({ poId, input }: PurchaseActCall): Promise<PurchaseOutcome | null> {
    const slot = slotOf(poId);
    return slot === null ? null : this.#orders.act(slot, input);
  }

  async edit(call: EditCall): Promise<EditOutcome | null> {
    const slot = slotOf(call.poId);
    if (slot === null) return null;
    const { editLines } = await import("./edit-lines.ts");
    return editLines(this.#orders, slot, call);
  }

  /**
   * Makes parked deliveries due again; null = no such order. Objects of v0.1.0 take the id alone, so that is sent;
   * Workers of since then sent the object (I12).
   */
  async redeliver(call: string | { readonly schema: 1; readonly poId: string }): Promise<number | null> {
    const slot = slotOf(typeof call === "string" ? call : call.poId);
    return slot === null ? null : this.#orders.redeliver(slot);
  }

  /** Its supplier or its store is about to change: it looks soon, even if nobody calls. */
  async wakeSoon(): Promise<void> {
    await this.#orders.wakeSoon();
  }

  /** Does what is due, for a sweep that found an order late. */
  async poke(): Promise<void> {
    await this.#orders.startDue();
  }

  /** Retention: drops what is over and was last changed before `cutoff`. */
  async forget(cutoff: number): Promise<number> {
    await this.#orders.runDue();
    return this.#orders.forget(cutoff);
  }

  /** Projects everything kept here again, for a database that lost its rows. */
  async reproject(): Promise<void> {
    await this.#orders.reproject();
  }

  override async alarm(): Promise<void> {
    await this.#orders.onAlarm();
  }
}

function slotOf(poId: string): { readonly poId: string; readonly orderBy: number } | null {
  const parts = partsOfPurchaseOrderId(poId);
  return parts === null ? null : { poId, orderBy: parts.orderBy };
}
