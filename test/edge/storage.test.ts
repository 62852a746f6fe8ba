/** The storage on D1. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { d1ReviewQueue } from "../../src/storage/d1/review-queue.ts";
import { EVERYTHING } from "../../src/storage/review-queue.ts";
import { storageOf } from "../../src/storage/storage.ts";
import { storageSuite } from "../storage/storage.suite.ts";

beforeEach(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
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

storageSuite(() => storageOf(env));
