/**
 * `npm run audit:verify`: reads every audit trail, of workflows and of purchase orders, over HTTP, recomputes every
 * hash here, and looks for workflows that are missing from an item's row. Ends with 1 when anything is wrong.
 */
import { existsSync } from "node:fs";
import { auditFault } from "../src/storage/audit/audit-fault.ts";
import type { Stockwarden } from "../src/client/client.ts";
import { gapsOf, toWorkflow, TrailPage, type Trail } from "./lib/audit/audit-trails.ts";
import { checkPurchases } from "./lib/audit/purchase-trails.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { localEnvPath, localUrl, readEnvFile, stateFolder } from "./lib/server/local-settings.ts";
import { serviceClient, unlessRefused } from "./lib/server/service-client.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";

const PAGE_LIMIT = 200;
/** A missing number is looked up once more at its item: its row may not have reached the database yet. */
const SETTLE_MS = 3_000;

const USAGE = `npm run audit:verify [-- --url URL]
Reads every audit trail of a running service, recomputes every hash on this machine, and reports missing workflows.
  --url URL   the service; the key, which needs the scope read, is in API_KEY
Without --url it reads the server of npm start, with that server's own key.`;

await runProgram(async () => {
  const { url } = commandFlags(USAGE, { url: { type: "string" } });
  const local = localEnvPath(stateFolder());
  const key = process.env["API_KEY"] ?? (existsSync(local) ? readEnvFile(local)["API_KEY"] : undefined);
  if (key === undefined)
    throw new StartupProblem(
      `Which key? No server of npm start has been here (${local}): API_KEY=… npm run audit:verify -- --url URL`,
    );
  const api = serviceClient(url ?? localUrl(), key);

  const faults: string[] = [];
  const trails = await readAll(api);
  for (const trail of trails) {
    const fault = auditFault(toWorkflow(trail));
    if (fault !== null) faults.push(`${trail.workflow_id} (${trail.store_id}/${trail.product_id}): ${fault}`);
  }
  const gaps = gapsOf(trails);
  if (gaps.length > 0) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  for (const workflowId of gaps) {
    const trail = await unlessRefused([404], api.audit(workflowId));
    if (trail === null) faults.push(`${workflowId}: its whole trail is missing`);
  }
  const purchases = await checkPurchases(api);
  faults.push(...purchases.faults);
  const entries = trails.reduce((sum, trail) => sum + trail.entries.length, 0);
  const read = trails.length + purchases.orders;
  for (const fault of faults) console.log(`✗ ${fault}`);
  console.log(
    faults.length === 0
      ? `${trails.length} trails with ${entries} entries, ${purchases.orders} purchase ` +
          `order${purchases.orders === 1 ? "" : "s"} with ${purchases.entries}: every hash holds, nothing is ` +
          "missing."
      : `${faults.length} of ${read} trails are not as they were written.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
});

async function readAll(api: Stockwarden): Promise<Trail[]> {
  const all: Trail[] = [];
  let after = "";
  for (;;) {
    const page = TrailPage.parse(await api.audits({ limit: PAGE_LIMIT, after }));
    all.push(...page.trails);
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${all.length} trails read`);
    if (page.next_after === null) break;
    after = page.next_after;
  }
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  return all;
}
