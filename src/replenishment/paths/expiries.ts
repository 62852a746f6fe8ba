/** When stock expires, in the steps of a plan. Stock is sold in the order of its expiry. */
import { ageOf, type LeadBelief } from "../supply/lead-times.ts";
import type { Lot, PlanInput } from "../types.ts";
import type { Schedule } from "../supply/schedule.ts";

export interface Expiry {
  /** Step in which the lot expires, and the share of the step's demand that comes before. */
  readonly step: number;
  readonly share: number;
  /** Units that expire then or earlier. */
  readonly upTo: number;
  /** The open order that brings the lot, by its place in the list; null = it is on the shelf. */
  readonly order: number | null;
}

type Stock = Pick<PlanInput, "onHand" | "openOrders" | "lots" | "shelfLife">;

/** Expiries up to the end of the arrival's step, soonest first, in the steps of a path that follows `path`. */
export function expiries(stock: Stock, belief: LeadBelief, expected: Schedule, path: Schedule = expected): Expiry[] {
  const { start, duration, leadSteps } = path;
  const lots = lotsOf(stock, belief, expected.start[leadSteps]!, expected.duration[leadSteps]!);
  const ends: Expiry[] = [];
  let total = 0;
  for (const { quantity, keeps, order } of lots.toSorted((a, b) => a.keeps - b.keeps)) {
    total += quantity;
    let step = 0;
    while (step <= leadSteps && start[step]! + duration[step]! < keeps - 1e-9) step++;
    if (step > leadSteps) break;
    const share = duration[step]! > 0 ? Math.min(1, Math.max(0, (keeps - start[step]!) / duration[step]!)) : 0;
    ends.push({ step, share, upTo: total, order });
  }
  return ends;
}

interface KnownLot extends Lot {
  readonly order: number | null;
}

function lotsOf(stock: Stock, belief: LeadBelief, lead: number, window: number): KnownLot[] {
  const { openOrders, shelfLife } = stock;
  const shelf = onShelf(stock, lead, window).map((lot) => ({ ...lot, order: null }));
  if (shelfLife === null) return shelf;
  const ordered = openOrders.map((order, index) => ({
    quantity: Math.max(0, order.quantity),
    keeps: Math.max(0, belief.promised - ageOf(order, belief.promised)) + shelfLife,
    order: index,
  }));
  return [...shelf, ...ordered];
}

/** What is on hand by how long it keeps; units that keep for good are left out. */
export function onShelf(stock: Omit<Stock, "openOrders">, lead: number, review: number): Lot[] {
  const { onHand, lots, shelfLife } = stock;
  const dated = shelved(lots ?? [], onHand);
  if (shelfLife === null) return dated;
  const known = dated.reduce((sum, { quantity }) => sum + quantity, 0);
  return [...dated, { quantity: Math.max(0, onHand - known), keeps: undated(shelfLife, lead, review) }];
}

/** Units on hand whose last day of sale is over. */
export function expiredUnits({ onHand, lots }: Pick<Stock, "onHand" | "lots">): number {
  return shelved(lots ?? [], onHand).reduce((sum, { quantity, keeps }) => sum + (keeps > 0 ? 0 : quantity), 0);
}

/**
 * How long stock without a known date keeps. It is assumed to have come with the previous arrival, one review before
 * this order's. Since it was counted as stock, it keeps at least until this order comes, or for its whole shelf life.
 */
function undated(shelfLife: number, lead: number, review: number): number {
  return Math.min(shelfLife, Math.max(lead + shelfLife - review, lead));
}

/** Where the lots exceed the stock, those that expire soonest have been sold. */
function shelved(lots: readonly Lot[], onHand: number): Lot[] {
  const total = lots.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0);
  let sold = Math.max(0, total - Math.max(0, onHand));
  return lots
    .toSorted((a, b) => a.keeps - b.keeps)
    .flatMap(({ quantity, keeps }) => {
      const left = Math.max(0, quantity) - Math.min(sold, Math.max(0, quantity));
      sold = Math.max(0, sold - Math.max(0, quantity));
      return left > 0 ? [{ quantity: left, keeps }] : [];
    });
}
