/**
 * The histories of items, as many as there is room for. An object that was closed while idle loads its sales again.
 * While they are the same texts it gets the same history, by whose identity models and simulated demand are kept.
 */
import type { DemandHistory } from "../../world/history.ts";
import { objectName, type ItemIdentity } from "../identity.ts";
import { HOUR_MS } from "../../shared/durations.ts";
import { toHistory } from "../item-inputs.ts";

/**
 * Bytes of what is kept, of an isolate's 128 MB: some 3,800 items with a quarter of days each, or 600 with three years.
 */
const MOST_BYTES = 31_000_000;
/**
 * Where there is no room, one newcomer in so many is kept. A store counts its items in the same order each time: were
 * every newcomer of more items than have room kept, each would be gone before its turn came again.
 */
const KEPT_ONE_IN = 8;
/** Whoever was not loaded for this long makes room at once, for the items of another round. */
const STALE_MS = HOUR_MS;
/** An item's models and its simulated demand, beside its sales as text and as numbers. */
const BYTES_AN_ITEM = 4_000;
/** A day takes ten characters, two numbers here, and two in the models. */
const BYTES_A_CHARACTER = 4;

interface Kept {
  readonly head: string;
  readonly years: readonly string[];
  readonly history: DemandHistory | null;
  /** Epoch ms. */
  readonly loadedAt: number;
}

/** The least recently loaded first. */
const kept = new Map<string, Kept>();
let bytes = 0;
/** Newcomers for whom there was no room. */
let late = 0;

/** @param item null for a borrower, in whose world the same history has other models: it gets one of its own. */
export function historyOnce(
  item: ItemIdentity | null,
  head: string | null | undefined,
  years: readonly string[],
  loadedAt = Date.now(),
): DemandHistory | null {
  if (head == null) return null;
  if (item === null) return toHistory(head, years);
  const name = objectName(item);
  const known = kept.get(name);
  const same = known?.head === head && known.years.length === years.length && known.years.every(isAt(years));
  const now = same ? { ...known, loadedAt } : { head, years, history: toHistory(head, years), loadedAt };
  if (known === undefined && bytes + bytesOf(now) > MOST_BYTES && isTurnedAway(loadedAt)) return now.history;
  forget(name);
  kept.set(name, now);
  bytes += bytesOf(now);
  for (const oldest of kept.keys()) {
    if (bytes <= MOST_BYTES || oldest === name) break;
    forget(oldest);
  }
  return now.history;
}

function isTurnedAway(now: number): boolean {
  const [oldest] = kept.values();
  if (oldest === undefined || oldest.loadedAt < now - STALE_MS) return false;
  return ++late % KEPT_ONE_IN !== 0;
}

function forget(name: string): void {
  const known = kept.get(name);
  if (known === undefined) return;
  kept.delete(name);
  bytes -= bytesOf(known);
}

function bytesOf({ head, years }: Kept): number {
  return BYTES_AN_ITEM + BYTES_A_CHARACTER * years.reduce((sum, { length }) => sum + length, head.length);
}

function isAt(years: readonly string[]): (year: string, at: number) => boolean {
  return (year, at) => year === years[at];
}
