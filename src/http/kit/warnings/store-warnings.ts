/** What is accepted of a store's description and has no effect as it is. */
import { storageOf } from "../../../storage/storage.ts";
import type { Person } from "../../../workflow/person.ts";
import type { StoreFacts, SupplierFacts } from "../../../world/types.ts";
import { MOST_PEOPLE } from "../../auth/roster.ts";
import { settings, type AppContext } from "../context.ts";
import { named } from "./named.ts";
import { tradeFaults, type TradeFault } from "./trade-warnings.ts";
import { reachesStore } from "../../../shared/reach.ts";

/** Suppliers or stores that are looked at. */
export const MOST_TRADERS = 100;

const FIELDS = { delivery: "open_days, closed", money: "currency" } as const;

export async function storeWarnings(c: AppContext, store: StoreFacts): Promise<string[]> {
  const { world } = storageOf(c.env);
  const [people, suppliers] = await Promise.all([
    (store.reviewers ?? []).length === 0 ? [] : world.list("person", MOST_PEOPLE, null),
    world.list("supplier", MOST_TRADERS, null),
  ]);
  const faults = suppliers.flatMap((supplier: SupplierFacts) => tradeFaults(store, supplier, Date.now()));
  const isMailed = settings(c).email !== null;
  return [
    ...reviewerWarnings(store, people, isMailed),
    ...(await ofTrade(c, faults, { storeId: store.storeId })).map(({ about, says }) => `${FIELDS[about]}: ${says}`),
  ];
}

/** Of those alone that concern an item: most suppliers have nothing to do with most stores. */
export async function ofTrade(
  c: AppContext,
  faults: readonly TradeFault[],
  { storeId = null, supplierId = null }: { readonly storeId?: string | null; readonly supplierId?: string | null },
): Promise<readonly TradeFault[]> {
  if (faults.length === 0) return faults;
  const trades = await storageOf(c.env).world.trades(storeId, supplierId);
  return faults.filter((fault) =>
    trades.some((trade) => trade.storeId === fault.storeId && trade.supplierId === fault.supplierId),
  );
}

/**
 * Somebody who sees only other stores is as unknown here as somebody who does not exist: a key that is bound to this
 * store must not learn which (I19).
 */
function reviewerWarnings({ storeId, reviewers }: StoreFacts, people: readonly Person[], isMailed: boolean): string[] {
  if (reviewers === null || reviewers.length === 0) return [];
  if (!isMailed) return ["reviewers: mail is not set up (REVIEW_EMAIL_TO), so nobody is mailed"];
  const seeing = people.filter(({ stores }) => reachesStore(stores, storeId));
  const found = (name: string) =>
    seeing.find(({ personId, email }) => personId === name || email === name.toLowerCase());
  const unknown = reviewers.filter((name) => found(name) === undefined && !name.includes("@"));
  const mute = reviewers.filter((name) => found(name)?.may.includes("review") === false);
  const whoElse = unknown.length === reviewers.length ? ", and REVIEW_EMAIL_TO is asked instead" : "";
  return [
    ...(unknown.length === 0
      ? []
      : [`reviewers: ${named(unknown)}: no person who sees this store, so not asked${whoElse}`]),
    ...(mute.length === 0 ? [] : [`reviewers: ${named(mute)}: asked, but without the permission to answer (review)`]),
  ];
}
