/** Puts uploaded sales into the books of their items. The whole upload is checked before anything is stored. */
import { Problem } from "../../api/problems.ts";
import type { UploadTerms } from "../../api/sales-shape.ts";
import { changeSales, type ChangedSales } from "../../storage/change-sales.ts";
import { objectName, type ItemIdentity } from "../../storage/identity.ts";
import { storageOf } from "../../storage/storage.ts";
import { storeDay } from "../../world/opening.ts";
import { periodEnd, spacingOf, type SalesPeriod } from "../../world/sales/periods.ts";
import { mergeSales, rowsOf, type SalesBook, type SalesUpload } from "../../world/sales/sales.ts";
import type { AppContext } from "./context.ts";
import { itemObjectId } from "./item-stubs.ts";
import type { GivenSale } from "./request/sales-rows.ts";
import type { UploadErrors } from "./request/upload-errors.ts";
import { isoDay } from "../../shared/calendar-dates.ts";

const MOST_WARNINGS = 100;
/** Heads of books a query: some hundred characters each. */
const HEADS_AT_ONCE = 2_000;

export interface ItemSales {
  readonly item: ItemIdentity;
  readonly rows: readonly GivenSale[];
}

export interface TakenSales {
  readonly changed: readonly ChangedSales[];
  readonly addedUp: number;
  readonly warnings: readonly string[];
  /** The newest book of the last item, for a caller who sent only one. */
  readonly book: SalesBook | null;
}

/**
 * @param isPart the rows are a part of what a store sold: listed items are then known up to the part's last day that is
 * over.
 * @param errors of rows that could not be read; nothing is stored where there are any.
 */
export async function takeSales(
  c: AppContext,
  items: readonly ItemSales[],
  query: UploadTerms,
  { isPart, errors }: { readonly isPart: boolean; readonly errors: UploadErrors },
): Promise<TakenSales> {
  const todays = await todaysOf(c, new Set(items.map(({ item }) => item.storeId)));
  const rows = items.flatMap((each) => each.rows);
  const first = rows.reduce((least, { day }) => Math.min(least, day), Infinity);
  const last = rows.reduce((most, { day }) => Math.max(most, day), -Infinity);
  refuseFuture(items, todays, query.complete_through, errors);
  await refusePeriods(c, items, query, spacingOf(rows.map(({ day }) => day)));

  // By item, since a merge runs again where somebody else wrote in between.
  const notes = new Map<string, { readonly addedUp: number; readonly warnings: readonly string[] }>();
  let book: SalesBook | null = null;
  const merges = items.map(({ item, rows: given }) => ({
    item,
    objectId: itemObjectId(c, item),
    change(before: SalesBook | null): SalesBook {
      const merged = mergeSales(
        before,
        uploadOf(given, query, before, isPart ? { last, today: todays.get(item.storeId)! } : null),
      );
      if (merged.kind === "period_differs") throw periodDiffers(item, merged.stored, merged.given);
      const about = isPart ? `${item.productId}, ` : "";
      notes.set(objectName(item), {
        addedUp: merged.addedUp,
        warnings: [
          ...merged.belowZero.map((day) => `${about}${isoDay(day)}: the sum is below 0 (returns) and counts as 0`),
          ...(query.period === undefined ? lookLikePeriods(merged.book, about) : []),
        ],
      });
      book = merged.book;
      return merged.book;
    },
  }));
  const changed = await changeSales(storageOf(c.env).sales, {
    days: query.replace ? null : { first, last },
    changes: merges,
  });
  return {
    changed,
    addedUp: [...notes.values()].reduce((sum, each) => sum + each.addedUp, 0),
    warnings: [...notes.values()].flatMap((each) => each.warnings).slice(0, MOST_WARNINGS),
    book,
  };
}

function uploadOf(
  rows: readonly GivenSale[],
  query: UploadTerms,
  before: SalesBook | null,
  part: { readonly last: number; readonly today: number } | null,
): SalesUpload {
  const period = query.period ?? null;
  const through =
    part === null ? null : Math.min(periodEnd(period ?? before?.period ?? "day", part.last), part.today - 1);
  return {
    period,
    source: query.source ?? "",
    rows,
    completeThrough: query.complete_through ?? through,
    replace: query.replace,
  };
}

/** The store's calendar day now, by store. */
export async function todaysOf(c: AppContext, storeIds: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const now = Date.now();
  const { world } = storageOf(c.env);
  return new Map(
    await Promise.all(
      [...storeIds].map(async (storeId) => [storeId, storeDay(now, await world.get("store", storeId))] as const),
    ),
  );
}

function refuseFuture(
  items: readonly ItemSales[],
  todays: ReadonlyMap<string, number>,
  completeThrough: number | undefined,
  errors: UploadErrors,
): void {
  for (const { item, rows } of items) {
    const today = todays.get(item.storeId)!;
    for (const { line, dateColumn, day } of rows) {
      if (day <= today) continue;
      const message = `${isoDay(day)} is after today, ${isoDay(today)}, in the store`;
      if (dateColumn === null) errors.add(`line ${line}, /date`, `line ${line}, date: ${message}`);
      else errors.at(line, dateColumn, message);
    }
  }
  const first = Math.min(...todays.values());
  if (completeThrough !== undefined && completeThrough > first)
    errors.add("complete_through", `must not be after today, ${isoDay(first)}, in the store`);
  errors.throwIfAny("The upload");
}

/** Checked before anything is written: an upload is stored whole or not at all. */
async function refusePeriods(
  c: AppContext,
  items: readonly ItemSales[],
  query: UploadTerms,
  spacing: "week" | "month" | null,
): Promise<void> {
  if (query.replace) return;
  const { sales } = storageOf(c.env);
  const isSpaced = query.period === undefined && spacing !== null;
  for (let at = 0; at < items.length; at += HEADS_AT_ONCE) {
    const some = items.slice(at, at + HEADS_AT_ONCE);
    // No year is this old, so only heads are read.
    const stored = await sales.read(
      some.map(({ item }) => item),
      { from: 1, to: 0 },
    );
    for (const { item } of some) {
      const known = stored.get(objectName(item))?.head?.period;
      if (query.period !== undefined && known !== undefined && known !== query.period)
        throw periodDiffers(item, known, query.period);
      if (isSpaced && (known ?? "day") === "day") throw looksLike(spacing);
    }
  }
}

/** Rows that came one by one, each upload too short to show it: said, since a single row may be a day's. */
function lookLikePeriods(book: SalesBook, about: string): string[] {
  const spacing = book.period === "day" ? spacingOf(rowsOf(book).map(({ day }) => day)) : null;
  if (spacing === null) return [];
  return [
    `${about}the stored days are throughout a ${spacing} apart; if each is a ${spacing}'s sales, send all of them ` +
      `again with period=${spacing} and replace=true`,
  ];
}

function looksLike(spacing: "week" | "month"): Problem {
  const apart = spacing === "week" ? "7 days" : "28 to 31 days";
  return new Problem(
    "validation_failed",
    `The rows are throughout ${apart} apart, as if each were a ${spacing}'s sales. Send period=${spacing}, or ` +
      "period=day if they are days.",
    { errors: [{ pointer: "period", message: `is needed: ${spacing}, or day` }] },
  );
}

function periodDiffers(item: ItemIdentity, stored: SalesPeriod, given: SalesPeriod): Problem {
  return new Problem(
    "period_differs",
    `Sales of ${item.productId} are stored by ${stored}, not by ${given}. Send replace=true to drop them.`,
  );
}
