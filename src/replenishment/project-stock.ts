/** On-hand stock in the coming periods if a quantity is ordered now: the band a chart draws. */
import { plan } from "./plan.ts";
import type { PlanInput } from "./types.ts";

export interface StockBand {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export function projectStock(input: PlanInput, quantity: number, periods: number): StockBand[] {
  const { meanDemand } = plan(input).evidence;
  let stock = input.onHand;
  return Array.from({ length: periods }, (_, step) => {
    for (const order of input.openOrders) if (Math.round(input.leadTime.promised - order.age) === step) stock += order.quantity;
    if (step === Math.round(input.leadTime.promised)) stock += quantity;
    stock = Math.max(0, stock - meanDemand);
    return { p10: stock, p50: stock, p90: stock };
  });
}
