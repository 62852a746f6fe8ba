/** `/history/{product_id}`: one product's sales, added by dates and announced to the item. */
import { Problem } from "../../../api/problems.ts";
import { HistoryAnswer, HistoryRangeQuery, HistoryUploadAnswer, UploadQuery } from "../../../api/sales-shape.ts";
import { changeSales } from "../../../storage/change-sales.ts";
import { objectName } from "../../../storage/identity.ts";
import { bookOf } from "../../../storage/sales-store.ts";
import { storageOf } from "../../../storage/storage.ts";
import { storeObject } from "../../../store/store-worlds.ts";
import { historyOf } from "../../../world/history.ts";
import { nextPeriod, type SalesPeriod } from "../../../world/sales/periods.ts";
import { deleteSales, rowsOf } from "../../../world/sales/sales.ts";
import { itemObjectId } from "../../kit/item-stubs.ts";
import { announce, identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { readCsv } from "../../kit/request/body.ts";
import { salesFromCsv } from "../../kit/request/sales-rows.ts";
import { UploadErrors } from "../../kit/request/upload-errors.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { takeSales } from "../../kit/take-sales.ts";
import { isoDay } from "../../../shared/calendar-dates.ts";

/** Far before and after any sale. */
const ALL_DAYS = { from: -1_000_000, to: 1_000_000 };

export const putHistory = guarded({
  method: "PUT",
  path: "/history/:product_id",
  scope: "write",
  params: OF_ITEM.params,
  query: UploadQuery,
  docs: {
    summary: "Add sales of one product (CSV: date,units and optional in_stock)",
    group: "items",
    body: { "text/csv": null },
    answers: {
      200: { says: "Added", content: json(HistoryUploadAnswer) },
      201: { says: "Stored, the first of this product", content: json(HistoryUploadAnswer) },
    },
    problems: ["period_differs"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const errors = new UploadErrors();
    const rows = salesFromCsv(await readCsv(c), [], [], errors);
    const options = { isPart: false, errors };
    const { changed, addedUp, warnings, book } = await takeSales(c, [{ item, rows }], asked.query, options);
    for (const upload of changed) await announce(c, item, { ...upload, created: upload.isNew });
    await storeObject(c.env, item.storeId).salesChanged();
    const days = rows.map(({ day }) => day);
    return c.json(
      {
        ...identityToWire(item),
        days: new Set(days).size,
        added_up: addedUp,
        first_date: isoDay(Math.min(...days)),
        last_date: isoDay(Math.max(...days)),
        period: book!.period,
        complete_through: dateOrNull(book!.completeThrough),
        warnings,
      },
      changed.some(({ isNew }) => isNew) ? 201 : 200,
    );
  },
});

export const getHistory = guarded({
  ...OF_ITEM,
  method: "GET",
  path: "/history/:product_id",
  scope: "read",
  docs: {
    summary: "The stored sales, period by period",
    group: "items",
    answers: { 200: { says: "The history", content: json(HistoryAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const stored = (await storageOf(c.env).sales.read([item], null)).get(objectName(item));
    const book = bookOf(stored);
    const history = book === null ? null : historyOf(book);
    if (book === null || history === null) throw noSales();
    const starts = startsFrom(book.period, history.firstDay, history.units.length);
    const listed = new Set(rowsOf(book).map(({ day }) => day));
    const known = book.completeThrough ?? Infinity;
    return c.json({
      ...identityToWire(item),
      period: book.period,
      complete_through: dateOrNull(book.completeThrough),
      // A day without a row that nobody called complete is unseen, not a day without sales.
      days: history.units.flatMap((units, index) => {
        const start = starts[index]!;
        if (start > known && !listed.has(start)) return [];
        return [{ date: isoDay(start), units, in_stock: history.inStock[index] === false ? 0 : 1 }];
      }),
    });
  },
});

export const deleteHistory = guarded({
  method: "DELETE",
  path: "/history/:product_id",
  scope: "write",
  params: OF_ITEM.params,
  query: HistoryRangeQuery,
  docs: {
    summary: "Remove sales of a range of days, both included",
    group: "items",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const { from = ALL_DAYS.from, to = ALL_DAYS.to } = asked.query;
    if (from > to) {
      throw new Problem("validation_failed", "The range is not valid.", {
        errors: [{ pointer: "to", message: "must not be before from" }],
      });
    }
    const changed = await changeSales(storageOf(c.env).sales, {
      days: null,
      changes: [
        {
          item,
          objectId: itemObjectId(c, item),
          change: (book) => (book === null ? null : deleteSales(book, from, to)),
        },
      ],
    });
    if (changed.length === 0) throw noSales();
    for (const upload of changed) await announce(c, item, { ...upload, created: false });
    await storeObject(c.env, item.storeId).salesChanged();
    return c.body(null, 204);
  },
});

/** First days of `count` periods. */
function startsFrom(period: SalesPeriod, first: number, count: number): number[] {
  const starts: number[] = [];
  for (let start = first; starts.length < count; start = nextPeriod(period, start)) starts.push(start);
  return starts;
}

function dateOrNull(day: number | null): string | null {
  return day === null ? null : isoDay(day);
}

function noSales(): Problem {
  return new Problem("not_found", "No sales are stored for this product.");
}
