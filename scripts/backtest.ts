/**
 * `npm run backtest -- --csv sales.csv`: how Stockwarden would have done on a user's own sales, against their present rule,
 * textbook base-stock and hindsight. Prints a summary and writes one self-contained HTML page.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { shortageForServiceLevel } from "../src/replenishment/newsvendor.ts";
import { CsvError } from "../src/http/csv-rows.ts";
import { backtestPage } from "./backtest-page.ts";
import { backtest, POLICIES, totals, type Backtest, type BacktestOptions, type PolicyName } from "./backtest-run.ts";
import { fromInvocationFolder } from "./invocation.ts";
import { parseSalesCsv, type ItemSales, type Sales } from "./sales-csv.ts";
import { progress } from "./progress.ts";
import { formatTable } from "./table.ts";

const USAGE = `npm run backtest -- --csv sales.csv
  --lead-time 7        days from order to arrival
  --holding 0.2        cost of a unit held for a period of the file (day, week, month)
  --shortage 1         cost of a unit of demand not met; or --service-level 0.95
  --pack 1             pack size          --min-order 0   minimum order
  --max-stock N        maximum stock      --order-cost 0  cost of placing an order
  --rule min-max       what you do now: min-max or plain (below half the safety stock, up to it)
  --backorder          unmet demand waits (else it is lost)
  --items N            only the N best sellers
  --profile FILE       shared season from npm run profile
  --out FILE           page to write (stockwarden-backtest.html)`;

/** Items shown in the terminal; the page has them all. */
const SHOWN_ITEMS = 12;

/** As the terminal calls them. */
const POLICY_TITLES: Readonly<Record<PolicyName, string>> = {
  stockwarden: "Stockwarden",
  present: "your present rule",
  textbook: "textbook base-stock",
  hindsight: "best fixed level in hindsight",
};

/** What was asked cannot be done: the message and the usage are all a person needs. */
class UsageError extends Error {}

main();

function main(): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CsvError)) throw error;
    console.error(error instanceof CsvError ? `The CSV cannot be read: ${error.message}` : `${error.message}\n\n${USAGE}`);
    process.exitCode = 1;
  }
}

function run(): void {
  const flags = parsedFlags();
  if (flags.help === true) {
    console.log(USAGE);
    return;
  }
  const csv = required(flags.csv, "--csv names the file with your sales");
  const sales = bestSellers(parseSalesCsv(textOf(csv)), flags.items === undefined ? null : amount(flags.items, "--items"));
  const options = optionsFrom(flags);
  const bar = progress("replaying", sales.items.length);
  const result = backtest(sales, options, () => bar.step());
  bar.done();
  for (const warning of sales.warnings) console.error(`note: ${warning}`);
  if (result.items.length === 0) throw new UsageError(`No item has enough history: ${result.skipped[0]?.why ?? "the file is empty"}.`);
  const page = fromInvocationFolder(flags.out ?? "stockwarden-backtest.html");
  writeFileSync(page, backtestPage(result, options, basename(csv)));
  printSummary(result);
  console.log(`\nThe whole story, item by item: ${page}`);
}

type Flags = ReturnType<typeof parsedFlags>;

function parsedFlags() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        csv: text, out: text, rule: text, items: text, profile: text, pack: text, holding: text, shortage: text,
        "lead-time": text, "service-level": text, "min-order": text, "max-stock": text, "order-cost": text,
        backorder: { type: "boolean" }, help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function optionsFrom(flags: Flags): BacktestOptions {
  const rule = flags.rule ?? "min-max";
  if (rule !== "min-max" && rule !== "plain") throw new UsageError(`--rule is min-max or plain, not ${rule}`);
  const holding = amount(flags.holding ?? "0.2", "--holding");
  const level = flags["service-level"];
  const shortage = level === undefined ? amount(flags.shortage ?? "1", "--shortage") : shortageForServiceLevel(amount(level, "--service-level"), holding);
  const maxStock = flags["max-stock"];
  return {
    leadTimeDays: amount(flags["lead-time"] ?? "7", "--lead-time"),
    costs: { holding, shortage, fixedOrder: amount(flags["order-cost"] ?? "0", "--order-cost") },
    constraints: {
      minOrderQuantity: amount(flags["min-order"] ?? "0", "--min-order"),
      packSize: amount(flags.pack ?? "1", "--pack") || 1,
      maxStock: maxStock === undefined ? null : amount(maxStock, "--max-stock"),
    },
    unmet: flags.backorder === true ? "backorder" : "lost",
    present: rule,
    seasonalProfile: flags.profile === undefined ? null : profileFrom(flags.profile),
  };
}

function profileFrom(path: string): readonly number[] {
  const { week } = JSON.parse(textOf(path)) as { week?: unknown };
  if (!Array.isArray(week) || week.length !== 53) throw new UsageError(`--profile: ${path} has no "week" of 53 factors`);
  return week.map(Number);
}

function textOf(path: string): string {
  const file = fromInvocationFolder(path);
  if (!existsSync(file)) throw new UsageError(`There is no file ${path}`);
  return readFileSync(file, "utf8");
}

function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new UsageError(what);
  return value;
}

function amount(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) throw new UsageError(`${flag} is a number from 0 on, not "${text}"`);
  return value;
}

function bestSellers(sales: Sales, count: number | null): Sales {
  if (count === null) return sales;
  return { ...sales, items: [...sales.items].sort((a, b) => unitsSold(b) - unitsSold(a)).slice(0, count) };
}

function unitsSold({ units }: ItemSales): number {
  return units.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function printSummary({ items, skipped, periodDays, leadPeriods }: Backtest): void {
  const unit = periodDays === 1 ? "day" : periodDays === 7 ? "week" : "month";
  console.log(`${items.length} item${items.length === 1 ? "" : "s"}, lead time ${leadPeriods} ${unit}${leadPeriods === 1 ? "" : "s"}${skipped.length > 0 ? `; ${skipped.length} left out (${skipped[0]?.why})` : ""}\n`);
  const numbers = ["cost", "fill rate", "mean stock", "orders"].map((title) => ({ title, align: "right" as const }));
  console.log(
    formatTable(
      [{ title: "in all" }, ...numbers],
      POLICIES.map((policy) => {
        const { cost, fillRate, stock, orders } = totals(items, policy);
        return [POLICY_TITLES[policy], cost.toFixed(0), `${(fillRate * 100).toFixed(1)} %`, stock.toFixed(0), String(orders)];
      }),
    ),
  );
  const largest = [...items].sort((a, b) => b.results.present.demand - a.results.present.demand).slice(0, SHOWN_ITEMS);
  const columns = [{ title: "best sellers" }, ...POLICIES.map((policy) => ({ title: `cost: ${POLICY_TITLES[policy]}`, align: "right" as const }))];
  console.log(`\n${formatTable(columns, largest.map(({ item, results }) => [item.slice(0, 28), ...POLICIES.map((policy) => results[policy].cost.toFixed(0))]))}`);
}
