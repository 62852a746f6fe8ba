/** Fits the calibration table on one side of the split by series, and writes it as data. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cellKey, leadGroupOf, type CalibrationTable } from "../../src/replenishment/calibration.ts";
import type { DemandClass } from "../../src/replenishment/demand-class.ts";
import type { DecisionRecord, Tolerance } from "./records.ts";
import { isotonicMap, type Judged } from "./scoring.ts";

const TARGET = join(import.meta.dirname, "../../src/replenishment/calibration-table.ts");
const KNOTS = 21;
/** A cell with fewer decisions or series than this is pooled with its lead group. */
const LEAST_DECISIONS = 600;
const LEAST_SERIES = 20;

const CLASSES: readonly DemandClass[] = ["smooth", "erratic", "intermittent", "lumpy"];
/** One lead time of each group. */
const LEADS = [0, 1, 4];

export function fitTable(records: readonly DecisionRecord[], tolerance: Tolerance): CalibrationTable {
  const pooled = thousandths(judged(records, tolerance));
  const cells: Record<string, number[]> = {};
  for (const lead of LEADS) {
    const group = records.filter((record) => leadGroupOf(record.lead) === leadGroupOf(lead));
    for (const demandClass of CLASSES) {
      const key = cellKey(demandClass, leadGroupOf(lead));
      const own = group.filter((record) => record.cell === key);
      const chosen = enough(own) ? own : enough(group) ? group : records;
      cells[key] = thousandths(judged(chosen, tolerance));
    }
  }
  return { pooled, cells };
}

export function judged(records: readonly DecisionRecord[], tolerance: Tolerance): Judged[] {
  return records.map((record) => ({ probability: record.raw[tolerance], right: record.right[tolerance] }));
}

export function writeTable(tables: Readonly<Record<Tolerance, CalibrationTable>>, note: string): void {
  const table = (tolerance: Tolerance): string =>
    [
      `  ${tolerance}: {`,
      `    pooled: ${shown(tables[tolerance].pooled)},`,
      "    cells: {",
      ...Object.entries(tables[tolerance].cells).map(([key, map]) => `      "${key}": ${shown(map)},`),
      "    },",
      "  },",
    ].join("\n");
  writeFileSync(
    TARGET,
    `/**
 * Made by \`npm run calibrate\`; do not edit. Calibrated probability in thousandths at raw shares 0, .05, …, 1.
 * ${note}
 */
import type { CalibrationTable } from "./calibration.ts";

export const CALIBRATION: Readonly<Record<"period" | "protection", CalibrationTable>> = {
${table("period")}
${table("protection")}
};
`,
  );
}

function enough(records: readonly DecisionRecord[]): boolean {
  return records.length >= LEAST_DECISIONS && new Set(records.map((record) => record.series)).size >= LEAST_SERIES;
}

function shown(map: readonly number[]): string {
  return `[${map.join(", ")}]`;
}

function thousandths(past: readonly Judged[]): number[] {
  return isotonicMap(past, KNOTS).map((value) => Math.round(value * 1000));
}
