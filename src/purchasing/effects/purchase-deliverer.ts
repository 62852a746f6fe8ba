/**
 * Makes an order's deliveries: the mail to the supplier, questions to people, the webhook. Each row is written before
 * it happens (I7).
 */
import type { Settings } from "../../config/settings.ts";
import { afterAttempt } from "../../review/after-attempt.ts";
import { withinDeadline, type DeliveryResult } from "../../review/channel.ts";
import type { Mailer } from "../../review/mail/mailer.ts";
import type { EndpointGate } from "../../review/webhook/endpoint-gate.ts";
import { reach, type EndpointOf } from "../../review/webhook/endpoints.ts";
import { postEvent } from "../../review/webhook/webhook-channel.ts";
import type { PurchaseDeliverer, PurchaseWorld } from "../deps.ts";
import { orderDocument } from "../order/order-document.ts";
import type { PurchaseDelivery, PurchaseOrder } from "../order/types.ts";
import { mailToReviewer, mailToSupplier } from "./order-mails.ts";
import { deliveriesOf, isStillDue } from "./planned-purchase-deliveries.ts";
import { slackPurchase } from "./slack-purchase.ts";

export interface PurchaseChannels {
  readonly mailer: Mailer;
  readonly gate: EndpointGate;
  readonly endpointOf: EndpointOf;
  /** The order as the wire shows it. */
  readonly toWire: (order: PurchaseOrder) => unknown;
}

export function purchaseDeliverer(settings: Settings, channels: PurchaseChannels): PurchaseDeliverer {
  const by = { settings, mailer: channels.mailer };
  return {
    plan: (notice, order, world, now) => deliveriesOf(notice, order, world, settings, now),
    async attempt(order, delivery, world, now) {
      if (!isStillDue(order, delivery)) return { ...delivery, status: "dropped" };
      const result = await withinDeadline(deliver(order, delivery, world, now));
      return afterAttempt(delivery, result, Date.now(), Math.random());
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
        return mailToSupplier(by, { order, delivery, world, origin });
      case "email":
        return mailToReviewer(by, { order, delivery, world, origin });
      case "slack":
        return slackPurchase(settings, { order, delivery, document: orderDocument(order, world), origin });
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
}
