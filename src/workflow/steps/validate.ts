/**
 * Node 1, validate: a trigger, the item's settings, its supplier's calendar and the defaults become one normalised
 * snapshot. The edge has already refused malformed input, so this cannot fail.
 */
import { supplyTerms } from "../../world/supply-terms.ts";
import type { WorldSlice } from "../../world/types.ts";
import { orderMoment } from "../decision-time.ts";
import type { ItemInputs, Trigger } from "../facts.ts";
import { stricter } from "../guards/stricter-terms.ts";
import { packSizeOf, type ItemTerms } from "../item-terms.ts";
import { rateOf, unitCostInStore } from "../orders/money.ts";
import type { SaidByTrigger, Snapshot } from "../types/snapshot.ts";
import { costsOf, DEFAULT_SERVICE_LEVEL } from "./costs.ts";

/** `open` is the snapshot of the item's open question, whose cost and maximum a newer count does not loosen. */
export function validate(
  trigger: Trigger,
  settings: ItemTerms,
  world: WorldSlice,
  now: number,
  open: Snapshot | null = null,
): Snapshot {
  const said: SaidByTrigger = {
    currentStock: trigger.currentStock,
    backordered: trigger.backordered,
    reserved: trigger.reserved ?? 0,
    safetyStock: trigger.safetyStock,
    terms: open?.said === undefined ? trigger.terms : { ...trigger.terms, ...stricter(trigger.terms, open.said.terms) },
  };
  // A store's clock that runs ahead must not make every later trigger look old.
  const occurredAt = Math.min(trigger.occurredAt ?? now, now);
  return {
    ...filled(said, settings, world, orderMoment({ occurredAt, receivedAt: now }, world, now)),
    onOrder: trigger.onOrder,
    openOrders: trigger.openOrders ?? undefined,
    lots: trigger.lots ?? undefined,
    backfill: trigger.backfill === true ? true : undefined,
    notes: trigger.notes,
    occurredAt,
    receivedAt: now,
  };
}

export interface PresentTerms {
  readonly inputs: Pick<ItemInputs, "terms" | "unavailable">;
  readonly world: WorldSlice;
}

/**
 * The snapshot under present settings and calendar (I6). An older record's stays as it was, and so does any where the
 * settings could not be read.
 */
export function presentSnapshot(snapshot: Snapshot, { inputs, world }: PresentTerms, now: number): Snapshot {
  const unknown = inputs.unavailable && Object.keys(inputs.terms).length === 0;
  if (snapshot.said === undefined || unknown) return snapshot;
  return { ...snapshot, ...filled(snapshot.said, inputs.terms, world, orderMoment(snapshot, world, now)) };
}

type Filled = Omit<Snapshot, "onOrder" | "openOrders" | "lots" | "backfill" | "notes" | "occurredAt" | "receivedAt">;

/** What the trigger left out comes from the settings, then from defaults. */
function filled(said: SaidByTrigger, settings: ItemTerms, world: WorldSlice, at: number): Filled {
  const { terms } = said;
  const {
    holdingCost = settings.holdingCost,
    shortageCost = settings.shortageCost,
    serviceLevel = settings.serviceLevel ?? DEFAULT_SERVICE_LEVEL,
    minOrderQuantity = settings.minOrderQuantity ?? 0,
    packSize = packSizeOf(settings),
    shelfLifeDays = settings.shelfLifeDays ?? null,
  } = terms;
  // Guards and limits use the stricter of the two: a sender cannot loosen stored settings.
  const { unitCost = null, maxStock = null } = stricter(terms, settings);
  const supply = supplyTerms(terms, settings, world, at);
  const below = Math.max(0, -said.currentStock);
  const believed = settings.unmet === "backorder";
  const backordered = (believed ? below : 0) + said.backordered;
  const rate = rateOf(world);
  const costTerms = { holdingCost, shortageCost, serviceLevel, fixedOrderCost: settings.fixedOrderCost };
  return {
    onHand: Math.max(0, said.currentStock - said.reserved),
    backordered,
    unmet: settings.unmet ?? (backordered > 0 ? "backorder" : "lost"),
    belowZero: believed ? 0 : below,
    safetyStock: said.safetyStock ?? settings.safetyStock ?? 0,
    leadTimeDays: supply.leadTimeDays,
    reviewPeriodDays: supply.reviewPeriodDays,
    calendar: supply.calendar,
    costs: costsOf(costTerms, unitCostInStore({ unitCost, rate }), supply.reviewPeriodDays),
    serviceLevel: holdingCost === undefined && shortageCost === undefined ? serviceLevel : null,
    unitCost,
    rate: rate === 1 ? undefined : rate,
    constraints: { minOrderQuantity, packSize, maxStock },
    shelfLifeDays,
    phaseOutOn: settings.phaseOutOn ?? null,
    orderUnit: settings.orderUnit ?? null,
    said,
  };
}
