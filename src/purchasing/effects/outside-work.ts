/**
 * Outside work of a store's orders with a supplier, from rows written first: it calls items, attempts deliveries and
 * projects records. One round runs at a time; the next one sees what changed meanwhile. After a failure the alarm
 * starts the work again at `retryAt`.
 */
import { GrowingPause } from "../../shared/waiting/growing-pause.ts";
import type { PurchaseSlot } from "../../workflow/orders/purchase-line.ts";
import type { PurchaseWorld, PurchasingDeps } from "../deps.ts";
import type { PurchaseInput } from "../order/transition.ts";
import type { PurchaseDelivery, PurchaseOrder } from "../order/types.ts";
import { hasCalls, type ItemCalls } from "./item-calls.ts";
import { MINUTE_MS } from "../../shared/durations.ts";

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = MINUTE_MS;
/** Orders projected at once. */
const PROJECTED_AT_ONCE = 10;

export interface WorkedOrders {
  readonly present: () => readonly PurchaseOrder[];
  readonly read: (slot: Pick<PurchaseSlot, "poId" | "orderBy">) => PurchaseOrder | null;
  readonly apply: (order: PurchaseOrder, input: PurchaseInput, world: PurchaseWorld) => void;
  readonly nextSlot: (slot: PurchaseSlot, world: PurchaseWorld) => PurchaseSlot;
  /** The number that an order gets when it is frozen. */
  readonly number: () => string;
  readonly delivered: (order: PurchaseOrder, delivery: PurchaseDelivery) => void;
  readonly isBehind: (order: PurchaseOrder) => boolean;
  readonly projected: (order: PurchaseOrder) => void;
  readonly wakeAt: (at: number) => void;
}

export class OutsideWork {
  readonly #deps: PurchasingDeps;
  readonly #calls: ItemCalls;
  readonly #orders: WorkedOrders;
  #working: Promise<void> | null = null;
  #calling: Promise<void> | null = null;
  #again = false;
  readonly #pause = new GrowingPause(FIRST_RETRY_MS, LONGEST_RETRY_MS);

  constructor(deps: PurchasingDeps, calls: ItemCalls, orders: WorkedOrders) {
    this.#deps = deps;
    this.#calls = calls;
    this.#orders = orders;
  }

  /** Null = the last round did not fail. */
  get retryAt(): number | null {
    return this.#pause.retryAt;
  }

  /** Resolves when nothing is under way. */
  async done(): Promise<void> {
    await this.#working;
  }

  /** The next start does not wait for `retryAt`. */
  retryNow(): void {
    this.#pause.end();
  }

  /** Starts the work without waiting for it; the object stays awake until it is done. */
  start(): void {
    this.#again = true;
    if (this.#working !== null) return;
    this.#working = this.#work().finally(() => (this.#working = null));
    this.#deps.waitUntil(this.#working);
  }

  /** Calls the items with pending commands or an outstanding answer. */
  async callItems(): Promise<void> {
    while (this.#calling !== null) await this.#calling;
    this.#calling = this.#callEveryItem().finally(() => (this.#calling = null));
    await this.#calling;
  }

  async #work(): Promise<void> {
    while (this.#again && this.#pause.retryAt === null) {
      this.#again = false;
      try {
        await this.callItems();
        await this.#deliver();
        await this.#project();
        this.#pause.succeeded();
      } catch (cause) {
        this.#deps.onFailure("purchase_order", cause);
        this.#orders.wakeAt(this.#pause.failed(this.#deps.now()));
      }
    }
  }

  async #callEveryItem(): Promise<void> {
    const { present, read, apply, nextSlot, number } = this.#orders;
    for (const { id, orderBy } of present().filter(hasCalls)) {
      const slot = { poId: id, orderBy };
      const order = read(slot)!;
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      await this.#calls.run({
        present: () => read(slot)!,
        apply: (input) => apply(read(slot)!, input, world),
        next: nextSlot({ ...slot, arrivesOn: order.arrivesOn }, world),
        number,
      });
    }
  }

  async #deliver(): Promise<void> {
    const { present, read, delivered } = this.#orders;
    const now = this.#deps.now();
    for (const { id, orderBy } of present()) {
      const slot = { poId: id, orderBy };
      const order = read(slot)!;
      const due = order.deliveries.filter(({ status, dueAt }) => status === "pending" && dueAt <= now);
      if (due.length === 0) continue;
      const world = await this.#deps.worldOf(order.storeId, order.supplierId);
      await Promise.all(
        due.map(async (delivery) => {
          const after = await this.#deps.deliverer.attempt(read(slot)!, delivery, world, now);
          delivered(read(slot)!, after);
        }),
      );
    }
  }

  async #project(): Promise<void> {
    const { present, isBehind, projected } = this.#orders;
    for (;;) {
      const behind = present().filter(isBehind).slice(0, PROJECTED_AT_ONCE);
      if (behind.length === 0) return;
      await this.#deps.project(behind);
      for (const order of behind) projected(order);
    }
  }
}
