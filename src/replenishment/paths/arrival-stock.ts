/** Stock that each path brings to the arrival of the order being decided. */
import { ageOf, remainingAt, type LeadBelief } from "../supply/lead-times.ts";
import { expiries, type Expiry } from "./expiries.ts";
import { arrivalStepOf, divided, stretchedBy, type Schedule } from "../supply/schedule.ts";
import { ARRIVAL_COLUMN, PATHS, shockTable, GOLDEN } from "./shocks.ts";
import type { PlanInput } from "../types.ts";

type Stock = Pick<
  PlanInput,
  "onHand" | "backordered" | "openOrders" | "lots" | "shelfLife" | "reviewPeriod" | "arrivals" | "unmet" | "seed"
>;

export interface ArrivalStock {
  /**
   * On-hand stock less backorders at the start of step `leadSteps`: with arrivals of earlier orders, before the step's
   * demand, and without units that will expire in it.
   */
  readonly stock: Float64Array;
  /** Mean units on hand or on order that expire unsold, up to the end of that step. */
  readonly expired: number;
}

const units = new Float64Array(PATHS);

/**
 * Open orders come within the steps of a long lead time. If all of a step's came at its start, paths would run dry
 * before and after, and sell less than they can. So a step with open orders is divided into parts of a period at most,
 * of equal demand; MOST_PARTS of them are enough, as a longer lead time varies more.
 */
const MOST_PARTS = 12;

/** `stretch`: lead time of each path over the expected one; null = all as expected. */
export function stockAtArrival(
  stock: Stock,
  belief: LeadBelief,
  schedule: Schedule,
  demand: Float32Array,
  stretch: Float64Array | null,
): ArrivalStock {
  const parts = partsOf(stock, schedule);
  const expected = divided(schedule, parts);
  const scheduleOf = scheduleByPath(expected, stretch);
  const arriving = arrivalsPerPath(stock, belief, scheduleOf);
  // Existing backorders stay owed even where new demand is lost.
  const floor = stock.unmet === "lost" ? 0 : Number.NEGATIVE_INFINITY;
  units.fill(stock.onHand - stock.backordered);
  const { leadSteps } = expected;
  const row = arriving.shared ? 0 : leadSteps + 1;
  if (stock.lots != null || stock.shelfLife !== null) {
    const lotsOn = once((own: Schedule) => expiries(stock, belief, expected, own));
    const lotsOf = (path: number): readonly Expiry[] => lotsOn(scheduleOf(path));
    return withLots(lotsOf, stock.openOrders, arriving, { floor, leadSteps, parts, demand });
  }
  for (let part = 0, next = 1; part < leadSteps; part = next++) {
    // Parts in which nothing comes are one with the part before.
    while (arriving.shared && next % parts !== 0 && arriving.units[next] === 0) next++;
    const share = (next - part) / parts;
    for (let path = 0, at = Math.floor(part / parts) * PATHS; path < PATHS; path++, at++) {
      const before = units[path]! + arriving.units[path * row + part]!;
      units[path] = Math.max(Math.min(before, floor), before - share * demand[at]!);
    }
  }
  for (let path = 0; path < PATHS; path++) units[path]! += arriving.units[path * row + leadSteps]!;
  return { stock: units, expired: 0 };
}

function partsOf({ openOrders }: Stock, { leadSteps, duration }: Schedule): number {
  if (leadSteps === 0 || openOrders.length === 0) return 1;
  return Math.max(1, Math.min(MOST_PARTS, Math.ceil(duration[leadSteps - 1]! - 1e-9)));
}

/**
 * The same where something expires on the way: unsold units of a lot are lost at its end. What has not come by then on
 * a path is lost on none: it comes fresh.
 */
function withLots(
  lotsOf: ByPath<readonly Expiry[]>,
  orders: Stock["openOrders"],
  arriving: Arrivals,
  on: { readonly floor: number; readonly leadSteps: number; readonly parts: number; readonly demand: Float32Array },
): ArrivalStock {
  const { floor, leadSteps, parts, demand } = on;
  const row = arriving.shared ? 0 : leadSteps + 1;
  let expired = 0;
  for (let path = 0; path < PATHS; path++) {
    const lots = lotsOf(path);
    let x = units[path]!;
    let sold = 0;
    let gone = 0;
    let late = 0;
    let next = 0;
    for (let part = 0; part <= leadSteps; part++) {
      x += arriving.units[path * row + part]!;
      const ofStep = demand[Math.floor(part / parts) * PATHS + path]!;
      const wanted = part < leadSteps ? ofStep / parts : ofStep;
      const sells = Math.max(0, Math.min(x, wanted));
      const before = gone;
      for (let lot = lots[next]; lot !== undefined && lot.step === part; lot = lots[++next]) {
        if (lot.order !== null && arriving.steps[path * orders.length + lot.order]! > part) {
          late += Math.max(0, orders[lot.order]!.quantity);
        }
        gone = Math.max(gone, lot.upTo - late - sold - Math.min(sells, lot.share * wanted));
      }
      x -= gone - before;
      sold += Math.max(0, Math.min(x, wanted));
      if (part < leadSteps) x = Math.max(Math.min(x, floor), x - wanted);
    }
    units[path] = x;
    expired += gone;
  }
  return { stock: units, expired: expired / PATHS };
}

interface Arrivals {
  /** Units arriving at the start of each step 0..leadSteps; one row for all paths when shared, else one each. */
  readonly units: Float64Array;
  readonly shared: boolean;
  /** Step in which each open order comes, in rows of the orders' number; empty when shared. */
  readonly steps: Uint8Array;
}

type ByPath<T> = (path: number) => T;

/** The schedule that each path follows: its own lead time stretches the steps before the arrival. */
function scheduleByPath(expected: Schedule, stretch: Float64Array | null): ByPath<Schedule> {
  if (stretch === null) return () => expected;
  const stretched = once((by: number) => stretchedBy(expected, by));
  return (path) => stretched(stretch[path]!);
}

/** Paths share few lead times. */
function once<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const one = made.get(key) ?? make(key);
    made.set(key, one);
    return one;
  };
}

function arrivalsPerPath(stock: Stock, belief: LeadBelief, scheduleOf: ByPath<Schedule>): Arrivals {
  const width = scheduleOf(0).leadSteps + 1;
  const { openOrders } = stock;
  const shared = belief.asPromised || !openOrders.some((order) => order.quantity > 0);
  const units = new Float64Array(shared ? width : width * PATHS);
  const steps = new Uint8Array(shared ? 0 : openOrders.length * PATHS);
  const uniform = shockTable(stock.seed).uniform(ARRIVAL_COLUMN);
  const stepsOf = once((own: Schedule) => once((remaining: number) => arrivalStepOf(own, remaining)));
  let index = -1;
  openOrders.forEach((order, place) => {
    if (!(order.quantity > 0)) return;
    index++;
    const age = ageOf(order, belief.promised);
    for (let path = 0; path < (shared ? 1 : PATHS); path++) {
      const u = (uniform[path]! + index * GOLDEN) % 1;
      const remaining = remainingAt(belief, age, u);
      const step = Number.isFinite(remaining) ? stepsOf(scheduleOf(path))(remaining) : width;
      if (!shared) steps[path * openOrders.length + place] = step;
      if (step < width) units[path * width + step]! += order.quantity;
    }
  });
  return { units, shared, steps };
}
