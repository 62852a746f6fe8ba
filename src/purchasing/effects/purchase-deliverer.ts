/**
 * Makes an order's deliveries: the mail to the supplier, questions to people, the webhook. Each row is written before
 * it happens (I7).
 */
import type { Settings } from "../../config/settings.ts";
import { afterAttempt } from "../../review/after-attempt.ts";
import { withinDeadline, type DeliveryResult } from "../../review/channel.ts";
import { messageIdOf, threadIdOf } from "../../review/mail/mail-ids.ts";
import type { Mailer } from "../../review/mail/mailer.ts";
import { singleLine } from "../../review/safe-text.ts";
import { orderUrl, signingSecrets } from "../../review/review-url.ts";
import type { EndpointGate } from "../../review/webhook/endpoint-gate.ts";
import { reach, type EndpointOf } from "../../review/webhook/endpoints.ts";
import { postEvent } from "../../review/webhook/webhook-channel.ts";
import type { PurchaseDeliverer, PurchaseWorld } from "../deps.ts";
import { askMail, outcomeMail } from "../documents/ask-mail.tsx";
import { orderCsv } from "../documents/order-csv.ts";
import { orderDocument } from "../order/order-document.ts";
import { orderMail } from "../documents/order-mail.tsx";
import { orderXlsx, XLSX_TYPE } from "../documents/order-xlsx.ts";
import type { PurchaseDelivery, PurchaseOrder } from "../order/types.ts";
import { deliveriesOf, isStillDue, reviewersOf } from "./planned-purchase-deliveries.ts";
import { slackPurchase } from "./slack-purchase.ts";

export interface PurchaseChannels {
  readonly mailer: Mailer;
  readonly gate: EndpointGate;
  readonly endpointOf: EndpointOf;
  /** The order as the wire shows it. */
  readonly toWire: (order: PurchaseOrder) => unknown;
}

const FROM_MAX_LENGTH = 320;
/** RFC 5321 allows 254; text with a line break or a list in it is rejected. */
const ADDRESS = /^[^\s,;<>"]{1,200}@[^\s,;<>"]{1,253}$/;

export function purchaseDeliverer(
  settings: Settings,
  channels: PurchaseChannels,
  random: () => number = Math.random,
): PurchaseDeliverer {
  return {
    plan: (notice, order, world, now) => deliveriesOf(notice, order, world, settings, now),
    async attempt(order, delivery, world, now) {
      if (!isStillDue(order, delivery)) return { ...delivery, status: "dropped" };
      const result = await withinDeadline(deliver(order, delivery, world, now));
      return afterAttempt(delivery, result, Date.now(), random());
    },
  };

  async function deliver(
    order: PurchaseOrder,
    delivery: PurchaseDelivery,
    world: PurchaseWorld,
    now: number,
  ): Promise<DeliveryResult> {
    const origin = settings.publicUrl ?? order.origin;
    switch (delivery.channel) {
      case "supplier":
        return mailToSupplier(order, delivery, world, origin);
      case "email":
        return mailToReviewer(order, delivery, world, origin);
      case "slack":
        return slackPurchase(settings, order, delivery, orderDocument(order, world), origin);
      case "webhook": {
        const endpoint = await reach(delivery.recipient, settings.webhook, channels.endpointOf);
        if (!("url" in endpoint)) return endpoint;
        const event = {
          type: "purchase_order.sent",
          at: order.sentAt ?? order.updatedAt,
          data: channels.toWire(order),
        };
        return postEvent(endpoint, delivery.key, event, channels.gate, now);
      }
    }
  }

  async function mailToSupplier(
    order: PurchaseOrder,
    delivery: PurchaseDelivery,
    world: PurchaseWorld,
    origin: string,
  ): Promise<DeliveryResult> {
    const to = order.sending?.emails ?? [];
    if (settings.email === null)
      return { ok: false, retry: false, error: "mail is off: set REVIEW_EMAIL_FROM and REVIEW_EMAIL_TO" };
    if (to.length === 0 || !to.every((address) => ADDRESS.test(address)))
      return { ok: false, retry: false, error: "the supplier has no valid address" };
    const document = orderDocument(order, world);
    const name = order.number ?? order.id;
    const replyTo = reviewersOf(world, settings, Date.now());
    return channels.mailer.send({
      from: singleLine(settings.email.from, FROM_MAX_LENGTH),
      to,
      ...orderMail(document),
      ...(replyTo.length === 0 ? {} : { replyTo }),
      attachments: [
        {
          filename: `${name}.csv`,
          contentType: "text/csv; charset=utf-8",
          // The byte order mark lets spreadsheets read names in any script.
          content: new TextEncoder().encode(`\uFEFF${orderCsv(document)}`),
        },
        { filename: `${name}.xlsx`, contentType: XLSX_TYPE, content: await orderXlsx(document) },
      ],
      key: delivery.key,
      messageId: messageIdOf(delivery.key, origin),
      threadId: threadIdOf(order.storeId, `supplier ${order.supplierId}`, origin),
    });
  }

  async function mailToReviewer(
    order: PurchaseOrder,
    delivery: PurchaseDelivery,
    world: PurchaseWorld,
    origin: string,
  ): Promise<DeliveryResult> {
    const { recipient } = delivery;
    if (settings.email === null || recipient === undefined) return { ok: false, retry: false, error: "mail is off" };
    if (!ADDRESS.test(recipient)) return { ok: false, retry: false, error: "the recipient is no address" };
    const document = orderDocument(order, world);
    const url = await orderUrl(origin, order, recipient, signingSecrets(settings));
    const content =
      delivery.purpose === "outcome"
        ? outcomeMail({ order, document, url })
        : askMail({ kind: delivery.purpose === "remind" ? "remind" : "ask", order, document, url });
    return channels.mailer.send({
      from: singleLine(settings.email.from, FROM_MAX_LENGTH),
      to: recipient,
      ...content,
      key: delivery.key,
      messageId: messageIdOf(delivery.key, origin),
      threadId: threadIdOf(order.storeId, `order ${order.id}`, origin),
    });
  }
}
