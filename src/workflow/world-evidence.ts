/** Evidence of a decision about its world: dates, events, and how long stock lasts. */
import { preparedOnce } from "../replenishment/models/keep-prepared.ts";
import { onShelf } from "../replenishment/paths/expiries.ts";
import type { PlanInput } from "../replenishment/types.ts";
import { sellsOutOn, type Stock } from "../world/lasting.ts";
import type { Planned } from "../world/plan-input.ts";
import { periodStart } from "../world/sales/periods.ts";
import type { Decision, Evidence } from "./types/decision.ts";
import type { Snapshot } from "./types/snapshot.ts";

/** How long the stock lasts without an order, and with one of `quantity`. Days of the store. */
export interface Lasting {
  readonly today: number;
  readonly arrivesOn: number;
  /** If nothing is ordered; null = not within a year. */
  readonly soldOutOn: number | null;
  /** With the order, once it has arrived. */
  readonly lastsUntil: number | null;
}

export function lastingOf(planned: Planned, meanPerDay: number, quantity: number): Lasting {
  const { input, present } = planned;
  const demandOf = expectedDemand(planned, meanPerDay);
  const onTheWay = input.openOrders.map((order) => ({
    quantity: order.quantity,
    day: dayOfPeriod(planned, order.due ?? input.leadTime.promised - order.age),
  }));
  const arrivesOn = dayOfPeriod(planned, arrivalOf(input));
  const spoils = spoilingOf(planned, onTheWay);
  const stock = { onHand: input.onHand - input.backordered, arrivals: onTheWay, waits: input.unmet !== "lost", spoils };
  const order = { quantity, day: arrivesOn };
  const ordered = {
    ...stock,
    arrivals: [...onTheWay, order],
    spoils: input.shelfLife === null ? spoils : spoilingOf(planned, [...onTheWay, order]),
  };
  const soldOutOn = sellsOutOn(stock, present.today, demandOf);
  return {
    today: present.today,
    arrivesOn,
    soldOutOn,
    lastsUntil: quantity > 0 ? sellsOutOn(ordered, present.today, demandOf, arrivesOn) : soldOutOn,
  };
}

/** A decision's evidence with that of its world. */
export function withWorld({ evidence, quantity }: Decision, planned: Planned, snapshot: Snapshot): Evidence {
  const { past, events } = planned;
  const { soldOutOn, lastsUntil } = lastingOf(planned, evidence.meanDemandPerDay ?? 0, quantity);
  return {
    ...evidence,
    leadTimeDays: snapshot.leadTimeDays,
    reviewPeriodDays: snapshot.reviewPeriodDays,
    historyThrough: past?.through ?? null,
    historyAgeDays: past === null || past.through === null ? null : past.ageDays,
    events: events.map((event) => event.eventId),
    soldOutOn,
    lastsUntil,
  };
}

/** What is on hand or comes and does not keep, by its last day of sale, as the plan takes it. */
function spoilingOf({ input, present }: Planned, arrivals: Stock["arrivals"]): NonNullable<Stock["spoils"]> {
  const { shelfLife } = input;
  if (shelfLife === null && input.lots == null) return [];
  const lastDay = (from: number, keeps: number): number => from + Math.ceil(keeps * input.periodDays - 1e-9) - 1;
  return [
    ...onShelf(input, arrivalOf(input), input.reviewPeriod).map(({ quantity, keeps }) => ({
      quantity,
      until: lastDay(present.today, keeps),
    })),
    ...(shelfLife === null ? [] : arrivals).map(({ quantity, day }) => ({
      quantity,
      until: lastDay(Math.max(present.today, day), shelfLife!),
    })),
  ];
}

function arrivalOf(input: PlanInput): number {
  return input.arrivals?.[0] ?? input.leadTime.promised;
}

function dayOfPeriod({ input, present }: Planned, periods: number): number {
  return Math.round(periodStart(present.period, present.today) + periods * input.periodDays);
}

/** By the present that a plan was made for, which a day's counts of an item share: only their stock differs. */
const kept = new WeakMap<Planned["present"], { readonly meanPerDay: number; readonly demandOf: DemandOfDay }>();

type DemandOfDay = (day: number) => number;

function expectedDemand(planned: Planned, meanPerDay: number): DemandOfDay {
  const { present } = planned;
  const known = kept.get(present);
  if (known?.meanPerDay === meanPerDay) return known.demandOf;
  const computed = demandBy(planned, meanPerDay);
  const days: number[] = [];
  const demandOf = (day: number): number => (days[day - present.today] ??= computed(day));
  kept.set(present, { meanPerDay, demandOf });
  return demandOf;
}

/**
 * Expected demand of a day. The level is chosen so that season, weekdays and events give the plan's expected mean over
 * the arrival's review. Days with a forecast point use the point.
 */
function demandBy({ input, present }: Planned, meanPerDay: number): DemandOfDay {
  const { season } = preparedOnce(input);
  const start = periodStart(present.period, present.today);
  const factor = (period: number): number => season.factor(period) * (input.demandMultipliers?.[period] ?? 1);
  const first = Math.floor(arrivalOf(input));
  const last = Math.max(first, Math.ceil(arrivalOf(input) + input.reviewPeriod) - 1);
  let sum = 0;
  for (let period = first; period <= last; period++) sum += factor(period);
  const mean = sum / (last - first + 1);
  const level = mean > 0 ? meanPerDay / mean : 0;
  const points = input.forecast?.points ?? [];
  const over = input.periodsLeft ?? Infinity;
  return (day) => {
    const period = Math.floor((day - start) / input.periodDays);
    if (period >= over) return 0;
    const share = day === present.today ? present.shareAhead : 1;
    const point = points[period];
    const open = (input.demandMultipliers?.[period] ?? 1) > 0;
    return share * (point == null ? level * factor(period) : open ? point.mean / input.periodDays : 0);
  };
}
