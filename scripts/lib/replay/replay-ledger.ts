/**
 * One item's shelf and orders as the store itself counts them, day by day. Pure.
 *
 * A day is: receive what is due, serve demand from the shelf (what is missing is lost), count in the evening, decide.
 * An order decided in the evening of day d with lead time L is on the shelf on the morning of day d + 1 + L.
 * At all times ordered = received + outstanding: an order is placed once and received once.
 */
export interface OwnOrder {
  readonly workflowId: string;
  readonly quantity: number;
  /** Day of the replay, counted from 0, on whose morning it is delivered. */
  readonly arrivesOn: number;
}

export interface DayOfSales {
  readonly sold: number;
  readonly missed: number;
  /** The shelf was empty in the evening: further demand is unknown. */
  readonly emptied: boolean;
}

export interface LedgerTotals {
  readonly orders: number;
  readonly unitsOrdered: number;
  readonly unitsReceived: number;
  readonly unitsSold: number;
  readonly unitsMissed: number;
  /** Sum over the evenings; divided by their number it is the mean stock. */
  readonly eveningStock: number;
}

export class ItemLedger {
  #onHand: number;
  #open: readonly OwnOrder[] = [];
  #placed = new Set<string>();
  #totals: LedgerTotals = {
    orders: 0,
    unitsOrdered: 0,
    unitsReceived: 0,
    unitsSold: 0,
    unitsMissed: 0,
    eveningStock: 0,
  };

  constructor(onHand: number) {
    this.#onHand = onHand;
  }

  get onHand(): number {
    return this.#onHand;
  }

  get openOrders(): readonly OwnOrder[] {
    return this.#open;
  }

  get outstanding(): number {
    return this.#open.reduce((sum, order) => sum + order.quantity, 0);
  }

  get totals(): LedgerTotals {
    return this.#totals;
  }

  receiveDue(day: number): readonly OwnOrder[] {
    const due = this.#open.filter((order) => order.arrivesOn <= day);
    const quantity = due.reduce((sum, order) => sum + order.quantity, 0);
    this.#open = this.#open.filter((order) => order.arrivesOn > day);
    this.#onHand += quantity;
    this.#totals = { ...this.#totals, unitsReceived: this.#totals.unitsReceived + quantity };
    return due;
  }

  sell(demand: number): DayOfSales {
    const sold = Math.min(demand, this.#onHand);
    const missed = demand - sold;
    this.#onHand -= sold;
    this.#totals = {
      ...this.#totals,
      unitsSold: this.#totals.unitsSold + sold,
      unitsMissed: this.#totals.unitsMissed + missed,
      eveningStock: this.#totals.eveningStock + this.#onHand,
    };
    return { sold, missed, emptied: this.#onHand === 0 };
  }

  /** False when this workflow has ordered before, which must never happen. */
  place(order: OwnOrder): boolean {
    if (this.#placed.has(order.workflowId)) return false;
    this.#placed.add(order.workflowId);
    this.#open = [...this.#open, order];
    this.#totals = {
      ...this.#totals,
      orders: this.#totals.orders + 1,
      unitsOrdered: this.#totals.unitsOrdered + order.quantity,
    };
    return true;
  }
}

/** Differences between the server's open orders and the ledger's; empty = they agree. */
export function openOrderDifferences(
  server: readonly { readonly workflow_id: string | null; readonly quantity: number }[],
  ledger: readonly OwnOrder[],
): string[] {
  const theirs = totals(server.map((order) => [order.workflow_id ?? "made elsewhere", order.quantity]));
  const ours = totals(ledger.map((order) => [order.workflowId, order.quantity]));
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .map((id) => ({ id, theirs: theirs.get(id) ?? 0, ours: ours.get(id) ?? 0 }))
    .filter((order) => Math.abs(order.theirs - order.ours) > 1e-9)
    .map(
      (order) => `open order ${order.id}: the server counts ${order.theirs} units outstanding, the store ${order.ours}`,
    );
}

function totals(orders: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [id, quantity] of orders) sums.set(id, (sums.get(id) ?? 0) + quantity);
  return sums;
}
