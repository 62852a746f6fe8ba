import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { approve, ask, DAY_MS, passTime, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

/** Projections leave right after the commit and wait a moment for company. */
async function scrapeUntil(line: string): Promise<string> {
  return eventually(async () => {
    const { body } = await ask("GET", "/metrics");
    if (String(body).includes(line)) return String(body);
    throw new Error(`no scrape had ${line}`);
  });
}

it("shows a decision on the next scrape, and once however often it is read", async () => {
  await trigger({ current_stock: 100 });
  const page = await scrapeUntil('inventory_decisions_total{action="hold",result="completed"} 1\n');
  expect(page).toContain('inventory_decision_latency_seconds_count{product_id="SKU-1",action="hold"} 1\n');
  expect(page).toContain('inventory_confidence_score{product_id="SKU-1"} 0.5\n');
});

it("shows an open review and what became of it", async () => {
  const { body } = await trigger();
  await scrapeUntil("inventory_reviews_pending 1\n");
  await approve(body.workflow_id);
  const page = await scrapeUntil('inventory_review_outcomes_total{outcome="approved",channel="api"} 1\n');
  expect(page).toContain('inventory_decisions_total{action="restock",result="approved"} 1\n');
  expect(page).toContain("inventory_reviews_pending 0\n");
});

it("answers in OpenMetrics to those who ask for it", async () => {
  const prometheus =
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;" +
    "version=0.0.4;q=0.5,*/*;q=0.1";
  const { headers, body } = await ask("GET", "/metrics", undefined, { Accept: prometheus });
  expect(headers.get("Content-Type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
  expect(body).toMatch(/# EOF\n$/);
  expect((await ask("GET", "/metrics")).headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
});

it("answers a workflow's story as JSON, and as text to those who ask for it", async () => {
  const { body } = await trigger();
  await approve(body.workflow_id, { comment: "festival" });
  const story = await ask("GET", `/workflows/${body.workflow_id}/story`);
  expect(story.body).toMatchObject({ workflow_id: body.workflow_id, product_id: "SKU-1", status: "completed" });
  const told = story.body.steps.map((step: { kind: string; what: string }) => `${step.kind} ${step.what}`);
  expect(told).toEqual([
    "event received",
    "node validate",
    "node forecast",
    "node assess",
    "node reason skipped",
    "node review",
    "node act",
    "event asked",
    "event verdict",
    "event executed",
  ]);
  const text = await ask("GET", `/workflows/${body.workflow_id}/story`, undefined, { Accept: "text/plain" });
  expect(text.body).toContain("event    verdict by key:root for root key (api): approve");
  expect((await ask("GET", "/workflows/nonsense/story")).status).toBe(404);
});

it("says which part is not ready and why, to those who may know", async () => {
  await env.DB.exec("DROP TABLE items");
  // Later than another test's look, whose result is kept for some seconds.
  passTime(DAY_MS);
  const known = await ask("GET", "/readyz");
  expect(known.status).toBe(503);
  expect(known.body.parts).toMatchObject([
    { part: "d1", ok: false, error: expect.stringContaining("items") },
    { part: "kv", ok: true },
    { part: "item", ok: true },
  ]);
  const stranger = await ask("GET", "/readyz", undefined, { Authorization: "Bearer wrong" });
  expect([stranger.status, stranger.body]).toEqual([503, { status: "not_ready" }]);
  expect((await ask("GET", "/healthz")).status).toBe(200);
});

it("an audit trail is intact between a deadline and the alarm that writes the expiry", async () => {
  const { body } = await trigger();
  passTime(DAY_MS);
  const trail = await ask("GET", `/audit/${body.workflow_id}`);
  expect(trail.body).toMatchObject({ status: "expired", intact: true, fault: null });
});

it("asks its parts once in some seconds, and makes no object", async () => {
  vi.setSystemTime(T0 + 60_000);
  const before = (await listDurableObjectIds(env.ITEM)).length;
  const asked = vi.spyOn(env.CACHE, "get");
  for (let at = 0; at < 5; at++) expect((await ask("GET", "/readyz")).status).toBe(200);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(1);
  asked.mockRestore();
  expect((await listDurableObjectIds(env.ITEM)).length).toBe(before);
});

it("a statement that the database refuses is a fault of ours: 500, and no advice to try for ever", async () => {
  await env.DB.exec("ALTER TABLE workflows RENAME TO renamed");
  const { status, headers, body } = await ask("GET", "/reviews");
  expect([status, body.code, headers.get("Retry-After")]).toEqual([500, "internal_error", null]);
});
