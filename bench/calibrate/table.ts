/** Fits the calibration on one side of the split by series, and writes it as data. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  cellKey,
  leadGroupOf,
  measuredRatioOdds,
  ratioOdds,
  ratioTermOf,
  shareOdds,
  calibrated,
  unseenOdds,
  youngOdds,
  type CalibratedBy,
} from "../../src/replenishment/confidence/calibration.ts";
import type {
  CalibrationTables,
  Ignorance,
  IsotonicTable,
  LogisticMap,
  RatioTerm,
  RatioTerms,
} from "../../src/replenishment/confidence/calibration-map.ts";
import type { DemandClass } from "../../src/replenishment/models/demand-class.ts";
import { fitLogistic } from "./logistic.ts";
import type { DecisionRecord, Tolerance } from "./records.ts";
import { isotonicMap, type Judged } from "./scoring.ts";

const TARGET = join(import.meta.dirname, "../../src/replenishment/confidence/calibration-table.ts");
const KNOTS = 21;
/** A cell with fewer decisions or series than this is pooled with its lead group. */
const LEAST_DECISIONS = 600;
const LEAST_SERIES = 20;

/**
 * Decisions of all cells together that each knot of a cell counts beside its own. A cell in which almost no order had a
 * small share of paths would else state for such orders what holds for larger shares.
 */
const SHARED_DECISIONS = 10;

const CLASSES: readonly DemandClass[] = ["smooth", "erratic", "intermittent", "lumpy"];
/** One lead time of each group. */
const LEADS = [0, 1, 4];

export function fitCurve(records: readonly DecisionRecord[], tolerance: Tolerance): LogisticMap {
  const coefficients = fitLogistic(
    records.map(({ raw, right, ratio, lead }) => {
      const group = leadGroupOf(lead);
      const groups = LEADS.map((one) => Number(leadGroupOf(one) === group));
      return { features: [...groups, shareOdds(raw[tolerance]), ratioOdds(ratio)], right: right[tolerance] };
    }),
  );
  const [now, short, long, share, ratio] = coefficients.map((value) => Number(value.toFixed(3))) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { share, ratio, constant: { now, short, long } };
}

/**
 * Missing knowledge of the latest time, and of young items, lowers the odds that the tables give. It never raises
 * them.
 */
export function fitIgnorance(
  records: readonly DecisionRecord[],
  tables: Omit<CalibrationTables, "ignorance">,
  tolerance: Tolerance,
): Ignorance {
  const known = { ...tables, ignorance: { unseen: 0, young: 0 } };
  const fitted = fitLogistic(
    records.map((record) => ({
      features: [-unseenOdds(record.unseenDays), -youngOdds(record.seenPeriods)],
      right: record.right[tolerance],
      offset: ratioOdds(calibrated(record.raw[tolerance], tolerance, calibratedBy(record), known)),
    })),
  );
  const [unseen, young] = fitted.map((value) => Number(Math.max(0, value).toFixed(3))) as [number, number];
  return { unseen, young };
}

export function calibratedBy(record: DecisionRecord): CalibratedBy {
  const { demandClass, lead, ratio, unseenDays, seenPeriods } = record;
  return { demandClass, group: leadGroupOf(lead), ratio, unseenDays, seenPeriods };
}

export function fitTable(records: readonly DecisionRecord[], tolerance: Tolerance): IsotonicTable {
  const cells: Record<string, number[]> = {};
  const shared = sharedDecisions(judged(records, tolerance));
  for (const lead of LEADS) {
    const group = records.filter((record) => leadGroupOf(record.lead) === leadGroupOf(lead));
    for (const demandClass of CLASSES) {
      const key = cellKey(demandClass, leadGroupOf(lead));
      const own = group.filter((record) => record.cell === key);
      const chosen = enough(own) ? own : enough(group) ? group : records;
      cells[key] = hundredths([...judged(chosen, tolerance), ...shared]);
    }
  }
  return cells;
}

/** What the critical ratio says beside the maps. */
export function fitRatioTerms(
  records: readonly DecisionRecord[],
  tables: Pick<CalibrationTables, "period" | "protection">,
  tolerance: Tolerance,
): RatioTerms {
  const none: RatioTerm = { constant: 0, ratio: 0 };
  const bare = { ...tables, ratio: { frequent: none, seldom: none }, ignorance: { unseen: 0, young: 0 } };
  const termOf = (name: keyof RatioTerms): RatioTerm => {
    const own = records.filter(({ demandClass }) => ratioTermOf(demandClass) === name);
    const fitted = fitLogistic(
      own.map((record) => ({
        features: [1, measuredRatioOdds(record.ratio)],
        right: record.right[tolerance],
        offset: ratioOdds(calibrated(record.raw[tolerance], tolerance, calibratedBy(record), bare)),
      })),
    );
    const [constant, ratio] = fitted.map((value) => Number(value.toFixed(3))) as [number, number];
    return { constant, ratio };
  };
  return { frequent: termOf("frequent"), seldom: termOf("seldom") };
}

/** At each knot, as often right as all decisions are there. */
function sharedDecisions(all: readonly Judged[]): Judged[] {
  return isotonicMap(all, KNOTS).flatMap((right, knot) =>
    Array.from({ length: SHARED_DECISIONS }, (_, index) => ({
      probability: knot / (KNOTS - 1),
      right: index < Math.round(right * SHARED_DECISIONS),
    })),
  );
}

function judged(records: readonly DecisionRecord[], tolerance: Tolerance): Judged[] {
  return records.map((record) => ({ probability: record.raw[tolerance], right: record.right[tolerance] }));
}

export function writeTable({ period, protection, ratio, ignorance }: CalibrationTables, note: string): void {
  const { now, short, long } = period.constant;
  writeFileSync(
    TARGET,
    `/**
 * Made by \`npm run calibrate\`; do not edit. Isotonic maps are in hundredths at raw shares 0, .05, …, 1.
 * ${note}
 */
import type { CalibrationTables } from "./calibration-map.ts";

export const CALIBRATION: CalibrationTables = {
  period: { share: ${period.share}, ratio: ${period.ratio}, constant: { now: ${now}, short: ${short}, long: ${long} } },
  ignorance: { unseen: ${ignorance.unseen}, young: ${ignorance.young} },
  ratio: {
    frequent: { constant: ${ratio.frequent.constant}, ratio: ${ratio.frequent.ratio} },
    seldom: { constant: ${ratio.seldom.constant}, ratio: ${ratio.seldom.ratio} },
  },
  protection: {
${Object.entries(protection)
  .map(([key, map]) => `    "${key}": [\n      ${map.join(", ")},\n    ],`)
  .join("\n")}
  },
};
`,
  );
}

function enough(records: readonly DecisionRecord[]): boolean {
  return records.length >= LEAST_DECISIONS && new Set(records.map((record) => record.series)).size >= LEAST_SERIES;
}

function hundredths(past: readonly Judged[]): number[] {
  return isotonicMap(past, KNOTS).map((value) => Math.round(value * 100));
}
