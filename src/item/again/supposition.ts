/**
 * Replaces known facts of an item by supposed ones ("what if we had 10 left, or demand doubled?"). The resulting facts
 * and trigger are decided on like any other, and none of it is stored.
 */
import type { EventFacts } from "../../world/types.ts";
import type { Facts, Trigger } from "../../workflow/facts.ts";
import type { ReportedOrder } from "../../workflow/orders/item-order.ts";

/** Absent = as it is. */
export interface Supposition {
  /** Counted now. */
  readonly currentStock?: number | undefined;
  readonly unitCost?: number | undefined;
  readonly leadTimeDays?: number | undefined;
  /** Factor on all demand from today on. */
  readonly demandMultiplier?: number | undefined;
  /** The day on which everything on order arrives; `on` is the store's day, where a day was named. */
  readonly expected?: { readonly at: number; readonly on: number | null } | undefined;
}

/** A trigger with nothing but a stock count. */
export function bareTrigger(currentStock: number): Trigger {
  return { currentStock, safetyStock: null, onOrder: null, backordered: 0, terms: {}, notes: null, occurredAt: null };
}

export function supposedTrigger(trigger: Trigger, supposed: Supposition, now: number): Trigger {
  const { currentStock, unitCost, leadTimeDays, expected } = supposed;
  return {
    ...trigger,
    // The lots belong to the count that was replaced.
    ...(currentStock === undefined ? {} : { currentStock, occurredAt: now, lots: null }),
    ...(expected === undefined ? {} : arrivingAt(trigger, expected)),
    terms: {
      ...trigger.terms,
      ...(unitCost === undefined ? {} : { unitCost }),
      ...(leadTimeDays === undefined ? {} : { leadTimeDays }),
    },
  };
}

export function supposedFacts(facts: Facts, supposed: Supposition, today: number): Facts {
  const { unitCost, demandMultiplier, expected } = supposed;
  const { inputs, world, openOrders } = facts;
  return {
    ...facts,
    inputs: {
      ...inputs,
      // Of a stored and a stated cost the higher counts, so the stored one is replaced as well.
      terms: unitCost === undefined ? inputs.terms : { ...inputs.terms, unitCost },
      forecast: demandMultiplier === undefined ? inputs.forecast : scaled(inputs.forecast, demandMultiplier),
    },
    world:
      demandMultiplier === undefined
        ? world
        : { ...world, events: [...world.events, supposedEvent(demandMultiplier, today)] },
    openOrders:
      expected === undefined
        ? openOrders
        : openOrders.map(({ madeAt: _madeAt, ...order }) => ({ ...order, expectedAt: expected.at })),
  };
}

function arrivingAt({ openOrders, onOrder }: Trigger, { at, on }: { readonly at: number; readonly on: number | null }) {
  const when = { expectedAt: at, ...(on === null ? {} : { expectedOn: on }) };
  if (openOrders != null) return { openOrders: openOrders.map((order): ReportedOrder => ({ ...order, ...when })) };
  if (onOrder === null || onOrder === 0) return {};
  return { onOrder: null, openOrders: [{ reference: null, quantity: onOrder, placedAt: null, ...when }] };
}

/** An event does not change an uploaded forecast, so its points are scaled directly. */
function scaled(forecast: Facts["inputs"]["forecast"], by: number): Facts["inputs"]["forecast"] {
  if (forecast === null) return null;
  const times = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * by);
  return {
    ...forecast,
    days: forecast.days.map(({ day, mean, p10, p50, p90, std }) => ({
      day,
      mean: mean * by,
      p10: times(p10),
      p50: times(p50),
      p90: times(p90),
      std: times(std),
    })),
  };
}

function supposedEvent(factor: number, today: number): EventFacts {
  return {
    eventId: "what-if",
    name: "what if",
    from: today,
    to: Number.MAX_SAFE_INTEGER,
    multiplier: factor,
    like: null,
    stores: null,
    products: null,
    suppliers: null,
    measured: null,
    factor,
  };
}
