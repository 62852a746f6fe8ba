/**
 * Orders of items by themselves, as without purchase orders: grouped only by the cut-off that they made.
 */
import { isOpenRow } from "../../../src/workflow/orders/purchased-row.ts";
import { momentOf } from "../../../src/world/zones.ts";
import { STORE } from "./four-suppliers.ts";
import type { Shelf } from "./shelf.ts";

export class AtOnce {
  count = 0;
  /** By cut-off. */
  readonly worth = new Map<number, number>();
  readonly #due: { shelf: Shelf; workflowId: string; quantity: number; expectedAt: number }[] = [];

  add(shelf: Shelf, quantity: number): void {
    const order = shelf.rows.findLast(isOpenRow)?.order;
    if (quantity === 0 || order === undefined) return;
    this.count++;
    this.#due.push({ shelf, workflowId: order.workflowId, quantity, expectedAt: order.expectedAt });
    const worth = quantity * shelf.item.unitCost;
    this.worth.set(shelf.orderBy, (this.worth.get(shelf.orderBy) ?? 0) + worth);
  }

  takeIn(shelf: Shelf, day: number, now: number): void {
    for (const due of this.#due.filter((each) => each.shelf === shelf)) {
      if (momentOf(day + 1, 0, STORE.timeZone) <= due.expectedAt) continue;
      shelf.close(due.workflowId, now);
      shelf.takeIn(due.quantity, now);
      this.#due.splice(this.#due.indexOf(due), 1);
    }
  }
}
