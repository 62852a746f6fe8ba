/** The bindings that a connection's object uses. */
import type { ItemObject } from "../item/item-object.ts";
import type { StoreBindings } from "../store/bindings.ts";

export interface ConnectBindings extends StoreBindings {
  readonly ITEM: DurableObjectNamespace<ItemObject>;
}
