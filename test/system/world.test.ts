/** A store's world on a running server: a large part of sales is taken whole, and the next sweep learns from it. */
import { expect, it } from "vitest";
import { ask, sweep } from "../support/black-box.ts";
import { plainServer } from "../support/plain-server.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const PRODUCTS = 64;
const DAYS = 110 * 7;

const date = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

it("takes 49,280 rows as one part, and knows the season and yesterday after the next sweep", async () => {
  const server = await plainServer();
  const rows = Array.from({ length: DAYS }, (_, at) => at + 1).flatMap((ago) =>
    Array.from(
      { length: PRODUCTS },
      (_, product) => `P${product},${date(ago)},${date(ago).slice(5, 7) === "12" ? 9 : 3}`,
    ),
  );
  const text = `product_id,date,units\n${rows.join("\n")}\n`;
  const stored = await ask(server, "POST", "/sales?store_id=sapporo-2", text, { "Content-Type": "text/csv" });
  expect(stored.body).toMatchObject({ items: PRODUCTS, rows: rows.length, last: date(1) });
  expect((await ask(server, "POST", "/sales/complete", { store_id: "sapporo-2", through: date(1) })).status).toBe(200);
  await sweep(server);
  const { season } = (await ask(server, "GET", "/stores/sapporo-2")).body;
  expect(season).toMatchObject({ items: PRODUCTS, source: "learned" });
  const decided = await ask(server, "POST", "/inventory-trigger", {
    product_id: "P7",
    store_id: "sapporo-2",
    current_stock: 1,
    safety_stock_level: 0,
  });
  expect(decided.body.decision.decided_by).toBe("plan");
});
