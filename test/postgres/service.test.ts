/**
 * The whole service with its tables in a real PostgreSQL: what a client sees while it is there, while it is not, and
 * after.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { migratePostgres } from "../../scripts/lib/databases/postgres-schema.ts";
import { ROOT } from "../../scripts/lib/server/wrangler-process.ts";
import { ask, scrape, sweep, trigger, until, type Answer } from "../support/black-box.ts";
import { writeHyperdriveConfig } from "../support/hyperdrive-config.ts";
import { startPostgres, type PostgresServer } from "../support/peers/postgres-server.ts";
import { withD1 } from "../support/builders/stored-state.ts";

/** What an item sends again by itself, within its first retries. */
const CATCH_UP_MS = 60_000;

let folder: string;
let postgres: PostgresServer;
let server: LocalServer;

beforeAll(async () => {
  postgres = await startPostgres();
  await migratePostgres(postgres.url);
  folder = mkdtempSync(join(tmpdir(), "stockwarden-on-postgres-"));
  server = await startLocalServer({
    persistTo: join(folder, "state"),
    config: writeHyperdriveConfig(folder, postgres.url),
  });
});
afterAll(async () => {
  await server?.stop();
  await postgres?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, key = server.key): Promise<Answer> =>
  ask(server, "GET", path, undefined, { Authorization: `Bearer ${key}` });
const pending = async (): Promise<string[]> =>
  (await get("/reviews")).body.reviews.map((review: any) => review.workflow_id);
const isLogged = async (workflowId: string): Promise<boolean> =>
  (await get("/audit")).body.trails.some((trail: any) => trail.workflow_id === workflowId);
const makeKey = async (name: string): Promise<{ id: string; key: string }> =>
  (await ask(server, "POST", "/keys", { name, scopes: ["read"] })).body;
const npm = (script: string, args: readonly string[], env: Record<string, string> = {}): string =>
  execFileSync(process.execPath, ["--no-warnings", `scripts/${script}.ts`, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

it("is ready, and says which database it asks", async () => {
  const ready = await get("/readyz");
  expect(ready.status).toBe(200);
  expect(ready.body.parts).toContainEqual({ part: "postgresql", ok: true });
});

it("decides, asks, takes a verdict, and lists, audits, counts and exports it all", async () => {
  const held = await trigger(server, "TEA 'n' \"milk\"; 日本茶", { store_id: "north" });
  expect(held.body.status).toBe("completed");
  const asked = await trigger(server, "SKU-1", { current_stock: 0 });
  expect(asked.body.status).toBe("awaiting_human_review");
  const { workflow_id: question } = asked.body;
  await until(async () => (await pending()).includes(question));
  expect((await ask(server, "POST", `/approve/${question}`, { decision: "approve", reviewer: "Ana" })).status).toBe(
    200,
  );
  await until(async () => !(await pending()).includes(question));
  expect((await get("/reviews?status=approved")).body.reviews.map((review: any) => review.workflow_id)).toEqual([
    question,
  ]);

  const trails = (await get("/audit")).body.trails;
  expect(trails.map((trail: any) => trail.workflow_id).toSorted()).toEqual(
    [held.body.workflow_id, question].toSorted(),
  );
  expect(trails.every((trail: any) => trail.intact)).toBe(true);
  expect(npm("audit-verify", ["--url", server.url], { API_KEY: server.key })).toContain(
    "every hash holds, nothing is missing",
  );

  const metrics = await scrape(server);
  expect(metrics.get('inventory_decisions_total{action="hold",result="completed"}')).toBe(1);
  expect(metrics.get('inventory_decisions_total{action="restock",result="approved"}')).toBe(1);
  const exported = npm("export", ["--postgres", postgres.url])
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(exported.map(({ id }) => id).toSorted()).toEqual([held.body.workflow_id, question].toSorted());
  expect(withD1(join(folder, "state"), (d1) => d1.prepare("SELECT count(*) AS count FROM workflows").get())).toEqual({
    count: 0,
  });
});

it("keeps settings, demand and forecasts, and decides by them", async () => {
  expect((await ask(server, "PUT", "/products/SKU-2", { lead_time_days: 3, pack_size: 6 })).status).toBe(201);
  const dateOf = (day: number) => new Date(Date.now() - (61 - day) * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 60 }, (_, day) => `${dateOf(day)},${4 + (day % 3)}`);
  const csv = `date,units\n${rows.join("\n")}\n`;
  const uploaded = await ask(server, "PUT", "/history/SKU-2", csv, { "Content-Type": "text/csv" });
  expect([uploaded.status, uploaded.body.days]).toEqual([201, 60]);
  expect((await get("/history/SKU-2")).body.days).toHaveLength(60);
  const decided = await trigger(server, "SKU-2", { current_stock: 2, safety_stock_level: 10 });
  const { body } = await get(`/workflows/${decided.body.workflow_id}`);
  const { recommended_action: action, recommended_quantity: quantity } = body.decision;
  expect([action, quantity > 0, quantity % 6]).toEqual(["restock", true, 0]);
});

it("revokes a key", async () => {
  const { id, key } = await makeKey("to go");
  expect((await get("/reviews", key)).status).toBe(200);
  expect((await ask(server, "DELETE", `/keys/${id}`)).status).toBe(204);
  expect((await get("/reviews", key)).status).toBe(401);
  expect((await get("/keys")).body.keys).toMatchObject([{ id, name: "to go" }]);
});

/** An answer of some seconds ago is kept. */
async function readinessIs(status: number): Promise<void> {
  await vi.waitFor(async () => expect((await get("/readyz")).status).toBe(status), { timeout: 60_000, interval: 500 });
}

it("goes on deciding while PostgreSQL is away, judges no key that it does not know, and catches up", async () => {
  const seen = await makeKey("seen");
  const unseen = await makeKey("unseen");
  const first = await trigger(server, "SKU-3");
  const path = `/workflows/${first.body.workflow_id}`;
  await until(() => isLogged(first.body.workflow_id));
  expect((await get(path, seen.key)).status).toBe(200);

  await postgres.kill();
  const refused = await get(path, unseen.key);
  expect([refused.status, refused.headers.get("Retry-After"), refused.body.code]).toEqual([503, "5", "unavailable"]);
  expect((await get(path, seen.key)).status).toBe(200);
  expect([(await get("/reviews")).status, (await get("/healthz")).status]).toEqual([503, 200]);
  await readinessIs(503);
  expect((await ask(server, "PUT", "/products/SKU-3", { pack_size: 6 })).status).toBe(503);
  const decided = await trigger(server, "SKU-4");
  expect([decided.status, decided.body.status]).toEqual([200, "completed"]);

  await postgres.start();
  expect((await get(path, unseen.key)).status).toBe(200);
  await readinessIs(200);
  await until(() => isLogged(decided.body.workflow_id), CATCH_UP_MS);
  expect((await sweep(server)).status).toBe(200);
});
