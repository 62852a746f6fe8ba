/**
 * Webhook endpoints that answered 410 Gone. Kept in the database, since every item must know; asked at most once a minute
 * an isolate. When the database cannot be asked the endpoint counts as enabled: it would only say 410 again.
 */
import type { EndpointGate } from "../review/webhook/webhook-channel.ts";

const REMEMBER_MS = 60_000;

export interface DisabledEndpoints {
  has(url: string): Promise<boolean>;
  /** Adding twice keeps the first time. */
  add(url: string, now: number): Promise<void>;
  remove(url: string): Promise<void>;
}

const known = new Map<string, { readonly disabled: boolean; readonly until: number }>();

export function endpointGate(endpoints: DisabledEndpoints): EndpointGate {
  return {
    async isDisabled(url) {
      const now = Date.now();
      const remembered = known.get(url);
      if (remembered !== undefined && remembered.until > now) return remembered.disabled;
      try {
        const disabled = await endpoints.has(url);
        known.set(url, { disabled, until: now + REMEMBER_MS });
        return disabled;
      } catch {
        return false;
      }
    },

    async disable(url, now) {
      known.set(url, { disabled: true, until: now + REMEMBER_MS });
      await endpoints.add(url, now);
    },
  };
}

/** A person asked for a new attempt, so the receiver is believed to be back. */
export async function enableEndpoint(endpoints: DisabledEndpoints, url: string): Promise<void> {
  known.delete(url);
  await endpoints.remove(url);
}
