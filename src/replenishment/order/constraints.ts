/**
 * What may be ordered: whole packs, at least the minimum, never above the maximum stock; or nothing at all.
 *
 * - Zero is always allowed.
 * - Whatever `roundOrder` returns passes `checkQuantity`.
 * - Packs round up (as Odoo 15-17 and 19 do; Odoo 18 rounds down), except under a maximum stock, which rounds down.
 */
import type { ConstraintViolation, OrderConstraints, PlanEvidence } from "../types.ts";

/** Slack for whole packs and limits, of the quantity and of a pack, so that 3 x 0.1 is three packs of 0.1. */
const FLOAT_SLACK = 1e-9;

export interface RoundedOrder {
  readonly quantity: number;
  /** The rule that changed the quantity most, or null when the wanted one was feasible. */
  readonly binding: Extract<PlanEvidence["bindingConstraint"], "min_order_quantity" | "pack_size" | "max_stock"> | null;
}

/** Why `quantity` may not be ordered on top of `inventoryPosition`, or null when it may. */
export function checkQuantity(
  quantity: number,
  constraints: OrderConstraints,
  inventoryPosition: number,
): ConstraintViolation | null {
  if (!Number.isFinite(quantity) || quantity < 0) return { reason: "not_a_quantity" };
  if (quantity === 0) return null;
  const pack = packOf(constraints);
  const slack = slackOf(quantity, pack);
  if (quantity < constraints.minOrderQuantity - slack) {
    return { reason: "below_minimum", minimum: constraints.minOrderQuantity };
  }
  if (Math.abs(quantity - wholePacks(Math.round(quantity / pack), pack)) > slack) {
    return { reason: "off_pack", packSize: pack };
  }
  const maximum = constraints.maxStock;
  if (maximum !== null && quantity > maximum - inventoryPosition + slack) {
    return { reason: "above_maximum", maximum };
  }
  return null;
}

/** The feasible order nearest to the wanted one: packs up, then the minimum, then the maximum stock. */
export function roundOrder(wished: number, constraints: OrderConstraints, inventoryPosition: number): RoundedOrder {
  if (!(wished > 0)) return { quantity: 0, binding: null };
  const pack = packOf(constraints);
  const packsWished = packsAtLeast(wished, pack);
  const packsMinimum = packsAtLeast(constraints.minOrderQuantity, pack);
  let packs = Math.max(packsWished, packsMinimum);
  let binding: RoundedOrder["binding"] = null;
  if (packsMinimum > packsWished) binding = "min_order_quantity";
  else if (pack !== 1 && wholePacks(packs, pack) > wished + slackOf(wished, pack)) binding = "pack_size";
  if (constraints.maxStock !== null) {
    const packsMaximum = packsAtMost(constraints.maxStock - inventoryPosition, pack);
    if (packs > packsMaximum) {
      packs = packsMaximum < packsMinimum ? 0 : packsMaximum;
      binding = "max_stock";
    }
  }
  const quantity = wholePacks(Math.max(0, packs), pack);
  return Number.isFinite(quantity) ? { quantity, binding } : { quantity: 0, binding };
}

/** The least that can be ordered. */
export function lotOf(constraints: OrderConstraints): number {
  return roundOrder(packOf(constraints), { ...constraints, maxStock: null }, 0).quantity;
}

/** The most that can be ordered; infinite without a maximum stock. */
export function mostOf(constraints: OrderConstraints, inventoryPosition: number): number {
  if (constraints.maxStock === null) return Number.POSITIVE_INFINITY;
  return roundOrder(Number.MAX_SAFE_INTEGER, constraints, inventoryPosition).quantity;
}

/** `count` packs, without the rounding errors of binary fractions. */
export function wholePacks(count: number, pack: number): number {
  return Number.isInteger(pack) ? count * pack : Number((count * pack).toPrecision(12));
}

/**
 * Rounds a stated quantity to whole packs where it differs from them only by rounding errors; else leaves it as it is.
 */
export function withoutDust(quantity: number, constraints: OrderConstraints): number {
  const pack = packOf(constraints);
  const whole = wholePacks(Math.round(quantity / pack), pack);
  return Math.abs(whole - quantity) <= slackOf(quantity, pack) ? whole : quantity;
}

/** A pack size that can be divided by: anything not positive means single units. */
export function packOf(constraints: OrderConstraints): number {
  return constraints.packSize > 0 && Number.isFinite(constraints.packSize) ? constraints.packSize : 1;
}

function packsAtLeast(quantity: number, pack: number): number {
  return Math.max(0, Math.ceil(quantity / pack - FLOAT_SLACK * Math.max(1, quantity / pack)));
}

function packsAtMost(quantity: number, pack: number): number {
  return Math.max(0, Math.floor(quantity / pack + FLOAT_SLACK * Math.max(1, quantity / pack)));
}

function slackOf(quantity: number, pack: number): number {
  return FLOAT_SLACK * Math.max(Math.min(1, pack), Math.abs(quantity));
}
