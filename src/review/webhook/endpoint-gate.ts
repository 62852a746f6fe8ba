/**
 * Keeps deliveries from an endpoint that answered 410 Gone, until a person asks for a new attempt. The rows are read
 * at most once a minute an isolate. If they cannot be read, the endpoint counts as enabled: it would only answer 410
 * again.
 */
import { MINUTE_MS } from "../../shared/durations.ts";

/** The rows, as the storage offers them. */
interface EndpointRows {
  has(url: string): Promise<boolean>;
  /** Adding twice keeps the first time. */
  add(url: string, now: number): Promise<void>;
  remove(url: string): Promise<void>;
}

export interface EndpointGate {
  isDisabled(url: string): Promise<boolean>;
  disable(url: string, now: number): Promise<void>;
}

const REMEMBER_MS = MINUTE_MS;

const known = new Map<string, { readonly disabled: boolean; readonly until: number }>();

export function endpointGate(endpoints: EndpointRows): EndpointGate {
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

/** A person asked for a new attempt, so the receiver is assumed to work again. */
export async function enableEndpoint(endpoints: EndpointRows, url: string): Promise<void> {
  known.delete(url);
  await endpoints.remove(url);
}
