/**
 * `npm run bench:plan`: InventoryBench through the offline plan's own code path, replays of real sales, and CPU time.
 */
import { choiceFlag, commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { readData } from "./data-folder.ts";
import { reportOrders } from "./orders/report.ts";
import { reportReplays } from "./replays.ts";
import { reportScores } from "./scores.ts";
import { reportService } from "./service.ts";
import { reportSpeed } from "./speed.ts";

const PARTS = ["score", "replays", "service", "orders", "speed"] as const;
const USAGE = `npm run bench:plan [-- --only ${PARTS.join("|")}] [--seed 1] [--items 100]
Measures the plan: its score on InventoryBench, replays of public sales, the service against the engine, a store with
purchase orders against the same without, and its speed.
  --only PART   one part instead of all five
  --seed N      another table of shocks for the score
  --items N     items of the store with purchase orders`;

const flags = commandFlags(USAGE, {
  only: { type: "string" },
  seed: { type: "string", default: "1" },
  items: { type: "string", default: "100" },
});
const seed = countFlag("--seed", flags.seed);
const items = countFlag("--items", flags.items);
const only = flags.only === undefined ? null : choiceFlag("--only", flags.only, PARTS);
const wants = (part: (typeof PARTS)[number]): boolean => only === null || only === part;

if (wants("score")) {
  const text = readData("inventorybench_dev.jsonl");
  if (text !== null) reportScores(text, seed);
}
if (wants("replays")) await reportReplays();
if (wants("service")) await reportService();
if (wants("orders")) await reportOrders(items);
if (wants("speed")) await reportSpeed();
