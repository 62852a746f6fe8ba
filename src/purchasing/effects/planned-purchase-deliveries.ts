/** Which deliveries a notice about an order becomes, and which of them are still due when they are tried. Pure. */
import type { Settings } from "../../config/settings.ts";
import { recipientsOf } from "../../review/asking/recipients.ts";
import { DAY_MS, HOUR_MS } from "../../shared/durations.ts";
import { subscribersOf } from "../../world/outside/webhook-endpoint.ts";
import { localDay, momentOf } from "../../world/zones.ts";
import type { PurchaseWorld } from "../deps.ts";
import type { PurchaseDelivery, PurchaseNotice, PurchaseOrder } from "../order/types.ts";

/** An order that is due this soon after the morning mail gets its own question. */
const DUE_SOON_MS = HOUR_MS;

export function deliveriesOf(
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
    for (const webhookId of subscribersOf("purchase_order.sent", world.webhooks)) add("webhook", webhookId);
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
export function isStillDue(order: PurchaseOrder, { purpose }: PurchaseDelivery): boolean {
  return purpose === "sent" || purpose === "outcome" || order.status === "awaiting_approval";
}

/** The addresses of the store's reviewers, and of their delegates. */
export function reviewersOf(world: PurchaseWorld, settings: Settings, now: number): readonly string[] {
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
