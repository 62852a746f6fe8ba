/** A store's world on a running server: a large part of sales is taken whole, and the next sweep learns from it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, sweep } from "../support/black-box.ts";

const DAY_MS = 86_400_000;
const PRODUCTS = 64;
const DAYS = 110 * 7;

let folder = "";
let server: LocalServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-world-"));
  server = await startLocalServer({ persistTo: folder });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const date = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

it("takes 49,280 rows as one part, and knows the season and yesterday after the next sweep", async () => {
  const rows = Array.from({ length: DAYS }, (_, at) => at + 1).flatMap((ago) =>
    Array.from(
      { length: PRODUCTS },
      (_, product) => `P${product},${date(ago)},${date(ago).slice(5, 7) === "12" ? 9 : 3}`,
    ),
  );
  const text = `product_id,date,units\n${rows.join("\n")}\n`;
  const stored = await ask(server, "POST", "/sales", text, { "Content-Type": "text/csv" });
  expect(stored.body).toMatchObject({ items: PRODUCTS, rows: rows.length, last: date(1) });
  expect((await ask(server, "POST", "/sales/complete", { store_id: "main", through: date(1) })).status).toBe(200);
  await sweep(server);
  const { season } = (await ask(server, "GET", "/stores/main")).body;
  expect(season).toMatchObject({ items: PRODUCTS, source: "learned" });
  const decided = await ask(server, "POST", "/inventory-trigger", {
    product_id: "P7",
    current_stock: 1,
    safety_stock_level: 0,
  });
  expect(decided.body.decision.decided_by).toBe("plan");
});
