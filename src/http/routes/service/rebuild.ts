/**
 * `POST /projections/rebuild`: items send the database everything they keep, for one that lost rows or went back. A page a call; the
 * first one registers again the items that only the log still knows.
 */
import * as z from "zod";
import { RebuildAnswer } from "../../../api/service-responses.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import { rebuildPurchases } from "../../kit/purchasing/rebuild-purchases.ts";
import { guarded, json } from "../../kit/route.ts";
import { listedAfter } from "../../kit/request/item-cursor.ts";

const ITEMS_AT_ONCE = 10;
/** Calls that one invocation may make are limited. */
const MOST_ITEMS = 200;

export const postRebuild = guarded({
  method: "POST",
  path: "/projections/rebuild",
  scope: "admin",
  query: z.object({
    limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(MOST_ITEMS),
    cursor: z.string().max(1_024).optional(),
  }),
  docs: {
    summary: "Rebuild the log from the items, one page of the registry a call",
    group: "service",
    answers: { 200: { says: "How many did; pass the cursor for the next page", content: json(RebuildAnswer) } },
  },
  async handle(c, { query: { limit, cursor } }) {
    const { workflows, inputs } = storageOf(c.env);
    if (cursor === undefined) await workflows.registerAgain();
    const found = await workflows.registered(listedAfter.parse(cursor), limit + 1);
    const items = found.slice(0, limit);
    const sent = await concurrently(items, ITEMS_AT_ONCE, ({ objectId }) =>
      c.env.ITEM.get(c.env.ITEM.idFromString(objectId))
        .reproject()
        .catch(() => "failed" as const),
    );
    await inputs.restore(
      items.flatMap(({ storeId, productId, objectId }, at) => {
        const known = sent[at];
        if (known === undefined || known === null || known === "failed") return [];
        return [{ item: { storeId, productId }, objectId, inputsVersion: known.inputsVersion, terms: known.terms }];
      }),
    );
    // Items know their suppliers again by now.
    const unordered = await rebuildPurchases(c, items);
    const failed = items.filter(({ objectId }, at) => sent[at] === "failed" || unordered.has(objectId));
    return c.json({
      items: items.length,
      failed: failed.map(({ storeId, productId }) => ({ store_id: storeId, product_id: productId })),
      next_cursor: found.length > limit ? listedAfter.of(items.at(-1)!) : null,
    });
  },
});
