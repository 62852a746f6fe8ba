/** `npm run audit:verify` against a running server, before and after somebody edits its database. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ROOT } from "../../scripts/lib/server/wrangler-process.ts";
import { ask, trigger, until } from "../support/black-box.ts";
import type { Workflow } from "../../src/workflow/types.ts";
import { changeRecord } from "../support/stored-state.ts";

describe("npm run audit:verify", () => {
  const persistTo = mkdtempSync(join(tmpdir(), "stockwarden-audit-"));
  let server: LocalServer;
  beforeAll(async () => {
    // Nobody is told of anything here: a delivery would be written down, and replace the row that was edited meanwhile.
    server = await startLocalServer({ persistTo });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(persistTo, { recursive: true, force: true });
  });

  function verify(): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/audit-verify.ts", "--url", server.url], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, API_KEY: server.key },
    });
    return { status, output: stdout + stderr };
  }

  /** Somebody with a way into the database. */
  function edit(workflowId: string, edited: (workflow: Workflow) => Workflow): void {
    changeRecord(persistTo, workflowId, (record) => JSON.stringify(edited(JSON.parse(record) as Workflow)));
  }

  it("finds everything in order, then an entry that was changed, then an order that was", async () => {
    const question = { store_id: "tokyo-3", current_stock: 3 };
    const { workflow_id } = (await trigger(server, "AUDITED", question)).body;
    await trigger(server, "BESIDE", question);
    await ask(server, "POST", `/approve/${workflow_id}`, { decision: "approve" });
    const statuses = async (): Promise<string[]> =>
      (await ask(server, "GET", "/audit")).body.trails.map(({ status }: { status: string }) => status).toSorted();
    await until(async () => (await statuses()).join() === "awaiting_human_review,completed");
    expect(verify()).toMatchObject({
      status: 0,
      output: expect.stringContaining("2 trails with 6 entries: every hash holds, nothing is missing."),
    });

    edit(workflow_id, (workflow) => ({
      ...workflow,
      audit: workflow.audit.with(2, { ...workflow.audit[2]!, actor: "somebody else" }),
    }));
    expect(verify()).toMatchObject({
      status: 1,
      output: expect.stringContaining(
        `${workflow_id} (tokyo-3/AUDITED): entry 4 (executed), or one above it, was changed`,
      ),
    });

    edit(workflow_id, (workflow) => ({
      ...workflow,
      audit: workflow.audit.with(2, { ...workflow.audit[2]!, actor: "key:root" }),
      decision: { ...workflow.decision!, quantity: 3_700 },
    }));
    expect(verify()).toMatchObject({ status: 1, output: expect.stringContaining('the decision says "restock 3700"') });
  });
});
