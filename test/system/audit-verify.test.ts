/** `npm run audit:verify` against a running server, before and after somebody edits its database. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewWorld, until, type ReviewWorld } from "../support/review-world.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("npm run audit:verify", () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await reviewWorld({ slack: "off" });
  });
  afterAll(() => world?.close());

  function verify(): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/audit-verify.ts", "--url", world.server.url], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, API_KEY: world.server.key },
    });
    return { status, output: stdout + stderr };
  }

  /** The server's D1 is an SQLite file; this is somebody with a way into the database. */
  function edit(sql: string, ...values: string[]): void {
    const folder = join(world.persistTo, "v3/d1/miniflare-D1DatabaseObject");
    for (const file of readdirSync(folder).filter((name) => /^[0-9a-f]+\.sqlite$/.test(name))) {
      const db = new DatabaseSync(join(folder, file), { timeout: 5_000 });
      if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'workflows'").get() !== undefined) db.prepare(sql).run(...values);
      db.close();
    }
  }

  it("finds everything in order, then an entry that was changed, then an order that was", async () => {
    const { workflow_id } = await world.ask("AUDITED");
    await world.ask("BESIDE");
    await world.api("POST", `/approve/${workflow_id}`, { decision: "approve" });
    await until(async () => (await world.api<{ trails: { status: string }[] }>("GET", "/audit")).body.trails.filter(({ status }) => status === "completed").length === 1, "the projection");
    expect(verify()).toMatchObject({ status: 0, output: expect.stringContaining("2 trails with 6 entries: every hash holds, nothing is missing.") });

    edit("UPDATE workflows SET record = json_set(record, '$.audit[2].actor', 'somebody else') WHERE workflow_id = ?", workflow_id);
    expect(verify()).toMatchObject({ status: 1, output: expect.stringContaining(`${workflow_id} (tokyo-3/AUDITED): entry 3 (verdict) was changed`) });

    edit("UPDATE workflows SET record = json_set(record, '$.audit[2].actor', 'root key', '$.decision.quantity', 3700) WHERE workflow_id = ?", workflow_id);
    expect(verify()).toMatchObject({ status: 1, output: expect.stringContaining('the decision says "restock 3700"') });
  });
});
