/**
 * One item of a played store: what is on its shelf, what was sold, and its orders, decided by the service's own pure
 * steps from the count of each morning.
 */
import { openingStock } from "../../../scripts/lib/backtest/policy-replay.ts";
import { plannedOrders } from "../../../src/item/purchase/purchase-plan.ts";
import type { Facts } from "../../../src/workflow/facts.ts";
import { outagesWith } from "../../../src/workflow/item-facts.ts";
import type { ReceivedOrder } from "../../../src/workflow/orders/item-order.ts";
import { lineFact } from "../../../src/workflow/orders/line-fact.ts";
import type { OrderRow } from "../../../src/workflow/orders/order-row.ts";
import type { LineFact } from "../../../src/workflow/orders/purchase-line.ts";
import { ordersBesidePlanned } from "../../../src/workflow/orders/purchased-orders.ts";
import { isOpenRow, withChanges } from "../../../src/workflow/orders/purchased-row.ts";
import { assess } from "../../../src/workflow/steps/assess.ts";
import { receive } from "../../../src/workflow/steps/receive.ts";
import type { Decision } from "../../../src/workflow/types/decision.ts";
import type { Outage } from "../../../src/world/outages.ts";
import { UNKNOWN_WORLD, type SupplierFacts, type WorldSlice } from "../../../src/world/types.ts";
import { NO_REVIEW } from "../no-review.ts";
import { STORE, type StockedItem } from "./four-suppliers.ts";
import { isoDay } from "../../../src/shared/calendar-dates.ts";

const SERVICE_LEVEL = 0.95;
const PACK = 6;
/** More likely than not, as for the lines of an item. */
const LIKELY = 0.5;
/** Days that the first order may take: what is on the shelf at the start covers them. */
const FIRST_LEAD_DAYS = 7;
/** A decision does not use orders that are over, except the few that just arrived. */
const KEPT_ROWS = 40;

export class Shelf {
  readonly item: StockedItem;
  readonly #world: WorldSlice;
  readonly #firstDay: number;
  readonly #sold: (number | null)[];
  rows: readonly OrderRow[] = [];
  onHand: number;
  /** The cut-off that the last decision was for. */
  orderBy = 0;
  #counts = 0;
  #outages: readonly Outage[] = [];
  #received: ReceivedOrder[] = [];
  #decision: Decision | null = null;
  #countedAt = 0;

  /** @param from index of the first day that is played; what was wanted before was sold. */
  constructor(item: StockedItem, supplier: SupplierFacts, firstDay: number, from: number) {
    this.item = item;
    this.#world = { ...UNKNOWN_WORLD, store: STORE, supplier };
    this.#firstDay = firstDay;
    this.#sold = item.wanted.slice(0, from);
    this.onHand = openingStock(item.wanted, from, FIRST_LEAD_DAYS);
  }

  /** A count of the shelf is decided; returns the units of an order at once (0 = none). */
  count(objectOf: (supplierId: string) => string, now: number): number {
    const { productId, unitCost } = this.item;
    const terms = { serviceLevel: SERVICE_LEVEL, unitCost, packSize: PACK, supplierId: this.item.rhythm };
    const workflow = receive(
      {
        id: `${productId}-${++this.#counts}`,
        seq: this.#counts,
        storeId: STORE.storeId,
        productId,
        trigger: {
          currentStock: this.onHand,
          safetyStock: 0,
          onOrder: null,
          backordered: 0,
          terms: {},
          notes: null,
          occurredAt: now,
        },
        requestId: null,
        origin: "",
        sender: { principal: "till", label: "till" },
      },
      terms,
      this.#world,
      null,
      now,
    );
    const facts = this.#facts(terms);
    const { decision } = assess(workflow.snapshot, facts, now);
    this.#outages = outagesWith(workflow.snapshot, facts);
    this.#decision = decision;
    this.#countedAt = now;
    const { quantity } = decision;
    const { expectedAt, orderBy } = workflow.snapshot.calendar!;
    this.orderBy = orderBy;
    const placed = quantity === 0 ? null : { workflowId: workflow.id, quantity, placedAt: now, expectedAt };
    const decides = { ...workflow, status: "completed" as const, decision };
    const { order, replanned } = plannedOrders(
      { workflow: decides, order: placed },
      this.rows,
      this.#world,
      objectOf,
      now,
    );
    this.rows = withChanges(this.rows, replanned);
    if (order === null) return 0;
    this.rows = withChanges(this.rows, [{ schema: 1, ordered: quantity, order, closedAt: null, closedBy: null }]);
    return order.purchase === undefined ? quantity : 0;
  }

  /** Goods are put on the shelf; the receiver finds the order to which they belong. */
  takeIn(quantity: number, now: number): void {
    this.onHand += quantity;
    this.#received = [...this.#received, { workflowId: "", quantity, receivedAt: now }].slice(-KEPT_ROWS);
  }

  /** An order that is no purchase order's has come. */
  close(workflowId: string, now: number): void {
    const arrived = this.rows.filter(({ order }) => order.workflowId === workflowId);
    const changes = arrived.map((row) => ({
      ...row,
      order: { ...row.order, quantity: 0 },
      closedAt: now,
      closedBy: "received" as const,
    }));
    this.rows = withChanges(this.rows, changes);
  }

  /** A day's customers; returns what they wanted and did not get. */
  sell(wanted: number | null): number {
    const sold = Math.min(wanted ?? 0, this.onHand);
    this.onHand -= sold;
    this.#sold.push(wanted === null ? null : sold);
    const over = this.rows.filter((row) => !isOpenRow(row)).slice(0, -KEPT_ROWS);
    this.rows = this.rows.filter((row) => !over.includes(row));
    return (wanted ?? 0) - sold;
  }

  fact(poId: string, seenRevision = 0): LineFact {
    const { productId, unitCost } = this.item;
    const onOrder = this.rows.filter(isOpenRow).reduce((sum, { order }) => sum + order.quantity, 0);
    return lineFact(
      this.rows,
      poId,
      {
        productId,
        product: { name: null, supplierSku: null, gtin: null, orderUnit: null, unitCost },
        constraints: { minOrderQuantity: 0, packSize: PACK, maxStock: null },
        position: this.onHand + onOrder,
        countedAt: this.#countedAt,
        runsOut: (this.#decision?.evidence.stockoutProbabilityIfHold ?? 0) > LIKELY,
        confidence: this.#decision?.confidence ?? null,
        reason: null,
      },
      seenRevision,
    );
  }

  #facts(terms: Facts["inputs"]["terms"]): Facts {
    const history = {
      firstDay: this.#firstDay,
      startDate: isoDay(this.#firstDay),
      units: this.#sold.map((units) => units ?? 0),
      inStock: this.#sold.map((units) => (units === null ? false : null)),
    };
    return {
      inputs: { terms, history, forecast: null, unavailable: false, version: "1" },
      world: this.#world,
      openOrders: ordersBesidePlanned(this.rows.filter(isOpenRow).map(({ order }) => order)),
      leadTimes: [],
      outages: this.#outages,
      receivedSince: 0,
      receivedOrders: this.#received,
      recentOrders: [],
      policy: NO_REVIEW,
    };
  }
}
