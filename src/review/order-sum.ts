/** Why this quantity: the sum behind it, line by line, and every limit that shaped it. */
import type { OrderConstraints } from "../replenishment/types.ts";
import type { Evidence } from "../workflow/types/decision.ts";
import type { Formats } from "../shared/formats.ts";

export interface SumLine {
  readonly name: string;
  /** With its sign. */
  readonly amount: string;
}

export interface OrderSum {
  /** The lines add up to the last one exactly as they are shown. */
  readonly lines: readonly SumLine[];
  readonly limits: readonly string[];
}

interface Asked {
  readonly quantity: number;
  readonly evidence: Evidence;
  readonly constraints: OrderConstraints;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
}

/** Null where nothing was planned from demand, or nothing is ordered. */
export function orderSum(asked: Asked, formats: Formats): OrderSum | null {
  const { quantity, evidence, constraints } = asked;
  const { inventoryPosition, projectedStockAtArrival, meanDemandPerDay, wished } = evidence;
  if (quantity <= 0 || meanDemandPerDay === null || wished === undefined) return null;
  const round = rounder(constraints.packSize, quantity);
  const [there, wish] = [round(inventoryPosition), round(wished)];
  const until = round(inventoryPosition - projectedStockAtArrival);
  const next = round(meanDemandPerDay * asked.reviewPeriodDays);
  const reserve = round(wish + there - until - next);
  const amounts: [string, number][] = [
    [`Expected to be sold until it arrives, ${daysText(asked.leadTimeDays, formats)}`, until],
    [`Expected until the order after it, ${daysText(asked.reviewPeriodDays, formats)}`, next],
    [
      reserve < 0 ? "Less, because leftovers cost more than a gap" : "Safety stock, for demand above the expected",
      reserve,
    ],
    ["Already there or on order", -there],
    [quantity >= wish ? "Rounded up to what can be ordered" : "Cut to what can be ordered", round(quantity - wish)],
  ];
  const lines = amounts
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount]) => ({ name, amount: signed(amount, formats) }));
  return {
    lines: [...lines, { name: "To order", amount: formats.quantity(quantity) }],
    limits: limitsOf(asked, formats),
  };
}

function limitsOf({ quantity, evidence, constraints }: Asked, { quantity: text }: Formats): string[] {
  const { minOrderQuantity, packSize, maxStock } = constraints;
  const wished = evidence.wished ?? quantity;
  const position = evidence.inventoryPosition;
  const isOff = Math.abs(quantity - wished) > 1e-9 * Math.max(1, quantity);
  return [
    minOrderQuantity > wished && quantity > wished ? `The minimum order is ${text(minOrderQuantity)}.` : null,
    packSize !== 1 && isOff ? `It comes in packs of ${text(packSize)}.` : null,
    maxStock !== null && (quantity < wished || position + quantity + packSize > maxStock)
      ? `Stock and open orders together may be ${text(maxStock)} at most.`
      : null,
    evidence.bindingConstraint === "shelf_life" ? "It would spoil before more could be sold." : null,
    evidence.bindingConstraint === "safety_stock" ? "Your safety stock asks for more than the costs do." : null,
  ].filter((limit) => limit !== null);
}

/**
 * Rounds to whole units, or to the pack where that is finer: an estimate is no more exact than what can be ordered.
 */
function rounder(packSize: number, quantity: number): (value: number) => number {
  const places = Number.isInteger(packSize) && Number.isInteger(quantity) ? 0 : decimals(packSize, quantity);
  return (value) => Number(value.toFixed(places)) + 0;
}

function decimals(...values: readonly number[]): number {
  return Math.max(
    ...values.map((value) => Math.min(6, (String(Number(value.toPrecision(12))).split(".")[1] ?? "").length)),
  );
}

function signed(amount: number, { quantity }: Formats): string {
  return `${amount < 0 ? "−" : "+"} ${quantity(Math.abs(amount))}`;
}

function daysText(days: number, { quantity }: Pick<Formats, "quantity">): string {
  return days === 1 ? "1 day" : `${quantity(days)} days`;
}
