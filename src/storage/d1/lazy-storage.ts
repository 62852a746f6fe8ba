/** The storage on D1: what a trigger reads is there from the start, the rest is loaded by its first call. */
import { lazyStorage } from "../lazy-storage.ts";
import type { Storage } from "../storage-interface.ts";
import { d1Keys } from "./api-keys.ts";
import { d1ItemInputs } from "./item-inputs.ts";

export function lazyD1Storage(db: D1Database): Storage {
  return {
    ...lazyStorage("d1", async () => (await import("./storage.ts")).d1Storage(db)),
    inputs: d1ItemInputs(db),
    keys: d1Keys(db),
  };
}
