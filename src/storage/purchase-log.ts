/**
 * The projection of purchase orders, for lists, the sweep, metrics and export. Versions never go backwards, in whatever
 * order they arrive (I1). An order itself is read from its object.
 */
import * as z from "zod";
import {
  OPEN,
  PURCHASE_SCHEMA,
  UNDECIDED,
  type PurchaseOrder,
  type PurchaseStatus,
} from "../purchasing/order/types.ts";

export interface PurchaseFilter {
  readonly statuses: readonly PurchaseStatus[] | null;
  readonly storeId: string | null;
  /** Stores that may be seen at all; null = all. */
  readonly stores: readonly string[] | null;
  readonly supplierId: string | null;
  /** Epoch ms of the cut-off, inclusive. */
  readonly dueBy: number | null;
}

export interface PurchaseCursor {
  readonly orderBy: number;
  readonly poId: string;
}

/** One row as the statements' JSON has it. */
export interface PurchaseRow {
  readonly id: string;
  readonly version: number;
  readonly store: string;
  readonly supplier: string;
  readonly status: string;
  readonly due: number;
  readonly sent: number | null;
  readonly ended: string | null;
  readonly parked: number;
  readonly updated: number;
  readonly record: string;
}

export interface PurchaseCounts {
  /** That take lines. */
  readonly open: number;
  /** Past their cut-off and neither closed nor sent: must be 0. */
  readonly overdue: number;
  readonly parked: number;
}

export interface PurchaseLog {
  project(orders: readonly PurchaseOrder[]): Promise<void>;
  get(poId: string): Promise<PurchaseOrder | null>;
  /** Earliest cut-off first; an open order without quantities is left out. */
  list(filter: PurchaseFilter, after: PurchaseCursor | null, limit: number): Promise<readonly PurchaseOrder[]>;
  /** Ids of orders whose cut-off has passed before `before` and that are still open or closing. */
  overdue(before: number, limit: number): Promise<readonly string[]>;
  /** Products of a store whose settings name the supplier. */
  productsOf(storeId: string, supplierId: string, limit: number): Promise<readonly string[]>;
  counts(now: number): Promise<PurchaseCounts>;
  /** Ids of orders that are over and were last changed before `cutoff`. */
  aged(cutoff: number, limit: number): Promise<readonly string[]>;
  remove(poIds: readonly string[]): Promise<void>;
}

/** After the cut-off an order has this long to close before it counts as late. */
export const CLOSING_GRACE_MS = 120_000;

const StoredPurchase = z.looseObject({ schema: z.literal(PURCHASE_SCHEMA), id: z.string(), status: z.string() });

export function parsePurchase(json: string): PurchaseOrder {
  return StoredPurchase.parse(JSON.parse(json)) as unknown as PurchaseOrder;
}

/** D1 takes 2 MB for one value: of a very long order the reasons are left to its object. */
const MOST_CHARACTERS = 1_400_000;

export function purchaseRow(order: PurchaseOrder): PurchaseRow {
  const whole = JSON.stringify(order);
  const record =
    whole.length <= MOST_CHARACTERS
      ? whole
      : JSON.stringify({
          ...order,
          lines: order.lines.map((line) => ({ ...line, tell: [], fact: { ...line.fact, reason: null } })),
        });
  return {
    id: order.id,
    version: order.version,
    store: order.storeId,
    supplier: order.supplierId,
    status: order.status,
    due: order.orderBy,
    sent: order.sentAt,
    ended: order.ended,
    parked: order.deliveries.filter(({ status }) => status === "parked").length,
    updated: order.updatedAt,
    record,
  };
}

export function countsOf(
  rows: readonly { readonly status: string; readonly orders: number; readonly parked: number; readonly due: number }[],
): PurchaseCounts {
  const of = (statuses: readonly string[], value: (row: (typeof rows)[number]) => number): number =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, row) => sum + value(row), 0);
  return {
    open: of([...OPEN], ({ orders }) => orders),
    overdue: of(UNDECIDED, ({ due }) => due),
    parked: rows.reduce((sum, { parked }) => sum + parked, 0),
  };
}
