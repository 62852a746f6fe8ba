/** Systems that receive events: the address of each, and which events it asked for. */

export const WEBHOOK_EVENTS = ["review.opened", "review.decided", "decision.completed", "purchase_order.sent"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export interface WebhookEndpoint {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Signs what is sent; never shown. */
  readonly secret: string;
  /** Null = every store. */
  readonly stores: readonly string[] | null;
}

/** What planning needs to know; address and secret stay with the sender. */
export interface WebhookSubscription {
  readonly webhookId: string;
  readonly events: readonly WebhookEvent[];
}

/** Ids of the endpoints that asked for an event. */
export function subscribersOf(
  event: WebhookEvent,
  subscriptions: readonly WebhookSubscription[] | undefined,
): string[] {
  return (subscriptions ?? []).filter(({ events }) => events.includes(event)).map(({ webhookId }) => webhookId);
}
