/** A purchase order that nobody sends by its cut-off, as a real Prometheus and its alert see it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startLocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, until } from "../support/black-box.ts";
import { isPrometheusInstalled, startPrometheus } from "../support/peers/prometheus.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

/** A cut-off is a whole minute: the last one within this. */
const CLOSES_WITHIN_MS = 120_000;
/** Until then, a scrape, and a busy machine. */
const MISSED_WITHIN_MS = 240_000;
const MISSED = 'inventory_purchase_orders_total{outcome="missed"}';
const ALERT = 'ALERTS{alertname="StockwardenPurchaseOrderMissed",alertstate="firing"}';

it.runIf(isPrometheusInstalled())("an order that missed its cut-off is counted once, and its alert fires", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stockwarden-missed-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startLocalServer({ persistTo: join(folder, "state") });
  onTestFinished(() => server.stop());
  const prometheus = await startPrometheus(join(folder, "prometheus"), server);
  onTestFinished(() => prometheus.stop());

  const cutOff = new Date(Date.now() + CLOSES_WITHIN_MS).toISOString().slice(11, 16);
  await ask(server, "PUT", "/suppliers/dairy", { send: "manual", lead_time_days: 1, cut_off: cutOff });
  await ask(server, "PUT", "/products/milk", { supplier_id: "dairy", unit_cost: 2 });
  const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  const sales = Array.from({ length: 60 }, (_, at) => `${day(60 - at)},${3 + (at % 5)}`);
  await ask(server, "PUT", "/history/milk", `date,units\n${sales.join("\n")}\n`, { "Content-Type": "text/csv" });
  const count = { product_id: "milk", current_stock: 0, safety_stock_level: 4 };
  expect((await ask(server, "POST", "/inventory-trigger", count)).body.order_status).toBe("planned");
  expect(await prometheus.value(ALERT)).toBe(0);

  await until(async () => (await prometheus.value(MISSED)) === 1, MISSED_WITHIN_MS);
  await until(async () => (await prometheus.value(ALERT)) === 1);
  expect(await prometheus.value("inventory_purchase_orders_overdue")).toBe(0);
});
