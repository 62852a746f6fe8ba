/** What people do with a purchase order, and what the supplier says of it. */
import { Problem } from "../../../api/problems.ts";
import {
  CancelBody,
  ConfirmBody,
  LinesBody,
  OF_PURCHASE_ORDER,
  ReceiveBody,
  RevisionBody,
} from "../../../api/purchasing/purchase-requests.ts";
import type { When } from "../../../api/trigger/trigger-request.ts";
import { storeDay } from "../../../world/opening.ts";
import { PurchaseOrderAnswer } from "../../../api/purchasing/purchase-responses.ts";
import { purchaseOrderToWire } from "../../../api/purchasing/purchase-to-wire.ts";
import type { SetBy } from "../../../workflow/orders/purchase-line.ts";
import type { Principal } from "../../auth/principal.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import {
  findPurchaseOrder,
  noSuchPurchaseOrder,
  refusedPurchase,
  worldOfOrder,
} from "../../kit/purchasing/purchase-stubs.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { expectedTooEarly, GOODS_RECEIVED, refuseFuture } from "../../kit/request/refuse-future.ts";
import { readJson } from "../../kit/request/body.ts";
import { once, ONCE } from "../../kit/once.ts";
import { guarded, json } from "../../kit/route.ts";
import { notAReviewer } from "../../kit/verdict/verdict-problem.ts";
import { actOnOrder, setLines } from "../../kit/purchasing/purchase-door.ts";
import { keyReviewer, mayAnswer } from "../../auth/reviewer.ts";

/** Refusals when an order changed after it was shown. */
const AS_SHOWN = ["not_found", "revision_changed", "already_sent", "already_cancelled", "closing"] as const;
const ANSWERED = { 200: { says: "The order as it now is", content: json(PurchaseOrderAnswer) } } as const;

export const postPurchaseLines = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/lines",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Set quantities: they become firm, 0 removes; products of the supplier may be added",
    group: "purchasing",
    body: json(LinesBody),
    answers: ANSWERED,
    problems: ["not_found", "revision_changed", "already_sent", "already_cancelled", "closing", "expired"],
  },
  async handle(c, { params, principal, headers }) {
    const { revision, lines } = await readJson(c, LinesBody);
    requireReviewer(c, principal);
    return once(c, principal, headers["Idempotency-Key"], JSON.stringify({ revision, lines }), async () => {
      const outcome = await setLines(c, params.po_id, {
        revision,
        lines: lines.map(({ product_id, quantity }) => ({ productId: product_id, quantity })),
        by: keyActor(principal),
      });
      if (outcome === null) throw noSuchPurchaseOrder();
      if (outcome.refusal !== null) throw refusedPurchase(outcome.refusal, outcome.order);
      if (outcome.faults.length > 0) {
        throw new Problem("validation_failed", "Some lines cannot be ordered; nothing was changed.", {
          errors: outcome.faults.map(({ index, field, message }) => ({ pointer: `/lines/${index}/${field}`, message })),
        });
      }
      return { status: 200, body: purchaseOrderToWire(outcome.order) };
    });
  },
});

export const postPurchaseApproval = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/approve",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Approve the order as shown: its quantities become firm",
    group: "purchasing",
    body: json(RevisionBody),
    answers: ANSWERED,
    problems: [...AS_SHOWN, "already_decided", "expired", "empty_order", "same_person"],
  },
  async handle(c, { params, principal, headers }) {
    const { revision } = await readJson(c, RevisionBody);
    requireReviewer(c, principal);
    return answer(c, principal, headers["Idempotency-Key"], params.po_id, {
      type: "approve",
      revision,
      by: keyActor(principal),
    });
  },
});

export const postPurchaseSending = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/send",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Send the order as shown; without addresses of the supplier, mark that somebody placed it",
    group: "purchasing",
    body: json(RevisionBody),
    answers: ANSWERED,
    problems: [...AS_SHOWN, "expired", "empty_order", "not_approved", "same_person"],
  },
  async handle(c, { params, principal, headers }) {
    const { revision } = await readJson(c, RevisionBody);
    requireReviewer(c, principal);
    return answer(c, principal, headers["Idempotency-Key"], params.po_id, {
      type: "send",
      revision,
      by: keyActor(principal),
    });
  },
});

export const postPurchaseCancellation = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/cancel",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Cancel the order, or what of it has not come",
    group: "purchasing",
    body: json(CancelBody),
    answers: ANSWERED,
    problems: AS_SHOWN,
  },
  async handle(c, { params, principal, headers }) {
    const { revision, reason } = await readJson(c, CancelBody);
    requireReviewer(c, principal);
    return answer(c, principal, headers["Idempotency-Key"], params.po_id, {
      type: "cancel",
      revision,
      reason: reason ?? null,
      by: keyActor(principal),
    });
  },
});

export const postPurchaseConfirmation = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/confirm",
  scope: "write",
  headers: ONCE,
  docs: {
    summary: "The supplier confirmed: reference, day of arrival, quantities",
    group: "purchasing",
    body: json(ConfirmBody),
    answers: ANSWERED,
    problems: ["not_found", "not_sent"],
  },
  async handle(c, { params, principal, headers }) {
    const body = await readJson(c, ConfirmBody);
    const lines = body.lines ?? [];
    const order = await findPurchaseOrder(c, params.po_id);
    const named = [body, ...lines].map(({ expected_at }) => expected_at);
    const early = named.findIndex((said) => said != null && said.at < (order.sentAt ?? 0) - DAY_MS);
    if (early >= 0) throw expectedTooEarly(`${early === 0 ? "" : `/lines/${early - 1}`}/expected_at`);
    // Only a moment needs the store, to know its day.
    const hasMoment = named.some((said) => said?.on === null);
    const store = hasMoment ? (await worldOfOrder(c, order)).store : null;
    const dayOf = ({ expected_at }: { readonly expected_at?: When | null | undefined }): number | null =>
      expected_at == null ? null : (expected_at.on ?? storeDay(expected_at.at, store));
    const said = {
      reference: body.reference ?? null,
      expectedOn: dayOf(body),
      lines: lines.map((line) => ({
        productId: line.product_id,
        quantity: line.quantity ?? null,
        expectedOn: dayOf(line),
      })),
    };
    return answer(c, principal, headers["Idempotency-Key"], params.po_id, {
      type: "confirm",
      said,
      by: keyActor(principal),
    });
  },
});

export const postPurchaseReceipt = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/receive",
  scope: "write",
  headers: ONCE,
  docs: {
    summary: "Goods of the order came: in part, in whole or more; a reference counts once",
    group: "purchasing",
    body: json(ReceiveBody),
    answers: ANSWERED,
    problems: ["not_found", "not_sent", "reference_mismatch"],
  },
  async handle(c, { params, principal, headers }) {
    const { reference, received_at, lines } = await readJson(c, ReceiveBody);
    const now = Date.now();
    refuseFuture("received_at", received_at, GOODS_RECEIVED);
    const receipt = {
      reference,
      receivedAt: received_at ?? now,
      lines: lines.map(({ product_id, quantity }) => ({ productId: product_id, quantity })),
    };
    return answer(c, principal, headers["Idempotency-Key"], params.po_id, {
      type: "receive",
      receipt,
      by: keyActor(principal),
    });
  },
});

function answer(
  c: AppContext,
  principal: Principal,
  key: string | null,
  poId: string,
  input: Parameters<typeof actOnOrder>[2],
): Promise<Response> {
  const said = {
    ...input,
    by: null,
    ...(input.type === "receive" ? { receipt: { ...input.receipt, receivedAt: 0 } } : {}),
  };
  return once(c, principal, key, JSON.stringify(said), async () => {
    const outcome = await actOnOrder(c, poId, input);
    if (outcome === null) throw noSuchPurchaseOrder();
    if (outcome.refusal !== null) throw refusedPurchase(outcome.refusal, outcome.order);
    return { status: 200, body: purchaseOrderToWire(outcome.order) };
  });
}

function keyActor(principal: Principal): SetBy {
  return keyReviewer(principal, "api").actor;
}

function requireReviewer(c: AppContext, principal: Principal): void {
  if (!mayAnswer(settings(c), keyReviewer(principal, "api"))) throw notAReviewer();
}
