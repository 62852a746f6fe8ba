import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { latencyColumns } from "../../../src/metrics/counter-store.ts";
import { counterStatements, d1Counters } from "../../../src/storage/d1/counters.ts";
import { renderMetrics } from "../../../src/metrics/render-metrics.ts";
import { projectionFacts } from "../../../src/metrics/projection-facts.ts";
import { Tallies } from "../../../src/metrics/tallies.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { T0, aDecision, aDelivery, aReview } from "../../support/builders/a-workflow.ts";
import { makeTables } from "../support/world.ts";
import { aDecidedWorkflow, someAdvice } from "../../support/builders/decided-workflow.ts";

beforeEach(makeTables);
afterEach(() => reset());

describe("counting decisions", () => {
  it("counts a decision once, however often its projection arrives", async () => {
    const decided = aDecidedWorkflow({ latencyMs: 30 });
    for (let time = 0; time < 3; time++) await project([decided]);
    await project([{ ...decided, version: 2 }]);

    const metrics = await scrape();
    expect(metrics.get('inventory_decisions_total{action="restock",result="completed"}')).toBe(1);
    expect(metrics.get('inventory_decision_latency_seconds_count{product_id="SKU-1",action="restock"}')).toBe(1);
    expect(metrics.get('inventory_decision_latency_seconds_sum{product_id="SKU-1",action="restock"}')).toBe(0.03);
    expect(metrics.get('inventory_confidence_score{product_id="SKU-1"}')).toBe(0.83);
  });

  it("counts nothing for a projection that an older version follows", async () => {
    const asked = aDecidedWorkflow({ status: "awaiting_human_review", review: aReview(), version: 2 });
    const approved = aDecidedWorkflow({
      version: 3,
      review: aReview({ status: "approved", channel: "slack", decidedAt: T0 + 90_000 }),
    });
    for (const batch of [[approved], [asked], [approved, asked]]) await project(batch);

    const metrics = await scrape();
    expect(metrics.get('inventory_decisions_total{action="restock",result="approved"}')).toBe(1);
    expect(metrics.get('inventory_review_outcomes_total{outcome="approved",channel="slack"}')).toBe(1);
    expect(metrics.get('inventory_review_wait_seconds_bucket{le="60.0"}')).toBe(0);
    expect(metrics.get('inventory_review_wait_seconds_bucket{le="300.0"}')).toBe(1);
    expect(metrics.get("inventory_review_wait_seconds_sum")).toBe(90);
    expect(metrics.get("inventory_reviews_pending")).toBe(0);
  });

  it("takes several versions of one workflow in one batch as one workflow", async () => {
    await project([
      aDecidedWorkflow({ version: 1 }),
      aDecidedWorkflow({ version: 3 }),
      aDecidedWorkflow({ version: 2 }),
    ]);
    expect((await scrape()).get('inventory_decisions_total{action="restock",result="completed"}')).toBe(1);
  });

  it("counts no decision for a superseded workflow", async () => {
    await project([aDecidedWorkflow({ status: "superseded" })]);
    const metrics = await scrape();
    expect(sumOf(metrics, "inventory_decisions_total")).toBe(0);
    expect(sumOf(metrics, "inventory_decision_latency_seconds_count")).toBe(0);
    expect(metrics.get("inventory_workflows_superseded_total")).toBe(1);
  });

  it("shows the confidence of the product's last decision, whichever action and order", async () => {
    await project([
      aDecidedWorkflow({
        id: "new",
        updatedAt: T0 + 2,
        decision: aDecision({ action: "hold", quantity: 0, confidence: 0.7 }),
      }),
    ]);
    await project([aDecidedWorkflow({ id: "old", updatedAt: T0 + 1, decision: aDecision({ confidence: 0.9 }) })]);
    await project([
      aDecidedWorkflow({ id: "older", updatedAt: T0, decision: aDecision({ action: "hold", confidence: 0.1 }) }),
    ]);
    expect((await scrape()).get('inventory_confidence_score{product_id="SKU-1"}')).toBe(0.7);
  });

  it("puts a latency into the first bucket that holds it, and none for an unknown one", async () => {
    await project([10, 11, 60_001, null].map((latencyMs, at) => aDecidedWorkflow({ id: `wf-${at}`, latencyMs })));
    const metrics = await scrape();
    const bucket = (le: string) =>
      metrics.get(`inventory_decision_latency_seconds_bucket{product_id="SKU-1",action="restock",le="${le}"}`);
    expect([bucket("0.01"), bucket("0.025"), bucket("60.0"), bucket("+Inf")]).toEqual([1, 2, 2, 3]);
    expect(sumOf(metrics, "inventory_decisions_total")).toBe(4);
  });

  it("writes one row for a decision, and one for all decisions of a product in a batch", async () => {
    await project([aDecidedWorkflow()]);
    expect(await project([aDecidedWorkflow({ id: "wf-2" })])).toBe(1);
    expect(await project(Array.from({ length: 100 }, (_, at) => aDecidedWorkflow({ id: `more-${at}` })))).toBe(1);
    expect((await scrape()).get('inventory_decisions_total{action="restock",result="completed"}')).toBe(102);
  });

  it("is right in whatever order, grouping and repetition projections arrive", async () => {
    const histories = [
      [
        aDecidedWorkflow({ id: "a", status: "awaiting_human_review", review: aReview() }),
        aDecidedWorkflow({ id: "a", review: aReview({ status: "approved", channel: "api" }) }),
      ],
      [
        aDecidedWorkflow({ id: "b" }),
        aDecidedWorkflow({ id: "b", deliveries: [aDelivery({ status: "done", attempts: 3 })] }),
      ],
      [
        aDecidedWorkflow({ id: "c", status: "awaiting_human_review", review: aReview() }),
        aDecidedWorkflow({ id: "c", status: "superseded", review: aReview({ status: "superseded" }) }),
      ],
      [
        aDecidedWorkflow({
          id: "d",
          status: "expired",
          review: aReview({ status: "expired", channel: "expiry" }),
          decision: aDecision({ action: "hold" }),
        }),
      ],
    ].flatMap((history) => history.map((workflow, at) => ({ ...workflow, version: at + 1 })));
    const newest = new Set(["a2", "b2", "c2", "d1"]);

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...histories), { maxLength: 5 }), { maxLength: 6 }),
        async (batches) => {
          await reset();
          await makeTables();
          for (const batch of batches) await project(batch);
          await project(histories.filter(({ id, version }) => newest.has(`${id}${version}`)));
          const metrics = await scrape();
          const nonZero = [...metrics].filter(
            ([name, value]) =>
              value > 0 && /decisions_total|outcomes_total|effects_total|latency_seconds_count/.test(name),
          );
          expect(Object.fromEntries(nonZero)).toEqual({
            'inventory_decisions_total{action="restock",result="approved"}': 1,
            'inventory_decisions_total{action="restock",result="completed"}': 1,
            'inventory_decisions_total{action="hold",result="expired"}': 1,
            'inventory_review_outcomes_total{outcome="approved",channel="api"}': 1,
            'inventory_review_outcomes_total{outcome="superseded",channel="trigger"}': 1,
            'inventory_review_outcomes_total{outcome="expired",channel="expiry"}': 1,
            'inventory_effects_total{kind="email",outcome="retried"}': 2,
            'inventory_effects_total{kind="email",outcome="delivered"}': 1,
            'inventory_decision_latency_seconds_count{product_id="SKU-1",action="restock"}': 2,
            'inventory_decision_latency_seconds_count{product_id="SKU-1",action="hold"}': 1,
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("counting what a workflow caused", () => {
  it("counts an adviser's attempts one by one, with tokens and cost, before the decision, and only then", async () => {
    const advice = someAdvice({
      tries: ["timeout", "server_error", "advice"],
      shadow: someAdvice({ tokensIn: 10, tokensOut: 1, costUsd: 0 }),
    });
    await project([aDecidedWorkflow({ status: "awaiting_human_review", review: aReview(), advice })]);
    await project([aDecidedWorkflow({ version: 2, review: aReview({ status: "approved", channel: "link" }), advice })]);

    const metrics = await scrape();
    expect(metrics.get('inventory_llm_requests_total{outcome="timeout"}')).toBe(1);
    expect(metrics.get('inventory_llm_requests_total{outcome="server_error"}')).toBe(1);
    expect(metrics.get('inventory_llm_requests_total{outcome="advice"}')).toBe(2);
    expect(metrics.get('inventory_llm_tokens_total{kind="input"}')).toBe(910);
    expect(metrics.get('inventory_llm_tokens_total{kind="output"}')).toBe(101);
    expect(metrics.get("inventory_llm_cost_usd_total")).toBe(0.002);
  });

  it("does not count advice that was never asked for as a request", async () => {
    await project([
      aDecidedWorkflow({
        advice: someAdvice({ tries: [], outcome: "circuit_open", tokensIn: 0, tokensOut: 0, costUsd: 0 }),
      }),
    ]);
    const metrics = await scrape();
    expect(sumOf(metrics, "inventory_llm_requests_total")).toBe(0);
    expect(metrics.get('inventory_llm_skipped_total{reason="circuit_open"}')).toBe(1);
  });

  it("shows an effect as parked while it is, and as delivered once it was", async () => {
    await project([aDecidedWorkflow({ deliveries: [aDelivery({ status: "parked", attempts: 8 })] })]);
    expect((await scrape()).get("inventory_effects_parked")).toBe(1);
    await project([aDecidedWorkflow({ version: 2, deliveries: [aDelivery({ status: "done", attempts: 9 })] })]);

    const metrics = await scrape();
    expect(metrics.get("inventory_effects_parked")).toBe(0);
    expect(metrics.get('inventory_effects_total{kind="email",outcome="parked"}')).toBe(1);
    expect(metrics.get('inventory_effects_total{kind="email",outcome="delivered"}')).toBe(1);
    expect(metrics.get('inventory_effects_total{kind="email",outcome="retried"}')).toBe(8);
  });

  it("shows open reviews, their age, and those past their deadline", async () => {
    await project([
      aDecidedWorkflow({
        id: "due",
        status: "awaiting_human_review",
        createdAt: T0 - 60_000,
        review: aReview({ expiresAt: T0 }),
      }),
      aDecidedWorkflow({ id: "open", status: "awaiting_human_review", review: aReview({ expiresAt: T0 + 1 }) }),
    ]);
    const metrics = await scrape(T0);
    expect(metrics.get("inventory_reviews_pending")).toBe(2);
    expect(metrics.get("inventory_reviews_overdue")).toBe(1);
    expect(metrics.get("inventory_reviews_oldest_age_seconds")).toBe(60);
  });
});

describe("bounded labels", () => {
  it(
    "gives the first 500 products a label and counts the rest as other: as many series after 5,000 items as " +
      "after 600",
    async () => {
      for (let from = 0; from < 600; from += 120) {
        await project(
          Array.from({ length: 120 }, (_, at) =>
            aDecidedWorkflow({ id: `wf-${from + at}`, productId: `SKU-${String(from + at).padStart(4, "0")}` }),
          ),
        );
      }
      const metrics = await scrape();
      const products = [...metrics.keys()].filter((name) => name.startsWith("inventory_confidence_score"));
      expect(products).toHaveLength(501);
      expect(metrics.get('inventory_decision_latency_seconds_count{product_id="other",action="restock"}')).toBe(100);
      expect(sumOf(metrics, "inventory_decision_latency_seconds_count")).toBe(600);

      const before = metrics.size;
      for (let from = 600; from < 5_000; from += 220) {
        await project(
          Array.from({ length: 220 }, (_, at) =>
            aDecidedWorkflow({
              id: `wf-${from + at}`,
              productId: `LATE-${from + at}`,
              decision: aDecision({ action: at % 2 === 0 ? "hold" : "restock" }),
            }),
          ),
        );
      }
      const after = await scrape();
      expect(after.size).toBe(before);
      expect(sumOf(after, "inventory_decision_latency_seconds_count")).toBe(5_000);
      // Rows read are billed as well: a decision must not look at every label.
      expect((await cost([aDecidedWorkflow({ id: "last", productId: "SKU-0007" })])).read).toBeLessThan(20);
    },
  );

  it("keeps a product that is called other, or is full of quotes, from breaking the page", async () => {
    await project([
      aDecidedWorkflow({ id: "a", productId: "other" }),
      aDecidedWorkflow({ id: "b", productId: 'say "hi"\\' }),
    ]);
    const metrics = await scrape();
    expect(metrics.get('inventory_decision_latency_seconds_count{product_id="other",action="restock"}')).toBe(1);
    expect(
      metrics.get('inventory_decision_latency_seconds_count{product_id="say \\"hi\\"\\\\",action="restock"}'),
    ).toBe(1);
  });

  it("has a column for every latency bucket", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM pragma_table_info('decision_stats') WHERE name LIKE 'le_%'",
    ).all<{ name: string }>();
    expect(results.map(({ name }) => name)).toEqual(latencyColumns().map(({ name }) => name));
  });
});

describe("tallies of an isolate", () => {
  it("adds to what other isolates have written", async () => {
    for (const isolate of [new Tallies(), new Tallies()]) {
      isolate.error("rate_limited");
      isolate.error("rate_limited");
      await isolate.flush(d1Counters(env.DB));
      await isolate.flush(d1Counters(env.DB));
    }
    expect((await scrape()).get('inventory_errors_total{error_type="rate_limited"}')).toBe(4);
  });

  it("keeps what the database did not take for the next write", async () => {
    const tallies = new Tallies();
    tallies.error("unauthorized");
    await env.DB.exec("ALTER TABLE counters RENAME TO counters_away");
    await tallies.flush(d1Counters(env.DB));
    await env.DB.exec("ALTER TABLE counters_away RENAME TO counters");
    tallies.error("unauthorized");
    await tallies.flush(d1Counters(env.DB));
    expect((await scrape()).get('inventory_errors_total{error_type="unauthorized"}')).toBe(2);
  });
});

describe("the page", () => {
  it("has every bounded series at zero before anything happened", async () => {
    const metrics = await scrape();
    expect(metrics.get('inventory_decisions_total{action="hold",result="rejected"}')).toBe(0);
    expect(metrics.get('inventory_decision_latency_seconds_count{product_id="other",action="hold"}')).toBe(0);
    expect(metrics.get("inventory_llm_circuit_open")).toBe(0);
  });

  it("ends an OpenMetrics page with EOF and names its counters without _total", async () => {
    const text = await page(T0, "openmetrics");
    expect(text).toContain("# TYPE inventory_decisions counter\n");
    expect(text).toContain('inventory_decisions_total{action="restock",result="completed"} 0\n');
    expect(text.endsWith("# EOF\n")).toBe(true);
  });
});

/** The collector's batch: the counters, then the upsert. Returns the rows that the counters wrote. */
async function project(workflows: readonly Workflow[]): Promise<number> {
  return (await cost(workflows)).written;
}

async function cost(workflows: readonly Workflow[]): Promise<{ written: number; read: number }> {
  const facts = workflows.map((workflow) => ({
    id: workflow.id,
    version: workflow.version,
    product_id: workflow.productId,
    metrics: projectionFacts(workflow),
  }));
  const counters = counterStatements(env.DB, facts);
  const rows = workflows.map((workflow) =>
    env.DB.prepare(
      `INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at,
         created_at, record, metrics)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '{}', ?9)
       ON CONFLICT DO UPDATE SET version = excluded.version, status = excluded.status,
         review_status = excluded.review_status, expires_at = excluded.expires_at, metrics = excluded.metrics
       WHERE excluded.version > workflows.version`,
    ).bind(
      workflow.id,
      workflow.version,
      workflow.storeId,
      workflow.productId,
      workflow.status,
      workflow.review?.status ?? null,
      workflow.review?.expiresAt ?? null,
      workflow.createdAt,
      JSON.stringify(projectionFacts(workflow)),
    ),
  );
  const results = await env.DB.batch([...counters, ...rows]);
  const counted = results.slice(0, counters.length).map(({ meta }) => meta);
  return {
    written: counted.reduce((sum, meta) => sum + meta.rows_written, 0),
    read: counted.reduce((sum, meta) => sum + meta.rows_read, 0),
  };
}

function page(now: number, format: "prometheus" | "openmetrics"): Promise<string> {
  return renderMetrics(
    {
      counters: d1Counters(env.DB),
      now,
      adviser: { circuitOpen: 0, budgetUsd: 0, spentTodayUsd: 0 },
      purchases: { open: 0, overdue: 0, parked: 0 },
      release: "test",
    },
    format,
  );
}

async function scrape(now = T0): Promise<Map<string, number>> {
  const lines = (await page(now, "prometheus"))
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const series = lines.map(
    (line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))] as const,
  );
  expect(new Set(series.map(([name]) => name)).size, "no series is repeated").toBe(series.length);
  return new Map(series);
}

function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  return [...metrics]
    .filter(([series]) => series === name || series.startsWith(`${name}{`))
    .reduce((sum, [, value]) => sum + value, 0);
}
