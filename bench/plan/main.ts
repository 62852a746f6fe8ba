/**
 * `npm run bench:plan`: InventoryBench through the offline plan's own code path, replays of real sales, and CPU time.
 * `-- --seed N` uses another table of shocks; `-- --only score|replays|speed` runs one part.
 */
import { parseArgs } from "node:util";
import { readData } from "./data-folder.ts";
import { reportReplays } from "./replays.ts";
import { reportScores } from "./scores.ts";
import { reportSpeed } from "./speed.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, seed: { type: "string", default: "1" } } });
const wants = (part: string): boolean => values.only === undefined || values.only === part;

if (wants("score")) {
  const text = readData("inventorybench_dev.jsonl");
  if (text !== null) reportScores(text, Number(values.seed));
}
if (wants("replays")) reportReplays();
if (wants("speed")) await reportSpeed();
