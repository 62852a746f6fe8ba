/**
 * What a build of the Worker leaves out, by constants that make code dead: PostgreSQL where the configuration binds no
 * Hyperdrive, 24 kB of an upload that every isolate compiles. `npm run deploy`, `npm start`, `npm run bundle` and the
 * benchmarks build by it; a plain `wrangler deploy` uploads everything.
 */
import { bindsHyperdrive } from "../server/hyperdrive-binding.ts";

/** By the names of the constants: expressions of JavaScript. */
export function leftOut(config?: string): Readonly<Record<string, string>> {
  return bindsHyperdrive(config) ? {} : { WITHOUT_POSTGRES: "true" };
}

/** As arguments of `wrangler dev` and `wrangler deploy`. */
export function leftOutFlags(config?: string): readonly string[] {
  return Object.entries(leftOut(config)).flatMap(([name, value]) => ["--define", `${name}:${value}`]);
}
