/** Derives what a plan needs from an item's snapshot, facts and world. */
import { storeDay } from "../world/opening.ts";
import { followOutages, type Outage } from "../world/outages.ts";
import type { ItemFacts } from "../world/plan-input.ts";
import type { WorldSlice } from "../world/types.ts";
import { orderMoment } from "./decision-time.ts";
import type { Facts } from "./facts.ts";
import type { CountedOrder, CountedOrders } from "./orders/on-order.ts";
import type { Snapshot } from "./types/snapshot.ts";

export function itemFactsOf(snapshot: Snapshot, facts: Facts, orders: CountedOrders, now: number): ItemFacts {
  const { inputs, world } = facts;
  const at = orderMoment(snapshot, world, now);
  const today = storeDay(world.store === null ? at : snapshot.occurredAt, world.store);
  return {
    world,
    history: inputs.history,
    borrowed: inputs.borrowed ?? null,
    forecast: inputs.forecast,
    outages: outagesWith(snapshot, facts),
    countedAt: snapshot.occurredAt,
    now: at,
    onHand: snapshot.onHand + facts.receivedSince,
    backordered: snapshot.backordered,
    unmet: snapshot.unmet ?? (snapshot.backordered > 0 ? "backorder" : "lost"),
    openOrders: orders.counted.map((order) => ({
      quantity: order.quantity,
      ageDays: order.ageDays,
      dueOn: dueOn(order, world, today),
    })),
    lots: snapshot.lots ?? [],
    leadTimeDays: snapshot.leadTimeDays,
    // Measured against the promise of its time: a kept promise is no deviation, even if today's promise differs.
    observedLeadDays: facts.leadTimes.map(({ promisedDays, tookDays }) =>
      Math.max(0, Math.round(snapshot.leadTimeDays) + Math.round(tookDays - promisedDays)),
    ),
    observedShares: sharesOf(facts.leadTimes),
    reviewPeriodDays: wholeDays(snapshot.reviewPeriodDays),
    arrivalDays: arrivalDaysOf(snapshot, storeDay(at, world.store)),
    costs: snapshot.costs,
    serviceLevel: snapshot.serviceLevel ?? null,
    constraints: snapshot.constraints,
    safetyStock: snapshot.safetyStock,
    shelfLifeDays: snapshot.shelfLifeDays,
    phaseOutOn: snapshot.phaseOutOn ?? null,
  };
}

/** A late order is expected any day while it counts (I9): the same need must not be ordered again meanwhile. */
function dueOn(order: CountedOrder, { store }: WorldSlice, today: number): number | null {
  const due = promisedOn(order, store);
  return due === null ? null : Math.max(due, today);
}

/** The store's day for which an order was promised; null = unknown. */
export function promisedOn({ expectedAt, expectedOn }: CountedOrder, store: WorldSlice["store"]): number | null {
  return expectedOn ?? (expectedAt === null ? null : storeDay(expectedAt, store));
}

/** The outages up to and including this count. */
export function outagesWith(snapshot: Snapshot, facts: Pick<Facts, "outages" | "receivedOrders">): readonly Outage[] {
  const onHand = snapshot.said?.currentStock ?? snapshot.onHand;
  return followOutages(
    facts.outages,
    { at: snapshot.occurredAt, onHand },
    facts.receivedOrders.map((order) => order.receivedAt),
  );
}

/** Null where every order came in one delivery. */
function sharesOf(leadTimes: Facts["leadTimes"]): readonly number[] | null {
  return leadTimes.every(({ share }) => share === undefined) ? null : leadTimes.map(({ share = 1 }) => share);
}

function arrivalDaysOf({ calendar, leadTimeDays, reviewPeriodDays }: Snapshot, today: number): number[] {
  const review = wholeDays(reviewPeriodDays);
  if (calendar == null) {
    const arrival = today + Math.round(leadTimeDays);
    return [arrival, arrival + review];
  }
  const { arrivesOn, nextArrivesOn, laterArrivals } = calendar;
  // The item may be reviewed less often than its supplier delivers: arrivals before its next review are not used.
  const next = arrivesOn + review;
  const later = [nextArrivesOn ?? next, ...laterArrivals].filter((day) => day > next);
  return [arrivesOn, next, ...later];
}

function wholeDays(days: number): number {
  return Math.max(1, Math.round(days));
}
