/** An item's line on a purchase order, from its rows. Pure. */
import type { OrderConstraints } from "../../replenishment/types.ts";
import { seenRevisionOf } from "./line-version.ts";
import { isOpenRow, isPurchased, isUnsent, rowsOf, sum, type PurchasedRow } from "./purchased-row.ts";
import type { OrderRow } from "./order-row.ts";
import type { LineFact, LineProduct } from "./purchase-line.ts";

/** What the line states besides its quantities. */
export interface LineContext {
  readonly productId: string;
  readonly product: LineProduct;
  readonly constraints: OrderConstraints;
  /** Inventory position with every open order. */
  readonly position: number;
  readonly countedAt: number | null;
  readonly runsOut: boolean;
  readonly confidence: number | null;
  readonly reason: string | null;
}

/** `seenRevision` is the minimum, for the answer to a command that left no row. */
export function lineFact(rows: readonly OrderRow[], poId: string, context: LineContext, seenRevision = 0): LineFact {
  const own = rowsOf(rows, poId);
  const newest = own.toSorted((a, b) => b.order.purchase.version - a.order.purchase.version)[0];
  const open = own.filter((row) => isOpenRow(row));
  const behind = open.at(-1) ?? newest;
  const { position, ...about } = context;
  const awaited = open.filter(({ order }) => order.purchase.stage === "sent").at(-1);
  const sent = own.findLast(({ order }) => order.purchase.number !== undefined);
  const takenBack = own.flatMap(({ order }) => order.purchase.takenBack ?? []);
  const why = newest?.changes?.at(-1)?.reason ?? null;
  return {
    ...about,
    version: newest?.order.purchase.version ?? newestVersion(rows),
    seenRevision: Math.max(seenRevision, seenRevisionOf(rows, poId)),
    quantity: sum(own.map((row) => (row.order.purchase.stage === "sent" ? row.ordered : row.order.quantity))),
    firmQuantity: sum(
      own.map(({ ordered, order }) => (order.purchase.stage === "sent" ? ordered : order.purchase.firmQuantity)),
    ),
    unsentQuantity: sum(open.filter(({ order }) => isUnsent(order)).map(({ order }) => order.quantity)),
    setBy: newest?.order.purchase.setBy ?? null,
    workflowId: behind === undefined || behind.order.workflowId === poId ? null : behind.order.workflowId,
    positionWithout: position - sum(open.map(({ order }) => order.quantity)),
    receivedElsewhere: sum(own.map(({ order }) => order.purchase.receivedElsewhere)),
    ...(takenBack.length === 0 ? {} : { takenBack }),
    ...(awaited === undefined ? {} : { expectedOn: awaited.order.purchase.arrivesOn }),
    ...(why === null ? {} : { why }),
    ...(sent === undefined ? {} : { sent: sentOf(own, sent) }),
    ...(open.some(({ order }) => order.purchase.otherSupplier === "asks") ? { otherSupplier: true } : {}),
  };
}

function sentOf(own: readonly PurchasedRow[], { order }: PurchasedRow): NonNullable<LineFact["sent"]> {
  const placed = own.filter((row) => row.order.purchase.stage === "sent");
  const received = sum(placed.map((row) => row.ordered - row.order.quantity));
  return { number: order.purchase.number!, at: order.placedAt, received };
}

/** Newest version of any row, so a line without rows still replaces its earlier facts. */
function newestVersion(rows: readonly OrderRow[]): number {
  return Math.max(0, ...rows.filter(isPurchased).map((row) => row.order.purchase.version));
}
