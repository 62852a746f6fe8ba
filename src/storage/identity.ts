/** Who an item is. The object's id is derived from it, and travels with it wherever the object must be found again. */
export interface ItemIdentity {
  readonly storeId: string;
  readonly productId: string;
}

/** The name an item's object is addressed by: JSON keeps any two different pairs apart. */
export function objectName(item: ItemIdentity): string {
  return JSON.stringify([item.storeId, item.productId]);
}

/** The name of the object that keeps a store's purchase orders with a supplier. */
export function purchaseOrdersName(storeId: string, supplierId: string): string {
  return JSON.stringify([storeId, supplierId]);
}
