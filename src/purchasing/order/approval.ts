/**
 * A person approves an order, or is asked to. One order has one approval; a quorum is filled person by person (I4,
 * I18).
 */
import { firmedUp, withoutApproval } from "./lines.ts";
import { approvalsNeeded, linesToKeep, needsPerson } from "./needs.ts";
import { audited, changed, SERVICE, touch, unchanged, type PurchaseTransition } from "./record.ts";
import { closedRefusal, unseenRefusal, type Act } from "./refusals.ts";
import { isOpen, liveLines } from "./totals.ts";
import type { PurchaseOrder, PurchasePolicy } from "./types.ts";
import { HOUR_MS, MINUTE_MS } from "../../shared/durations.ts";

/** People are asked this long before the cut-off. */
const ASK_BEFORE_MS = 2 * HOUR_MS;
/** A store's counts come together, so an order that opens late waits this long for more lines before it asks. */
const GATHER_MS = 5_000;
/** Least time that people keep to answer: below it the order does not wait for more lines. */
const LEAST_TO_ANSWER_MS = MINUTE_MS;

/** When people are asked about an order that needs one. */
export function askAt({ orderBy, createdAt }: Pick<PurchaseOrder, "orderBy" | "createdAt">): number {
  const gathered = Math.min(createdAt + GATHER_MS, orderBy - LEAST_TO_ANSWER_MS);
  return Math.max(orderBy - ASK_BEFORE_MS, gathered);
}

export function approve(order: PurchaseOrder, act: Act, policy: PurchasePolicy, now: number): PurchaseTransition {
  const { revision, by } = act;
  const refusal = closedRefusal(order, now);
  if (refusal !== null) return unchanged(order, refusal);
  if (order.approvals.some((given) => given.by.principal === by.principal && given.revision === revision))
    return unchanged(order);
  const unseen = unseenRefusal(order, act);
  if (unseen !== null) return unchanged(order, unseen);
  const needed = approvalsNeeded(order, policy);
  if (isDecided(order, needed)) {
    const isTheirs = order.approvals.some((given) => given.by.principal === by.principal);
    return unchanged(order, isTheirs ? null : { reason: "already_decided" });
  }
  if (policy.fourEyes && order.editors.includes(by.principal)) return unchanged(order, { reason: "same_person" });
  // An approved order that has grown since needs all its approvals again.
  const given = order.status === "approved" ? [] : order.approvals;
  const approvals = [...given, { by, at: now, revision }];
  if (approvals.length < needed) {
    const detail = `${approvals.length} of ${needed}`;
    const asked = audited(order, "approved_in_part", by, now, detail);
    return changed(touch(asked, { approvals, approvalsNeeded: needed, status: "awaiting_approval" }, now));
  }
  const firm = firmedUp(order, by);
  const approved = audited(firm, "approved", by, now, `revision ${revision}`);
  const changes = { approvals, approvalsNeeded: needed, status: "approved", remindAt: null } as const;
  return changed(touch(approved, changes, now), order.askedAt === null ? [] : ["outcome"]);
}

/** True when everything on the order has enough approvals, so one more changes nothing. */
function isDecided(order: PurchaseOrder, needed: number): boolean {
  const isAllFirm = liveLines(order).every((line) => line.firmQuantity >= line.quantity);
  return order.status === "approved" && isAllFirm && order.approvals.length >= needed;
}

/**
 * Asks people once when the cut-off is near and the order needs a person. Firm units of a product that now has another
 * supplier are asked about at once, and again after an approval: that was given for a different order.
 */
export function askIfDue(order: PurchaseOrder, policy: PurchasePolicy, now: number): PurchaseTransition {
  if (!isOpen(order) || now >= order.orderBy) return unchanged(order);
  const toKeep = linesToKeep(order);
  const isNews = toKeep.some((productId) => !(order.askedToKeep ?? []).includes(productId));
  const isDue = order.status !== "approved" && order.askedAt === null && now >= askAt(order);
  if (!isNews && !isDue) return unchanged(order);
  const needs = needsPerson(order, policy);
  if (needs.length === 0) return unchanged(order);
  const { reminderFraction } = policy;
  const remindAt = reminderFraction === null ? null : Math.round(now + (order.orderBy - now) * reminderFraction);
  const base = isNews ? withoutApproval(order, SERVICE, now) : order;
  const asked = audited(base, "asked", SERVICE, now, needs.join(", "));
  return changed(
    touch(
      asked,
      {
        status: "awaiting_approval",
        askedAt: now,
        remindAt,
        needs,
        ...(isNews ? { askedToKeep: toKeep } : {}),
        approvalsNeeded: approvalsNeeded(order, policy),
      },
      now,
    ),
    ["ask"],
  );
}

export function remindIfDue(order: PurchaseOrder, now: number): PurchaseTransition {
  if (order.status !== "awaiting_approval" || order.remindAt === null || now < order.remindAt) return unchanged(order);
  const reminded = audited(order, "reminded", SERVICE, now);
  return changed(touch(reminded, { remindAt: null }, now), now < order.orderBy ? ["remind"] : []);
}
