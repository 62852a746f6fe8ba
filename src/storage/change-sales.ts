/** Reads books of sales, changes them and writes them; repeats this if somebody else wrote in between. */
import { calendarDate } from "../shared/calendar-dates.ts";
import { headOf, packYears } from "../world/sales/sales-storage.ts";
import type { SalesBook } from "../world/sales/sales.ts";
import { objectName, type ItemIdentity } from "./identity.ts";
import {
  bookOf,
  type SalesStore,
  type SalesWrite,
  type StoredSales,
  type WrittenSales,
  type YearRange,
} from "./sales-store.ts";

/** Two uploads of one item at once are rare, and one of them always gets through. */
const MOST_ATTEMPTS = 8;
/** A week or a month that a row lies in may begin or end in the next year. */
const PERIOD_DAYS = 31;
/** Items a write: some megabytes of books. */
const ITEMS_AT_ONCE = 200;

export interface SalesChange {
  readonly item: ItemIdentity;
  readonly objectId: string;
  /** Null = it does not touch the item. Books hold the years of `days` only. */
  readonly change: (book: SalesBook | null) => SalesBook | null;
}

export interface SalesChanges {
  /** The days that the changes may touch; null = all. */
  readonly days: { readonly first: number; readonly last: number } | null;
  readonly changes: readonly SalesChange[];
}

export interface ChangedSales extends WrittenSales {
  readonly isNew: boolean;
}

export async function changeSales(store: SalesStore, { days, changes }: SalesChanges): Promise<ChangedSales[]> {
  const years = days === null ? null : yearsOf(days);
  const done: ChangedSales[] = [];
  for (let at = 0; at < changes.length; at += ITEMS_AT_ONCE) {
    done.push(...(await changeSome(store, years, changes.slice(at, at + ITEMS_AT_ONCE))));
  }
  return done;
}

function yearsOf({ first, last }: { readonly first: number; readonly last: number }): YearRange {
  return { from: calendarDate(first - PERIOD_DAYS).year, to: calendarDate(last + PERIOD_DAYS).year };
}

async function changeSome(
  store: SalesStore,
  years: YearRange | null,
  changes: readonly SalesChange[],
): Promise<ChangedSales[]> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const read = await store.read(
      changes.map(({ item }) => item),
      years,
    );
    const writes = changes.flatMap((change) => writeOf(change, read.get(objectName(change.item))));
    if (writes.length === 0) return [];
    const written = await store.write(writes);
    if (written === null) continue;
    return written.map((each) => ({ ...each, isNew: read.get(objectName(each.item))?.head == null }));
  }
  throw new Error("these sales were changed by others again and again");
}

function writeOf({ item, objectId, change }: SalesChange, stored: StoredSales | undefined): SalesWrite[] {
  const before = bookOf(stored);
  const after = change(before);
  if (after === null || after === before) return [];
  const years = packYears(after);
  const known = new Map((stored?.years ?? []).map((year) => [year.year, JSON.stringify(year)]));
  const left = new Set(years.map(({ year }) => year));
  return [
    {
      item,
      objectId,
      basedOn: stored?.inputsVersion ?? 0,
      head: after.knownFrom === null ? null : headOf(after),
      years: years.filter((year) => known.get(year.year) !== JSON.stringify(year)),
      droppedYears: [...known.keys()].filter((year) => !left.has(year)),
    },
  ];
}
