/** The backtest as one page that needs nothing else: no scripts, no fonts, no network. */
import { STYLE } from "./backtest-style.ts";
import { escapeHtml, barChart, lineChart, scatterChart, shownNumber, type Line } from "./svg-charts.ts";
import {
  POLICIES,
  totals,
  type Backtest,
  type BacktestOptions,
  type ItemBacktest,
  type PolicyName,
} from "./backtest-run.ts";

/** Items drawn with their own chart; the table has all. */
const DRAWN_ITEMS = 12;
/** The most rows of the table: nobody reads a longer page. */
const TABLE_ITEMS = 500;

const CAPTIONS: Readonly<Record<PolicyName, string>> = {
  stockwarden: "Stockwarden",
  present: "Your present rule",
  textbook: "Textbook base-stock",
  hindsight: "Best fixed level in hindsight",
};

export function backtestPage(result: Backtest, options: BacktestOptions, source: string): string {
  const bySales = [...result.items].sort((a, b) => b.results.present.demand - a.results.present.demand);
  const unit = unitOf(result.periodDays);
  const thenOrders = options.costs.fixedOrder > 0 ? ", then placing orders" : "";
  const title = bySales.length > TABLE_ITEMS ? `The ${TABLE_ITEMS} best sellers` : "All items";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stockwarden backtest: ${escapeHtml(source)}</title><style>${STYLE}</style></head><body><main>
<header><p class="kicker">Stockwarden backtest · ${escapeHtml(source)}</p>
<h1>${headline(result)}</h1>
<p class="lead">${assumptions(result, options)}${serviceNote(result)}</p></header>
${cards(result)}
<section><h2>What it would have cost</h2><p>Dark: holding stock. Light: demand not met${thenOrders}.</p>
${barChart(
  POLICIES.map((policy) => ({ label: CAPTIONS[policy], className: policy, parts: costParts(result.items, policy) })),
  ["holding", "shortage", "orders"],
)}</section>
<section><h2>Stock over time</h2><p>Units on hand of all items together, at the end of each ${unit}.</p>${legend([
    "stockwarden",
    "present",
    "textbook",
  ])}
${lineChart(stockLines(result.items), { width: 900, height: 260, unit })}</section>
<section class="two"><div><h2>Item by item</h2><p>Each dot is an item. Below the line, Stockwarden costs less than your
present rule: ${wins(result.items)}.</p></div>
<div>${scatterChart(
    result.items.map(({ item, results }) => ({ label: item, x: results.present.cost, y: results.stockwarden.cost })),
    "cost of your present rule",
    "cost of Stockwarden",
  )}</div></section>
<section><h2>The best sellers</h2><p>Grey bars: units sold in the ${unit}. Lines: stock left at its end.</p>${legend([
    "stockwarden",
    "present",
  ])}
<div class="grid-items">${bySales
    .slice(0, DRAWN_ITEMS)
    .map((item) => itemFigure(item, unit))
    .join("")}</div></section>
<section><h2>${title}</h2>${itemTable(bySales.slice(0, TABLE_ITEMS))}</section>
${skippedNote(result)}
<footer><h2>How to read this</h2><p>Every policy starts with the same stock and decides once a ${unit}, knowing only
sales before that ${unit}. Each item's first half is only learned from; the second half is replayed.
Sales are taken for demand: where an item was in fact out of stock, real demand was higher than anyone can know. Your
present rule is taken as ${presentRule(options)}. The last policy is not one that anybody could follow: it knows the
best fixed order-up-to level for the very sales it is judged on.</p></footer>
</main></body></html>
`;
}

function headline({ items }: Backtest): string {
  const ours = totals(items, "stockwarden");
  const theirs = totals(items, "present");
  const saved = theirs.cost > 0 ? (theirs.cost - ours.cost) / theirs.cost : 0;
  const fill = `${percent(ours.fillRate)} of demand met from stock instead of ${percent(theirs.fillRate)}`;
  return saved >= 0
    ? `${percent(saved, 0)} less cost than your present rule, ${fill}`
    : `${percent(-saved, 0)} more cost than your present rule, ${fill}`;
}

function assumptions(
  { items, leadPeriods, periodDays }: Backtest,
  { costs, constraints, unmet }: BacktestOptions,
): string {
  const unit = unitOf(periodDays);
  const periods = items.reduce((most, { sales }) => Math.max(most, sales.length), 0);
  const parts = [
    `${items.length} item${items.length === 1 ? "" : "s"} over up to ${periods} ${unit}s`,
    `orders arrive after ${leadPeriods} ${unit}${leadPeriods === 1 ? "" : "s"}`,
    `holding a unit costs ${shownCost(costs.holding)} a ${unit}, missing one ${shownCost(costs.shortage)}`,
    unmet === "lost" ? "unmet demand is lost" : "unmet demand waits",
  ];
  if (costs.fixedOrder > 0) parts.push(`an order costs ${shownCost(costs.fixedOrder)}`);
  if (constraints.packSize !== 1) parts.push(`packs of ${shownNumber(constraints.packSize)}`);
  if (constraints.minOrderQuantity > 0) parts.push(`at least ${shownNumber(constraints.minOrderQuantity)} an order`);
  if (constraints.maxStock !== null) parts.push(`at most ${shownNumber(constraints.maxStock)} in stock`);
  return `${parts.join("; ")}.`;
}

/** Less service can be right, but only if the stated costs are; the page says so at the top. */
function serviceNote({ items }: Backtest): string {
  const lower = totals(items, "stockwarden").fillRate < totals(items, "present").fillRate - 0.005;
  return lower
    ? " At these costs the missing demand would have cost more to hold stock for than it would have earned; if a " +
        "missed sale costs you more, say so with <code>--shortage</code> or <code>--service-level</code>."
    : "";
}

function cards({ items }: Backtest): string {
  const best = totals(items, "present").cost;
  return `<section class="cards">${POLICIES.map((policy) => {
    const { cost, fillRate, stock, orders } = totals(items, policy);
    const difference =
      policy === "present" || best <= 0
        ? ""
        : `<small>${cost <= best ? "−" : "+"}${percent(Math.abs(cost - best) / best, 0)} against yours</small>`;
    return (
      `<article class="card ${policy}"><h3>${CAPTIONS[policy]}</h3>` +
      `<p class="big">${shownNumber(cost)} ${difference}</p>\n` +
      `<dl><dt>fill rate</dt><dd>${percent(fillRate)}</dd><dt>mean stock</dt><dd>${shownNumber(stock)}</dd>` +
      `<dt>orders</dt><dd>${shownNumber(orders)}</dd></dl></article>`
    );
  }).join("")}</section>`;
}

function costParts(items: readonly ItemBacktest[], policy: PolicyName): number[] {
  const { cost, holdingCost, shortageCost } = totals(items, policy);
  return [holdingCost, shortageCost, Math.max(0, cost - holdingCost - shortageCost)];
}

/** Items end together, so their series are added up from the end. */
function stockLines(items: readonly ItemBacktest[]): Line[] {
  const length = items.reduce((most, { sales }) => Math.max(most, sales.length), 0);
  return (["stockwarden", "present", "textbook"] as const).map((policy) => {
    const values = Array.from({ length }, () => 0);
    for (const { results } of items) {
      const { stock } = results[policy];
      stock.forEach(
        (units, index) =>
          (values[length - stock.length + index] = (values[length - stock.length + index] ?? 0) + units),
      );
    }
    return { label: CAPTIONS[policy], className: policy, values };
  });
}

function itemFigure({ item, sales, results }: ItemBacktest, unit: string): string {
  const lines = (["stockwarden", "present"] as const).map((policy): Line => ({
    label: CAPTIONS[policy],
    className: policy,
    values: results[policy].stock,
  }));
  return (
    `<figure>${lineChart(lines, { width: 330, height: 150, columns: sales, unit })}` +
    `<figcaption><b>${escapeHtml(item)}</b><br>cost ` +
    `${shownNumber(results.stockwarden.cost)} instead of ${shownNumber(results.present.cost)}, in hindsight ` +
    `${shownNumber(results.hindsight.cost)}</figcaption></figure>`
  );
}

function itemTable(items: readonly ItemBacktest[]): string {
  const rows = items.map(({ item, results }) => {
    const costs = POLICIES.map((policy) => `<td>${shownNumber(results[policy].cost)}</td>`).join("");
    const fill = (policy: PolicyName): string =>
      percent(results[policy].demand > 0 ? 1 - results[policy].missed / results[policy].demand : 1);
    const better = results.stockwarden.cost <= results.present.cost;
    return (
      `<tr><th scope="row">${escapeHtml(item)}</th><td>${shownNumber(results.present.demand)}</td>${costs}<td ` +
      `class="${better ? "good" : "bad"}">${difference(results.stockwarden.cost, results.present.cost)}</td>` +
      `<td>${fill("stockwarden")}</td><td>${fill("present")}</td>` +
      `<td>${shownNumber(results.stockwarden.meanStock)}</td><td>${shownNumber(results.present.meanStock)}</td>` +
      `<td>${results.stockwarden.orders}</td><td>${results.present.orders}</td></tr>`
    );
  });
  return (
    `<div class="scroll"><table><thead><tr><th rowspan="2">item</th><th rowspan="2">sold</th>` +
    `<th colspan="5">cost</th><th colspan="2">fill rate</th><th colspan="2">mean stock</th>` +
    `<th colspan="2">orders</th></tr>\n` +
    `<tr><th>Stockwarden</th><th>yours</th><th>textbook</th><th>hindsight</th><th>against yours</th>` +
    `<th>Stockwarden</th><th>yours</th><th>Stockwarden</th><th>yours</th><th>Stockwarden</th><th>yours</th></tr>` +
    `</thead><tbody>${rows.join("")}</tbody></table></div>`
  );
}

function skippedNote({ skipped }: Backtest): string {
  if (skipped.length === 0) return "";
  const reasons = [...Map.groupBy(skipped, ({ why }) => why)].map(([why, group]) => `${group.length} with ${why}`);
  return `<section><h2>Left out</h2><p>${reasons.join("; ")}: ${skipped
    .slice(0, 40)
    .map(({ item }) => escapeHtml(item))
    .join(", ")}${skipped.length > 40 ? " …" : ""}</p></section>`;
}

function legend(policies: readonly PolicyName[]): string {
  const entries = policies.map((policy) => `<span><i class="${policy}"></i>${CAPTIONS[policy]}</span>`);
  return `<p class="legend">${entries.join("")}</p>`;
}

function wins(items: readonly ItemBacktest[]): string {
  const better = items.filter(({ results }) => results.stockwarden.cost < results.present.cost).length;
  return `${better} of ${items.length} items`;
}

function difference(ours: number, theirs: number): string {
  if (theirs <= 0) return ours <= 0 ? "0 %" : "more";
  return `${ours <= theirs ? "−" : "+"}${percent(Math.abs(ours - theirs) / theirs, 0)}`;
}

function presentRule({ present, own }: BacktestOptions): string {
  if (own != null && own.others !== null)
    return (
      `yours: at ${shownNumber(own.others.minimum)} order up to ` +
      `${shownNumber(own.others.maximum)}${own.items.size > 0 ? ", or what your file says of an item" : ""}`
    );
  if (own != null) return `yours, by the minimum and maximum of ${own.items.size} items in your file`;
  return present === "plain"
    ? "the plain rule: below half the safety stock, order up to it"
    : "min/max: at a minimum of one and a half times lead-time demand, order up to a maximum a month of sales higher";
}

function unitOf(periodDays: number): string {
  if (periodDays === 1) return "day";
  return periodDays === 7 ? "week" : "month";
}

function shownCost(cost: number): string {
  return cost.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
