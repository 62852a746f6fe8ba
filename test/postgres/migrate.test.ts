/**
 * `npm run migrate:postgres` on a local D1 and a real PostgreSQL: broken off, beside writes, tampered with, and back
 * again.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { READ_AS_STORED } from "../../src/storage/postgres/client.ts";
import { migratePostgres } from "../../scripts/lib/databases/postgres-schema.ts";
import { STORED_TABLES } from "../../scripts/lib/databases/stored-tables.ts";
import { ROOT } from "../../scripts/lib/server/wrangler-process.ts";
import { aWorkflow, T0 } from "../support/builders/a-workflow.ts";
import { until } from "../support/black-box.ts";
import { makeLocalD1 } from "../support/local-d1.ts";
import { startPostgres, type PostgresServer } from "../support/peers/postgres-server.ts";
import { withD1 } from "../support/builders/stored-state.ts";
import { HOSTILE_TEXTS } from "../storage/rows.ts";

const OBJECT = "a".repeat(64);
const WORKFLOWS = 90;

let folder: string;
let server: PostgresServer;
let sql: Sql;

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "stockwarden-migrate-"));
  makeLocalD1(folder);
  await migratePostgres(server.url);
  sql = postgres(server.url, { ...READ_AS_STORED, max: 1 }) as Sql;
});
afterAll(async () => {
  await sql?.end();
  await server?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await sql.unsafe(`TRUNCATE ${["copy_progress", ...STORED_TABLES.map(({ name }) => name)].join(", ")}`);
  withD1(folder, (d1) => {
    for (const { name } of STORED_TABLES) {
      for (const write of ["INSERT", "UPDATE", "DELETE"]) d1.exec(`DROP TRIGGER IF EXISTS frozen_${write}_${name}`);
      d1.exec(`DELETE FROM ${name}`);
    }
  });
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function start(...args: readonly string[]): { readonly ended: Promise<Ended>; kill(): void } {
  const child = spawn(process.execPath, ["--no-warnings", "scripts/migrate-postgres.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, PERSIST_TO: folder, POSTGRES_URL: server.url, NO_COLOR: "1" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  return {
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, said }))),
    kill: () => void child.kill("SIGKILL"),
  };
}

const migrate = (...args: readonly string[]): Promise<Ended> => start(...args).ended;

const id = (number: number): string => `${OBJECT}-${number}`;

function putWorkflow(number: number, version = 1, notes = ""): void {
  const workflow = aWorkflow({
    id: id(number),
    version,
    createdAt: T0 + number,
    snapshot: { ...aWorkflow().snapshot, notes },
  });
  withD1(folder, (d1) =>
    d1
      .prepare(
        "INSERT OR REPLACE INTO workflows VALUES (?, ?, 'main', 'SKU', 'completed', NULL, NULL, NULL, ?, ?, " +
          '\'{"counts":{},"parked":0}\', \'{"revision":1}\')',
      )
      .run(id(number), version, T0 + number, JSON.stringify(workflow)),
  );
}

/** Something of every table, with texts that break what is glued together. */
function fill(): void {
  for (let number = 0; number < WORKFLOWS; number++)
    putWorkflow(number, 1, HOSTILE_TEXTS[number % HOSTILE_TEXTS.length]);
  withD1(folder, (d1) => {
    const names = ["SKU", "a;b -- '\"", "日本茶 🍵", "Z", "a", "é", "50%_\\", "x".repeat(128)];
    for (const [index, name] of names.entries()) {
      d1.prepare(
        "INSERT INTO items (store_id, product_id, object_id, inputs_version, terms) VALUES ('main', ?, ?, ?, ?)",
      ).run(name, OBJECT, index, index % 2 === 0 ? null : JSON.stringify({ unitCost: 0.1 * index }));
      for (let year = 2037; year < 2040; year++)
        d1.prepare("INSERT INTO sales VALUES ('main', ?, ?, ?)").run(
          name,
          year,
          JSON.stringify({ schema: 1, days: [[year / 3, index]] }),
        );
      d1.prepare("INSERT INTO world VALUES ('store', ?, ?)").run(name, JSON.stringify({ schema: 1, facts: { name } }));
      d1.prepare("INSERT INTO answered_requests VALUES (?, 'hash', ?, 200, ?)").run(name, T0, name);
    }
    const points = Array.from({ length: 5_000 }, (_, day) => ({ day, mean: day / 7, p10: 0, p90: day }));
    d1.prepare("INSERT INTO forecasts VALUES ('main', ?, 0, ?, ?)").run(names[1]!, T0, JSON.stringify(points));
    d1.prepare(
      `INSERT INTO api_keys (key_id, digest, name, scopes, stores, rate_class, created_at, created_by, expires_at)
       VALUES (?, ?, ?, '["read"]', '["süd"]', 'bulk', ?, 'root', ?)`,
    ).run("1".repeat(20), "d".repeat(64), names[1]!, T0, Number.MAX_SAFE_INTEGER);
    d1.prepare("INSERT INTO purchase_orders VALUES ('po', 3, 'main', ?, 'draft', ?, NULL, NULL, 0, ?, ?)").run(
      names[1]!,
      T0,
      T0,
      JSON.stringify({ schema: 1, note: names[2] }),
    );
    d1.prepare("INSERT INTO metric_products VALUES (1, ?)").run(names[2]!);
    d1.prepare(
      `INSERT INTO decision_stats VALUES (1, 'hold', ${Array.from({ length: 16 }, (_, at) => at).join(", ")}, ` +
        "0.30000000000000004, 0.83, ?)",
    ).run(T0);
    d1.prepare("INSERT INTO counters VALUES (?, ?)").run('error"\\', 1e-9);
    d1.prepare("INSERT INTO disabled_endpoints VALUES ('https://example.com/a''b?c=d;e', ?)").run(T0);
    d1.prepare("INSERT INTO sweep_positions VALUES ('retention', ?)").run(id(5));
  });
}

it("knows every table and column of both databases, so that a migration of one alone is noticed", async () => {
  const listed = new Map(STORED_TABLES.map(({ name, columns }) => [name, Object.keys(columns).toSorted()]));
  const inD1 = withD1(folder, (d1) =>
    d1
      .prepare(
        "SELECT m.name AS name, c.name AS col FROM sqlite_schema AS m, pragma_table_info(m.name) AS c " +
          "WHERE m.type = 'table'",
      )
      .all(),
  ) as unknown as { name: string; col: string }[];
  const inPostgres = await sql<{ name: string; col: string }[]>`
    SELECT table_name AS name, column_name AS col FROM information_schema.columns WHERE table_schema = 'public'`;
  for (const found of [inD1, inPostgres]) {
    const tables = Map.groupBy(found, ({ name }) => name);
    const own = [...tables].filter(
      ([name]) => !/^(_cf_|sqlite_|d1_migrations|copied_pieces|applied_migrations|copy_progress)/.test(name),
    );
    expect(new Map(own.map(([name, columns]) => [name, columns.map(({ col }) => col).toSorted()]))).toEqual(listed);
  }
});

it("copies every table to the letter, and names the first row that was tampered with", async () => {
  fill();
  const first = await migrate();
  expect(first.said).toContain("Second pass: 0 rows had changed, 0 were gone.");
  expect(first.said).toContain("Every row of D1 is in PostgreSQL, and no other.");
  expect(first.code).toBe(0);
  const [row] = await sql`SELECT record::text AS record FROM workflows WHERE workflow_id = ${id(4)}`;
  expect(JSON.parse(String(row?.["record"])).snapshot.notes).toBe(HOSTILE_TEXTS[4]);

  await sql`UPDATE workflows SET record = ${JSON.stringify({ ...aWorkflow(), factsFingerprint: "forged" })}::text::json
      WHERE workflow_id IN (${id(7)}, ${id(30)})`;
  await sql`DELETE FROM counters`;
  const verified = await migrate("--verify");
  expect(verified.code).toBe(1);
  expect(verified.said).toMatch(/✗ workflows: D1 90 rows [0-9a-f]{16}, PostgreSQL 90 rows/);
  expect(verified.said).toContain(`the first difference is at ${JSON.stringify([id(30)])}`);
  expect(verified.said).toMatch(/✗ counters: D1 1 rows [0-9a-f]{16}, PostgreSQL 0 rows/);
  expect(verified.said).toMatch(/✓ sales:/);
});

it("goes on where it was killed, and catches what changed behind it", async () => {
  fill();
  const rows = "40";
  const broken = start("--rows", rows);
  const positions = (): Promise<{ position: string }[]> =>
    sql<
      { position: string }[]
    >`SELECT position::text AS position FROM copy_progress WHERE table_name = 'workflows' AND position IS NOT NULL`;
  await until(async () => (await positions()).length > 0);
  broken.kill();
  expect((await broken.ended).code).not.toBe(0);
  const copied = await sql<{ workflow_id: string }[]>`SELECT workflow_id FROM workflows ORDER BY workflow_id`;
  expect(copied.length).toBeLessThan(WORKFLOWS);
  expect(JSON.parse((await positions())[0]!.position)).toEqual([copied.at(-1)!.workflow_id]);

  // Behind the walk: a newer version, a row that retention takes, one that is new, a year of an item.
  const [changed, gone] = copied.map(({ workflow_id }) => Number(workflow_id.slice(65)));
  putWorkflow(changed!, 7);
  withD1(folder, (d1) => {
    d1.prepare("DELETE FROM workflows WHERE workflow_id = ?").run(id(gone!));
    d1.exec("UPDATE sales SET packed = '[99]' WHERE product_id = 'SKU'");
  });
  const resumed = await migrate("--rows", rows);
  expect(resumed.said).toContain("Went on after a break");
  expect(resumed.said).toMatch(/Second pass: \d+ rows had changed, 1 were gone/);
  expect(resumed.code).toBe(0);
  expect(await sql`SELECT version FROM workflows WHERE workflow_id = ${id(changed!)}`).toMatchObject([{ version: 7 }]);
});

it("freezes D1 for the last word, never writes over a PostgreSQL that is in use, and brings all back", async () => {
  fill();
  const frozen = await migrate("--freeze");
  expect(frozen.said).toContain("D1 is frozen: deploy the service on PostgreSQL now.");
  expect(frozen.code).toBe(0);
  expect(() => putWorkflow(500)).toThrow("frozen");
  expect(() => withD1(folder, (d1) => d1.exec("DELETE FROM sales"))).toThrow("frozen");

  // The service has run on PostgreSQL for a while: new, changed and aged rows, longer ones than a statement takes.
  const long = aWorkflow({
    id: id(200),
    version: 2,
    createdAt: T0 + 200,
    snapshot: { ...aWorkflow().snapshot, notes: `${HOSTILE_TEXTS.join("")}${"日本 ' ; 🍵".repeat(20_000)}` },
  });
  await sql`INSERT INTO workflows SELECT ${id(200)}, 2, store_id, product_id, status, NULL, NULL, NULL,
      ${T0 + 200}, ${JSON.stringify(long)}::text::json FROM workflows LIMIT 1`;
  await sql`UPDATE workflows SET version = 5 WHERE workflow_id = ${id(1)}`;
  await sql`DELETE FROM workflows WHERE workflow_id = ${id(0)}`;
  await sql`INSERT INTO sales VALUES ('main', 'SKU', 2041, '[0.1]')`;
  const forward = await migrate();
  expect([forward.code, forward.said]).toEqual([
    1,
    expect.stringContaining("PostgreSQL holds newer decisions than D1"),
  ]);

  const back = await migrate("--reverse", "--freeze");
  expect(back.said).toContain("Every row of PostgreSQL is in D1, and no other.");
  expect(back.code).toBe(0);
  await expect(sql`DELETE FROM sales`).rejects.toThrow("frozen");
  const record = withD1(folder, (d1) => d1.prepare("SELECT record FROM workflows WHERE workflow_id = ?").get(id(200)));
  expect(JSON.parse(String(record?.["record"]))).toEqual(JSON.parse(JSON.stringify(long)));
  putWorkflow(201);
  expect((await migrate("--reverse", "--thaw")).code).toBe(0);
  await sql`DELETE FROM sales`;
});

it("takes a freeze back", async () => {
  withD1(folder, (d1) =>
    d1.exec(
      "CREATE TRIGGER frozen_INSERT_workflows BEFORE INSERT ON workflows BEGIN SELECT RAISE(ABORT, 'frozen'); END",
    ),
  );
  expect(() => putWorkflow(1)).toThrow("frozen");
  expect(await migrate("--thaw")).toMatchObject({ code: 0, said: expect.stringContaining("D1 takes writes again.") });
  putWorkflow(1);
});

it("says what is missing or wrong in the command", async () => {
  const run = async (...args: string[]) => (await migrate(...args)).said;
  expect(await run("--to", "mysql://nowhere")).toContain("Say which PostgreSQL");
  expect(await run("--from", "elsewhere")).toContain("--from is one of local, remote");
});
