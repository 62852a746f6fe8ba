/**
 * Lines of an order that is open: facts of items, and quantities that people set.
 *
 * A fact replaces an older one of its item. While a command is on its way to the item, facts from before it change
 * nothing: the item sends a new one when it has applied the command.
 */
import { AT_ITEM } from "../../workflow/orders/purchased-orders.ts";
import type { LineAnswer, LineFact, PurchaseSlot, SetBy } from "../../workflow/orders/purchase-line.ts";
import { audited, changed, SERVICE, touch, unchanged, type PurchaseTransition } from "./record.ts";
import { newLine } from "./new-line.ts";
import { isMissing, rebuildLine } from "./rebuilt.ts";
import { hasUnknownValue, isOpen, orderValue } from "./totals.ts";
import { PLACED, type PurchaseLine, type PurchaseOrder } from "./types.ts";
import { isoDay } from "../../shared/calendar-dates.ts";
import { withoutDust } from "../../shared/without-dust.ts";

export interface LineEdit {
  readonly productId: string;
  readonly quantity: number;
  /** The item's answer about this edit; needed for a product that has no line yet. */
  readonly fact: LineFact;
}

/** Applies an item's fact to an order. `next` is the opportunity for a line that comes after the closing. */
export function takeLine(
  order: PurchaseOrder,
  fact: LineFact,
  next: PurchaseSlot,
  now: number,
): PurchaseTransition & { readonly answer: LineAnswer } {
  if (isMissing(order, fact) && PLACED.has(order.status))
    return { ...rebuildLine(order, fact, now), answer: { kind: "taken" } };
  const known = lineOf(order, fact.productId);
  if (known !== undefined && fact.version <= known.fact.version)
    return { ...unchanged(order), answer: { kind: "taken" } };
  if (known !== undefined && known.tell.length > 0 && fact.seenRevision < known.toldRevision)
    return { ...unchanged(order), answer: { kind: "crossed" } };
  if (order.status === "closing") {
    const isAsked = known !== undefined && !known.committed;
    const answer: LineAnswer = isAsked ? { kind: "closing" } : { kind: "closed", next };
    return { ...unchanged(order), answer };
  }
  if (isOpen(order)) {
    if (known === undefined && fact.quantity === 0) return { ...unchanged(order), answer: { kind: "taken" } };
    return { ...changed(withFact(order, known, fact, now)), answer: { kind: "taken" } };
  }
  if (fact.unsentQuantity > 0) {
    const gone = order.ended === "rescheduled" ? { isGone: true } : {};
    return { ...unchanged(order), answer: { kind: "closed", next, ...gone } };
  }
  if (known === undefined) return { ...unchanged(order), answer: { kind: "taken" } };
  return { ...changed(stayingOver(withLaterFact(order, known, fact, now), fact)), answer: { kind: "taken" } };
}

/** Quantities that a person set; the caller has checked the revision. */
export function setQuantities(order: PurchaseOrder, edits: readonly LineEdit[], by: SetBy, now: number): PurchaseOrder {
  const revision = order.revision + 1;
  const lines = new Map(order.lines.map((line) => [line.productId, line]));
  for (const { productId, quantity, fact } of edits) {
    const known = lines.get(productId);
    const line = known === undefined ? newLine(fact) : withNewer(known, fact);
    lines.set(productId, setFirm(line, quantity, revision, by));
  }
  const detail = edits.map(({ productId, quantity }) => `${productId}: ${quantity}`).join(", ");
  const edited = audited(withoutApproval(order, by, now), "edited", by, now, detail.slice(0, DETAIL_LENGTH));
  const editors = order.editors.includes(by.principal) ? order.editors : [...order.editors, by.principal];
  return touch(edited, { lines: [...lines.values()], revision, editors }, now);
}

/** Of an entry's detail. */
export const DETAIL_LENGTH = 2_000;

/** Whether the quantities cost no more than the present ones, or leave an order worth `most` at most. */
export function staysWithin(order: PurchaseOrder, edits: readonly LineEdit[], most: number): boolean {
  const after = setQuantities(order, edits, SERVICE, order.updatedAt);
  if (!hasUnknownValue(after) && orderValue(after) <= most) return true;
  const added = after.lines.reduce((sum, { productId, quantity, fact }) => {
    const more = quantity - (lineOf(order, productId)?.quantity ?? 0);
    return sum + more * (fact.product.unitCost ?? (more > 0 ? Infinity : 0));
  }, 0);
  return added <= 0;
}

export function lineOf(order: PurchaseOrder, productId: string): PurchaseLine | undefined {
  return order.lines.find((line) => line.productId === productId);
}

/** Sets a person's quantity: firm, with a command for the item. */
function setFirm(line: PurchaseLine, quantity: number, revision: number, by: SetBy): PurchaseLine {
  return {
    ...line,
    quantity,
    firmQuantity: quantity,
    toldRevision: revision,
    tell: [
      ...line.tell.filter(({ kind }) => kind !== "set_firm" && kind !== "firm_up"),
      { kind: "set_firm", revision, quantity, by },
    ],
  };
}

/** Everything that was shown becomes firm; units that the item plans meanwhile stay planned. */
export function firmedUp(order: PurchaseOrder, by: SetBy): PurchaseOrder {
  const revision = order.revision + 1;
  const lines = order.lines.map((line): PurchaseLine => {
    if (line.firmQuantity >= line.quantity) return line;
    const command = { kind: "firm_up", revision, quantity: line.quantity, by } as const;
    return { ...line, firmQuantity: line.quantity, toldRevision: revision, tell: [...line.tell, command] };
  });
  return { ...order, lines, revision };
}

/** Drops approvals of an order that has changed since; people are asked again. */
export function withoutApproval(order: PurchaseOrder, by: SetBy, now: number): PurchaseOrder {
  if (order.approvals.length === 0 && order.status !== "approved") return order;
  const status = order.askedAt === null ? "draft" : "awaiting_approval";
  return { ...audited(order, "approval_lapsed", by, now), approvals: [], status };
}

/** The line with the item's answer to a question, unless the item has sent a newer fact since. */
function withNewer(line: PurchaseLine, fact: LineFact): PurchaseLine {
  return fact.version > line.fact.version ? { ...line, fact } : line;
}

function withFact(order: PurchaseOrder, known: PurchaseLine | undefined, fact: LineFact, now: number): PurchaseOrder {
  const line = counted(known ?? newLine(fact), fact);
  const lines =
    known === undefined ? [...order.lines, line] : order.lines.map((each) => (each === known ? line : each));
  const isSame = known !== undefined && line.quantity === known.quantity && line.firmQuantity === known.firmQuantity;
  if (isSame) return touch(order, { lines }, now);
  // A person's change of an item's units ends an approval, additional planned units do not: of several approvals,
  // however, all are of one revision.
  const isLapsing = fact.setBy !== null || order.status !== "approved";
  const base = isLapsing ? withoutApproval(order, fact.setBy ?? SERVICE, now) : order;
  // After a rebuild, commands need a revision newer than the last one that the item has seen.
  const revision = Math.max(order.revision, known === undefined ? fact.seenRevision : 0) + 1;
  return touch(base, { lines, revision }, now);
}

/** The line according to the fact, except that only a person may reduce firm units (I18). */
export function counted(line: PurchaseLine, fact: LineFact): PurchaseLine {
  const firmQuantity = fact.setBy === null ? Math.max(fact.firmQuantity, line.firmQuantity) : fact.firmQuantity;
  return { ...line, fact, firmQuantity, quantity: Math.max(fact.quantity, firmQuantity) };
}

/** Facts after sending or ending: receipts, cancellations and supplier changes that were recorded at the item. */
function withLaterFact(order: PurchaseOrder, known: PurchaseLine, fact: LineFact, now: number): PurchaseOrder {
  const isSet = PLACED.has(order.status) && fact.setBy !== null && fact.quantity !== known.quantity;
  const quantity = isSet ? fact.quantity : known.quantity;
  const said = fact.expectedOn ?? null;
  const expectedOn = said === order.arrivesOn && known.expectedOn === null ? null : (said ?? known.expectedOn);
  const line = { ...known, fact, quantity, firmQuantity: Math.min(fact.firmQuantity, quantity), expectedOn };
  const lines = order.lines.map((each) => (each === known ? line : each));
  const heard = withReceipts(order, known, fact, now);
  const isNews = isSet || expectedOn !== known.expectedOn;
  if (!isNews) return touch(heard, { lines }, now);
  const day = expectedOn === null ? [] : [`expected ${isoDay(expectedOn)}`];
  const why = fact.why === undefined ? [] : [fact.why];
  const detail = [`${known.productId}: ${quantity}`, ...day, ...why].join("; ").slice(0, DETAIL_LENGTH);
  const told = audited(heard, "promised_anew", fact.setBy ?? AT_ITEM, now, detail);
  return touch(told, { lines, revision: order.revision + 1 }, now);
}

/** A cancelled order opens nothing again: an item that cancelled its units in an earlier release does not know that. */
function stayingOver(order: PurchaseOrder, { productId, quantity, sent }: LineFact): PurchaseOrder {
  const cancelled = order.audit.findLast(({ event }) => event === "cancelled");
  if (order.ended !== "cancelled" || cancelled === undefined || quantity <= (sent?.received ?? quantity)) return order;
  const { actor, channel, detail } = cancelled;
  const by = { principal: actor, label: actor, channel: channel ?? AT_ITEM.channel };
  const command = { kind: "cancelled", revision: order.revision + 1, by, reason: detail ?? null } as const;
  const lines = order.lines.map((line) =>
    line.productId === productId ? { ...line, toldRevision: command.revision, tell: [...line.tell, command] } : line,
  );
  return { ...order, lines, revision: command.revision };
}

/** The entry for goods that were booked, or taken back, at the item. */
function withReceipts(order: PurchaseOrder, { fact: known }: PurchaseLine, fact: LineFact, now: number): PurchaseOrder {
  const came = withoutDust(fact.receivedElsewhere - known.receivedElsewhere);
  if (came === 0) return order;
  const notes = (fact.takenBack ?? []).filter((reference) => known.takenBack?.includes(reference) !== true);
  const detail = [...notes, `${fact.productId}: ${Math.abs(came)} units`].join("; ").slice(0, DETAIL_LENGTH);
  return audited(order, came > 0 ? "received" : "taken_back", AT_ITEM, now, detail);
}
