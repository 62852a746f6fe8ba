/** The Worker's bindings with a collector of the benchmark's. */
import type { Env } from "../../src/env.ts";

/** Bindings once for each real ones, as the platform gives every object the same: telemetry is kept by it. */
export function withCollector(push: () => Promise<void>): (env: Env) => Env {
  const made = new WeakMap<Env, Env>();
  const collector = { getByName: () => ({ push }) } as unknown as Env["COLLECTOR"];
  return (env) => {
    const known = made.get(env) ?? { ...env, COLLECTOR: collector };
    made.set(env, known);
    return known;
  };
}
