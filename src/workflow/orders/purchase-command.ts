/**
 * Applies a purchase order's commands to an item's rows. A command is applied once: its revision is remembered, even by
 * an order that has moved to another purchase order. Pure.
 */
import { withoutDust } from "../../shared/without-dust.ts";
import { nextLineVersion, seenRevisionOf } from "./line-version.ts";
import type { OrderPurchase } from "./order-purchase.ts";
import type { OrderRow } from "./order-row.ts";
import type { ItemCommand, SetBy } from "./purchase-line.ts";
import { moved } from "./purchased-orders.ts";
import {
  closed,
  dayStart,
  isOpenRow,
  isPurchased,
  isUncommitted,
  promisedFor,
  refusedBy,
  rowsOf,
  sum,
  withChanges,
  withPurchase,
  type PurchasedRow,
} from "./purchased-row.ts";

/** Applies one command; rows of other purchase orders are never touched. */
export function applyCommand(
  rows: readonly OrderRow[],
  poId: string,
  command: ItemCommand,
  about: { readonly supplierId: string; readonly orderBy: number; readonly arrivesOn: number },
  now: number,
): readonly OrderRow[] {
  if (command.revision <= seenRevisionOf(rows, poId)) return [];
  const own = rowsOf(rows, poId);
  const version = nextLineVersion(rows, now);
  const seen = { version, seenRevision: command.revision };
  switch (command.kind) {
    case "set_firm": {
      const set = withFirm(own, command.quantity, command.by, seen, now);
      const missing = withoutDust(command.quantity - sum(set.filter(isOpenRow).map(({ order }) => order.quantity)));
      return missing > 0 && !own.some(isOpenRow)
        ? [...set, addedRow(poId, command.quantity, command.by, { ...about, ...seen }, now)]
        : set;
    }
    case "firm_up":
      return (
        withFirmUnits(own, command.quantity, command.by, seen) ?? [
          addedRow(poId, command.quantity, command.by, { ...about, ...seen }, now),
        ]
      );
    case "moved":
      // The order ends unsent, even one that was being closed.
      return moved(rows, poId, { ...command, isMoving: ({ order }) => order.purchase.stage !== "sent" }, now);
    case "sent":
      return own
        .filter((row) => isOpenRow(row) && row.order.purchase.stage === "committed")
        .map((row) => ({
          ...row,
          order: {
            ...row.order,
            placedAt: command.at,
            ...promisedFor(command.arrivesOn),
            reference: command.number,
            purchase: {
              ...row.order.purchase,
              ...seen,
              stage: "sent" as const,
              number: command.number,
              firmQuantity: row.order.quantity,
              arrivesOn: command.arrivesOn,
            },
          },
        }));
    case "confirmed":
      return confirmed(own, command, seen, now);
    case "received":
      return bookedAgain(own, received(own, command.quantity, command.receivedAt, seen), command.reference, seen);
    case "cancelled":
      return own
        .filter((row) => isOpenRow(row) || row.order.purchase.stage === "sent")
        .map((row) => {
          if (!isOpenRow(row)) return withPurchase(row, { ...seen, isOver: true }, 0);
          const left = { ...row, ordered: withoutDust(row.ordered - row.order.quantity) };
          const refused = { ...seen, ...refusedBy(row, command.by), isOver: true } as const;
          return closed(withPurchase(left, refused, 0), "cancelled", now);
        });
  }
}

/** Units go to the oldest rows first, up to what each had; the last one takes the rest. */
function withFirm(
  own: readonly PurchasedRow[],
  quantity: number,
  by: SetBy,
  seen: Partial<OrderPurchase>,
  now: number,
): readonly PurchasedRow[] {
  const open = own.filter(isUncommitted);
  let left = quantity;
  return open.map((row, at) => {
    const takes = at === open.length - 1 ? left : Math.min(left, row.order.quantity);
    left = withoutDust(left - takes);
    const set = { ...seen, ...answered(row), setBy: by, firmQuantity: takes };
    const changed = { ...withPurchase(row, set, takes), ordered: takes };
    if (takes > 0) return changed;
    return closed(withPurchase(changed, quantity === 0 ? refusedBy(row, by) : {}, 0), "cancelled", now);
  });
}

/** Planned units become firm, oldest first, and the newest row grows by what is missing. Null = there is no row. */
function withFirmUnits(
  own: readonly PurchasedRow[],
  quantity: number,
  by: SetBy,
  seen: Partial<OrderPurchase>,
): readonly PurchasedRow[] | null {
  const open = own.filter(isUncommitted);
  if (open.length === 0) return quantity > 0 ? null : [];
  let missing = withoutDust(quantity - sum(open.map(({ order }) => order.purchase.firmQuantity)));
  return open.map((row, at) => {
    const { firmQuantity } = row.order.purchase;
    const isLast = at === open.length - 1;
    const added = Math.max(0, isLast ? missing : Math.min(missing, withoutDust(row.order.quantity - firmQuantity)));
    missing = withoutDust(missing - added);
    const firm = withoutDust(firmQuantity + added);
    const units = Math.max(row.order.quantity, firm);
    // The person is recorded only where units became firm.
    const set = { ...seen, ...answered(row), firmQuantity: firm, ...(added > 0 ? { setBy: by } : {}) };
    const changed = withPurchase(row, set, units);
    return { ...changed, ordered: units };
  });
}

/** A person who sets a quantity has decided that it stays with this supplier. */
function answered({ order }: PurchasedRow): Pick<OrderPurchase, "otherSupplier"> {
  return order.purchase.otherSupplier === undefined ? {} : { otherSupplier: "kept" };
}

function addedRow(
  poId: string,
  quantity: number,
  by: SetBy,
  about: Pick<OrderPurchase, "supplierId" | "orderBy" | "arrivesOn" | "version" | "seenRevision">,
  now: number,
): PurchasedRow {
  return {
    schema: 1,
    ordered: quantity,
    order: {
      workflowId: poId,
      quantity,
      placedAt: now,
      expectedAt: dayStart(about.arrivesOn),
      purchase: { poId, ...about, stage: "open", firmQuantity: quantity, told: 0, setBy: by, receivedElsewhere: 0 },
    },
    closedAt: null,
    closedBy: null,
  };
}

function confirmed(
  own: readonly PurchasedRow[],
  { quantity, receivedHere, expectedOn }: Extract<ItemCommand, { kind: "confirmed" }>,
  seen: Partial<OrderPurchase>,
  now: number,
): readonly PurchasedRow[] {
  const sent = own.filter((row) => row.order.purchase.stage === "sent");
  const open = sent.filter(isOpenRow);
  const elsewhere = sum(sent.map(({ order }) => order.purchase.receivedElsewhere));
  const outstanding = sum(open.map(({ order }) => order.quantity));
  const wanted = quantity === null ? outstanding : withoutDust(Math.max(0, quantity - receivedHere - elsewhere));
  let change = withoutDust(wanted - outstanding);
  // More units after everything has come: the newest row takes them.
  const changing = open.length > 0 || change <= 0 ? open : sent.slice(-1);
  const changes = changing.toReversed().map((row, at) => {
    const isLast = at === changing.length - 1;
    const delta = change > 0 ? (isLast ? change : 0) : Math.max(change, -row.order.quantity);
    change = withoutDust(change - delta);
    const left = withoutDust(row.order.quantity + delta);
    const promised = expectedOn === null ? {} : promisedFor(expectedOn);
    const arrivesOn = expectedOn ?? row.order.purchase.arrivesOn;
    const changed = withPurchase(row, { ...seen, arrivesOn, firmQuantity: left }, left);
    const after = {
      ...changed,
      ordered: withoutDust(row.ordered + delta),
      order: { ...changed.order, ...promised },
      closedAt: null,
      closedBy: null,
    };
    return left > 0 ? after : closed(after, "cancelled", now);
  });
  return quantity === null ? changes : withOrdered(sent, changes, quantity, seen);
}

/** Goods beyond the ordered quantity came earlier: the new one includes them, or is less than what came. */
function withOrdered(
  sent: readonly PurchasedRow[],
  changes: readonly PurchasedRow[],
  quantity: number,
  seen: Partial<OrderPurchase>,
): readonly PurchasedRow[] {
  const rows = withChanges(sent, changes);
  let missing = withoutDust(quantity - sum(rows.map(({ ordered }) => ordered)));
  return rows.toReversed().flatMap((row, at) => {
    const delta = missing > 0 && at > 0 ? 0 : Math.max(missing, -row.ordered);
    missing = withoutDust(missing - delta);
    if (delta === 0) return changes.includes(row) ? [row] : [];
    return [{ ...withPurchase(row, seen, row.order.quantity), ordered: withoutDust(row.ordered + delta) }];
  });
}

/** Oldest first. A surplus closes everything; the caller counts the rest as stock. */
function received(
  own: readonly PurchasedRow[],
  quantity: number,
  receivedAt: number,
  seen: Partial<OrderPurchase>,
): readonly PurchasedRow[] {
  let left = quantity;
  return own.filter(isOpenRow).map((row) => {
    const taken = Math.min(left, row.order.quantity);
    left = withoutDust(left - taken);
    const outstanding = withoutDust(row.order.quantity - taken);
    const arrivals = [...(row.arrivals ?? []), ...(taken > 0 ? [{ at: receivedAt, quantity: taken }] : [])];
    const changed = { ...withPurchase(row, { ...seen, firmQuantity: outstanding }, outstanding), arrivals };
    return outstanding > 0 ? changed : closed(changed, "received", receivedAt);
  });
}

/** The changes, after which the receipt counts as taken back no longer. */
function bookedAgain(
  own: readonly PurchasedRow[],
  changes: readonly PurchasedRow[],
  reference: string,
  seen: Partial<OrderPurchase>,
): readonly OrderRow[] {
  const others = ({ order }: PurchasedRow) => (order.purchase.takenBack ?? []).filter((each) => each !== reference);
  const cleared = withChanges(own, changes)
    .filter(isPurchased)
    .filter(({ order }) => order.purchase.takenBack?.includes(reference))
    .map((row) => withPurchase(row, { ...seen, takenBack: others(row) }, row.order.quantity));
  return cleared.length === 0 ? changes : withChanges(changes, cleared);
}
