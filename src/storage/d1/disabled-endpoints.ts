/** Endpoints that are gone, in D1. */
import type { DisabledEndpoints } from "../disabled-endpoints.ts";

export function d1DisabledEndpoints(db: D1Database): DisabledEndpoints {
  return {
    async has(url) {
      return (await db.prepare("SELECT 1 FROM disabled_endpoints WHERE url = ?").bind(url).first()) !== null;
    },
    async add(url, now) {
      await db
        .prepare("INSERT INTO disabled_endpoints (url, disabled_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(url, now)
        .run();
    },
    async remove(url) {
      await db.prepare("DELETE FROM disabled_endpoints WHERE url = ?").bind(url).run();
    },
  };
}
