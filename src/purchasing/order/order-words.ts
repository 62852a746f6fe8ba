/** Texts about an order for people, in one place, so mail, Slack and page say the same. Pure. */
import { approvalsNeeded, mayWait, needsPerson } from "./needs.ts";
import type { NeedsPerson, PurchaseEvent, PurchaseOrder, PurchasePolicy, PurchaseStatus } from "./types.ts";
import type { OrderDocument } from "./order-document.ts";

/** Why a person is needed. */
function needsText(need: NeedsPerson, { minimum, lines, formats }: OrderDocument): string {
  switch (need) {
    case "manual":
      return "Orders of this supplier are sent by a person.";
    case "value_above_cap":
      return "The order is worth more than the service may spend without a person.";
    case "value_unknown":
      return "The unit cost of a line is unknown, so nobody knows what the order is worth.";
    case "minimum_not_met":
      return minimum === null
        ? "The order is below the supplier's minimum."
        : `The order is ${formats.money(minimum.shortBy)} short of the supplier's minimum of ` +
            `${formats.money(minimum.value)}, and a line would probably run out before the next delivery.`;
    case "other_supplier": {
      const names = lines.filter(({ line }) => line.fact.otherSupplier === true).map(({ name }) => name);
      return names.length === 0
        ? "A product of this order has another supplier since."
        : `Bought from another supplier since: ${names.join(", ")}. Approve to keep these units here, or set ` +
            "them to 0.";
    }
    case "old_count":
      return "A planned quantity rests on a stock count that will be too old at the cut-off.";
  }
}

/** Everything that a person is asked for, a sentence each. */
export function whyAsked(order: PurchaseOrder, document: OrderDocument): string[] {
  const { needs, approvals, approvalsNeeded: needed } = order;
  const given = approvals.length > 0 ? `; approved so far by ${approvals.map(({ by }) => by.label).join(", ")}` : "";
  return [
    ...needs.map((need) => needsText(need, document)),
    ...(needed > 1 ? [`This order needs ${needed} people${given}.`] : []),
  ];
}

const SENT_BY_ITSELF = "It is sent by itself when it closes.";

/** What happens to an open order when it closes, and what it needs before. */
export function closingText(order: PurchaseOrder, policy: PurchasePolicy): string {
  const needed = order.status === "approved" ? 1 : approvalsNeeded(order, policy);
  const people = needed > 1 ? `An order of this value needs the approval of ${needed} people. ` : "";
  if (policy.send === "manual")
    return `${people}A person sends this order: unsent when it closes, its lines move to the next one.`;
  if (order.status === "approved") return SENT_BY_ITSELF;
  if (mayWait(order))
    return (
      `${people}Below the minimum, and nothing would run out: unsent when it closes, it waits for the next ` +
      "delivery."
    );
  return needsPerson(order, policy).length > 0
    ? `${people === "" ? "A person has to approve it. " : people}Not approved when it closes, its lines move to the ` +
        "next order."
    : SENT_BY_ITSELF;
}

export function statusText(order: Pick<PurchaseOrder, "status" | "ended">): string {
  return order.status === "cancelled" ? endingText(order) : STATUS[order.status];
}

const STATUS: Readonly<Record<Exclude<PurchaseStatus, "cancelled">, string>> = {
  draft: "open",
  awaiting_approval: "waits for approval",
  approved: "approved",
  closing: "being closed",
  sent: "sent",
  confirmed: "confirmed",
  part_received: "received in part",
  received: "received",
};

function endingText({ ended }: Pick<PurchaseOrder, "ended">): string {
  switch (ended) {
    case "missed":
      return "missed its cut-off";
    case "waited":
      return "waits for the next opportunity";
    case "rescheduled":
      return "closes at another time";
    case "empty":
      return "nothing was left to order";
    case "cancelled":
    case null:
      return "cancelled";
  }
}

export function outcomeText(order: PurchaseOrder): string {
  if (order.status === "approved") return "The order is approved";
  if (order.number !== null) return `The order is sent as ${order.number}`;
  if (order.ended === "rescheduled") return "The supplier's cut-off has changed; the order's lines move to the new one";
  return order.ended === "missed"
    ? "The order missed its cut-off; its lines move to the next opportunity"
    : "The order is cancelled";
}

export function byWhom(order: PurchaseOrder): string | null {
  const last = order.audit.findLast(({ event }) => ["approved", "sent", "cancelled", "closing"].includes(event));
  return last === undefined || last.channel === undefined ? null : `By ${last.actor}`;
}

/** A line of the order's story. */
export function eventText(event: PurchaseEvent): string {
  return EVENTS[event];
}

const EVENTS: Readonly<Record<PurchaseEvent, string>> = {
  opened: "opened with its first line",
  rebuilt: "rebuilt from its items",
  asked: "people were asked",
  reminded: "people were reminded",
  edited: "quantities were set",
  promised_anew: "the supplier said otherwise",
  approved_in_part: "one of several approvals",
  approved: "approved",
  approval_lapsed: "the approval no longer holds, since the order changed",
  closing: "closing: items say what they need",
  sent: "sent",
  confirmed: "confirmed by the supplier",
  received: "goods received",
  taken_back: "a receipt was taken back",
  cancelled: "cancelled",
  missed: "missed its cut-off; its lines moved on",
  waited: "below the minimum, and nothing urgent: its lines moved on",
  rescheduled: "the supplier closes at another time now: its lines moved on",
  ended_empty: "nothing was left to order",
};
