/** The economic order quantity (Harris 1913; Snyder & Shen, section 3.2). */

/** Units an order: sqrt(2 K d / h), with K per order, d units and h currency per unit, both per period. */
export function economicOrderQuantity(fixedOrder: number, demand: number, holding: number): number {
  return Math.sqrt((2 * fixedOrder * demand) / holding);
}

/** Set-up and holding cost per period of ordering `quantity` at a time. */
export function lotCost(quantity: number, fixedOrder: number, demand: number, holding: number): number {
  return (fixedOrder * demand) / quantity + (holding * quantity) / 2;
}
