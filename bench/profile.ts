/**
 * `npm run --silent profile < histories.ndjson > profile.json`: one shared seasonal profile from many items' histories.
 */
import { createInterface } from "node:readline";
import { seasonalProfile, type ProfileHistory } from "../src/replenishment/models/seasonal-profile.ts";
import { commandFlags } from "../scripts/lib/command/command-flags.ts";
import { fromInvocationFolder } from "../scripts/lib/command/invocation.ts";
import { runProgram, StartupProblem } from "../scripts/lib/command/startup-problem.ts";
import { READER_FLAGS, READER_USAGE, readerChoices } from "../scripts/lib/import/reader-flags.ts";
import { readSalesFile } from "../scripts/lib/import/sales-file.ts";
import { parsePlanInput } from "../scripts/lib/plan/plan-input.ts";

const USAGE = `npm run --silent profile -- [--csv sales.csv] > profile.json
Makes one seasonal profile from the histories of many items, for npm run backtest and the plan.
Without --csv it reads JSON from stdin, a history a line; docs/plan.md has the format.
  --csv FILE           sales as CSV or XLSX, of two years or more
${READER_USAGE}`;

await runProgram(async () => {
  const flags = commandFlags(USAGE, { csv: { type: "string" }, ...READER_FLAGS });
  const histories = flags.csv === undefined ? await fromStdin() : await fromFile(flags.csv, flags);
  if (histories.length === 0)
    throw new StartupProblem(
      flags.csv === undefined
        ? "No history was read: one JSON object a line, with history and history_start (docs/plan.md)."
        : "The columns number their periods and say no dates, so no week of the year is known. Write the date each " +
            "one begins on, such as 2026-01-05.",
    );
  const week = seasonalProfile(histories).map((factor) => Number(factor.toFixed(4)));
  process.stdout.write(`${JSON.stringify({ week })}\n`);
});

async function fromStdin(): Promise<ProfileHistory[]> {
  const histories: ProfileHistory[] = [];
  let line = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "") continue;
    try {
      const { history, inStock, historyStart, periodDays } = parsePlanInput(JSON.parse(text.trim()));
      if (historyStart === null) throw new Error("history_start: is needed to know the week of the year");
      histories.push({ units: history, inStock, start: historyStart, periodDays });
    } catch (error) {
      console.error(`line ${line}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return histories;
}

async function fromFile(path: string, flags: Readonly<Record<string, unknown>>): Promise<ProfileHistory[]> {
  const { items, periodDays, warnings } = await readSalesFile(fromInvocationFolder(path), readerChoices(flags));
  for (const warning of warnings) console.error(`note: ${warning}`);
  return items.flatMap(({ start, units, inStock }) => {
    if (start === null) return [];
    // A day that nobody recorded has unknown demand, like a sold-out day.
    const seen = units.map((sold, index) => sold !== null && inStock?.[index] !== false);
    return [{ units: units.map((sold) => sold ?? 0), inStock: seen.includes(false) ? seen : null, start, periodDays }];
  });
}
