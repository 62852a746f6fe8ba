/**
 * `npm run bench:season`: learning a store's season from all of its items, slice by slice as the store's object does
 * it, in a heap of 128 MB: CPU and memory of each slice, and whether what is learned is the season that the sales were
 * made with.
 */
import { cpuUsage, memoryUsage } from "node:process";
import { commandFlags, countFlag } from "../scripts/lib/command/command-flags.ts";
import { headOf, packYears } from "../src/world/sales/sales-storage.ts";
import { mergeSales } from "../src/world/sales/sales.ts";
import { bookOf } from "../src/storage/sales-store.ts";
import { historyOf } from "../src/world/history.ts";
import { ITEMS_A_PAGE, withPage, type LearnedItem } from "../src/store/learning.ts";
import { NOTHING_LEARNED, seasonOf } from "../src/world/learning/season-learning.ts";
import { NOTHING_KNOWN } from "../src/store/store-snapshot.ts";
import { PAGES_A_CALL } from "../src/store/learner.ts";

const USAGE = `npm run bench:season [-- --items 10000 --days 1100]
Learns a season from made-up sales in slices; prints CPU and memory of a slice beside the platform's limits.`;
const LIMIT_S = 30;
const LIMIT_MB = 128;
/** How far a learned factor may be from the one that the sales were made with. */
const TOLERANCE = 0.1;

const flags = commandFlags(USAGE, {
  items: { type: "string", default: "10000" },
  days: { type: "string", default: "1100" },
});
const items = countFlag("--items", flags.items);
const days = countFlag("--days", flags.days);
const today = Math.floor(Date.now() / 86_400_000);

let sums = NOTHING_LEARNED;
const seconds: number[] = [];
let heap = 0;
for (let from = 0; from < items; from += ITEMS_A_PAGE) {
  const rows = Array.from({ length: Math.min(ITEMS_A_PAGE, items - from) }, (_, n) => storedSales(from + n));
  const before = cpuUsage();
  const page = rows.map(({ productId, head, years }): LearnedItem => {
    const book = bookOf({ head: JSON.parse(head), years: years.map((year) => JSON.parse(year)) });
    return { productId, supplierId: null, outages: [], history: historyOf(book!)! };
  });
  sums = withPage(sums, page, NOTHING_KNOWN, today);
  const { user, system } = cpuUsage(before);
  seconds.push((user + system) / 1e6);
  heap = Math.max(heap, memoryUsage().heapUsed / 1e6);
}
const season = seasonOf(sums);
const farthest = season === null ? Infinity : Math.max(...season.weeks.map((week, at) => Math.abs(week - factor(at))));
const slowest = Math.max(...seconds);
console.log(
  `${items} items of ${days} days in ${seconds.length} slices of ${ITEMS_A_PAGE}: ${sum(seconds).toFixed(1)} s ` +
    `of CPU in all, ` +
    `a slice ${(sum(seconds) / seconds.length).toFixed(2)} s (at most ${slowest.toFixed(2)}), ` +
    `a call of ${PAGES_A_CALL} slices at most ` +
    `${(slowest * PAGES_A_CALL).toFixed(1)} s of ${LIMIT_S}; heap at most ${heap.toFixed(0)} MB of ${LIMIT_MB}; ` +
    `sums ${(JSON.stringify(sums).length / 1_000).toFixed(0)} kB; the farthest week is ${farthest.toFixed(3)} off`,
);
if (slowest * PAGES_A_CALL > LIMIT_S) throw new Error("a call takes longer than the platform allows");
if (farthest > TOLERANCE) throw new Error("another season was learned than the sales were made with");

/** Sales as the database holds them. */
function storedSales(item: number) {
  const rows = Array.from({ length: days }, (_, index) => {
    const day = today - days + index;
    const week = Math.floor((((day % 365.25) + 365.25) % 365.25) / 7);
    const usual = 3 + (item % 7) + ((day + item) % 7 === 6 ? 4 : 0);
    return { day, units: Math.round(usual * factor(week) + ((item * 31 + day * 17) % 3) - 1), inStock: null };
  });
  const merged = mergeSales(null, { period: "day", source: "", rows, completeThrough: today - 1, replace: false });
  if (merged.kind !== "merged") throw new Error("the sales are of days");
  const years = packYears(merged.book).map((year) => JSON.stringify(year));
  return { productId: `item-${item}`, head: JSON.stringify(headOf(merged.book)), years };
}

function factor(week: number): number {
  return 1 + 0.4 * Math.sin((week / 53) * 2 * Math.PI);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
