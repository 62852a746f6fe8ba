/**
 * An audit trail as a hash chain: each entry's hash covers the one before it, so a changed, removed or inserted entry
 * shows. The first link is made of the id of what is audited: a trail cannot be passed off as another's.
 */
export interface ChainedEntry {
  /** From 1. */
  readonly seq: number;
  readonly at: number;
  readonly event: string;
  readonly hash?: string | undefined;
}

/** The hash of an entry, given the one before. */
export type HashOf<Entry> = (previous: string, entry: Entry) => string;

/** Every entry with its hash; entries that have one keep it, whatever it is. */
export function chained<Entry extends ChainedEntry>(
  entries: readonly Entry[],
  root: string,
  hashOf: HashOf<Entry>,
): readonly (Entry & { readonly hash: string })[] {
  let previous = root;
  return entries.map((entry) => {
    const hash = entry.hash ?? hashOf(previous, entry);
    previous = hash;
    return { ...entry, hash };
  });
}

export interface Chain<Entry> {
  readonly entries: readonly Entry[];
  readonly root: string;
  readonly hashOf: HashOf<Entry>;
  /** With the last one alone, whatever was changed above it shows there. */
  readonly storedHashes: "all" | "last";
}

/** What is wrong with a chain, in words; null when it holds. */
export function chainFault<Entry extends ChainedEntry>({
  entries,
  root,
  hashOf,
  storedHashes,
}: Chain<Entry>): string | null {
  let previous = root;
  let at = 0;
  for (const [index, entry] of entries.entries()) {
    const named = `entry ${entry.seq} (${entry.event})`;
    if (entry.seq !== index + 1) return `entry ${index + 1} is missing`;
    if (entry.hash !== hashOf(previous, entry)) {
      const coversOthers = storedHashes === "last" && index === entries.length - 1 && index > 0;
      return `${named}${coversOthers ? ", or one above it," : ""} was changed`;
    }
    if (entry.at < at) return `${named} is dated before the one above it`;
    previous = entry.hash;
    at = entry.at;
  }
  return null;
}
