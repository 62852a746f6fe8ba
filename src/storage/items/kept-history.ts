/**
 * The histories of the items loaded last. An object that was closed while idle loads its sales again; while they are
 * the same texts it gets the same history, by whose identity models and simulated demand are kept.
 */
import type { DemandHistory } from "../../world/history.ts";
import { objectName, type ItemIdentity } from "../identity.ts";
import { toHistory } from "../item-inputs.ts";

/** With three years of days each they take some 15 MB. */
const MOST_ITEMS = 500;

interface Kept {
  readonly head: string;
  readonly years: readonly string[];
  readonly history: DemandHistory | null;
}

/** The least recently loaded first. */
const kept = new Map<string, Kept>();

/** @param item null for a borrower, in whose world the same history has other models: it gets one of its own. */
export function historyOnce(
  item: ItemIdentity | null,
  head: string | null | undefined,
  years: readonly string[],
): DemandHistory | null {
  if (head == null) return null;
  if (item === null) return toHistory(head, years);
  const name = objectName(item);
  const known = kept.get(name);
  kept.delete(name);
  const same = known?.head === head && known.years.length === years.length && known.years.every(isAt(years));
  const now = same ? known : { head, years, history: toHistory(head, years) };
  kept.set(name, now);
  if (kept.size > MOST_ITEMS) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  return now.history;
}

function isAt(years: readonly string[]): (year: string, at: number) => boolean {
  return (year, at) => year === years[at];
}
