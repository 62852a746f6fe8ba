/** Endpoints as they are at the time of sending: read from the storage, and cached briefly in the isolate. */
import type { WebhookEndpoint } from "../../world/outside/webhook-endpoint.ts";
import type { DeliveryResult } from "../channel.ts";

/** A change takes effect within 60 s; planned deliveries may already be 40 s behind. */
const KEPT_MS = 10_000;
const MOST_KEPT = 1_000;

type Target = Pick<WebhookEndpoint, "url" | "secret">;

/** Null = it was deleted. Rejects while the storage is unavailable. */
export type EndpointOf = (webhookId: string) => Promise<Target | null>;

export function keptEndpoints(read: EndpointOf): EndpointOf {
  const known = new Map<string, { readonly target: Target | null; readonly until: number }>();
  return async (webhookId) => {
    const kept = known.get(webhookId);
    if (kept !== undefined && Date.now() < kept.until) return kept.target;
    const target = await read(webhookId);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(webhookId, { target, until: Date.now() + KEPT_MS });
    return target;
  };
}

/** The address of a delivery, or why it cannot be sent now. No recipient = the address in the settings. */
export async function reach(
  webhookId: string | undefined,
  configured: Target | null,
  endpointOf: EndpointOf,
): Promise<Target | Exclude<DeliveryResult, { ok: true }>> {
  if (webhookId === undefined) return configured ?? { ok: false, retry: false, error: "the webhook is off" };
  try {
    return (
      (await endpointOf(webhookId)) ?? { ok: false, retry: false, isMoot: true, error: "the endpoint was deleted" }
    );
  } catch {
    return { ok: false, retry: true, error: "the endpoint cannot be read now" };
  }
}
