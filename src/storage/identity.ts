/**
 * The identity of an item. Its object's id is derived from it, and goes along wherever the object must be found again.
 */
export interface ItemIdentity {
  readonly storeId: string;
  readonly productId: string;
}

/** The name an item's object is addressed by: as JSON, two different pairs never give the same name. */
export function objectName(item: ItemIdentity): string {
  return JSON.stringify([item.storeId, item.productId]);
}

/** The name of the object that keeps a store's purchase orders with a supplier. */
export function purchaseOrdersName(storeId: string, supplierId: string): string {
  return JSON.stringify([storeId, supplierId]);
}
