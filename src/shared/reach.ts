/** Lists of stores that something or somebody reaches; null = every store. */
type Stores = readonly string[] | null;

export function reachesStore(stores: Stores, storeId: string): boolean {
  return stores === null || stores.includes(storeId);
}

/** What several reach together. */
export function reachOfAll(reaching: readonly { readonly stores: Stores }[]): Stores {
  const all = new Set<string>();
  for (const { stores } of reaching) {
    if (stores === null) return null;
    for (const storeId of stores) all.add(storeId);
  }
  return [...all];
}
