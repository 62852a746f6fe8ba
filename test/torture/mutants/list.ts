/** Every mutant. */
import type { Mutant } from "./mutant.ts";
import { KILLED_BY_TESTS } from "./of-tests.ts";
import { KILLED_BY_TORTURE } from "./of-torture.ts";

export const MUTANTS: readonly Mutant[] = [...KILLED_BY_TESTS, ...KILLED_BY_TORTURE];
