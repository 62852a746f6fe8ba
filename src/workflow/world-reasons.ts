/** Reasons for a buyer from the item's world, and how much old history reduces confidence. */
import { exactly } from "../replenishment/words/numbers.ts";
import type { Planned } from "../world/plan-input.ts";
import type { WorldSlice } from "../world/types.ts";
import type { Facts } from "./facts.ts";
import { promisedOn } from "./item-facts.ts";
import type { CountedOrders } from "./orders/on-order.ts";
import type { Snapshot } from "./types/snapshot.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** Share of the confidence lost when history is just too old to order by alone. */
const LOST_BY_AGE = 0.3;
/** A closure this short needs no word: sales before it show what comes after it. */
const LONG_CLOSED_DAYS = 7;
/** Days until then, where policy does not say. */
const USUAL_AGE_LIMIT_DAYS = 28;

/** Factor on the confidence for the days since the last complete one; 1 where there is a forecast. */
export function freshness({ past, input }: Planned, { policy }: Pick<Facts, "policy">): number {
  if (past === null || input.forecast !== null) return 1;
  const limit = Math.max(policy.historyAgeDays ?? USUAL_AGE_LIMIT_DAYS, 2 * past.periodDays);
  return 1 - LOST_BY_AGE * Math.min(1, past.ageDays / limit);
}

/** Leaves out season and events, which the plan's own reasons name. */
export function worldReasons({ past }: Planned): string[] {
  return [...ageReason(past), ...leftOutReasons(past)];
}

/** What a count says of expiries, where it cannot be taken as it is. */
export function lotReasons({ lots, said, onHand }: Snapshot): string[] {
  const listed = (lots ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
  const counted = Math.max(0, said?.currentStock ?? onHand);
  if (listed <= counted + 1e-9) return [];
  return [
    `The lots hold ${exactly(listed)} and the count is ${exactly(counted)}: what expires soonest is taken as sold.`,
  ];
}

/** Orders whose day has passed, and that are still counted on. */
export function lateReasons({ counted }: CountedOrders, { store }: WorldSlice, today: number): string[] {
  return counted.flatMap((order) => {
    const due = promisedOn(order, store);
    if (due === null || due >= today) return [];
    return [
      `An open order of ${exactly(order.quantity)} was due on ${isoDay(due)}: it is still expected, which lowers the ` +
        "confidence.",
    ];
  });
}

/** A supplier whose calendar leaves no day on which an order could be placed and arrive. */
export function supplierReasons({ calendar, leadTimeDays }: Snapshot, { supplier }: WorldSlice): string[] {
  if (supplier === null || calendar != null) return [];
  const days = `${exactly(leadTimeDays)} day${leadTimeDays === 1 ? "" : "s"}`;
  const called = supplier.name ?? supplier.supplierId;
  return [`By its calendar ${called} takes no order that would arrive: it is left out, and ${days} are taken.`];
}

/** A week's sales of another item are not a day's. */
export function borrowedReasons({ input }: Planned, { borrowed }: Facts["inputs"]): string[] {
  if (borrowed == null || (input.borrowed ?? null) !== null) return [];
  const other = borrowed.as === "like" ? "is like" : "replaces";
  return [`The item that it ${other} has its sales by the ${borrowed.history.period ?? "day"}: they are left out.`];
}

function ageReason(past: Planned["past"]): string[] {
  if (past === null || past.through === null) return [];
  const { openAgeDays, ageDays } = past;
  const known = `Sales are known to ${isoDay(past.through)}: `;
  if (openAgeDays > 0)
    return [`${known}of ${openAgeDays} day${openAgeDays === 1 ? "" : "s"} since then nothing is known.`];
  return ageDays > LONG_CLOSED_DAYS ? [`${known}the store has been closed since then.`] : [];
}

function leftOutReasons(past: Planned["past"]): string[] {
  const newest = past?.leftOut.slice(0, 3) ?? [];
  return newest.map(
    ({ day, units }) =>
      `The ${exactly(units)} sold on ${isoDay(day)} are far from every other day and are left out. If they will come ` +
      "again, enter an event.",
  );
}
