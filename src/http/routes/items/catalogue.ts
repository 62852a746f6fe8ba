/** `PUT /catalogue`: the settings of many items at once, all or nothing. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { contradictions } from "../../../api/settings-body.ts";
import { Problem } from "../../../api/problems.ts";
import { DEFAULT_STORE, STORE_OF_ROWS } from "../../../api/sales-shape.ts";
import { termsToWire } from "../../../api/settings-terms.ts";
import { CatalogueAnswer } from "../../../api/item-responses.ts";
import { kept, replaced, type SettingsMerge } from "../../../storage/item-inputs.ts";
import { storageOf } from "../../../storage/storage.ts";
import { tellUploads } from "../../../store/tell-stores.ts";
import { requireLender, requireStore } from "../../auth/store-bounds.ts";
import { itemObjectId } from "../../kit/item-stubs.ts";
import { tellSupplierChanges } from "../../kit/purchasing/supplier-changes.ts";
import { ONCE, once } from "../../kit/once.ts";
import { mediaType, readRows, requireType, NDJSON, ROWS_LIMIT } from "../../kit/request/body.ts";
import { catalogueFromCsv, catalogueFromNdjson } from "../../kit/request/catalogue-rows.ts";
import { settingsWarnings, type StoredTerms } from "../../kit/warnings/settings-warnings.ts";
import { guarded, json } from "../../kit/route.ts";

export const putCatalogue = guarded({
  method: "PUT",
  path: "/catalogue",
  scope: "write",
  query: z.strictObject({
    // Without a default, which would name a store that a key bound to others may not touch.
    store_id: name.optional().describe(STORE_OF_ROWS),
    keep: z
      .enum(["true", "false"])
      .default("false")
      .transform((value) => value === "true")
      .meta({ description: "true: settings that a row does not name stay as they are" }),
  }),
  headers: ONCE,
  docs: {
    summary: "Replace the settings of the listed items (CSV or NDJSON: product_id, store_id and the settings' names)",
    group: "items",
    body: { "text/csv": null, [NDJSON]: null },
    answers: { 200: { says: "Stored, all of it", content: json(CatalogueAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { query, headers, principal }) {
    requireType(c, ["text/csv", NDJSON]);
    const text = await readRows(c, ROWS_LIMIT);
    return once(c, principal, headers["Idempotency-Key"], `${c.req.url}\n${text}`, async () => {
      const storeId = query.store_id ?? DEFAULT_STORE;
      const rows = mediaType(c) === NDJSON ? catalogueFromNdjson(text, storeId) : catalogueFromCsv(text, storeId);
      for (const { item, terms } of rows) {
        requireStore(principal, item.storeId);
        requireLender(principal, terms);
      }
      const entries = rows.map((row) => ({ ...row, objectId: itemObjectId(c, row.item) }));
      const merged: StoredTerms[] = [];
      const stored = await storageOf(c.env).inputs.putCatalogue(entries, (before, entry) => {
        const terms = (query.keep ? keptInAccord : replaced)(before, entry);
        merged.push({ ...entry.item, terms });
        return terms;
      });
      if (stored.created + stored.changed > 0) {
        await tellUploads(c.env, new Set(rows.map(({ item }) => item.storeId)));
        await tellSupplierChanges(c, entries);
      }
      const warnings = await settingsWarnings(
        c,
        principal,
        rows.map(({ terms }) => terms),
        merged,
      );
      const body = { items: rows.length, ...stored, ...(warnings.length === 0 ? {} : { warnings }) };
      return { status: 200, body };
    });
  },
});

/** A row and the stored settings may each be fine, and together allow no order. */
const keptInAccord: SettingsMerge = (stored, entry) => {
  const terms = kept(stored, entry);
  const [first] = contradictions(termsToWire(terms));
  if (first === undefined) return terms;
  const { productId, storeId } = entry.item;
  const [setting, says] = first;
  const message = `${setting} ${says}, with what is stored of "${productId}" in "${storeId}"`;
  throw new Problem("validation_failed", `${message}. Nothing was stored.`, {
    errors: [{ pointer: `/${productId}/${setting}`, message }],
  });
};
