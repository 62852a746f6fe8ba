/** Converts a plan's input to the units that models count, and its answers back to the item's own. */
import { clean } from "./unit.ts";
import type { DemandForecast, ForecastPoint, PlanInput } from "../types.ts";

/** Converts everything but `history`: only `prepare` reads that, and it applies the unit itself. */
export function inUnits(input: PlanInput, unit: number): PlanInput {
  if (unit === 1) return input;
  const of = (quantity: number): number => clean(quantity / unit);
  const { costs, constraints, forecast } = input;
  return {
    ...input,
    forecast: forecast === null ? null : forecastOf(forecast, of),
    onHand: of(input.onHand),
    backordered: of(input.backordered),
    openOrders: input.openOrders.map((order) => ({ ...order, quantity: of(order.quantity) })),
    lots: input.lots == null ? null : input.lots.map((lot) => ({ ...lot, quantity: of(lot.quantity) })),
    costs: { ...costs, holding: costs.holding * unit, shortage: costs.shortage * unit },
    constraints: {
      minOrderQuantity: of(constraints.minOrderQuantity),
      packSize: of(constraints.packSize),
      maxStock: constraints.maxStock === null ? null : of(constraints.maxStock),
    },
    safetyStock: of(input.safetyStock),
  };
}

/** A number of counted units in the item's own. */
export function outOfUnits(quantity: number, unit: number): number {
  return unit === 1 ? quantity : clean(quantity * unit);
}

function forecastOf(forecast: DemandForecast, of: (quantity: number) => number): DemandForecast {
  const some = (quantity: number | undefined): number | undefined =>
    quantity === undefined ? undefined : of(quantity);
  const pointOf = (point: ForecastPoint): ForecastPoint => ({
    mean: of(point.mean),
    p10: some(point.p10),
    p50: some(point.p50),
    p90: some(point.p90),
    std: some(point.std),
  });
  return { ...forecast, points: forecast.points.map((point) => (point === null ? null : pointOf(point))) };
}
