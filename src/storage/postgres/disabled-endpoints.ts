/** Endpoints that are gone, in PostgreSQL. */
import type { DisabledEndpoints } from "../disabled-endpoints.ts";
import type { Run } from "./client.ts";

export function postgresDisabledEndpoints(run: Run): DisabledEndpoints {
  return {
    async has(url) {
      return (await run((sql) => sql`SELECT 1 FROM disabled_endpoints WHERE url = ${url}`)).length > 0;
    },
    async add(url, now) {
      await run(
        (sql) => sql`INSERT INTO disabled_endpoints (url, disabled_at) VALUES (${url}, ${now}) ON CONFLICT DO NOTHING`,
      );
    },
    async remove(url) {
      await run((sql) => sql`DELETE FROM disabled_endpoints WHERE url = ${url}`);
    },
  };
}
