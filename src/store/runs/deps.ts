/** What a store's runs need of the world around them. */
import type { StoreVersions } from "../store-versions.ts";
import type { LetterResult } from "./letter-attempts.ts";
import type { KnownToStore, Letter, RunAnswer, RunCall, RunRecord } from "./run.ts";

export interface RunDeps {
  readonly objectId: string;
  /** Products of the store above `after`, in order. */
  readonly products: (
    storeId: string,
    supplierId: string | null,
    limit: number,
    after: string | null,
  ) => Promise<readonly string[]>;
  readonly versions: (storeId: string) => Promise<StoreVersions>;
  /** What items of the store need to decide, by product; rejects when it cannot be read. */
  readonly known: (storeId: string, productIds: readonly string[]) => Promise<ReadonlyMap<string, KnownToStore>>;
  readonly decideAgain: (call: RunCall) => Promise<RunAnswer>;
  readonly now: () => number;
  readonly onFailure: (cause: unknown) => void;
  /** Whether a mail is due after a run that has ended. */
  readonly owesLetter: (run: RunRecord) => boolean;
  /** Sends the mails still missing. Rejects or returns null while it has to wait. */
  readonly sendLetter: (run: RunRecord, letter: Letter) => Promise<LetterResult | null>;
  /** Called when a run's last page is written. */
  readonly onDone: (run: RunRecord) => void;
}
