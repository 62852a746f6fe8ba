import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Stockwarden } from "../../src/client/client.ts";
import { serviceClient } from "../../scripts/lib/server/service-client.ts";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { countOf } from "../support/counts.ts";
import { until } from "../support/black-box.ts";

const AT_ONCE = 20;

let folder = "";
let server: LocalServer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-reads-"));
});
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Every row of every table in the databases of D1 and of the objects, their alarms included, and nothing of what the
 * local simulator keeps beside them (a read counter of D1, the names of objects).
 */
function rows(): string[] {
  const state = join(folder, "v3");
  const files = readdirSync(state, { recursive: true, encoding: "utf8" }).filter(
    (name) => /^(d1|do)\/.*\.sqlite$/u.test(name) && !name.includes("RateLimiter"),
  );
  return files.toSorted().flatMap((file) => {
    const database = new DatabaseSync(join(state, file));
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const found = tables
      .filter(({ name }) => !name.startsWith("__miniflare") && !(file.startsWith("d1/") && name.startsWith("_cf_")))
      .flatMap(({ name }) => {
        const every = database.prepare(`SELECT * FROM "${name}"`);
        every.setReadBigInts(true);
        return every.all().map((row) => `${file} ${name} ${inspect(row)}`);
      });
    database.close();
    return found;
  });
}

/** Whether an alarm that was set in these rows is due by now, so that it may have changed some of them. */
function isAlarmDue(before: readonly string[]): boolean {
  const alarms = before.filter((row) => row.includes(" _cf_ALARM "));
  expect(alarms.length).toBeGreaterThan(0);
  return alarms.some((row) => Number(/scheduled_time: (\d+)n/u.exec(row)![1]) / 1e6 <= Date.now());
}

async function serve<T>(use: (client: Stockwarden, running: LocalServer) => Promise<T>): Promise<T> {
  server = await startLocalServer({ persistTo: folder });
  const result = await use(serviceClient(server.url, server.key), server);
  await server.stop();
  server = null;
  return result;
}

it("a thousand GET and HEAD leave every row of D1 and the items on disk as it was (I11)", async () => {
  const paths = await serve(async (client, { url }) => {
    await client.putProduct("SKU-1", { pack_size: 6 });
    await client.putHistory("SKU-1", "date,units\n2026-11-01,3\n2026-11-02,5\n");
    await client.putForecast("SKU-1", [{ date: "2026-12-01", mean: 4 }]);
    const { workflow_id: workflowId } = await client.trigger(
      { product_id: "ASKS", current_stock: 1, safety_stock_level: 40 },
      { idempotencyKey: "first" },
    );
    await until(async () => (await client.reviews()).reviews.length === 1);
    const body = await (await fetch(`${url}/openapi.json`)).json();
    const gets = Object.entries((body as { paths: Record<string, object> }).paths).filter(
      ([, methods]) => "get" in methods,
    );
    return gets.map(([path]) =>
      path
        .replace("{workflow_id}", workflowId)
        .replace("{product_id}", "SKU-1")
        .replace("{store_id}", "main")
        .replace(/\{\w+\}/gu, "x"),
    );
  });
  const readAll = () =>
    serve(async (_client, { url, key }) => {
      // At least two GET and two HEAD of every path, however short the run.
      const count = Math.max(countOf(1_000), 4 * paths.length);
      const requests = Array.from({ length: count }, (_, at) => ({
        path: paths[Math.floor(at / 2) % paths.length]!,
        method: at % 2 === 0 ? "GET" : "HEAD",
      })).values();
      const reader = async (): Promise<void> => {
        for (const { path, method } of requests) {
          const response = await fetch(url + path, { method, headers: { authorization: `Bearer ${key}` } });
          await response.arrayBuffer();
          expect(response.status, path).toBeLessThan(500);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, reader));
    });
  let before = rows();
  expect(before.filter((row) => row.includes(" workflow ")).length).toBeGreaterThan(0);
  await readAll();
  // The item's first alarm rings 15 to 45 s after its commit, perhaps meanwhile; its next one is hours away.
  for (let again = 0; again < 3 && isAlarmDue(before); again += 1) {
    before = rows();
    await readAll();
  }
  expect(rows()).toEqual(before);
});
