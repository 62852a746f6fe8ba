/**
 * An order's deliveries: the mail to the supplier, questions to people, the webhook. Each row is written before it
 * happens (I7).
 */
import type { Settings } from "../../config/settings.ts";
import { afterAttempt } from "../../review/after-attempt.ts";
import { withinDeadline, type DeliveryResult } from "../../review/channel.ts";
import { messageIdOf, threadIdOf } from "../../review/mail/mail-ids.ts";
import type { Mailer } from "../../review/mail/mailer.ts";
import { recipientsOf } from "../../review/asking/recipients.ts";
import { singleLine } from "../../review/safe-text.ts";
import { localDay, momentOf } from "../../world/zones.ts";
import { signLink } from "../../review/links.ts";
import { signingSecrets } from "../../review/review-url.ts";
import type { EndpointGate } from "../../review/webhook/endpoint-gate.ts";
import { reach, type EndpointOf } from "../../review/webhook/endpoints.ts";
import { postEvent } from "../../review/webhook/webhook-channel.ts";
import { askedFor } from "../../world/outside/webhook-endpoint.ts";
import type { PurchaseDeliverer, PurchaseWorld } from "../deps.ts";
import { askMail, outcomeMail } from "../documents/ask-mail.tsx";
import { orderCsv } from "../documents/order-csv.ts";
import { orderDocument } from "../order/order-document.ts";
import { orderMail } from "../documents/order-mail.tsx";
import { orderXlsx, XLSX_TYPE } from "../documents/order-xlsx.ts";
import type { PurchaseDelivery, PurchaseNotice, PurchaseOrder } from "../order/types.ts";
import { slackPurchase } from "./slack-purchase.ts";
import { DAY_MS } from "../../shared/durations.ts";

export interface PurchaseChannels {
  readonly mailer: Mailer;
  readonly gate: EndpointGate;
  readonly endpointOf: EndpointOf;
  /** The order as the wire shows it. */
  readonly toWire: (order: PurchaseOrder) => unknown;
}

const FROM_MAX_LENGTH = 320;
/** An order that is due this soon after the morning mail gets its own question. */
const DUE_SOON_MS = 3_600_000;
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
    const url = await orderLink(settings, order, recipient, origin);
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

/** A person's own link to the order: it acts until the cut-off, and shows the order after it. */
async function orderLink(settings: Settings, order: PurchaseOrder, recipient: string, origin: string): Promise<string> {
  const claims = {
    purpose: "decide",
    workflowId: order.id,
    revision: order.revision,
    recipient,
    expiresAt: order.orderBy,
  } as const;
  return `${origin}/order-link/${await signLink(claims, signingSecrets(settings))}`;
}

/** The addresses of the store's reviewers, and of their delegates. */
function reviewersOf(world: PurchaseWorld, settings: Settings, now: number): readonly string[] {
  return recipientsOf(world, settings.email?.to ?? [], now).map(({ address }) => address);
}

/** True when the store's morning mail listed the order: it existed by then and was not due within the hour. */
function wasInMorningMail({ createdAt, orderBy }: PurchaseOrder, { store }: PurchaseWorld, now: number): boolean {
  if (store?.reviewAt == null) return false;
  const today = localDay(now, store.timeZone);
  const mailAt = [today, today - 1]
    .map((day) => momentOf(day, store.reviewAt!, store.timeZone))
    .find((moment) => moment <= now);
  return mailAt !== undefined && createdAt < mailAt && orderBy > mailAt + DUE_SOON_MS && orderBy <= mailAt + DAY_MS;
}

function deliveriesOf(
  notice: PurchaseNotice,
  order: PurchaseOrder,
  world: PurchaseWorld,
  settings: Settings,
  now: number,
): PurchaseDelivery[] {
  const planned: PurchaseDelivery[] = [];
  const add = (channel: PurchaseDelivery["channel"], recipient?: string): void => {
    // An order is sent once, so the key of "sent" has no revision.
    const parts = notice === "sent" ? [order.id, notice, channel] : [order.id, order.revision, notice, channel];
    planned.push({
      key: [...parts, ...(recipient === undefined ? [] : [recipient])].join("/"),
      channel,
      purpose: notice,
      revision: order.revision,
      ...(recipient === undefined ? {} : { recipient }),
      status: "pending",
      attempts: 0,
      dueAt: now,
    });
  };
  if (notice === "sent") {
    if (order.sending?.emails != null) add("supplier");
    if (settings.webhook !== null) add("webhook");
    for (const webhookId of askedFor("purchase_order.sent", world.webhooks)) add("webhook", webhookId);
    return planned;
  }
  const asked = order.deliveries.filter(({ channel, purpose }) => channel === "email" && purpose === "ask");
  const recipients =
    notice === "outcome" ? asked.map(({ recipient }) => recipient!) : reviewersOf(world, settings, now);
  const isMailed = notice === "ask" && wasInMorningMail(order, world, now);
  if (settings.email !== null && !isMailed) for (const recipient of new Set(recipients)) add("email", recipient);
  if (settings.slack !== null) add("slack");
  return planned;
}

/** Checked at delivery: people are asked and reminded only while the order still waits for them. */
function isStillDue(order: PurchaseOrder, { purpose }: PurchaseDelivery): boolean {
  return purpose === "sent" || purpose === "outcome" || order.status === "awaiting_approval";
}
