/** The bindings that a store's object itself needs for runs: its items. */
import type { StorageBindings } from "../../storage/bindings.ts";
import type { RunAnswer, RunCall } from "./run.ts";

export interface StoreObjectBindings extends StorageBindings {
  readonly EMAIL?: SendEmail;
  readonly ITEM: {
    getByName(name: string): { decideAgain(call: RunCall): Promise<RunAnswer> };
  };
}
