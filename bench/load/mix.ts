/** A store chain's morning as a list of arrivals: pure, from a seed, so that a run can be repeated. */
import { seededRandom } from "../../scripts/lib/sample/random.ts";

export interface Arrival {
  /** Ms after the start at which the request is meant to leave, whatever became of those before. */
  readonly atMs: number;
  readonly item: number;
  readonly key: string;
  readonly stock: number;
  /** Expensive goods: a person is asked. */
  readonly asksPerson: boolean;
  /** The model behind this item is slow. */
  readonly slowModel: boolean;
}

/** The opening hour, as a share of the run, brings this many times the traffic of the rest. */
const OPENING_SHARE = 0.1;
const OPENING_FACTOR = 3;
/** One item that every till sells. */
const HOT_SHARE = 0.1;
/** Senders that did not hear the answer and send again. */
const DUPLICATE_SHARE = 0.05;
const REVIEW_SHARE = 0.02;
const SLOW_SHARE = 0.05;

export function morning(ratePerSecond: number, minutes: number, items: number, seed: number): Arrival[] {
  const random = seededRandom(seed).next;
  const lengthMs = minutes * 60_000;
  const openingMs = lengthMs * OPENING_SHARE;
  // The mean over the whole run is the rate that was asked for.
  const quietRate = ratePerSecond / (1 + OPENING_SHARE * (OPENING_FACTOR - 1));
  const arrivals: Arrival[] = [];
  for (let at = 0; at < lengthMs;) {
    const rate = at < openingMs ? quietRate * OPENING_FACTOR : quietRate;
    at += (-Math.log(1 - random()) / rate) * 1_000;
    if (at >= lengthMs) break;
    const earlier = arrivals.at(-1 - Math.floor(random() * Math.min(20, arrivals.length)));
    if (earlier !== undefined && random() < DUPLICATE_SHARE) {
      arrivals.push({ ...earlier, atMs: at });
      continue;
    }
    const item = random() < HOT_SHARE ? 0 : 1 + Math.floor(random() * (items - 1));
    arrivals.push({
      atMs: at,
      item,
      key: `load-${seed}-${arrivals.length}`,
      stock: Math.floor(random() * 400),
      asksPerson: random() < REVIEW_SHARE,
      slowModel: item % 100 < SLOW_SHARE * 100,
    });
  }
  return arrivals;
}
