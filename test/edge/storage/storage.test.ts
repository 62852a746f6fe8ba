/** The storage on D1. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { d1ReviewQueue } from "../../../src/storage/d1/review-queue.ts";
import { d1WorkflowLog } from "../../../src/storage/d1/workflow-log.ts";
import { EVERYTHING } from "../../../src/storage/review-queue.ts";
import { storageOf } from "../../../src/storage/storage.ts";
import { projectionOf } from "../../../src/storage/workflow-log.ts";
import { aDecision, aSnapshot, aWorkflow, T0 } from "../../support/builders/a-workflow.ts";
import { makeTables } from "../support/world.ts";
import { storageSuite } from "../../storage/storage.suite.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

beforeEach(makeTables);
afterEach(() => reset());

it("is D1 where no Hyperdrive is bound", () => {
  expect(storageOf(env).kind).toBe("d1");
});

it.each(["pending", "approved"] as const)(
  "reads a page of %s reviews from the index alone, however large their records are",
  async (status) => {
    const asked: string[] = [];
    const overheard = { prepare: (query: string) => (asked.push(query), env.DB.prepare(query)) } as D1Database;
    await d1ReviewQueue(overheard).reviews(status, EVERYTHING, null, 50, 0);
    const { results } = await env.DB.prepare(`EXPLAIN ${asked[0]}`)
      .bind(status, 0, -1, "", "", "", 50, null)
      .all<{ opcode: string; p2: number }>();
    const opened = results.filter(({ opcode }) => opcode === "OpenRead").map(({ p2 }) => p2);
    const index = await env.DB.prepare(
      "SELECT rootpage FROM sqlite_schema WHERE name = 'workflows_reviewed'",
    ).first<number>("rootpage");
    expect(opened).toEqual([index]);
  },
);

it("writes the item's row for the first count of a day and for what becomes short, not for each decision", async () => {
  const today = Math.floor(T0 / DAY_MS);
  let seq = 0;
  /** Rows that the decision on a count wrote, beside the first of its item and of its product's counters. */
  const written = async (minutes: number, soldOutOn: number): Promise<number> => {
    let rows = 0;
    const metered = {
      prepare: (query: string) => env.DB.prepare(query),
      async batch(statements: D1PreparedStatement[]) {
        const results = await env.DB.batch(statements);
        rows += results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
        return results;
      },
    } as D1Database;
    const at = T0 + minutes * 60_000;
    seq++;
    const workflow = aWorkflow({
      id: `${"a".repeat(64)}-${seq}`,
      seq,
      snapshot: aSnapshot({ occurredAt: at, onHand: 90, leadTimeDays: 4 }),
      decision: aDecision({ action: "hold", quantity: 0, evidence: { ...aDecision().evidence, soldOutOn } }),
      createdAt: at,
    });
    const projection = projectionOf("a".repeat(64), { workflow, record: JSON.stringify(workflow) });
    await d1WorkflowLog(metered).project([projection]);
    return rows;
  };
  const first = await written(0, today + 20);
  const plain = await written(5, today + 19);
  expect(plain).toBeLessThan(first);
  // As a busy day goes: each sale moves the day on which the shelf is empty.
  for (let count = 2; count < 12; count++) expect(await written(count * 50, today + 20 - count)).toBe(plain);
  expect(await written(601, today + 2)).toBe(plain + 1);
  expect(await written(602, today + 2)).toBe(plain);
  expect(await written(603, today + 1)).toBe(plain + 1);
  expect(await written(604, today + 30)).toBe(plain + 1);
  expect(await written(605, today + 31)).toBe(plain);
  expect(await written(24 * 60, today + 30)).toBe(plain + 1);
});

storageSuite(() => storageOf(env));
