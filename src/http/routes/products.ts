/** Item settings, receipts and open orders: what a store keeps about a product beside its demand. */
import type { ItemIdentity } from "../../storage/identity.ts";
import type { Upload } from "../../storage/item-inputs.ts";
import { storageOf } from "../../storage/storage.ts";
import { readJson, readQuery } from "../kit/body.ts";
import { itemObject, itemObjectId, type AppContext } from "../kit/context.ts";
import { bindLog } from "../middleware/observe.ts";
import { Problem } from "../../api/problems.ts";
import { name } from "../../api/fields.ts";
import { SettingsBody, termsToWire } from "../../api/item-settings.ts";
import { ReceiptBody, StoreQuery } from "../../api/requests.ts";
import { decisionToWire, iso, openOrderToWire, trackToWire } from "../../api/to-wire.ts";

/** The item that a path and `store_id` name. */
export function itemOf(c: AppContext): ItemIdentity {
  const { store_id } = readQuery(c, StoreQuery);
  const product = name.safeParse(c.req.param("product_id"));
  if (!product.success) {
    throw new Problem("validation_failed", "The product id is not valid.", {
      errors: [{ pointer: "product_id", message: product.error.issues[0]!.message }],
    });
  }
  bindLog(c, { product_id: product.data, store_id });
  return { storeId: store_id, productId: product.data };
}

/** The item's object learns of an upload before the caller hears that it is done: the next trigger sees it. */
export async function announce(c: AppContext, item: ItemIdentity, upload: Upload): Promise<void> {
  await itemObject(c, item).inputsChanged({
    schema: 1,
    item,
    inputsVersion: upload.inputsVersion,
    terms: upload.terms,
  });
}

export function identityToWire(item: ItemIdentity) {
  return { product_id: item.productId, store_id: item.storeId };
}

export async function putProduct(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const terms = await readJson(c, SettingsBody);
  const upload = await storageOf(c.env).inputs.putTerms(item, itemObjectId(c, item), terms);
  await announce(c, item, upload);
  return c.json({ ...identityToWire(item), ...termsToWire(terms) }, upload.created ? 201 : 200);
}

export async function getProduct(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const [stored, overview] = await Promise.all([storageOf(c.env).inputs.item(item), itemObject(c, item).overview()]);
  const terms = stored?.terms ?? null;
  const latest = overview?.latest ?? [];
  const openOrders = overview?.openOrders ?? [];
  if (terms === null && latest.length === 0 && openOrders.length === 0) throw noSuchProduct();
  return c.json({
    ...identityToWire(item),
    ...(terms === null ? {} : termsToWire(terms)),
    settings: terms === null ? null : termsToWire(terms),
    open_orders: openOrders.map(openOrderToWire),
    confidence_record: overview?.track == null ? null : trackToWire(overview.track),
    decisions: latest.map((workflow) => ({
      workflow_id: workflow.id,
      status: workflow.status,
      decision: workflow.status === "running" || workflow.decision === null ? null : decisionToWire(workflow.decision),
      created_at: iso(workflow.createdAt),
      updated_at: iso(workflow.updatedAt),
    })),
  });
}

export async function deleteProduct(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const upload = await storageOf(c.env).inputs.deleteTerms(item);
  if (upload === null) throw noSuchProduct();
  await announce(c, item, upload);
  return c.body(null, 204);
}

export async function postReceipt(c: AppContext): Promise<Response> {
  const item = itemOf(c);
  const body = await readJson(c, ReceiptBody);
  const result = await itemObject(c, item).receive({
    schema: 1,
    quantity: body.quantity,
    reference: body.reference ?? null,
    receivedAt: body.received_at ?? null,
  });
  if (result === null) throw new Problem("not_found", "Nothing was ever decided for this product here.");
  if (result.kind === "reference_mismatch") {
    throw new Problem("reference_mismatch", "This reference was used for another quantity.");
  }
  const { received, applied, closed, replayed } = result.answer;
  return c.json({
    ...identityToWire(item),
    received,
    applied_to_open_orders: applied,
    closed: closed.map((order) => ({ workflow_id: order.workflowId, quantity: order.quantity })),
    replayed,
  });
}

export async function deleteOrder(c: AppContext): Promise<Response> {
  const cancelled = await itemObject(c, itemOf(c)).cancelOrder(c.req.param("workflow_id") ?? "");
  if (!cancelled) throw new Problem("not_found", "There is no such open order.");
  return c.body(null, 204);
}

function noSuchProduct(): Problem {
  return new Problem("not_found", "Nothing is stored about this product.");
}
