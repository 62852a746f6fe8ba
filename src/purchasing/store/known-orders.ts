/**
 * The orders that their object has in memory, over its rows: those with something left to do, and the one of the others
 * that was read last. Every change looks through them all, and a year of long orders would fill the memory.
 */
import type { PurchaseSlot } from "../../workflow/orders/purchase-line.ts";
import { isActive } from "../due.ts";
import type { PurchaseOrder } from "../order/types.ts";
import { OrderRows, type KeptOrder } from "./order-rows.ts";

export class KnownOrders {
  readonly #rows: OrderRows;
  /** By id. */
  readonly #known = new Map<string, KeptOrder>();

  constructor(storage: DurableObjectStorage) {
    this.#rows = new OrderRows(storage);
    for (const kept of this.#rows.active()) this.#known.set(kept.order.id, kept);
  }

  get all(): KeptOrder[] {
    return [...this.#known.values()];
  }

  /** How many numbers were given. */
  get numbers(): number {
    return this.#rows.numbers;
  }

  read({ poId, orderBy }: Pick<PurchaseSlot, "poId" | "orderBy">): PurchaseOrder | null {
    const known = this.#known.get(poId);
    if (known !== undefined) return known.order;
    const kept = this.#rows.find(Math.floor(orderBy / 1_000));
    if (kept === null || kept.order.id !== poId) return null;
    this.#forgetOver();
    this.#known.set(poId, kept);
    return kept.order;
  }

  /** As it is in memory; null = it was not read yet. */
  present(poId: string): PurchaseOrder | null {
    return this.#known.get(poId)?.order ?? null;
  }

  /** Writes the order, and those of its lines that differ from `before`. */
  save(before: PurchaseOrder | null, order: PurchaseOrder): void {
    const projected = this.#projectedOf(order);
    this.#rows.save(order, before, isActive(order, projected));
    this.#known.set(order.id, { order, projected });
  }

  /** The database has an older version, or none. */
  isBehind(order: PurchaseOrder): boolean {
    return this.#projectedOf(order) < order.version;
  }

  /** The database has this version. */
  projected(order: PurchaseOrder): void {
    const known = this.#known.get(order.id);
    // Over, and projected by another round.
    if (known === undefined) return;
    this.#known.set(order.id, { ...known, projected: order.version });
    this.#rows.projected(order, isActive(known.order, order.version));
  }

  /** For a database that lost its rows: everything kept here counts as not projected. */
  forgetProjected(): void {
    for (const kept of this.#rows.all()) if (!this.#known.has(kept.order.id)) this.#known.set(kept.order.id, kept);
    for (const [id, known] of this.#known) this.#known.set(id, { ...known, projected: 0 });
  }

  /** Retention; see `OrderRows.forget`. */
  forget(cutoff: number): number {
    this.#forgetOver();
    return this.#rows.forget(cutoff);
  }

  #forgetOver(): void {
    for (const [id, { order, projected }] of this.#known) if (!isActive(order, projected)) this.#known.delete(id);
  }

  #projectedOf({ id }: PurchaseOrder): number {
    return this.#known.get(id)?.projected ?? 0;
  }
}
