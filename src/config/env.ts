/** The Worker's environment: the bindings of each room and the Worker's own; settings are raw text beside them. */
import type { ItemBindings } from "../item/bindings.ts";
import type { ItemObject } from "../item/item-object.ts";

export interface Env extends ItemBindings {
  readonly ITEM: DurableObjectNamespace<ItemObject>;
  readonly LIMITER: RateLimit;
  readonly LIMITER_BULK: RateLimit;
  readonly AUTH_LIMITER: RateLimit;
}
