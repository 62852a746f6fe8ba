/**
 * `npm run fit:count-prior`: writes src/replenishment/models/count-prior.ts, the belief in each count model that items
 * of public data sets have in common (empirical Bayes by expectation-maximisation).
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readData } from "../plan/data-folder.ts";
import {
  COUNT_MODELS,
  DISPERSIONS,
  fitCountBank,
  STEADY_DISPERSIONS,
} from "../../src/replenishment/models/count-bank.ts";
import { commandFlags } from "../../scripts/lib/command/command-flags.ts";
import { readSalesText } from "../../scripts/lib/import/sales-file.ts";

/** Shop sales and spare parts; wholesale (Online Retail) is so lumpy that it would dominate the prior. */
const FILES = ["uci_sales_transactions_weekly.csv", "carparts_monthly.csv"];
/** Items of larger mean are not served by count models. */
const MOST_MEAN = 30;
const ROUNDS = 20;
/** Share of the prior kept uniform: other shops' items need not be like these. */
const UNIFORM = 0.3;
/**
 * Fixed belief in the steady models by dispersion, over all gains, not fitted: none of these items is steadier than
 * chance, and one that is shows it within weeks.
 */
const STEADY = [0.02, 0.001];
const TARGET = join(import.meta.dirname, "../../src/replenishment/models/count-prior.ts");

const USAGE = `npm run fit:count-prior
Fits the prior of the count models to public data sets and writes src/replenishment/models/count-prior.ts.`;

commandFlags(USAGE, {});
const GAINS = COUNT_MODELS / DISPERSIONS;
const ORDINARY = DISPERSIONS - STEADY_DISPERSIONS;
const isSteady = (model: number): boolean => model % DISPERSIONS >= ORDINARY;
const flat = Array.from({ length: COUNT_MODELS }, (_, model) => (isSteady(model) ? 0 : 1 / (GAINS * ORDINARY)));
const evidence: Float64Array[] = [];
for (const file of FILES) {
  const text = readData(file);
  if (text !== null) evidence.push(...(await readSalesText(text)).items.flatMap(({ units }) => evidenceOf(units)));
}

if (evidence.length > 0) writePrior(fit());

/** Flat-prior beliefs of one item; none when it is too large or has hardly sold. */
function evidenceOf(units: readonly (number | null)[]): Float64Array[] {
  const adjusted = Float64Array.from(units, (value) => value ?? Number.NaN);
  const seen = adjusted.filter((value) => value === value);
  const mean = seen.reduce((sum, value) => sum + value, 0) / Math.max(1, seen.length);
  if (mean > MOST_MEAN || seen.filter((value) => value > 0).length < 3) return [];
  return [fitCountBank(adjusted, new Float64Array(adjusted.length).fill(1), flat).weights];
}

function fit(): number[] {
  let prior = flat;
  for (let round = 0; round < ROUNDS; round++) {
    const next = flat.map(() => 0);
    for (const likelihood of evidence) {
      const joint = prior.map((belief, model) => belief * (likelihood[model] ?? 0));
      const total = joint.reduce((sum, value) => sum + value, 0);
      joint.forEach((value, model) => (next[model] = (next[model] ?? 0) + value / total / evidence.length));
    }
    prior = next;
  }
  const steady = STEADY.reduce((sum, share) => sum + share, 0);
  return prior.map((belief, model) =>
    isSteady(model)
      ? STEADY[(model % DISPERSIONS) - ORDINARY]! / GAINS
      : (1 - steady) * ((1 - UNIFORM) * belief + UNIFORM * flat[model]!),
  );
}

function writePrior(prior: readonly number[]): void {
  const numbers = prior.map((belief) => belief.toFixed(4));
  const rows = Array.from(
    { length: GAINS },
    (_, gain) => `  ${numbers.slice(gain * DISPERSIONS, (gain + 1) * DISPERSIONS).join(", ")},`,
  ).join("\n");
  writeFileSync(
    TARGET,
    `/**
 * Belief in each count model before an item has shown anything: rows are gains, columns dispersions, as in
 * count-bank.ts. Fitted by bench/calibrate/fit-count-prior.ts to ${evidence.length} items of ${FILES[0]},
 * ${FILES[1]}, except the last ${STEADY_DISPERSIONS} columns, which that script sets; do not edit.
 */
export const COUNT_PRIOR: readonly number[] = [
${rows}
];
`,
  );
  console.log(`${evidence.length} items -> ${TARGET}`);
}
