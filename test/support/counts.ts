/**
 * How often a test repeats what it generates: `npm run test:thorough` runs the full count, `npm test` a share of it that
 * still meets every kind.
 */
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    readonly thorough: boolean;
    /** Print a fixture of what this release stores (test/edge/stored-v0.1.0.test.ts). */
    readonly makeFixture: boolean;
  }
}

const SHORT_RUN_SHARE = 1 / 20;

export function countOf(full: number): number {
  return inject("thorough") ? full : Math.ceil(full * SHORT_RUN_SHARE);
}
