/**
 * Node 1, validate: a trigger, the item's settings and the defaults become one normalised snapshot.
 * The edge has already refused malformed input, so this cannot fail.
 */
import type { Costs } from "../replenishment/types.ts";
import type { ItemTerms, Trigger } from "./facts.ts";
import type { Snapshot } from "./types.ts";

/** A week: the usual promise of a domestic supplier, used only where neither trigger nor settings say. */
const DEFAULT_LEAD_TIME_DAYS = 7;
/** Stores that post triggers post them daily. */
const DEFAULT_REVIEW_PERIOD_DAYS = 1;
/** The customary target of retail; sets the critical ratio where no costs are given. */
const DEFAULT_SERVICE_LEVEL = 0.95;

export function validate(trigger: Trigger, settings: ItemTerms, now: number): Snapshot {
  const {
    leadTimeDays = settings.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS,
    reviewPeriodDays = settings.reviewPeriodDays ?? DEFAULT_REVIEW_PERIOD_DAYS,
    holdingCost = settings.holdingCost,
    shortageCost = settings.shortageCost,
    serviceLevel = settings.serviceLevel ?? DEFAULT_SERVICE_LEVEL,
    unitCost = settings.unitCost ?? null,
    minOrderQuantity = settings.minOrderQuantity ?? 0,
    packSize = settings.packSize ?? 1,
    maxStock = settings.maxStock ?? null,
    shelfLifeDays = settings.shelfLifeDays ?? null,
  } = trigger.terms;
  const owed = Math.max(0, -trigger.currentStock);
  return {
    onHand: Math.max(0, trigger.currentStock),
    backordered: owed + trigger.backordered,
    safetyStock: trigger.safetyStock,
    onOrder: trigger.onOrder,
    leadTimeDays,
    reviewPeriodDays,
    costs: costsOf(holdingCost, shortageCost, serviceLevel),
    serviceLevel: holdingCost === undefined && shortageCost === undefined ? serviceLevel : null,
    unitCost,
    constraints: { minOrderQuantity, packSize, maxStock },
    shelfLifeDays,
    notes: trigger.notes,
    // A store's clock that runs ahead must not make every later trigger look old.
    occurredAt: Math.min(trigger.occurredAt ?? now, now),
    receivedAt: now,
  };
}

/**
 * Holding and shortage cost per unit and period. With one of them missing the service level gives their ratio:
 * shortage / (shortage + holding) = service level (the newsvendor's critical ratio).
 */
function costsOf(holdingCost: number | undefined, shortageCost: number | undefined, serviceLevel: number): Costs {
  const level = Math.min(serviceLevel, 0.9999);
  const odds = level / (1 - level);
  if (holdingCost !== undefined && shortageCost !== undefined && holdingCost + shortageCost > 0) {
    return { holding: holdingCost, shortage: shortageCost, fixedOrder: 0 };
  }
  if (holdingCost !== undefined && holdingCost > 0)
    return { holding: holdingCost, shortage: holdingCost * odds, fixedOrder: 0 };
  if (shortageCost !== undefined && shortageCost > 0)
    return { holding: shortageCost / odds, shortage: shortageCost, fixedOrder: 0 };
  return { holding: 1, shortage: odds, fixedOrder: 0 };
}
