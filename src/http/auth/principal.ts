/** Who is asking. Only `authenticate.ts` makes one, and every guarded handler takes one: the types enforce authentication. */
import type { RateClass, Scope } from "../../api/scopes.ts";

declare const authenticated: unique symbol;

export interface Principal {
  readonly [authenticated]: true;
  /** Stable id of the key; `root` for the root key. Distinguishes people in reviews. */
  readonly keyId: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly rateClass: RateClass;
  /** The stores that the key is bound to; null = all. */
  readonly stores: ReadonlySet<string> | null;
}
