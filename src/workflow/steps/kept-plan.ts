/**
 * Keeps what the counts of an item share while nothing but its stock changes: a day's counts mostly find the same
 * settings, sales and world, and stock that covers demand. Only such a count is answered from here, as the plan would.
 */
import { coveredPlan, type CoveredPlan } from "../../replenishment/covered-plan.ts";
import { preparedOnce } from "../../replenishment/models/keep-prepared.ts";
import type { Plan } from "../../replenishment/types.ts";
import { storeDay } from "../../world/opening.ts";
import type { Outage } from "../../world/outages.ts";
import type { Planned } from "../../world/plan-input.ts";
import type { WorldSlice } from "../../world/types.ts";
import { orderMoment } from "../decision-time.ts";
import type { Facts, ItemInputs } from "../facts.ts";
import { outagesWith } from "../item-facts.ts";
import type { Snapshot } from "../types/snapshot.ts";

/** What a plan's input is made of, besides the stock. */
interface Source {
  readonly snapshot: Snapshot;
  readonly world: WorldSlice;
  readonly leadTimes: Facts["leadTimes"];
  readonly outages: readonly Outage[];
  readonly today: number;
}

interface Kept extends Source {
  readonly planned: Planned;
  /** Undefined until a second count comes: an item's first decision does without. Null = more than stock decides. */
  covered?: CoveredPlan | null;
}

/** By the loaded inputs, which are replaced whenever any part of them changes. */
const kept = new WeakMap<ItemInputs, Kept>();

/** Null: nothing is kept that serves this count. */
export function plannedBefore(
  snapshot: Snapshot,
  facts: Facts,
  now: number,
): { readonly planned: Planned; readonly plan: Plan } | null {
  const known = kept.get(facts.inputs);
  if (known === undefined || known.covered === null || !isPlain(snapshot, facts)) return null;
  if (!isSame(known, sourceOf(snapshot, facts, now))) return null;
  const onHand = snapshot.onHand + facts.receivedSince;
  known.covered ??= coveredPlan(known.planned.input, preparedOnce(known.planned.input));
  const plan = known.covered?.(onHand) ?? null;
  return plan === null ? null : { planned: { ...known.planned, input: { ...known.planned.input, onHand } }, plan };
}

export function keepPlanned(planned: Planned, snapshot: Snapshot, facts: Facts, now: number): void {
  if (!isPlain(snapshot, facts)) return;
  const source = sourceOf(snapshot, facts, now);
  const known = kept.get(facts.inputs);
  if (known === undefined || !isSame(known, source)) kept.set(facts.inputs, { ...source, planned });
}

function sourceOf(snapshot: Snapshot, facts: Facts, now: number): Source {
  const { world, leadTimes } = facts;
  const today = storeDay(orderMoment(snapshot, world, now), world.store);
  return { snapshot, world, leadTimes, outages: outagesWith(snapshot, facts), today };
}

/** Where the time of day or another stock than what is on the shelf counts, each count has a plan of its own. */
function isPlain(snapshot: Snapshot, { inputs, world, openOrders }: Facts): boolean {
  return (
    world.store === null &&
    inputs.history !== null &&
    inputs.forecast === null &&
    (inputs.borrowed ?? null) === null &&
    openOrders.length === 0 &&
    snapshot.onOrder === null &&
    snapshot.openOrders == null &&
    snapshot.lots == null &&
    snapshot.calendar == null &&
    snapshot.shelfLifeDays === null &&
    snapshot.backordered === 0
  );
}

function isSame(a: Source, b: Source): boolean {
  return (
    a.today === b.today &&
    a.world === b.world &&
    (a.outages === b.outages || (a.outages.length === 0 && b.outages.length === 0)) &&
    sameTerms(a.snapshot, b.snapshot) &&
    sameLeadTimes(a.leadTimes, b.leadTimes)
  );
}

function sameTerms(a: Snapshot, b: Snapshot): boolean {
  return (
    a.leadTimeDays === b.leadTimeDays &&
    a.reviewPeriodDays === b.reviewPeriodDays &&
    a.safetyStock === b.safetyStock &&
    a.unmet === b.unmet &&
    a.serviceLevel === b.serviceLevel &&
    a.phaseOutOn === b.phaseOutOn &&
    a.costs.holding === b.costs.holding &&
    a.costs.shortage === b.costs.shortage &&
    a.costs.fixedOrder === b.costs.fixedOrder &&
    a.constraints.minOrderQuantity === b.constraints.minOrderQuantity &&
    a.constraints.packSize === b.constraints.packSize &&
    a.constraints.maxStock === b.constraints.maxStock
  );
}

function sameLeadTimes(a: Facts["leadTimes"], b: Facts["leadTimes"]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ promisedDays, tookDays, share }, at) =>
        promisedDays === b[at]!.promisedDays && tookDays === b[at]!.tookDays && share === b[at]!.share,
    )
  );
}
