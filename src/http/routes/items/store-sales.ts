/** `/sales`: sales of many products at once, part by part, and the statement that a store's sales are complete. */
import { Problem } from "../../../api/problems.ts";
import {
  CompleteAnswer,
  CompleteBody,
  DEFAULT_STORE,
  SalesQuery,
  SalesUploadAnswer,
} from "../../../api/sales-shape.ts";
import { objectName } from "../../../storage/identity.ts";
import { storageOf } from "../../../storage/storage.ts";
import { tellUploads } from "../../../store/tell-stores.ts";
import { withoutDust } from "../../../shared/without-dust.ts";
import type { AppContext } from "../../kit/context.ts";
import { requireStore } from "../../auth/store-bounds.ts";
import { once, ONCE } from "../../kit/once.ts";
import { mediaType, readJson, readRows, requireType, NDJSON, ROWS_LIMIT } from "../../kit/request/body.ts";
import { salesFromCsv, salesFromNdjson, type GivenSale } from "../../kit/request/sales-rows.ts";
import { UploadErrors } from "../../kit/request/upload-errors.ts";
import { guarded, json } from "../../kit/route.ts";
import { takeSales, todaysOf, type ItemSales } from "../../kit/take-sales.ts";
import { isoDay } from "../../../shared/calendar-dates.ts";

export const postSales = guarded({
  method: "POST",
  path: "/sales",
  scope: "write",
  query: SalesQuery,
  headers: ONCE,
  docs: {
    summary: "Add sales of many products (CSV: product_id,date,units and optional store_id,in_stock; or NDJSON)",
    group: "items",
    body: { "text/csv": null, [NDJSON]: null },
    answers: { 200: { says: "Stored, all of it", content: json(SalesUploadAnswer) } },
    problems: ["not_found", "period_differs"],
  },
  async handle(c, { query, headers, principal }) {
    requireType(c, ["text/csv", NDJSON]);
    const text = await readRows(c, ROWS_LIMIT);
    return once(c, principal, headers["Idempotency-Key"], `${c.req.url}\n${text}`, async () => {
      const errors = new UploadErrors();
      const isNdjson = mediaType(c) === NDJSON;
      const rows = isNdjson ? salesFromNdjson(text, errors) : salesFromCsv(text, ["product_id"], ["store_id"], errors);
      const items = byItem(rows, query.store_id ?? DEFAULT_STORE);
      for (const { item } of items) requireStore(principal, item.storeId);
      const taken = await takeSales(c, items, query, { isPart: true, errors });
      await tellUploads(c.env, new Set(items.map(({ item }) => item.storeId)));
      const days = rows.map(({ day }) => day);
      return {
        status: 200,
        body: {
          items: items.length,
          rows: rows.length,
          added_up: taken.addedUp,
          first: isoDay(days.reduce((a, b) => Math.min(a, b))),
          last: isoDay(days.reduce((a, b) => Math.max(a, b))),
          units: withoutDust(rows.reduce((sum, { units }) => sum + units, 0)),
          warnings: taken.warnings,
        },
      };
    });
  },
});

export const postSalesComplete = guarded({
  method: "POST",
  path: "/sales/complete",
  scope: "write",
  headers: ONCE,
  docs: {
    summary: "Every product of the store is known to that day, also those without a row",
    group: "items",
    body: json(CompleteBody),
    answers: { 200: { says: "Known", content: json(CompleteAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { headers, principal }) {
    const body = await readJson(c, CompleteBody);
    return once(c, principal, headers["Idempotency-Key"], JSON.stringify(body), async () => {
      const { store_id: storeId, through } = body;
      requireStore(principal, storeId);
      await refuseFutureDay(c, storeId, through);
      const items = await storageOf(c.env).sales.complete(storeId, through);
      await tellUploads(c.env, [storeId]);
      return { status: 200, body: { store_id: storeId, through: isoDay(through), items } };
    });
  },
});

function byItem(rows: readonly GivenSale[], storeId: string): ItemSales[] {
  const items = new Map<string, { item: ItemSales["item"]; rows: GivenSale[] }>();
  for (const row of rows) {
    const item = { storeId: row.storeId ?? storeId, productId: row.productId! };
    const key = objectName(item);
    const known = items.get(key);
    if (known === undefined) items.set(key, { item, rows: [row] });
    else known.rows.push(row);
  }
  return [...items.values()];
}

async function refuseFutureDay(c: AppContext, storeId: string, day: number): Promise<void> {
  const today = (await todaysOf(c, [storeId])).get(storeId)!;
  if (day <= today) return;
  throw new Problem("validation_failed", "Sales cannot be complete for a day in the future.", {
    errors: [{ pointer: "/through", message: `must not be after today, ${isoDay(today)}, in the store` }],
  });
}
