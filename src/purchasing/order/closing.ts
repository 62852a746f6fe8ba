/**
 * Takes an order from open to sent, while its items may plan anew.
 *
 * - A closing order takes no new lines. Each item commits its units there and from then on plans without changing them.
 * - When every item has answered, the order is frozen and numbered in one write, once.
 * - An order sent by a person is placed as it was shown. One sent by the service consists of what the items answered,
 *   and may then need a person after all.
 * - Units that an order does not place go to the next opportunity.
 */
import type { LineFact, PurchaseSlot, SetBy } from "../../workflow/orders/purchase-line.ts";
import type { Opportunity } from "../../world/opportunities.ts";
import { counted, firmedUp, lineOf } from "./lines.ts";
import { approvalsNeeded, mayWait, needsPerson } from "./needs.ts";
import { audited, changed, SERVICE, touch, unchanged, type PurchaseTransition } from "./record.ts";
import { closedRefusal, unseenRefusal, type Act } from "./refusals.ts";
import { isOpen, liveLines, orderValue } from "./totals.ts";
import type { Ending, PurchaseLine, PurchaseOrder, PurchasePolicy } from "./types.ts";

/** A person has the order placed now, at any time. */
export function send(order: PurchaseOrder, act: Act, policy: PurchasePolicy, now: number): PurchaseTransition {
  const { revision, by } = act;
  // A repetition by the same person, for example of a call whose answer was lost.
  const isRepeated = order.sending?.by.principal === by.principal && order.sending.revision === revision;
  if (isRepeated) return unchanged(order);
  const refusal = closedRefusal(order, now) ?? unseenRefusal(order, act);
  if (refusal !== null) return unchanged(order, refusal);
  if (order.status !== "approved") {
    if (approvalsNeeded(order, policy) > 1) return unchanged(order, { reason: "not_approved" });
    if (policy.fourEyes && order.editors.includes(by.principal)) return unchanged(order, { reason: "same_person" });
  }
  return changed(begin(firmedUp(order, by), { by, revision, firmOnly: true }, policy, now));
}

/** The cut-off has come. `next` is the opportunity after it. */
export function cutOff(
  order: PurchaseOrder,
  policy: PurchasePolicy,
  next: PurchaseSlot,
  now: number,
): PurchaseTransition {
  if (!isOpen(order) || now < order.orderBy) return unchanged(order);
  if (liveLines(order).length === 0) return end(order, "empty", next, now);
  if (policy.send === "auto") {
    const needs = needsPerson(order, policy);
    if (order.status === "approved") {
      const approver = order.approvals.at(-1)?.by ?? SERVICE;
      return changed(begin(order, { by: approver, revision: order.revision, firmOnly: needs.length > 0 }, policy, now));
    }
    if (needs.length === 0 && !mayWait(order))
      return changed(begin(order, { by: SERVICE, revision: order.revision, firmOnly: false }, policy, now));
  }
  return end(order, mayWait(order) && order.status !== "approved" ? "waited" : "missed", next, now);
}

/**
 * The calendar has changed: `at` is its opportunity at the order's cut-off, whose arrival the order follows. Null =
 * there is none any more, and the units move to `next`, which may close earlier.
 */
export function reschedule(
  order: PurchaseOrder,
  { at, next }: { readonly at: Opportunity | null; readonly next: PurchaseSlot },
  now: number,
): PurchaseTransition {
  if (!isOpen(order) || at?.arrivesOn === order.arrivesOn) return unchanged(order);
  if (at !== null) return changed(touch(order, { arrivesOn: at.arrivesOn }, now));
  return end(order, liveLines(order).length === 0 ? "empty" : "rescheduled", next, now);
}

/** An item's answer. It cannot reduce units that a person sent or approved. */
export function commit(order: PurchaseOrder, fact: LineFact, now: number): PurchaseTransition {
  const line = lineOf(order, fact.productId);
  if (order.status !== "closing" || line === undefined || line.committed) return unchanged(order);
  const after: PurchaseLine = {
    ...counted(line, fact),
    committed: true,
    tell: line.tell.filter((command) => command.revision > fact.seenRevision),
  };
  return changed(touch(order, { lines: order.lines.map((each) => (each === line ? after : each)) }, now));
}

/** Products whose items have not answered. */
export function uncommitted({ status, lines }: PurchaseOrder): readonly PurchaseLine[] {
  return status === "closing" ? lines.filter((line) => !line.committed) : [];
}

/** Every item has answered: the order is frozen as sent under `number`, or it ends where it may not be sent. */
export function freeze(
  order: PurchaseOrder,
  { number, next }: { readonly number: string; readonly next: PurchaseSlot },
  policy: PurchasePolicy,
  now: number,
): PurchaseTransition {
  if (order.status !== "closing" || order.sending === null || uncommitted(order).length > 0) return unchanged(order);
  if (liveLines(order).length === 0) return end(order, "empty", next, now);
  const isServices = order.sending.by.principal === SERVICE.principal;
  if (isServices && mayWait(order)) return end(order, "waited", next, now);
  if (isServices && needsPerson(order, policy).length > 0) return end(order, "missed", next, now);
  const revision = order.revision + 1;
  const lines = order.lines.map((line) => ({
    ...line,
    // All units become firm: the service must not change an order that is with the supplier.
    firmQuantity: line.quantity,
    ...(line.quantity === 0
      ? {}
      : {
          toldRevision: revision,
          tell: [...line.tell, { kind: "sent", revision, number, at: now, arrivesOn: order.arrivesOn } as const],
        }),
  }));
  const lineCount = liveLines(order).length;
  const worth = `${orderValue(order)}${order.currency === null ? "" : ` ${order.currency}`}`;
  const detail = `${number}, ${lineCount} ${lineCount === 1 ? "line" : "lines"}, ${worth}`;
  const sent = audited(order, "sent", order.sending.by, now, detail);
  return changed(touch(sent, { status: "sent", number, sentAt: now, lines, revision }, now), [
    "sent",
    ...(order.askedAt === null ? [] : (["outcome"] as const)),
  ]);
}

/** The order ends unsent, and every item's units there move to `next`. */
function end(
  order: PurchaseOrder,
  ending: Exclude<Ending, "cancelled">,
  next: PurchaseSlot,
  now: number,
): PurchaseTransition {
  const revision = order.revision + 1;
  const lines = order.lines.map((line) => ({
    ...line,
    toldRevision: revision,
    tell: [
      ...line.tell,
      { kind: "moved", revision, to: next, ...(ending === "rescheduled" ? { isGone: true } : {}) } as const,
    ],
  }));
  const event = ending === "empty" ? "ended_empty" : ending;
  const ended = audited(order, event, SERVICE, now, liveLines(order).length === 0 ? undefined : `to ${next.poId}`);
  const changes = { status: "cancelled", ended: ending, lines, revision, approvals: [], sending: null } as const;
  return changed(
    touch(ended, { ...changes, remindAt: null }, now),
    ["missed", "rescheduled"].includes(ending) && order.askedAt !== null ? ["outcome"] : [],
  );
}

interface Start {
  readonly by: SetBy;
  readonly revision: number;
  readonly firmOnly: boolean;
}

function begin(
  order: PurchaseOrder,
  { by, revision, firmOnly }: Start,
  policy: PurchasePolicy,
  now: number,
): PurchaseOrder {
  const emails = policy.emails.length === 0 ? null : policy.emails;
  const lines = order.lines.map((line) => ({ ...line, committed: false }));
  const closing = audited(order, "closing", by, now, `revision ${revision}`);
  return touch(
    closing,
    {
      status: "closing",
      lines,
      revision: order.revision + 1,
      sending: { by, at: now, emails, revision },
      firmOnly,
      remindAt: null,
    },
    now,
  );
}
