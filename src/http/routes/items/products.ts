/** `/products/{product_id}`: an item's settings, and what is known about it. */
import { Problem } from "../../../api/problems.ts";
import { SettingsBody } from "../../../api/settings-body.ts";
import { termsToWire, toTerms } from "../../../api/settings-terms.ts";
import { ProductAnswer, ProductSettingsAnswer } from "../../../api/item-responses.ts";
import { changedOrderToWire, decidedToWire, iso, trackToWire } from "../../../api/to-wire.ts";
import { storageOf } from "../../../storage/storage.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { requireLender, termsInSight } from "../../auth/store-bounds.ts";
import { announce, identityToWire, itemOf, OF_ITEM, storeTerms } from "../../kit/named-item.ts";
import { readJson } from "../../kit/request/body.ts";
import { settingsWarnings } from "../../kit/warnings/settings-warnings.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";

export const putProduct = guarded({
  ...OF_ITEM,
  method: "PUT",
  path: "/products/:product_id",
  scope: "write",
  docs: {
    summary: "Store an item's settings",
    group: "items",
    body: json(SettingsBody),
    answers: {
      200: { says: "Replaced", content: json(ProductSettingsAnswer) },
      201: { says: "Stored", content: json(ProductSettingsAnswer) },
    },
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const terms = toTerms(await readJson(c, SettingsBody));
    requireLender(asked.principal, terms);
    const upload = await storeTerms(c, item, terms);
    const warnings = await settingsWarnings(c, asked.principal, [terms], [{ ...item, terms }]);
    return c.json({ ...identityToWire(item), ...termsToWire(terms), warnings }, upload.created ? 201 : 200);
  },
});

export const getProduct = guarded({
  ...OF_ITEM,
  method: "GET",
  path: "/products/:product_id",
  scope: "read",
  docs: {
    summary: "An item: settings, open orders, last decisions",
    group: "items",
    answers: { 200: { says: "The item", content: json(ProductAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const [stored, overview] = await Promise.all([storageOf(c.env).inputs.item(item), itemObject(c, item).overview()]);
    const terms = stored?.terms == null ? null : termsInSight(asked.principal, stored.terms);
    const latest = overview?.latest ?? [];
    const openOrders = overview?.openOrders ?? [];
    if (terms === null && latest.length === 0 && overview?.hasOrders !== true) throw noSuchProduct();
    return c.json({
      ...identityToWire(item),
      ...(terms === null ? {} : termsToWire(terms)),
      settings: terms === null ? null : termsToWire(terms),
      open_orders: openOrders.map(changedOrderToWire),
      confidence_record: overview?.track == null ? null : trackToWire(overview.track),
      decisions: latest.map((workflow) => ({
        workflow_id: workflow.id,
        status: workflow.status,
        decision: decidedToWire(workflow),
        created_at: iso(workflow.createdAt),
        updated_at: iso(workflow.updatedAt),
      })),
    });
  },
});

export const deleteProduct = guarded({
  ...OF_ITEM,
  method: "DELETE",
  path: "/products/:product_id",
  scope: "write",
  docs: {
    summary: "Forget an item's settings",
    group: "items",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const upload = await storageOf(c.env).inputs.deleteTerms(item);
    if (upload === null) throw noSuchProduct();
    await announce(c, item, upload);
    return c.body(null, 204);
  },
});

function noSuchProduct(): Problem {
  return new Problem("not_found", "This product has no settings, orders or decisions.");
}
