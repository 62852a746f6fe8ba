/** Belief in each count model before an item has shown anything: flat until it is fitted (scripts/fit-count-prior.ts). */
import { COUNT_MODELS } from "./count-bank.ts";

export const COUNT_PRIOR: readonly number[] = Array.from({ length: COUNT_MODELS }, () => 1 / COUNT_MODELS);
