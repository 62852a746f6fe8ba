/**
 * How often a test repeats what it generates: `npm run test:thorough` runs the full count, `npm test` a share of it
 * that still meets every kind.
 */
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    readonly thorough: boolean;
    /** Print a fixture of what this release stores (test/edge/item/stored-v0.1.0.test.ts). */
    readonly makeFixture: boolean;
  }
}

const SHORT_RUN_SHARE = 1 / 20;

/** A short run takes every fifth of a list. */
const SHORT_RUN_STEP = 5;

export function countOf(full: number): number {
  return inject("thorough") ? full : Math.ceil(full * SHORT_RUN_SHARE);
}

/** All of a list in a thorough run; in a short one every fifth, beginning elsewhere for another `turn`. */
export function someOf<T>(all: readonly T[], turn = 0): readonly T[] {
  return inject("thorough") ? all : all.filter((_, index) => (index + turn) % SHORT_RUN_STEP === 0);
}
