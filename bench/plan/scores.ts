/** InventoryBench: first the published baseline is re-created for every instance; only then is anything reported. */
import { progress } from "../../scripts/lib/command/progress.ts";
import { nameOf, parseInstances, play, scoreOf, type Instance } from "./inventory-bench.ts";
import { foresight, plainRulePolicy, planPolicy, publishedBaseline } from "./policies.ts";
import { meanOf, pairedInterval, shownInterval } from "./statistics.ts";

/** Published to the sixth digit. */
const PRECISION = 5.1e-7;

interface Row {
  readonly instance: Instance;
  readonly ours: number;
  readonly plain: number;
  readonly foresight: number;
}

/**
 * Exits with an error when a published score cannot be re-created: scores of a game with other rules cannot be
 * compared.
 */
export function reportScores(text: string, seed: number): void {
  const instances = parseInstances(text);
  const wrong = instances.filter(
    (instance) => Math.abs(play(instance, publishedBaseline) - (instance.published["or_"] ?? Number.NaN)) > PRECISION,
  );
  if (wrong.length > 0) {
    console.error(
      `InventoryBench: the published baseline does not come out for ${wrong.length} of ${instances.length} ` +
        `instances, first ${wrong[0]?.id}. Nothing is reported.`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(
    `InventoryBench, dev half: published baseline re-created to the sixth digit on all ${instances.length} instances`,
  );
  const bar = progress("InventoryBench", instances.length);
  const policy = planPolicy(seed);
  const rows = instances.map((instance): Row => {
    const row = {
      instance,
      ours: scoreOf(instance, policy),
      plain: scoreOf(instance, plainRulePolicy),
      foresight: scoreOf(instance, foresight(instance)),
    };
    bar.step();
    return row;
  });
  bar.done();
  printTable(rows);
  printDifferences(rows);
}

const COLUMNS = [
  "ours",
  "or_",
  "grok_or_to_llm",
  "gemini_or_to_llm",
  "gemini_llm_to_or",
  "plain rule",
  "foresight",
] as const;

function printTable(rows: readonly Row[]): void {
  console.log(["".padEnd(34), "n".padStart(4), ...COLUMNS.map((column) => column.padStart(17))].join(""));
  const name = (row: Row): ReturnType<typeof nameOf> => nameOf(row.instance);
  const print = (label: string, group: readonly Row[]): void => {
    const cells = COLUMNS.map((column) =>
      meanOf(group.map((row) => columnOf(row, column)))
        .toFixed(4)
        .padStart(17),
    );
    console.log([label.padEnd(34), String(group.length).padStart(4), ...cells].join(""));
  };
  print("all", rows);
  for (const [label, group] of Map.groupBy(rows, (row) => `${name(row).family} ${name(row).leadSet}`))
    print(label, group);
  for (const [label, group] of Map.groupBy(rows, (row) => name(row).pattern))
    if (label !== "real") print(`  ${label}`, group);
}

function columnOf(row: Row, column: (typeof COLUMNS)[number]): number {
  if (column === "ours") return row.ours;
  if (column === "plain rule") return row.plain;
  if (column === "foresight") return row.foresight;
  return Math.max(0, row.instance.published[column] ?? Number.NaN);
}

function printDifferences(rows: readonly Row[]): void {
  console.log("paired difference, ours minus theirs, 95 % bootstrap interval");
  for (const column of COLUMNS.slice(1, -1)) {
    const interval = pairedInterval(
      rows.map((row) => row.ours),
      rows.map((row) => columnOf(row, column)),
    );
    console.log(`  ${column.padEnd(20)} ${shownInterval(interval)}`);
  }
}
