/** When a newer recommendation is a different question, and when it only repeats the open one (I10). */
import { checkQuantity } from "../replenishment/order/constraints.ts";
import type { OrderConstraints } from "../replenishment/types.ts";
import type { Recommendation } from "./types/decision.ts";

/** Smaller moves than this share of the asked quantity do not change what a buyer would answer. */
const MATERIAL_SHARE = 0.2;

/**
 * True when the action flips, the quantity moves by more than one pack and more than 20 %, or the quantity that was
 * asked about is no longer allowed at the present inventory position.
 */
export function isMaterial(
  asked: Pick<Recommendation, "action" | "quantity">,
  fresh: Pick<Recommendation, "action" | "quantity">,
  constraints: OrderConstraints,
  inventoryPosition: number,
): boolean {
  if (asked.action !== fresh.action) return true;
  if (checkQuantity(asked.quantity, constraints, inventoryPosition) !== null) return true;
  return movesMaterially(asked.quantity, fresh.quantity, constraints.packSize);
}

/** By more than one pack and more than 20 %. */
export function movesMaterially(from: number, to: number, packSize: number): boolean {
  const move = Math.abs(to - from);
  return move > packSize && move > MATERIAL_SHARE * from;
}
