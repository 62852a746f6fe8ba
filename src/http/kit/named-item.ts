/**
 * Routes below `/:product_id?store_id=`: their parameters, the item these name, and how the item learns of an upload.
 */
import * as z from "zod";
import { name } from "../../api/fields.ts";
import { Problem } from "../../api/problems.ts";
import { StoreQuery } from "../../api/requests.ts";
import { ownHistory } from "../../api/settings-terms.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import type { Upload } from "../../storage/item-inputs.ts";
import { storageOf } from "../../storage/storage.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import type { AppContext } from "./context.ts";
import { itemObject, itemObjectId } from "./item-stubs.ts";
import { bindLog } from "./request-log.ts";

/** Spread into a route: `guarded({ ...OF_ITEM, … })`. */
export const OF_ITEM = { params: z.object({ product_id: name }), query: StoreQuery } as const;

interface NamesItem {
  readonly params: { readonly product_id: string };
  readonly query: { readonly store_id: string };
}

export function itemOf(c: AppContext, { params, query }: NamesItem): ItemIdentity {
  bindLog(c, { product_id: params.product_id, store_id: query.store_id });
  return { storeId: query.store_id, productId: params.product_id };
}

/** The item's object learns of an upload before the caller gets the answer, so the next trigger sees it. */
export async function announce(c: AppContext, item: ItemIdentity, upload: Upload): Promise<void> {
  await itemObject(c, item).inputsChanged({
    schema: 1,
    item,
    inputsVersion: upload.inputsVersion,
    terms: upload.terms,
  });
}

/** Replaces an item's settings, as a request or a form has them. Whose history they name, the caller has checked. */
export async function storeTerms(c: AppContext, item: ItemIdentity, terms: ItemTerms): Promise<Upload> {
  const field = ownHistory(item, terms);
  if (field !== null)
    throw new Problem("validation_failed", "An item cannot take its history from itself.", {
      errors: [{ pointer: `/${field}`, message: "must be another product" }],
    });
  const upload = await storageOf(c.env).inputs.putTerms(item, itemObjectId(c, item), terms);
  await announce(c, item, upload);
  return upload;
}

export function identityToWire(item: ItemIdentity) {
  return { product_id: item.productId, store_id: item.storeId };
}
