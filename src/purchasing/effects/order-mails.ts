/** The mails about an order: the order itself to the supplier, a question or its outcome to a reviewer. */
import type { Settings } from "../../config/settings.ts";
import type { DeliveryResult } from "../../review/channel.ts";
import { isOneAddress } from "../../config/mail-address.ts";
import { senderLine } from "../../review/mail/sender-line.ts";
import { messageIdOf, threadIdOf } from "../../review/mail/mail-ids.ts";
import type { Mailer } from "../../review/mail/mailer.ts";
import { orderUrl, signingSecrets } from "../../review/review-url.ts";
import type { PurchaseWorld } from "../deps.ts";
import { askMail, outcomeMail } from "../documents/ask-mail.tsx";
import { orderCsv } from "../documents/order-csv.ts";
import { orderMail } from "../documents/order-mail.tsx";
import { orderXlsx, XLSX_TYPE } from "../documents/order-xlsx.ts";
import { orderDocument } from "../order/order-document.ts";
import type { PurchaseDelivery, PurchaseOrder } from "../order/types.ts";
import { reviewersOf } from "./planned-purchase-deliveries.ts";

interface MailBy {
  readonly settings: Settings;
  readonly mailer: Mailer;
}

/** What a mail is about, and where its links point. */
export interface OrderMail {
  readonly order: PurchaseOrder;
  readonly delivery: PurchaseDelivery;
  readonly world: PurchaseWorld;
  readonly origin: string;
}

export async function mailToSupplier(
  { settings, mailer }: MailBy,
  { order, delivery, world, origin }: OrderMail,
): Promise<DeliveryResult> {
  const to = order.sending?.emails ?? [];
  if (settings.email === null)
    return { ok: false, retry: false, error: "mail is off: set REVIEW_EMAIL_FROM and REVIEW_EMAIL_TO" };
  if (to.length === 0 || !to.every(isOneAddress))
    return { ok: false, retry: false, error: "the supplier has no valid address" };
  const document = orderDocument(order, world);
  const name = order.number ?? order.id;
  const replyTo = reviewersOf(world, settings, Date.now());
  return mailer.send({
    from: senderLine(settings.email.from),
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

/** Their own link, and with an outcome what became of the order. */
export async function mailToReviewer(
  { settings, mailer }: MailBy,
  { order, delivery, world, origin }: OrderMail,
): Promise<DeliveryResult> {
  const { recipient } = delivery;
  if (settings.email === null || recipient === undefined) return { ok: false, retry: false, error: "mail is off" };
  if (!isOneAddress(recipient)) return { ok: false, retry: false, error: "the recipient is no address" };
  const document = orderDocument(order, world);
  const url = await orderUrl(origin, order, recipient, signingSecrets(settings));
  const content =
    delivery.purpose === "outcome"
      ? outcomeMail({ order, document, url })
      : askMail({ kind: delivery.purpose === "remind" ? "remind" : "ask", order, document, url });
  return mailer.send({
    from: senderLine(settings.email.from),
    to: recipient,
    ...content,
    key: delivery.key,
    messageId: messageIdOf(delivery.key, origin),
    threadId: threadIdOf(order.storeId, `order ${order.id}`, origin),
  });
}
