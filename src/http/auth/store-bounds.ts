/**
 * Keys and people that are bound to stores neither see nor change another store (I19). What they may not see answers
 * 404, as if it were not there; what reaches further than their stores answers 403.
 *
 * Every route passes `refuseOtherStore` before its handler runs, which covers stores, workflows and purchase orders
 * that the path or the query names. A handler whose body names stores, or whose list spans stores, asks `requireStore`
 * or `seesStore` itself.
 */
import { Problem } from "../../api/problems.ts";
import { storageOf } from "../../storage/storage.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import type { AppContext } from "../kit/context.ts";
import { noSuchWorkflow, objectOfWorkflow } from "../kit/item-stubs.ts";
import type { Principal } from "./principal.ts";

export type StoreBounds = Pick<Principal, "stores">;

export function seesStore({ stores }: StoreBounds, storeId: string): boolean {
  return stores === null || stores.has(storeId);
}

/** Throws the 404 of a store that this principal does not see. */
export function requireStore(principal: StoreBounds, storeId: string): void {
  if (!seesStore(principal, storeId)) throw new Problem("not_found", "Nothing here is visible to this key.");
}

/** Throws the same 404 where an item would take its history from a store that this principal does not see. */
export function requireLender(principal: StoreBounds, { like }: Pick<ItemTerms, "like">): void {
  if (like?.storeId !== undefined) requireStore(principal, like.storeId);
}

/** Terms that name no store that this principal does not see. */
export function termsInSight(principal: StoreBounds, terms: ItemTerms): ItemTerms {
  const { like, ...rest } = terms;
  return like?.storeId === undefined || seesStore(principal, like.storeId) ? terms : rest;
}

/** Throws a 403 if the stores reach beyond this principal's own; null = every store. */
export function requireReach({ stores }: StoreBounds, reach: readonly string[] | null): void {
  if (stores === null) return;
  if (reach === null || reach.some((storeId) => !stores.has(storeId)))
    throw new Problem("forbidden", "This key is bound to stores, and this concerns others too.");
}

/** The stores as a list for a query; null = all of them. */
export function storesOf({ stores }: StoreBounds): readonly string[] | null {
  return stores === null ? null : [...stores];
}

interface Named {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Costs nothing for a key that is bound to no store; for a bound one, a read of the workflow that the path names. */
export async function refuseOtherStore(c: AppContext, principal: StoreBounds, { params, query }: Named): Promise<void> {
  if (principal.stores === null) return;
  const storeId = params["store_id"] ?? query["store_id"];
  if (typeof storeId === "string") return requireStore(principal, storeId);
  const poId = params["po_id"];
  if (typeof poId === "string") {
    const { noSuchPurchaseOrder, objectOfPurchaseOrder } = await import("../kit/purchasing/purchase-stubs.ts");
    const order = await objectOfPurchaseOrder(c, poId).read(poId);
    if (order === null || !seesStore(principal, order.storeId)) throw noSuchPurchaseOrder();
    return;
  }
  const workflowId = params["workflow_id"];
  if (typeof workflowId !== "string") return;
  const found = await objectOfWorkflow(c, workflowId).read(workflowId);
  const workflow = found ?? (await storageOf(c.env).workflows.get(workflowId));
  if (workflow === null || !seesStore(principal, workflow.storeId)) throw noSuchWorkflow();
}
