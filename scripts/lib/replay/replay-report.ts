/** The table a replay ends with. */
import type { ItemLedger, LedgerTotals } from "./replay-ledger.ts";
import type { ReplayResult } from "./replay-run.ts";
import { formatTable } from "../command/table.ts";

export function formatReplay(result: ReplayResult, seconds: number): string {
  const sum = (field: keyof LedgerTotals): number =>
    result.ledgers.reduce((total, ledger) => total + ledger.totals[field], 0);
  const asked = sum("unitsSold") + sum("unitsMissed");
  const { reviews } = result;
  const rows: [string, string][] = [
    ["triggers", `${whole(result.triggers)} (${result.repeats} of them posted three times, two at once)`],
    [
      "orders",
      `${whole(sum("orders"))} of ${whole(sum("unitsOrdered"))} units; ${whole(sum("unitsReceived"))} ` +
        `received, ${whole(outstanding(result.ledgers))} on the way`,
    ],
    ["units sold", whole(sum("unitsSold"))],
    ["units missed", whole(sum("unitsMissed"))],
    ["fill rate", asked === 0 ? "no demand" : `${((100 * sum("unitsSold")) / asked).toFixed(1)} %`],
    ["mean stock", `${whole(sum("eveningStock") / (result.days * result.ledgers.length))} units an item`],
    [
      "reviews",
      `${reviews.asked} asked (${share(reviews.asked, result.triggers)} of all decisions): ${reviews.approved} ` +
        `approved, ${reviews.rejected} rejected, ${reviews.expired} expired, ${reviews.superseded} superseded`,
    ],
    ["asked for", askedFor(result)],
    [
      "trigger latency",
      `p50 ${ms(result.latenciesMs, 0.5)}, p95 ${ms(result.latenciesMs, 0.95)}, p99 ${ms(result.latenciesMs, 0.99)}`,
    ],
    ["real time", `${seconds.toFixed(1)} s`],
    [
      "checks",
      result.faults.length === 0
        ? "every trigger decided once, no gap ordered twice, open orders equal the books"
        : `${result.faults.length} FAULTS`,
    ],
  ];
  return formatTable([{ title: "replay" }, { title: `${result.ledgers.length} items x ${result.days} days` }], rows);
}

/** What each guard costs in questions. */
function askedFor({ askedFor: reasons, triggers }: ReplayResult): string {
  const sorted = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  return sorted.map(([reason, count]) => `${reason} ${count} (${share(count, triggers)})`).join(", ") || "nothing";
}

function share(count: number, of: number): string {
  return `${((100 * count) / Math.max(1, of)).toFixed(1)} %`;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function outstanding(ledgers: readonly ItemLedger[]): number {
  return ledgers.reduce((total, ledger) => total + ledger.outstanding, 0);
}

function ms(values: readonly number[], share: number): string {
  return values.length === 0 ? "none" : `${quantile(values, share).toFixed(0)} ms`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}
