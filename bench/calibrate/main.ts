/**
 * `npm run calibrate`: replays decisions whose outcome is known, fits the table that turns shares of paths into
 * probabilities on half of the series, and reports on the other half into docs/calibration.md.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandFlags } from "../../scripts/lib/command/command-flags.ts";
import { YOUNG_PERIODS } from "../../src/replenishment/confidence/calibration.ts";
import { inventoryBenchRecords, littleKnownRecords, replayRecords, type DecisionRecord } from "./records.ts";
import { report } from "./report.ts";
import { heldOut } from "./scoring.ts";
import { fitCurve, fitIgnorance, fitRatioTerms, fitTable, writeTable } from "./table.ts";

const DOCS = join(import.meta.dirname, "../../docs/calibration.md");
const SPLIT = "Split by series: FNV-1a of the series' name, bit 8; 0 fits, 1 is held out.";

const USAGE = `npm run calibrate [-- --check]
Remakes the calibration table of the confidence and docs/calibration.md from the data sets.
  --check   only reports: writes neither the table nor docs/calibration.md`;

const { check } = commandFlags(USAGE, { check: { type: "boolean" } });
const benchmark = inventoryBenchRecords();
if (benchmark !== null) {
  const replays = await replayRecords();
  const everything = [...benchmark, ...replays];
  // The period tolerance is the benchmark's convention and is fitted to it; other data bring the classes and leads that
  // it lacks.
  const known = new Set(benchmark.map((record) => record.cell));
  const forPeriod = [...benchmark, ...replays.filter((record) => !known.has(record.cell))];
  const littleKnown = await littleKnownRecords();
  // What is wrong of young items belongs to `ignorance`: a few of them would bend the ends of a table.
  const grown = side(everything, false).filter(({ seenPeriods }) => seenPeriods >= YOUNG_PERIODS);
  const shares = { period: fitCurve(side(forPeriod, false), "period"), protection: fitTable(grown, "protection") };
  const maps = { ...shares, ratio: fitRatioTerms(grown, shares, "protection") };
  const tables = { ...maps, ignorance: fitIgnorance(side(littleKnown, false), maps, "protection") };
  const text = report({
    benchmark: side(benchmark, true),
    replays: side(replays, true),
    littleKnown: side(littleKnown, true),
    tables,
    split: SPLIT,
  });
  if (check !== true) {
    const fitted = side(everything, false).length;
    writeTable(tables, `Fitted on ${fitted} decisions. ${SPLIT}`);
    writeFileSync(DOCS, text);
  }
  console.log(text);
}

function side(records: readonly DecisionRecord[], held: boolean): DecisionRecord[] {
  return records.filter((record) => heldOut(record.series) === held);
}
