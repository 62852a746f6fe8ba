/**
 * Webhook endpoints that answered 410 Gone. Kept in D1, since every item must know; asked at most once a minute an
 * isolate. When D1 cannot be asked the endpoint counts as enabled: it would only say 410 again.
 */
import type { EndpointGate } from "../review/webhook/webhook-channel.ts";

const REMEMBER_MS = 60_000;

const known = new Map<string, { readonly disabled: boolean; readonly until: number }>();

export function d1EndpointGate(db: D1Database): EndpointGate {
  return {
    async isDisabled(url) {
      const now = Date.now();
      const remembered = known.get(url);
      if (remembered !== undefined && remembered.until > now) return remembered.disabled;
      try {
        const row = await db.prepare("SELECT 1 FROM disabled_endpoints WHERE url = ?").bind(url).first();
        known.set(url, { disabled: row !== null, until: now + REMEMBER_MS });
        return row !== null;
      } catch {
        return false;
      }
    },

    async disable(url, now) {
      known.set(url, { disabled: true, until: now + REMEMBER_MS });
      await db.prepare("INSERT INTO disabled_endpoints (url, disabled_at) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(url, now).run();
    },
  };
}

/** A person asked for a new attempt, so the receiver is believed to be back. */
export async function enableEndpoint(db: D1Database, url: string): Promise<void> {
  known.delete(url);
  await db.prepare("DELETE FROM disabled_endpoints WHERE url = ?").bind(url).run();
}
