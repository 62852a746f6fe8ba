/**
 * `[API_KEY=…] npm run audit:verify [-- --url http://localhost:8787]`: reads every audit trail over HTTP, recomputes every
 * hash here, and looks for workflows that are missing from an item's row. Ends with 1 when anything is wrong. Without
 * API_KEY the key of the local server is used.
 */
import { parseArgs } from "node:util";
import { auditFault } from "../src/storage/audit-chain.ts";
import { ApiClient } from "./api-client.ts";
import { gapsOf, toWorkflow, TrailPage, type Trail } from "./audit-trails.ts";
import { DEFAULT_PORT, DEFAULT_STATE, localEnvPath, readEnvFile } from "./local-settings.ts";

const PAGE_LIMIT = 200;
/** A missing number is looked up once more at its item: its row may only be on its way to the database. */
const SETTLE_MS = 3_000;

const { values } = parseArgs({ options: { url: { type: "string", default: `http://localhost:${DEFAULT_PORT}` } } });
const key = process.env["API_KEY"] ?? readEnvFile(localEnvPath(DEFAULT_STATE))["API_KEY"] ?? "";
const api = new ApiClient(values.url, key);

const faults: string[] = [];
const trails = await readAll();
for (const trail of trails) {
  const fault = auditFault(toWorkflow(trail));
  if (fault !== null) faults.push(`${trail.workflow_id} (${trail.store_id}/${trail.product_id}): ${fault}`);
}
const gaps = gapsOf(trails);
if (gaps.length > 0) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
for (const workflowId of gaps) {
  const { status } = await api.send("GET", `/audit/${workflowId}`);
  if (status !== 200) faults.push(`${workflowId}: its whole trail is missing`);
}
const entries = trails.reduce((sum, trail) => sum + trail.entries.length, 0);
for (const fault of faults) console.log(`✗ ${fault}`);
console.log(
  faults.length === 0
    ? `${trails.length} trails with ${entries} entries: every hash holds, nothing is missing.`
    : `${faults.length} of ${trails.length} trails are not as they were written.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

async function readAll(): Promise<Trail[]> {
  const all: Trail[] = [];
  let after = "";
  for (;;) {
    const { status, body } = await api.send("GET", `/audit?limit=${PAGE_LIMIT}&after=${encodeURIComponent(after)}`);
    if (status !== 200) throw new Error(`GET /audit answered ${status}: ${JSON.stringify(body)}`);
    const page = TrailPage.parse(body);
    all.push(...page.trails);
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${all.length} trails read`);
    if (page.next_after === null) break;
    after = page.next_after;
  }
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  return all;
}
