/**
 * The move of a service that is running: what is decided, answered and refused while D1 is frozen, and what is there
 * afterwards.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ROOT } from "../../scripts/lib/server/wrangler-process.ts";
import { ask, logLines, scrape, trigger, until } from "../support/black-box.ts";
import { writeHyperdriveConfig } from "../support/hyperdrive-config.ts";
import { startPostgres, type PostgresServer } from "../support/peers/postgres-server.ts";

/**
 * What an item sends again by itself: within its first retries, or after a minute when it was stopped in the midst of
 * one.
 */
const CATCH_UP_MS = 120_000;

let folder: string;
let persistTo: string;
let postgres: PostgresServer;
let server: LocalServer;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "stockwarden-cut-over-"));
  persistTo = join(folder, "state");
  server = await startLocalServer({ persistTo });
});
afterAll(async () => {
  await server?.stop();
  await postgres?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, key = server.key) => ask(server, "GET", path, undefined, { Authorization: `Bearer ${key}` });
const logged = async (): Promise<string[]> =>
  (await get("/audit")).body.trails.filter((trail: any) => trail.intact).map((trail: any) => trail.workflow_id);
const failedToProject = (product: string): boolean =>
  logLines(server).some(
    ({ event, where, product_id }) => event === "failure" && where === "projection" && product_id === product,
  );
const putProduct = (packSize: number) => ask(server, "PUT", "/products/SKU-1", { pack_size: packSize });

async function migrate(...flags: readonly string[]): Promise<string> {
  const env = { ...process.env, PERSIST_TO: persistTo, POSTGRES_URL: postgres.url };
  return (
    await promisify(execFile)(process.execPath, ["--no-warnings", "scripts/migrate-postgres.ts", ...flags], {
      cwd: ROOT,
      env,
    })
  ).stdout;
}

it(
  "loses no decision, no verdict, no key and no setting, and counts each once",
  async () => {
    expect((await putProduct(6)).status).toBe(201);
    const { id, key } = (await ask(server, "POST", "/keys", { name: "till", scopes: ["read"] })).body;
    const before = await trigger(server, "SKU-1");
    const question = await trigger(server, "SKU-2", { current_stock: 0 });
    await until(async () => (await logged()).length === 2);

    expect(await migrate("--freeze")).toContain("D1 is frozen");
    const during = await trigger(server, "SKU-3");
    expect([during.status, during.body.status]).toEqual([200, "completed"]);
    expect((await ask(server, "POST", `/approve/${question.body.workflow_id}`, { decision: "approve" })).status).toBe(
      200,
    );
    const refused = await putProduct(12);
    expect([refused.status, refused.body.code]).toEqual([503, "unavailable"]);
    expect((await get(`/workflows/${before.body.workflow_id}`, key)).status).toBe(200);

    // Stopped before the refusal, an item would be in the place of one that crashed, and wait for its backstop of some
    // minutes.
    await until(() => failedToProject("SKU-2") && failedToProject("SKU-3"));
    await server.stop();
    server = await startLocalServer({ persistTo, config: writeHyperdriveConfig(folder, postgres.url) });
    await until(async () => (await logged()).length === 3, CATCH_UP_MS);
    await until(async () => (await get("/reviews?status=approved")).body.reviews.length === 1, CATCH_UP_MS);
    expect(await logged()).toContain(during.body.workflow_id);
    expect((await get("/reviews?status=pending")).body.reviews).toEqual([]);
    expect((await get("/keys", server.key)).body.keys).toMatchObject([{ id, name: "till" }]);
    expect((await get(`/workflows/${before.body.workflow_id}`, key)).status).toBe(200);
    expect((await get("/products/SKU-1")).body.settings).toMatchObject({ pack_size: 6 });
    expect((await putProduct(12)).status).toBe(200);
    const metrics = await scrape(server);
    expect(metrics.get('inventory_decisions_total{action="hold",result="completed"}')).toBe(2);
    expect(metrics.get('inventory_decisions_total{action="restock",result="approved"}')).toBe(1);
    expect(metrics.get("inventory_reviews_asked_total")).toBe(1);
  },
  3 * CATCH_UP_MS,
);
