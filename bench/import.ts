/** `npm run bench:import`: how long a file of a million sales takes to read, and how much memory. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandFlags, countFlag } from "../scripts/lib/command/command-flags.ts";
import { nodeFile } from "../scripts/lib/import/node-file.ts";
import { readFile } from "../src/reader/read-file.ts";
import { uploadPlan } from "../src/reader/upload/upload-plan.ts";

const USAGE = `npm run bench:import [-- --rows 1000000]
Reads a made-up file of sales and cuts it into upload parts; prints the time of each and the memory of both.`;

const ITEMS = 3_001;
const STORES = 7;
const DAYS = 700;
const WRITTEN_AT_ONCE = 20_000;
const TODAY = "2026-11-28";

const rows = countFlag("--rows", commandFlags(USAGE, { rows: { type: "string", default: "1000000" } }).rows);
const folder = mkdtempSync(join(tmpdir(), "stockwarden-bench-import-"));
const path = join(folder, "sales.csv");
try {
  const units = writeSales(path, rows);
  const megabytes = (statSync(path).size / 1e6).toFixed(0);
  const began = performance.now();
  const [result] = await readFile(nodeFile(path), { today: TODAY });
  const readAt = performance.now();
  const { reading, content } = result!;
  if (reading.units !== units || reading.rows !== rows) throw new Error(`read ${reading.units} of ${units} units`);
  const plan = uploadPlan([content], { store: null, completeThrough: null, replace: false, today: TODAY });
  const cutAt = performance.now();
  console.log(
    `${rows} rows, ${megabytes} MB: read in ${seconds(readAt - began)} s, ${plan.parts.length} parts in ` +
      `${seconds(cutAt - readAt)} s, ` +
      `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB of memory; every unit accounted for`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeSales(file: string, count: number): number {
  const handle = openSync(file, "w");
  writeSync(handle, "date,store,sku,quantity,price,customer\n");
  let units = 0;
  let lines: string[] = [];
  for (let row = 0; row < count; row++) {
    const sold = 1 + ((row * 7) % 9);
    const day = new Date(Date.UTC(2024, 11, 1) + ((row * 31) % DAYS) * 86_400_000).toISOString().slice(0, 10);
    units += sold;
    lines.push(
      `${day} 10:0${row % 10},store-${row % STORES},SKU-${(row * 13) % ITEMS},${sold},` +
        `${(sold * 1.25).toFixed(2)},customer ${row}\n`,
    );
    if (lines.length < WRITTEN_AT_ONCE && row + 1 < count) continue;
    writeSync(handle, lines.join(""));
    lines = [];
  }
  closeSync(handle);
  return units;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
