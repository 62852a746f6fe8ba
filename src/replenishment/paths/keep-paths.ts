/**
 * Caches the simulated demand of the items planned last, up to the arrival of an order placed now. Simulating it takes
 * most of a plan's time, and a `hold` needs nothing else. It depends on neither stock nor costs, so it serves every
 * trigger until the item's history changes.
 */
import type { Prepared } from "../models/prepare.ts";
import type { Schedule } from "../supply/schedule.ts";

/** Items whose paths are kept, at most 9 kB each (a lead time of a week in days), of an isolate's 128 MB. */
const MOST_ITEMS = 1000;

export interface KeptFor {
  readonly schedule: Schedule;
  /** Factor of each step. */
  readonly factors: readonly number[];
  readonly seed: number;
}

interface Kept extends KeptFor {
  readonly demand: Float32Array;
}

/** The least recently used first. */
const kept = new Map<Prepared, Kept>();

/** `simulate` fills an array that the next plan reuses, so a copy is kept. */
export function demandOnce(prepared: Prepared, wanted: KeptFor, simulate: () => Float32Array): Float32Array {
  const known = kept.get(prepared);
  kept.delete(prepared);
  const serves = known?.seed === wanted.seed && sameToArrival(known, wanted);
  const now = serves ? known : { ...wanted, demand: simulate().slice() };
  kept.set(prepared, now);
  if (kept.size > MOST_ITEMS) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  return now.demand;
}

/** True for the same steps and factors up to and including the arrival. */
function sameToArrival(a: KeptFor, b: KeptFor): boolean {
  const { leadSteps } = b.schedule;
  if (a.schedule.leadSteps !== leadSteps) return false;
  for (let step = 0; step <= leadSteps; step++) {
    if (
      a.schedule.start[step] !== b.schedule.start[step] ||
      a.schedule.duration[step] !== b.schedule.duration[step] ||
      a.factors[step] !== b.factors[step]
    ) {
      return false;
    }
  }
  return true;
}
