/** The bindings that a store's object and its callers use; `Env` extends them. */
import type { StorageBindings } from "../storage/bindings.ts";
import type { StoreObject } from "./store-object.ts";

export interface StoreBindings extends StorageBindings {
  readonly STORE: DurableObjectNamespace<StoreObject>;
}
