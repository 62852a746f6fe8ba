/**
 * An item's orders on purchase orders, as pure steps: each returns the rows that change.
 *
 * P1. Planned units give way to a newer plan; firm ones, and what is committed or sent, never do (I18).
 * P2. A command is applied once: its revision is remembered, also by an order that has moved on.
 * P3. Every change raises the line's version, so that the purchase order takes the newest, however facts arrive.
 */
import type { OrderPurchase } from "./order-purchase.ts";
import { orderKey, type OrderRow } from "./order-row.ts";
import type { Closing, ItemCommand, PurchaseSlot, SetBy } from "./purchase-line.ts";
import type { ItemOrder } from "./item-order.ts";

/** Purchase orders that an order remembers having left: it is moved once a missed cut-off, so few are enough. */
const REMEMBERED = 4;

/** A row that hangs on a purchase order. */
export interface PurchasedRow extends OrderRow {
  readonly order: ItemOrder & { readonly purchase: OrderPurchase };
}

export function isPurchased(row: OrderRow): row is PurchasedRow {
  return row.order.purchase !== undefined;
}

/** Rows of a purchase order, oldest first. */
export function rowsOf(rows: readonly OrderRow[], poId: string): readonly PurchasedRow[] {
  return rows.filter(isPurchased).filter((row) => row.order.purchase.poId === poId);
}

export function isOpenRow(row: OrderRow): boolean {
  return row.closedAt === null;
}

/** Raised by every change of any line; the clock is its floor, so that it survives rows that are forgotten. */
export function nextLineVersion(rows: readonly OrderRow[], now: number): number {
  return rows.filter(isPurchased).reduce((max, row) => Math.max(max, row.order.purchase.version + 1), now);
}

/** The orders as planning may count them: what is planned is about to be planned anew (P1). */
export function ordersBesidePlanned(orders: readonly ItemOrder[]): readonly ItemOrder[] {
  return orders.flatMap((order) => {
    const { purchase } = order;
    if (purchase === undefined || purchase.stage !== "open" || purchase.firmQuantity >= order.quantity) return [order];
    return purchase.firmQuantity > 0 ? [{ ...order, quantity: purchase.firmQuantity }] : [];
  });
}

/** Decided and not with the supplier yet: in nobody's count of what is on order. */
export function isUnsent({ purchase }: Pick<ItemOrder, "purchase">): boolean {
  return purchase !== undefined && purchase.stage !== "sent";
}

/** A newer decision takes the place of what is planned. */
export function replan(rows: readonly OrderRow[], now: number): readonly OrderRow[] {
  const version = nextLineVersion(rows, now);
  return rows
    .filter(isPurchased)
    .filter((row) => isOpenRow(row) && row.order.purchase.stage === "open")
    .filter(({ order }) => order.purchase.firmQuantity < order.quantity)
    .map((row) => {
      const { firmQuantity } = row.order.purchase;
      const changed = withPurchase(row, { version, setBy: null }, firmQuantity);
      return firmQuantity > 0 ? { ...changed, ordered: firmQuantity } : closed(changed, "replanned", now);
    });
}

/** What a purchase order wants; rows of other purchase orders are never touched. */
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
      const missing = command.quantity - sum(set.filter(isOpenRow).map(({ order }) => order.quantity));
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
      // The order ends unsent, also one that was being closed.
      return moved(rows, poId, command.to, command.revision, ({ order }) => order.purchase.stage !== "sent", now);
    case "sent":
      return own
        .filter((row) => isOpenRow(row) && row.order.purchase.stage === "committed")
        .map((row) => ({
          ...row,
          order: {
            ...row.order,
            placedAt: command.at,
            expectedAt: dayStart(command.arrivesOn),
            reference: command.number,
            purchase: {
              ...row.order.purchase,
              ...seen,
              stage: "sent" as const,
              firmQuantity: row.order.quantity,
              arrivesOn: command.arrivesOn,
            },
          },
        }));
    case "confirmed":
      return confirmed(own, command, seen, now);
    case "received":
      return received(own, command.quantity, command.receivedAt, seen);
    case "cancelled":
      return own.filter(isOpenRow).map((row) => {
        const left = { ...row, ordered: row.ordered - row.order.quantity };
        return closed(withPurchase(left, { ...seen, ...refusedBy(row, command.by) }, 0), "cancelled", now);
      });
  }
}

/** The order said that it is closed: what it was not closed with goes to another opportunity. */
export function moveOn(rows: readonly OrderRow[], poId: string, to: PurchaseSlot, now: number): readonly OrderRow[] {
  return moved(rows, poId, to, seenRevisionOf(rows, poId), isMovable, now);
}

function isMovable({ order }: PurchasedRow): boolean {
  return order.purchase.stage === "open";
}

function moved(
  rows: readonly OrderRow[],
  poId: string,
  to: PurchaseSlot,
  revision: number,
  isMoving: (row: PurchasedRow) => boolean,
  now: number,
): readonly OrderRow[] {
  const version = nextLineVersion(rows, now);
  return rowsOf(rows, poId)
    .filter((row) => isOpenRow(row) && isMoving(row))
    .map((row) => movedTo(row, to, version, revision));
}

/** The closing of a purchase order: one conditional step. With `firmOnly`, what is planned beside goes to `next`. */
export function commitRows(
  rows: readonly OrderRow[],
  poId: string,
  closing: Closing,
  now: number,
): readonly OrderRow[] {
  if (closing.revision <= seenRevisionOf(rows, poId)) return [];
  const { revision } = closing;
  const version = nextLineVersion(rows, now);
  return rowsOf(rows, poId).flatMap((row): PurchasedRow[] => {
    if (!isOpenRow(row) || row.order.purchase.stage !== "open") return [];
    const { firmQuantity } = row.order.purchase;
    const planned = row.order.quantity - firmQuantity;
    if (!closing.firmOnly || planned <= 0)
      return [withPurchase(row, { version, seenRevision: revision, stage: "committed" }, row.order.quantity)];
    if (firmQuantity === 0) return [movedTo(row, closing.next, version, revision)];
    const kept = withPurchase(row, { version, seenRevision: revision, stage: "committed" }, firmQuantity);
    const part = { ...row, ordered: planned, order: { ...row.order, quantity: planned } };
    const moved = movedTo(withPurchase(part, { firmQuantity: 0 }, planned), closing.next, version, revision);
    const key = `${row.order.workflowId}@${closing.next.poId}`;
    return [
      { ...kept, ordered: firmQuantity },
      { ...moved, order: { ...moved.order, key } },
    ];
  });
}

/** Goods that came to the item itself: the purchase order is told of them. */
export function receivedAtItem(row: OrderRow, quantity: number, version: number): OrderRow {
  if (!isPurchased(row) || quantity <= 0) return row;
  const { receivedElsewhere } = row.order.purchase;
  return withPurchase(
    row,
    { version, setBy: null, receivedElsewhere: receivedElsewhere + quantity },
    row.order.quantity,
  );
}

/** A person cancels an open order at its item. */
export function cancelledAtItem(row: OrderRow, version: number, now: number): OrderRow {
  if (!isPurchased(row)) return { ...row, order: { ...row.order, quantity: 0 }, closedAt: now, closedBy: "cancelled" };
  const rest = { ...row, ordered: row.ordered - row.order.quantity };
  const refused = refusedBy(row, AT_ITEM);
  return closed(withPurchase(rest, { version, ...refused, firmQuantity: 0 }, 0), "cancelled", now);
}

/** Who cancels by the item's own door is not asked for a name there. */
export const AT_ITEM: SetBy = { principal: "api", label: "somebody at the item", channel: "api" };

/** Purchase orders that do not hold the item's newest line yet. */
export function untold(rows: readonly OrderRow[]): readonly { readonly poId: string; readonly version: number }[] {
  const newest = new Map<string, { version: number; told: number }>();
  for (const { order } of rows.filter(isPurchased)) {
    const { poId, version, told } = order.purchase;
    const known = newest.get(poId) ?? { version: 0, told: 0 };
    newest.set(poId, { version: Math.max(known.version, version), told: Math.max(known.told, told) });
  }
  return [...newest]
    .filter(([, { version, told }]) => version > told)
    .map(([poId, { version }]) => ({ poId, version }));
}

/** The purchase order holds the line of this version: one row remembers it. */
export function toldRow(rows: readonly OrderRow[], poId: string, version: number): readonly OrderRow[] {
  const row = rowsOf(rows, poId).toSorted((a, b) => b.order.purchase.version - a.order.purchase.version)[0];
  if (row === undefined || row.order.purchase.told >= version) return [];
  return [{ ...row, order: { ...row.order, purchase: { ...row.order.purchase, told: version } } }];
}

/** `rows` with those of `changes` in their places, new ones at the end. */
export function withChanges<Row extends OrderRow>(rows: readonly Row[], changes: readonly Row[]): Row[] {
  const byKey = new Map(rows.map((row) => [orderKey(row.order), row]));
  for (const row of changes) byKey.set(orderKey(row.order), row);
  return [...byKey.values()];
}

export function seenRevisionOf(rows: readonly OrderRow[], poId: string): number {
  return rows.filter(isPurchased).reduce((max, { order: { purchase } }) => {
    const there = purchase.poId === poId ? purchase.seenRevision : 0;
    const left = purchase.left?.find((each) => each.poId === poId)?.revision ?? 0;
    return Math.max(max, there, left);
  }, 0);
}

/** Units go to the oldest rows first, as far as they had them; the last one takes the rest. */
function withFirm(
  own: readonly PurchasedRow[],
  quantity: number,
  by: SetBy,
  seen: Partial<OrderPurchase>,
  now: number,
): readonly PurchasedRow[] {
  const open = own.filter((row) => isOpenRow(row) && row.order.purchase.stage === "open");
  let left = quantity;
  return open.map((row, at) => {
    const takes = at === open.length - 1 ? left : Math.min(left, row.order.quantity);
    left -= takes;
    const changed = { ...withPurchase(row, { ...seen, setBy: by, firmQuantity: takes }, takes), ordered: takes };
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
  const open = own.filter((row) => isOpenRow(row) && row.order.purchase.stage === "open");
  if (open.length === 0) return quantity > 0 ? null : [];
  let missing = quantity - sum(open.map(({ order }) => order.purchase.firmQuantity));
  return open.map((row, at) => {
    const { firmQuantity } = row.order.purchase;
    const isLast = at === open.length - 1;
    const added = Math.max(0, isLast ? missing : Math.min(missing, row.order.quantity - firmQuantity));
    missing -= added;
    const firm = firmQuantity + added;
    const units = Math.max(row.order.quantity, firm);
    // Only units that became firm are the person's doing.
    const changed = withPurchase(row, { ...seen, firmQuantity: firm, ...(added > 0 ? { setBy: by } : {}) }, units);
    return { ...changed, ordered: units };
  });
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
  const wanted = quantity === null ? outstanding : Math.max(0, quantity - receivedHere - elsewhere);
  let change = wanted - outstanding;
  // The supplier sends more than was ordered, and all of that has come.
  const changing = open.length > 0 || change <= 0 ? open : sent.slice(-1);
  return changing.toReversed().map((row, at) => {
    const isLast = at === changing.length - 1;
    const delta = change > 0 ? (isLast ? change : 0) : Math.max(change, -row.order.quantity);
    change -= delta;
    const left = row.order.quantity + delta;
    const expectedAt = expectedOn === null ? row.order.expectedAt : dayStart(expectedOn);
    const arrivesOn = expectedOn ?? row.order.purchase.arrivesOn;
    const changed = withPurchase(row, { ...seen, arrivesOn, firmQuantity: left }, left);
    const after = {
      ...changed,
      ordered: row.ordered + delta,
      order: { ...changed.order, expectedAt },
      closedAt: null,
      closedBy: null,
    };
    return left > 0 ? after : closed(after, "cancelled", now);
  });
}

/** Oldest first; more than is outstanding closes everything and is the caller's to count as stock. */
function received(
  own: readonly PurchasedRow[],
  quantity: number,
  receivedAt: number,
  seen: Partial<OrderPurchase>,
): readonly PurchasedRow[] {
  let left = quantity;
  return own.filter(isOpenRow).map((row) => {
    const taken = Math.min(left, row.order.quantity);
    left -= taken;
    const outstanding = row.order.quantity - taken;
    const arrivals = [...(row.arrivals ?? []), ...(taken > 0 ? [{ at: receivedAt, quantity: taken }] : [])];
    const changed = { ...withPurchase(row, { ...seen, firmQuantity: outstanding }, outstanding), arrivals };
    return outstanding > 0 ? changed : closed(changed, "received", receivedAt);
  });
}

function movedTo(row: PurchasedRow, to: PurchaseSlot, version: number, revision: number): PurchasedRow {
  const { purchase } = row.order;
  const left = [{ poId: purchase.poId, revision }, ...(purchase.left ?? [])].slice(0, REMEMBERED);
  return {
    ...row,
    order: {
      ...row.order,
      expectedAt: dayStart(to.arrivesOn),
      purchase: { ...purchase, ...to, stage: "open", version, told: 0, seenRevision: 0, setBy: null, left },
    },
  };
}

/** Who took the row's units off its purchase order: the item's next recommendation meets this No. */
function refusedBy({ order }: PurchasedRow, setBy: SetBy): Pick<OrderPurchase, "setBy" | "refused"> {
  return { setBy, refused: order.quantity };
}

function withPurchase(row: PurchasedRow, changes: Partial<OrderPurchase>, quantity: number): PurchasedRow {
  return { ...row, order: { ...row.order, quantity, purchase: { ...row.order.purchase, ...changes } } };
}

function closed(row: PurchasedRow, closedBy: NonNullable<OrderRow["closedBy"]>, closedAt: number): PurchasedRow {
  return { ...row, order: { ...row.order, quantity: 0 }, closedAt, closedBy };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const DAY_MS = 86_400_000;

/** Midnight UTC of the day: what an arrival is compared with elsewhere is days away. */
function dayStart(day: number): number {
  return day * DAY_MS;
}
