/** Events of an order that is with the supplier: confirmed, received in part or in full, cancelled (I17). */
import { withoutDust } from "../../shared/without-dust.ts";
import type { ItemCommand, SetBy } from "../../workflow/orders/purchase-line.ts";
import { isoDay } from "../../shared/calendar-dates.ts";
import { DETAIL_LENGTH, lineOf } from "./lines.ts";
import { audited, changed, touch, unchanged, type PurchaseTransition } from "./record.ts";
import type { Act } from "./refusals.ts";
import { isOpen, liveLines, outstandingOf, receivedOf } from "./totals.ts";
import { PLACED, type PurchaseLine, type PurchaseOrder, type PurchaseStatus } from "./types.ts";

export interface Confirmation {
  readonly reference: string | null;
  /** Day; null = as ordered. */
  readonly expectedOn: number | null;
  /** Null = every line as ordered. */
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number | null;
    readonly expectedOn: number | null;
  }[];
}

export interface Receipt {
  readonly reference: string;
  readonly receivedAt: number;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

export function confirm(order: PurchaseOrder, said: Confirmation, by: SetBy, now: number): PurchaseTransition {
  if (!PLACED.has(order.status)) return unchanged(order, { reason: "not_sent" });
  const unknown = said.lines.findIndex((line) => !isOnOrder(order, line.productId));
  if (unknown >= 0) return unchanged(order, { reason: "unknown_line", index: unknown });
  const revision = order.revision + 1;
  const lines = order.lines.map((line): PurchaseLine => {
    const own = said.lines.find((each) => each.productId === line.productId);
    const quantity = own?.quantity ?? line.quantity;
    const expectedOn = own?.expectedOn ?? said.expectedOn ?? line.expectedOn;
    if (line.quantity === 0 || (quantity === line.quantity && expectedOn === line.expectedOn)) return line;
    const { receivedHere } = line;
    const command = { kind: "confirmed", revision, quantity: own?.quantity ?? null, receivedHere, expectedOn } as const;
    return { ...told(line, command), quantity, firmQuantity: quantity, expectedOn };
  });
  const supplierReference = said.reference ?? order.supplierReference;
  const isSame = lines.every((line, at) => line === order.lines[at]) && supplierReference === order.supplierReference;
  if (isSame && order.status !== "sent") return unchanged(order);
  const confirmed = audited(order, "confirmed", by, now, detailOf(said, order, lines));
  return changed(
    touch(
      confirmed,
      {
        lines,
        revision,
        supplierReference,
        status: order.status === "sent" ? "confirmed" : statusAfter(confirmed, lines),
      },
      now,
    ),
  );
}

/** The reference, the day, and what differs from the order. */
function detailOf(
  { reference, expectedOn }: Confirmation,
  { lines: before }: PurchaseOrder,
  lines: readonly PurchaseLine[],
): string | undefined {
  const differing = lines.flatMap((line, at) => {
    if (line === before[at]) return [];
    const day = line.expectedOn === null || line.expectedOn === expectedOn ? "" : ` on ${isoDay(line.expectedOn)}`;
    return line.quantity === before[at]!.quantity && day === "" ? [] : [`${line.productId}: ${line.quantity}${day}`];
  });
  const day = expectedOn === null ? [] : [`expected ${isoDay(expectedOn)}`];
  const said = [...(reference === null ? [] : [reference]), ...day, ...differing];
  return said.length === 0 ? undefined : said.join("; ").slice(0, DETAIL_LENGTH);
}

/**
 * A receipt counts once by its reference; units beyond the order are accepted too. Lines of it that were taken back at
 * their items are counted anew.
 */
export function receive(order: PurchaseOrder, receipt: Receipt, by: SetBy, now: number): PurchaseTransition {
  const known = order.receipts.find((each) => each.reference === receipt.reference);
  if (known === undefined) return withReceipt(order, receipt, receipt, by, now);
  const isFree = (productId: string): boolean => isTakenBack(lineOf(order, productId), receipt.reference);
  const kept = (of: Content): string => JSON.stringify(of.filter(([productId]) => !isFree(productId)));
  if (kept(contentOf(receipt)) !== kept(JSON.parse(known.content) as Content))
    return unchanged(order, { reason: "reference_mismatch" });
  const again = receipt.lines.filter(({ productId }) => isFree(productId));
  return again.length === 0 ? unchanged(order) : withReceipt(order, receipt, { ...receipt, lines: again }, by, now);
}

/** By product. */
type Content = readonly (readonly [productId: string, quantity: number])[];

function contentOf({ lines }: Receipt): Content {
  return lines
    .map(({ productId, quantity }) => [productId, quantity] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Not while it is being booked again. */
function isTakenBack(line: PurchaseLine | undefined, reference: string): boolean {
  if (line === undefined) return false;
  const isTold = line.tell.some((command) => command.kind === "received" && command.reference === reference);
  return !isTold && line.fact.takenBack?.includes(reference) === true;
}

/** `receipt` has the lines to count now, `whole` all lines under its reference, which a repetition must match. */
function withReceipt(
  order: PurchaseOrder,
  whole: Receipt,
  receipt: Receipt,
  by: SetBy,
  now: number,
): PurchaseTransition {
  if (!PLACED.has(order.status)) return unchanged(order, { reason: "not_sent" });
  const unknown = receipt.lines.findIndex((line) => !isOnOrder(order, line.productId));
  if (unknown >= 0) return unchanged(order, { reason: "unknown_line", index: unknown });
  const revision = order.revision + 1;
  const lines = order.lines.map((line): PurchaseLine => {
    const quantity = unitsOf(receipt.lines.filter((each) => each.productId === line.productId));
    if (quantity === 0) return line;
    const { reference, receivedAt } = receipt;
    const command = { kind: "received", revision, reference, quantity, receivedAt } as const;
    return { ...told(line, command), receivedHere: withoutDust(line.receivedHere + quantity) };
  });
  const detail = `${receipt.reference}: ${unitsOf(receipt.lines)} units`;
  const received = audited(order, "received", by, now, detail);
  const others = order.receipts.filter(({ reference }) => reference !== receipt.reference);
  const receipts = [...others, { reference: receipt.reference, content: JSON.stringify(contentOf(whole)) }];
  return changed(touch(received, { lines, revision, receipts, status: statusAfter(order, lines) }, now));
}

function unitsOf(lines: Receipt["lines"]): number {
  return withoutDust(lines.reduce((sum, { quantity }) => sum + quantity, 0));
}

/** Cancels an open order as a whole; of one with the supplier, the units that have not come. */
export function cancel(
  order: PurchaseOrder,
  { revision, reason, by }: Act & { readonly reason: string | null },
  now: number,
): PurchaseTransition {
  if (order.status === "closing") return unchanged(order, { reason: "closing" });
  if (order.status === "cancelled") {
    const last = order.audit.findLast(({ event }) => event === "cancelled");
    const isRepeated = order.ended === "cancelled" && last?.actor === by.label;
    return unchanged(order, isRepeated ? null : { reason: "already_cancelled" });
  }
  if (revision !== order.revision) return unchanged(order, { reason: "revision_changed" });
  if (order.status === "received") return unchanged(order, { reason: "already_sent" });
  const next = order.revision + 1;
  const lines = order.lines.map((line) => told(line, { kind: "cancelled", revision: next, by, reason }));
  const cancelled = audited(order, "cancelled", by, now, reason ?? undefined);
  return changed(
    touch(
      cancelled,
      { status: "cancelled", ended: "cancelled", lines, revision: next, approvals: [], remindAt: null },
      now,
    ),
    isOpen(order) && order.askedAt !== null ? ["outcome"] : [],
  );
}

/** Updates the status after receipts that were recorded or taken back at the items. */
export function followReceipts(order: PurchaseOrder, now: number): PurchaseTransition {
  if (!PLACED.has(order.status)) return unchanged(order);
  const status = statusAfter(order, order.lines);
  return status === order.status ? unchanged(order) : changed(touch(order, { status }, now));
}

function statusAfter(order: PurchaseOrder, lines: readonly PurchaseLine[]): PurchaseStatus {
  const live = liveLines({ lines });
  if (!live.some((line) => receivedOf(line) > 0)) return beforeReceipts(order);
  return live.every((line) => outstandingOf(line) === 0) ? "received" : "part_received";
}

function beforeReceipts({ status, audit }: PurchaseOrder): PurchaseStatus {
  if (status !== "received" && status !== "part_received") return status;
  return audit.some(({ event }) => event === "confirmed") ? "confirmed" : "sent";
}

function isOnOrder(order: PurchaseOrder, productId: string): boolean {
  const line = lineOf(order, productId);
  return line !== undefined && (line.quantity > 0 || receivedOf(line) > 0);
}

function told(line: PurchaseLine, command: ItemCommand): PurchaseLine {
  return { ...line, toldRevision: command.revision, tell: [...line.tell, command] };
}
