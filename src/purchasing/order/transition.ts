/**
 * A purchase order as a pure state machine: what an event does to an order, without doing any of it.
 *
 *   draft ──near the cut-off──▶ awaiting_approval ──approve──▶ approved
 *     └────────────┬──────────────────┴──────────────────────────┘
 *              send, cut-off ──▶ closing ──every item has answered──▶ sent ─▶ confirmed ─▶ part_received ─▶ received
 *                  │                └──▶ cancelled (nothing is left, or a person is needed after all)
 *                  └──▶ cancelled (by a person, or the cut-off was missed: its units move to the next opportunity)
 *
 * `now`, ids and the number come in as parameters. `received` and `cancelled` change only by facts of items.
 */
import type { LineAnswer, LineFact, PurchaseSlot, SetBy } from "../../workflow/orders/purchase-line.ts";
import type { Opportunity } from "../../world/opportunities.ts";
import { approve, askIfDue, remindIfDue } from "./approval.ts";
import { commit, cutOff, freeze, reschedule, send } from "./closing.ts";
import { lineOf, setQuantities, takeLine, type LineEdit } from "./lines.ts";
import { cancel, confirm, receive, followReceipts, type Confirmation, type Receipt } from "./receiving.ts";
import { audited, changed, SERVICE, touch, unchanged, type PurchaseTransition } from "./record.ts";
import { rebuildLine, type SentFact } from "./rebuilt.ts";
import { closedRefusal, type Act } from "./refusals.ts";
import { PURCHASE_SCHEMA, type PurchaseOrder, type PurchasePolicy } from "./types.ts";

export type PurchaseInput =
  | { readonly type: "line"; readonly fact: LineFact; readonly next: PurchaseSlot }
  /** Rebuilds a lost order from the first item that was sent with it. */
  | { readonly type: "rebuild"; readonly fact: SentFact }
  | ({ readonly type: "edit"; readonly edits: readonly LineEdit[] } & Act)
  | ({ readonly type: "approve" } & Act)
  | ({ readonly type: "send" } & Act)
  | ({ readonly type: "cancel"; readonly reason: string | null } & Act)
  | { readonly type: "ask_due" }
  | { readonly type: "remind_due" }
  | { readonly type: "cut_off"; readonly next: PurchaseSlot }
  | { readonly type: "reschedule"; readonly at: Opportunity | null; readonly next: PurchaseSlot }
  | { readonly type: "committed"; readonly fact: LineFact }
  | { readonly type: "freeze"; readonly number: string; readonly next: PurchaseSlot }
  | { readonly type: "confirm"; readonly said: Confirmation; readonly by: SetBy }
  | { readonly type: "receive"; readonly receipt: Receipt; readonly by: SetBy }
  | ({ readonly type: "told" } & Told);

/** An item has applied the commands up to a revision, and says what its line is now. */
interface Told {
  readonly productId: string;
  readonly revision: number;
  readonly fact: LineFact;
}

export type PurchaseOutcome = PurchaseTransition & { readonly answer?: LineAnswer };

export function transition(
  order: PurchaseOrder,
  input: PurchaseInput,
  policy: PurchasePolicy,
  now: number,
): PurchaseOutcome {
  switch (input.type) {
    case "line": {
      const taken = takeLine(order, input.fact, input.next, now);
      return { ...followed(taken, now), answer: taken.answer };
    }
    case "rebuild":
      return followed(rebuildLine(order, input.fact, now), now);
    case "edit": {
      const refusal = closedRefusal(order, now);
      if (refusal !== null) return unchanged(order, refusal);
      if (input.revision !== order.revision) return unchanged(order, { reason: "revision_changed" });
      return changed(setQuantities(order, input.edits, input.by, now));
    }
    case "approve":
      return approve(order, input, policy, now);
    case "send":
      return send(order, input, policy, now);
    case "cancel":
      return cancel(order, input, now);
    case "ask_due":
      return askIfDue(order, policy, now);
    case "remind_due":
      return remindIfDue(order, now);
    case "cut_off":
      return cutOff(order, policy, input.next, now);
    case "reschedule":
      return reschedule(order, input, now);
    case "committed":
      return commit(order, input.fact, now);
    case "freeze":
      return freeze(order, input, policy, now);
    case "confirm":
      return confirm(order, input.said, input.by, now);
    case "receive":
      return receive(order, input.receipt, input.by, now);
    case "told":
      return told(order, input, now);
  }
}

export interface OpenedBy extends PurchaseSlot {
  readonly storeId: string;
  readonly supplierId: string;
  readonly supplierName: string | null;
  readonly currency: string | null;
  readonly minimumValue: number | null;
  readonly origin: string;
}

/** A draft without lines. */
export function opened({ poId, ...about }: OpenedBy, now: number): PurchaseOrder {
  const order: PurchaseOrder = {
    schema: PURCHASE_SCHEMA,
    id: poId,
    // The clock makes a rebuilt order newer than everything projected of the lost one (I1).
    version: now,
    ...about,
    status: "draft",
    revision: 1,
    number: null,
    lines: [],
    askedAt: null,
    remindAt: null,
    needs: [],
    approvals: [],
    approvalsNeeded: 1,
    editors: [],
    sending: null,
    firmOnly: false,
    sentAt: null,
    supplierReference: null,
    ended: null,
    receipts: [],
    audit: [],
    deliveries: [],
    createdAt: now,
    updatedAt: now,
  };
  return audited(order, "opened", SERVICE, now);
}

/** An order whose cut-off had gone from the supplier's calendar and is back; its items send their lines anew. */
export function reopened(order: PurchaseOrder, now: number): PurchaseOrder {
  const lines = order.lines.map((line) => ({ ...line, quantity: 0, firmQuantity: 0 }));
  const changes = { status: "draft", ended: null, askedAt: null, needs: [] } as const;
  return touch(audited(order, "opened", SERVICE, now), { ...changes, lines, revision: order.revision + 1 }, now);
}

function told(order: PurchaseOrder, { productId, revision, fact }: Told, now: number): PurchaseTransition {
  const line = lineOf(order, productId);
  if (line === undefined) return unchanged(order);
  const tell = line.tell.filter((command) => command.revision > revision);
  const isTold = tell.length < line.tell.length;
  const lines = order.lines.map((each) => (each === line ? { ...line, tell } : each));
  const after = isTold ? touch(order, { lines }, now) : order;
  // The order itself serves as `next`: an answer to a command never moves a line to another order.
  const taken = takeLine(after, fact, { poId: order.id, orderBy: order.orderBy, arrivesOn: order.arrivesOn }, now);
  return followed({ ...taken, changed: isTold || taken.changed }, now);
}

/** Receipts reported by an item may complete the order. */
function followed(taken: PurchaseTransition, now: number): PurchaseTransition {
  const closed = followReceipts(taken.order, now);
  return closed.changed ? { ...taken, order: closed.order, changed: true } : taken;
}
