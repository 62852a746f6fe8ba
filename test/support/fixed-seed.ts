/**
 * Properties try the same cases in every run, so that a run of the same code ends the same. `SEED=random` tries others,
 * and `SEED=n` those of a report.
 */
import fc from "fast-check";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Null for a new one in each run. */
    readonly seed: number | null;
  }
}

const seed = inject("seed");
if (seed !== null) fc.configureGlobal({ seed });
