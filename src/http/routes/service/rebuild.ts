/**
 * `POST /projections/rebuild`: items send the database everything they keep, for one that lost rows or went back. A
 * page a call; the first one registers again the items that only the log still knows.
 */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { RebuildObjectsBody, pageSize } from "../../../api/requests.ts";
import { ObjectRebuildAnswer, RebuildAnswer } from "../../../api/service-responses.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../../kit/context.ts";
import { rebuildPurchases } from "../../kit/purchasing/rebuild-purchases.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { decodeItemCursor, encodeItemCursor } from "../../kit/request/cursor.ts";

const ITEMS_AT_ONCE = 10;
/** Calls that one invocation may make are limited. */
const MOST_ITEMS = 200;

export const postRebuild = guarded({
  method: "POST",
  path: "/projections/rebuild",
  scope: "admin",
  query: z.object({
    limit: pageSize(MOST_ITEMS, MOST_ITEMS),
    cursor: z.string().max(1_024).optional(),
  }),
  docs: {
    summary: "Rebuild the log from the items, one page of the registry a call",
    group: "service",
    answers: { 200: { says: "How many did; pass the cursor for the next page", content: json(RebuildAnswer) } },
  },
  async handle(c, { query: { limit, cursor } }) {
    const { workflows } = storageOf(c.env);
    if (cursor === undefined) await workflows.registerAgain();
    const found = await workflows.registered(
      cursor === undefined ? null : decodeItemCursor("projections", cursor),
      limit + 1,
    );
    const items = found.slice(0, limit);
    const { unsent } = await sendAgain(c, items);
    const failed = items.filter(({ objectId }) => unsent.has(objectId));
    return c.json({
      items: items.length,
      failed: failed.map(({ storeId, productId }) => ({ store_id: storeId, product_id: productId })),
      next_cursor: found.length > limit ? encodeItemCursor("projections", items.at(-1)!) : null,
    });
  },
});

export const postObjectRebuild = guarded({
  method: "POST",
  path: "/projections/rebuild/objects",
  scope: "admin",
  docs: {
    summary: "Rebuild log and registry from the objects named, where the registry is lost as well",
    group: "service",
    body: json(RebuildObjectsBody),
    answers: { 200: { says: "How many items did; empty objects are none", content: json(ObjectRebuildAnswer) } },
  },
  async handle(c) {
    const { objects } = await readJson(c, RebuildObjectsBody);
    const objectIds = [...new Set(objects)];
    const foreign = objectIds.findIndex((objectId) => !isItem(c, objectId));
    if (foreign >= 0)
      throw new Problem("validation_failed", "An id does not belong to an item's object.", {
        errors: [{ pointer: `/objects/${foreign}`, message: "must be an id of the namespace ITEM" }],
      });
    const { known, unsent } = await sendAgain(
      c,
      objectIds.map((objectId) => ({ objectId })),
    );
    // An item that never heard of an upload can only be identified by its decisions.
    await storageOf(c.env).workflows.registerAgain();
    return c.json({ items: known, failed: [...unsent] });
  },
});

/** Makes items project all they keep, registers those that know their name, and rebuilds their purchase orders. */
async function sendAgain(
  c: AppContext,
  items: readonly { readonly objectId: string }[],
): Promise<{ readonly known: number; readonly unsent: ReadonlySet<string> }> {
  const sent = await concurrently(items, ITEMS_AT_ONCE, ({ objectId }) =>
    c.env.ITEM.get(c.env.ITEM.idFromString(objectId))
      .reproject()
      .catch(() => "failed" as const),
  );
  const identities = sent.flatMap((identity, at) =>
    identity === null || identity === "failed" ? [] : [{ ...identity, objectId: items[at]!.objectId }],
  );
  await storageOf(c.env).inputs.restore(
    identities.map(({ storeId, productId, objectId, inputsVersion, terms }) => ({
      item: { storeId, productId },
      objectId,
      inputsVersion,
      terms,
    })),
  );
  // Items know their suppliers again by now.
  const unordered = await rebuildPurchases(c, items);
  const unsent = items.filter(({ objectId }, at) => sent[at] === "failed" || unordered.has(objectId));
  return { known: identities.length, unsent: new Set(unsent.map(({ objectId }) => objectId)) };
}

function isItem(c: AppContext, objectId: string): boolean {
  try {
    c.env.ITEM.idFromString(objectId);
    return true;
  } catch {
    return false;
  }
}
