/** `npm run audit:verify` against a running server, before and after somebody edits its database. */
import { beforeAll, describe, expect, it } from "vitest";
import { runScript } from "../../support/run-script.ts";
import { ask, trigger, until } from "../../support/black-box.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { changeDatabase, changeRecord } from "../../support/builders/stored-state.ts";
import { plainServer, type PlainServer } from "../../support/plain-server.ts";

describe("npm run audit:verify", () => {
  let server: PlainServer;
  /** Reads the stores of this test, and no others of the server. */
  let key = "";
  beforeAll(async () => {
    // No endpoint is told of anything here: a delivery would be written down, and replace the row that was edited.
    server = await plainServer();
    const made = { name: "auditor", scopes: ["read"], stores: ["tokyo-3", "audited"] };
    key = (await ask(server, "POST", "/keys", made)).body.key;
  });

  async function verify(): Promise<{ status: number | null; output: string }> {
    const args = ["scripts/audit-verify.ts", "--url", server.url];
    const { status, stdout, stderr } = await runScript(args, { API_KEY: key });
    return { status, output: stdout + stderr };
  }

  const read = (path: string) => ask(server, "GET", path, undefined, { Authorization: `Bearer ${key}` });

  /** Somebody with access to the database. */
  function edit(workflowId: string, edited: (workflow: Workflow) => Workflow): void {
    changeRecord(server.persistTo, workflowId, (record) => JSON.stringify(edited(JSON.parse(record) as Workflow)));
  }

  it("finds everything in order, then an entry that was changed, then an order that was", async () => {
    const question = { store_id: "tokyo-3", current_stock: 3 };
    const { workflow_id } = (await trigger(server, "AUDITED", question)).body;
    await trigger(server, "BESIDE", question);
    await ask(server, "POST", `/approve/${workflow_id}`, { decision: "approve" });
    const statuses = async (): Promise<string[]> =>
      (await read("/audit")).body.trails.map(({ status }: { status: string }) => status).toSorted();
    await until(async () => (await statuses()).join() === "awaiting_human_review,completed");
    await ask(server, "PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, send: "manual" });
    await ask(server, "PUT", "/products/BOUGHT?store_id=audited", { supplier_id: "dairy", unit_cost: 2 });
    // The plain rule orders what a person approved: one more workflow, and a firm line.
    const bought = (await trigger(server, "BOUGHT", { store_id: "audited", current_stock: 3 })).body;
    await ask(server, "POST", `/approve/${bought.workflow_id}`, { decision: "approve" });
    const orders = async () => (await read("/purchase-orders")).body.purchase_orders;
    await until(async () => (await orders()).length === 1);
    const [order] = await orders();
    expect(order).toMatchObject({ intact: true, fault: null, lines: [{ product_id: "BOUGHT" }] });
    expect(await verify()).toMatchObject({
      status: 0,
      output: expect.stringContaining(
        "3 trails with 10 entries, 1 purchase order with 1: every hash holds, nothing is missing.",
      ),
    });

    edit(workflow_id, (workflow) => ({
      ...workflow,
      audit: workflow.audit.with(2, { ...workflow.audit[2]!, actor: "somebody else" }),
    }));
    expect(await verify()).toMatchObject({
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
    expect(await verify()).toMatchObject({
      status: 1,
      output: expect.stringContaining('the decision says "restock 3700"'),
    });

    changeDatabase(
      server.persistTo,
      `UPDATE purchase_orders SET record = json_set(record, '$.audit[0].at', 1) WHERE po_id = '${order.po_id}'`,
    );
    expect(await verify()).toMatchObject({
      status: 1,
      output: expect.stringContaining(`${order.po_id} (audited/dairy): entry 1 (opened) was changed`),
    });
    expect((await orders())[0]).toMatchObject({ intact: false, fault: "entry 1 (opened) was changed" });
  });
});
