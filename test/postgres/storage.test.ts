/** The storage on a real PostgreSQL, through the local Hyperdrive binding. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runOn } from "../../src/storage/postgres/client.ts";
import { postgresStorage } from "../../src/storage/postgres/storage.ts";
import { storageOf } from "../../src/storage/storage.ts";
import { isExpected } from "../../src/telemetry/expected.ts";
import { storageSuite } from "../storage/storage.suite.ts";

const TABLES = [
  "items",
  "purchase_orders",
  "sales",
  "answered_requests",
  "forecasts",
  "workflows",
  "api_keys",
  "metric_products",
  "decision_stats",
  "counters",
  "disabled_endpoints",
  "sweep_positions",
  "world",
  "sessions",
  "sign_ins",
];
const run = runOn(env.HYPERDRIVE!);

beforeEach(() => run((sql) => sql.unsafe(`TRUNCATE ${TABLES.join(", ")}`)));

it("is PostgreSQL 15 or newer, where Hyperdrive is bound", async () => {
  expect(storageOf(env).kind).toBe("postgresql");
  const [row] = await run((sql) => sql`SELECT current_setting('server_version_num')::bigint AS version`);
  expect(row?.["version"]).toBeGreaterThanOrEqual(150_000);
});

storageSuite(() => storageOf(env));

describe("a PostgreSQL that cannot answer", () => {
  it("says so in the error's message when nobody listens", async () => {
    const nowhere = postgresStorage({
      host: "127.0.0.1",
      port: 1,
      user: "nobody",
      password: "secret",
      database: "none",
    });
    const outage = await nowhere.ping().catch((error: unknown) => error);
    expect(String(outage)).toContain("PostgreSQL is away: ");
    expect(isExpected(outage)).toBe(true);
    await expect(nowhere.keys.get("0".repeat(20))).rejects.toThrow(/^PostgreSQL is away: /);
  });

  it("is given up when it takes a statement and never answers", async () => {
    const impatient = runOn(env.HYPERDRIVE!, 300);
    const outage = await impatient((sql) => sql`SELECT pg_sleep(20)`).catch((error: unknown) => error);
    expect(String(outage)).toContain("PostgreSQL is away: no answer in time");
    expect(isExpected(outage)).toBe(true);
  });

  it("distinguishes a refused statement from an outage", async () => {
    await run((sql) => sql`ALTER TABLE api_keys RENAME TO away`);
    try {
      const refusal = await storageOf(env)
        .keys.get("0".repeat(20))
        .catch((error: unknown) => error);
      expect(String(refusal)).toContain("PostgreSQL refused a statement (42P01)");
      expect(isExpected(refusal)).toBe(false);
    } finally {
      await run((sql) => sql`ALTER TABLE away RENAME TO api_keys`);
    }
  });

  it("closes its connections, whether the work succeeds or fails", async () => {
    for (let time = 0; time < 20; time++) {
      await storageOf(env).ping();
      await run((sql) => sql`SELECT nonsense`).catch(() => undefined);
    }
    const others = async (): Promise<number> => {
      const [row] = await run(
        (sql) =>
          sql`SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database()
              AND pid <> pg_backend_pid()`,
      );
      return Number(row?.["others"]);
    };
    await expect.poll(others, { timeout: 60_000 }).toBeLessThan(3);
  });
});
