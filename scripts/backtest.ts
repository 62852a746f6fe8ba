/**
 * `npm run backtest -- --csv sales.csv`: how Stockwarden would have performed on a user's own sales, against their
 * present rule, textbook base-stock and hindsight. Prints a summary and writes one self-contained HTML page.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import * as z from "zod";
import { shortageForServiceLevel } from "../src/replenishment/statistics/newsvendor.ts";
import { backtestPage } from "./lib/backtest/backtest-page.ts";
import {
  backtest,
  POLICIES,
  totals,
  type Backtest,
  type BacktestOptions,
  type PolicyName,
} from "./lib/backtest/backtest-run.ts";
import { checked, ownRules, type OwnRule } from "./lib/backtest/own-rule.ts";
import { choiceFlag, commandFlags, countFlag, numberFlag, shareFlag } from "./lib/command/command-flags.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { READER_FLAGS, READER_USAGE, readerChoices } from "./lib/import/reader-flags.ts";
import { bestSellers, readSalesFile } from "./lib/import/sales-file.ts";
import { progress } from "./lib/command/progress.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";
import { formatTable } from "./lib/command/table.ts";

const USAGE = `npm run backtest -- --csv sales.csv
Replays your own sales under Stockwarden, your present rule, the textbook and hindsight; writes a page of it.
  --lead-time 7        days from order to arrival
  --holding 0.2        cost of a unit held for a period of the file (day, week, month)
  --service-level 0.95 share of periods that demand should be met in full; or
  --shortage N         cost of a unit of demand not met
  --pack 1             pack size          --min-order 0   minimum order
  --max-stock N        maximum stock      --order-cost 0  cost of placing an order
  --present FILE       what you do now: your own minimum and maximum, as CSV item,minimum,maximum; or for every item
  --minimum N          order at this stock or below it, up to the --maximum N; without either
  --rule min-max       a rule that is usual: min-max or plain (below half the safety stock, up to it)
  --backorder          unmet demand waits (else it is lost)
  --items N            only the N best sellers
  --profile FILE       shared season from npm run profile
  --out FILE           page to write (stockwarden-backtest.html)
${READER_USAGE}`;

/** Items shown in the terminal; the page has them all. */
const SHOWN_ITEMS = 12;

const profileSchema = z.object({ week: z.array(z.number().nonnegative()).length(53) });

/** As the terminal calls them. */
const POLICY_TITLES: Readonly<Record<PolicyName, string>> = {
  stockwarden: "Stockwarden",
  present: "your present rule",
  textbook: "textbook base-stock",
  hindsight: "best fixed level in hindsight",
};

const text = { type: "string" } as const;
const FLAGS = {
  ...READER_FLAGS,
  csv: text,
  rule: text,
  present: text,
  minimum: text,
  maximum: text,
  items: text,
  profile: text,
  out: { type: "string", default: "stockwarden-backtest.html" },
  "lead-time": { type: "string", default: "7" },
  holding: { type: "string", default: "0.2" },
  shortage: text,
  "service-level": text,
  pack: { type: "string", default: "1" },
  "min-order": { type: "string", default: "0" },
  "max-stock": text,
  "order-cost": { type: "string", default: "0" },
  backorder: { type: "boolean" },
} as const;
/** The service's own default for an item without a service level or costs. */
const DEFAULT_SERVICE_LEVEL = "0.95";
/** Ten years: more than that is a typing error. */
const LONGEST_LEAD_DAYS = 3_650;
/** Goods may be sold by the gram. */
const LEAST_PACK = 0.001;

await runProgram(async () => {
  const flags = commandFlags(USAGE, FLAGS);
  const options = optionsFrom(flags);
  if (flags.csv === undefined) throw new StartupProblem(`--csv names the file with your sales.\n\n${USAGE}`);
  const most = flags.items === undefined ? null : countFlag("--items", flags.items);
  const sales = bestSellers(await readSalesFile(fromInvocationFolder(flags.csv), readerChoices(flags)), most);
  const bar = progress("replaying", sales.items.length);
  const result = backtest(sales, options, () => bar.step());
  bar.done();
  for (const warning of sales.warnings) console.error(`note: ${warning}`);
  if (result.items.length === 0) throw new StartupProblem(`No item has enough history: ${result.skipped[0]!.why}.`);
  printSummary(result);
  const page = fromInvocationFolder(flags.out);
  writePage(page, backtestPage(result, options, basename(flags.csv)));
  console.log(`\nThe whole story, item by item: ${page}`);
});

function optionsFrom(flags: ReturnType<typeof commandFlags<typeof FLAGS>>): BacktestOptions {
  const holding = numberFlag("--holding", flags.holding);
  const level = flags["service-level"];
  if (level !== undefined && flags.shortage !== undefined)
    throw new StartupProblem("--shortage and --service-level exclude each other: give one of them.");
  const shortage =
    flags.shortage === undefined
      ? shortageForServiceLevel(shareFlag("--service-level", level ?? DEFAULT_SERVICE_LEVEL), holding)
      : numberFlag("--shortage", flags.shortage);
  const leadTimeDays = numberFlag("--lead-time", flags["lead-time"]);
  if (leadTimeDays > LONGEST_LEAD_DAYS)
    throw new StartupProblem(`--lead-time is in days, at most ${LONGEST_LEAD_DAYS}.`);
  const maxStock = flags["max-stock"];
  return {
    leadTimeDays,
    costs: { holding, shortage, fixedOrder: numberFlag("--order-cost", flags["order-cost"]) },
    constraints: {
      minOrderQuantity: numberFlag("--min-order", flags["min-order"]),
      packSize: numberFlag("--pack", flags.pack, LEAST_PACK),
      maxStock: maxStock === undefined ? null : numberFlag("--max-stock", maxStock),
    },
    unmet: flags.backorder === true ? "backorder" : "lost",
    present: choiceFlag("--rule", flags.rule ?? "min-max", ["min-max", "plain"]),
    own: ownRuleFrom(flags),
    seasonalProfile: flags.profile === undefined ? null : profileFrom(flags.profile),
  };
}

function ownRuleFrom(flags: ReturnType<typeof commandFlags<typeof FLAGS>>): OwnRule | null {
  const { present, minimum, maximum } = flags;
  if ((minimum === undefined) !== (maximum === undefined))
    throw new StartupProblem("--minimum and --maximum go together.");
  if (present === undefined && minimum === undefined) return null;
  const others =
    minimum === undefined
      ? null
      : checked(numberFlag("--minimum", minimum), numberFlag("--maximum", maximum!), "--minimum and --maximum");
  return { items: present === undefined ? new Map() : ownRules(readText("--present", present)), others };
}

function readText(flag: string, path: string): string {
  try {
    return readFileSync(fromInvocationFolder(path), "utf8");
  } catch (error) {
    throw new StartupProblem(`${flag}: ${(error as Error).message}.`);
  }
}

/** As `npm run profile` prints it. */
function profileFrom(path: string): readonly number[] {
  try {
    return profileSchema.parse(JSON.parse(readFileSync(fromInvocationFolder(path), "utf8"))).week;
  } catch {
    throw new StartupProblem(`--profile: ${path} is not what npm run profile prints, { "week": [ 53 factors ] }.`);
  }
}

function writePage(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new StartupProblem(`The page cannot be written: ${(error as Error).message}`);
  }
}

function printSummary({ items, skipped, periodDays, leadPeriods }: Backtest): void {
  const unit = periodDays === 1 ? "day" : periodDays === 7 ? "week" : "month";
  console.log(
    `${items.length} item${items.length === 1 ? "" : "s"}, lead time ${leadPeriods} ` +
      `${unit}${leadPeriods === 1 ? "" : "s"}` +
      `${skipped.length > 0 ? `; ${skipped.length} left out (${skipped[0]?.why})` : ""}\n`,
  );
  const numbers = ["cost", "fill rate", "mean stock", "orders"].map((title) => ({ title, align: "right" as const }));
  console.log(
    formatTable(
      [{ title: "in all" }, ...numbers],
      POLICIES.map((policy) => {
        const { cost, fillRate, stock, orders } = totals(items, policy);
        return [
          POLICY_TITLES[policy],
          cost.toFixed(0),
          `${(fillRate * 100).toFixed(1)} %`,
          stock.toFixed(0),
          String(orders),
        ];
      }),
    ),
  );
  const largest = [...items].sort((a, b) => b.results.present.demand - a.results.present.demand).slice(0, SHOWN_ITEMS);
  const columns = [
    { title: "best sellers" },
    ...POLICIES.map((policy) => ({ title: `cost: ${POLICY_TITLES[policy]}`, align: "right" as const })),
  ];
  console.log(
    `\n${formatTable(
      columns,
      largest.map(({ item, results }) => [
        item.slice(0, 28),
        ...POLICIES.map((policy) => results[policy].cost.toFixed(0)),
      ]),
    )}`,
  );
}
