/**
 * The Worker's environment: what each room needs, and the rest as `npm run types` reads it from wrangler.toml. Settings
 * are raw text beside the bindings; only `config/settings.ts` reads them.
 */
import type { ItemBindings } from "./item/bindings.ts";

export interface Env extends ItemBindings, Omit<WranglerEnv, keyof ItemBindings> {}

/** Does not compile when a room needs a binding that wrangler.toml does not have. */
export const boundAs = (bound: WranglerEnv): Env => bound;
