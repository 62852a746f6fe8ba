/** The bindings that a store's object itself uses: the items of its store, for runs. */
import type { StorageBindings } from "../../storage/bindings.ts";
import type { RunAnswer, RunCall } from "./run.ts";

export interface StoreObjectBindings extends StorageBindings {
  readonly EMAIL?: SendEmail;
  readonly ITEM: {
    getByName(name: string): { decideAgain(call: RunCall): Promise<RunAnswer> };
  };
}
