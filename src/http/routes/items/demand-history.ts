/** `/history/{product_id}`: demand history, added by days and announced to the item. */
import { Problem } from "../../../api/problems.ts";
import { HistoryAnswer, HistoryUploadAnswer } from "../../../api/responses.ts";
import { dateOf } from "../../../shared/dates.ts";
import { storageOf } from "../../../storage/storage.ts";
import { itemObjectId } from "../../kit/item-stubs.ts";
import { announce, identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { readCsv } from "../../kit/request/body.ts";
import { parseHistoryCsv } from "../../kit/request/uploads.ts";
import { guarded, json } from "../../kit/route.ts";

export const putHistory = guarded({
  ...OF_ITEM,
  method: "PUT",
  path: "/history/:product_id",
  scope: "write",
  docs: {
    summary: "Add days of demand (CSV: date,units and optional in_stock)",
    group: "items",
    body: { "text/csv": null },
    answers: {
      200: { says: "Added", content: json(HistoryUploadAnswer) },
      201: { says: "Stored, the first of this product", content: json(HistoryUploadAnswer) },
    },
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const { days, warnings } = parseHistoryCsv(await readCsv(c));
    const upload = await storageOf(c.env).inputs.addDemand(item, itemObjectId(c, item), days);
    await announce(c, item, upload);
    return c.json(
      {
        ...identityToWire(item),
        days: days.length,
        first_date: dateOf(days[0]!.day),
        last_date: dateOf(days.at(-1)!.day),
        warnings,
      },
      upload.created ? 201 : 200,
    );
  },
});

export const getHistory = guarded({
  ...OF_ITEM,
  method: "GET",
  path: "/history/:product_id",
  scope: "read",
  docs: {
    summary: "The stored demand, day by day",
    group: "items",
    answers: { 200: { says: "The history", content: json(HistoryAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const history = await storageOf(c.env).inputs.history(item);
    if (history === null) throw new Problem("not_found", "No demand history is stored for this product.");
    return c.json({
      ...identityToWire(item),
      days: history.units.map((units, index) => ({
        date: dateOf(history.firstDay + index),
        units,
        in_stock: history.inStock[index] === false ? 0 : 1,
      })),
    });
  },
});
