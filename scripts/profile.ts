/** `npm run --silent profile < histories.ndjson > profile.json`: one shared seasonal profile from many items' histories. */
import { createInterface } from "node:readline";
import { seasonalProfile, type ProfileHistory } from "../src/replenishment/models/seasonal-profile.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { parsePlanInput } from "./lib/plan/plan-input.ts";

const USAGE = `npm run --silent profile < histories.ndjson > profile.json
Makes one seasonal profile from the histories of many items, for npm run backtest and the plan. docs/plan.md has the format.`;

commandFlags(USAGE, {});
const histories: ProfileHistory[] = [];
let line = 0;
for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  line++;
  if (text.trim() === "") continue;
  try {
    const { history, inStock, historyStart, periodDays } = parsePlanInput(JSON.parse(text.trim()));
    if (historyStart === null) throw new Error("history_start: is needed to tell weeks of the year");
    histories.push({ units: history, inStock, start: historyStart, periodDays });
  } catch (error) {
    console.error(`line ${line}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (histories.length === 0) {
  console.error("No history was read: one JSON object a line, with history and history_start (docs/plan.md).");
  process.exit(1);
}
const week = seasonalProfile(histories).map((factor) => Number(factor.toFixed(4)));
process.stdout.write(`${JSON.stringify({ week })}\n`);
