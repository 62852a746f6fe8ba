/** docs/calibration.md: how far the stated probabilities hold on series that had no part in making them. */
import { cpus } from "node:os";
import { calibrated } from "../../src/replenishment/confidence/calibration.ts";
import type { CalibrationTables } from "../../src/replenishment/confidence/calibration-map.ts";
import type { DecisionRecord, Tolerance } from "./records.ts";
import { calibratedBy } from "./table.ts";
import { brierScore, calibrationError, riskCoverage, type Judged } from "./scoring.ts";

export interface ReportInput {
  /** Held-out decisions of the benchmark, and of replays of real sales. */
  readonly benchmark: readonly DecisionRecord[];
  readonly replays: readonly DecisionRecord[];
  /** The same, with the latest periods unseen, or of young items. */
  readonly littleKnown: readonly DecisionRecord[];
  readonly tables: CalibrationTables;
  readonly split: string;
}

const THRESHOLDS = [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9];

export function report({ benchmark, replays, littleKnown, tables, split }: ReportInput): string {
  const judge = (records: readonly DecisionRecord[], tolerance: Tolerance): Judged[] =>
    records.map((record) => ({
      probability: calibrated(record.raw[tolerance], tolerance, calibratedBy(record), tables),
      right: record.right[tolerance],
    }));
  const everything = [...benchmark, ...replays];
  const mix = evenMix(replays);
  return [
    "# Calibration: how far the stated probabilities hold",
    "",
    "Made by `npm run calibrate`; do not edit. What the numbers mean and how they are made is in " +
      "[plan.md](plan.md#confidence).",
    "",
    `${split} Everything below is held out: ${benchmark.length} decisions of InventoryBench (dev half), ` +
      `${replays.length} of replayed real sales.`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}, ${cpus()[0]?.model ?? "unknown processor"}.`,
    "",
    "## Confidence",
    "",
    "Brier score and expected calibration error (ten bins), raw share of paths and calibrated.",
    "",
    "| tolerance | data | decisions | right | Brier raw | Brier | ECE raw | ECE |",
    "|---|---|---|---|---|---|---|---|",
    ...(["period", "protection"] as const).flatMap((tolerance) =>
      [
        ["InventoryBench", benchmark] as const,
        ["real sales", replays] as const,
        ["all", everything] as const,
        ...[...Map.groupBy(everything, (record) => record.cell)].sort(([a], [b]) => a.localeCompare(b)),
      ].map(([name, records]) => scoreRow(tolerance, name, records, judge(records, tolerance))),
    ),
    "",
    "## Risk against coverage",
    "",
    "At each threshold: the share of decisions that would be taken alone, how many of those were right, and " +
      "how many of those handed to a person were.",
    "",
    ...riskTable("`protection` (the service): real sales, the four data sets weighted alike", judge(mix, "protection")),
    ...riskTable("`protection`: InventoryBench", judge(benchmark, "protection")),
    ...riskTable("`period`: real sales, the four data sets weighted alike", judge(mix, "period")),
    ...riskTable("`period` (the benchmark): InventoryBench", judge(benchmark, "period")),
    "The default threshold of 0.60 is a choice on the first of these curves.",
    "",
    "## Where little is known",
    "",
    "`protection`: decisions of real sales, made with the latest periods unseen, or with the latest few periods only.",
    "",
    "| what is known | decisions | right | stated | ECE |",
    "|---|---|---|---|---|",
    ...littleKnownRows(littleKnown, (records) => judge(records, "protection")),
    "",
    "## Where sales grow",
    "",
    "Real sales, by the log odds that growth takes from the chance of being in stock.",
    "",
    "| growth | decisions | in stock, stated | in stock, real | confidence, stated | right |",
    "|---|---|---|---|---|---|",
    ...growthRows(replays, (records) => judge(records, "protection")),
    "",
    "## Coverage of the demand quantile, InventoryBench",
    "",
    "Share of decisions whose demand over the protection interval stayed within `evidence.demandQuantile`, and " +
      "in-stock probability of the orders made.",
    "",
    "| lead time | critical ratio | decisions | covered | in stock, predicted | in stock, real |",
    "|---|---|---|---|---|---|",
    ...coverageRows(benchmark),
    "",
    "## Forecast confidence",
    "",
    "Mean absolute error of the arrival period's forecast over the item's mean demand, by stated forecast confidence.",
    "",
    "| forecast confidence | decisions | error |",
    "|---|---|---|",
    ...forecastRows(everything),
    "",
  ].join("\n");
}

function scoreRow(
  tolerance: Tolerance,
  name: string,
  records: readonly DecisionRecord[],
  judged: readonly Judged[],
): string {
  const raw = records.map((record) => ({ probability: record.raw[tolerance], right: record.right[tolerance] }));
  const right = judged.filter((one) => one.right).length / judged.length;
  return (
    `| ${tolerance} | ${name} | ${records.length} | ${right.toFixed(3)} | ${brierScore(raw).toFixed(4)} | ` +
    `${brierScore(judged).toFixed(4)} | ${calibrationError(raw).toFixed(3)} | ` +
    `${calibrationError(judged).toFixed(3)} |`
  );
}

function riskTable(title: string, judged: readonly Judged[]): string[] {
  return [
    `${title}:`,
    "",
    "| threshold | decided alone | right of those | asked | right of those |",
    "|---|---|---|---|---|",
    ...riskCoverage(judged, THRESHOLDS).map(
      ({ threshold, alone, right, rightOfAsked }) =>
        `| ${threshold.toFixed(2)} | ${percent(alone)} | ${percent(right)} | ${percent(1 - alone)} | ` +
        `${percent(rightOfAsked)} |`,
    ),
    "",
  ];
}

function littleKnownRows(
  records: readonly DecisionRecord[],
  judge: (records: readonly DecisionRecord[]) => Judged[],
): string[] {
  const nameOf = ({ unseenDays, seenPeriods }: DecisionRecord): string =>
    unseenDays > 0 ? `nothing of the last ${unseenDays} days` : `${seenPeriods} periods only`;
  return [...Map.groupBy(records, nameOf)]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([name, group]) => {
      const judged = judge(group);
      const right = judged.filter((one) => one.right).length / judged.length;
      const stated = judged.reduce((sum, { probability }) => sum + probability, 0) / judged.length;
      return (
        `| ${name} | ${group.length} | ${right.toFixed(3)} | ${stated.toFixed(3)} | ` +
        `${calibrationError(judged).toFixed(3)} |`
      );
    });
}

const GROWTH_STEPS = [0, 0.01, 0.1, 0.3, 0.6];

function growthRows(
  records: readonly DecisionRecord[],
  judge: (records: readonly DecisionRecord[]) => Judged[],
): string[] {
  const stepOf = ({ growthDoubt }: DecisionRecord): number => GROWTH_STEPS.findLastIndex((from) => growthDoubt >= from);
  return [...Map.groupBy(records, stepOf)]
    .sort(([a], [b]) => a - b)
    .map(([step, group]) => {
      const share = (values: readonly (number | boolean)[]): string =>
        (values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length).toFixed(3);
      const judged = judge(group);
      const inStock = (which: "predicted" | "real"): string => share(group.map((record) => record.inStock[which]));
      const next = GROWTH_STEPS[step + 1];
      return (
        `| ${GROWTH_STEPS[step]} ${next === undefined ? "and more" : `to ${next}`} | ${group.length} | ` +
        `${inStock("predicted")} | ${inStock("real")} | ` +
        `${share(judged.map(({ probability }) => probability))} | ${share(judged.map(({ right }) => right))} |`
      );
    });
}

function coverageRows(records: readonly DecisionRecord[]): string[] {
  const groups = Map.groupBy(records, ({ lead, ratio }) => `${lead} | ${ratio.toFixed(2)}`);
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, group]) => {
      const share = (value: (record: DecisionRecord) => number): string =>
        (group.reduce((sum, record) => sum + value(record), 0) / group.length).toFixed(3);
      return (
        `| ${key} | ${group.length} | ${share(({ covered }) => Number(covered.protection))} | ` +
        `${share(({ inStock }) => inStock.predicted)} | ${share(({ inStock }) => Number(inStock.real))} |`
      );
    });
}

function forecastRows(records: readonly DecisionRecord[]): string[] {
  const groups = Map.groupBy(records, ({ forecast }) => Math.min(9, Math.floor(forecast.confidence * 10)));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([bin, group]) => {
      const error = group.reduce((sum, { forecast }) => sum + forecast.error, 0) / group.length;
      return `| ${(bin / 10).toFixed(1)}..${((bin + 1) / 10).toFixed(1)} | ${group.length} | ${error.toFixed(2)} |`;
    });
}

/** The same number of decisions of each source: a shop's mix is not what happened to be downloaded. */
function evenMix(records: readonly DecisionRecord[]): DecisionRecord[] {
  const groups = [...Map.groupBy(records, (record) => record.source).values()];
  const count = Math.min(...groups.map((group) => group.length));
  return groups.flatMap((group) =>
    Array.from({ length: count }, (_, index) => group[Math.floor((index * group.length) / count)]!),
  );
}

function percent(share: number): string {
  return Number.isNaN(share) ? "none" : `${(share * 100).toFixed(1)} %`;
}
