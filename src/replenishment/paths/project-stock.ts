/** On-hand stock at the end of each coming period if a quantity is ordered now and nothing after it: the band a chart draws. */
import { quantileOf } from "./demand-paths.ts";
import { leadBelief, remainingAt } from "../supply/lead-times.ts";
import { criticalRatio } from "../order/newsvendor.ts";
import { simulate, sourceOf } from "./outlook.ts";
import { prepare, type Prepared } from "../models/prepare.ts";
import { arrivalStepOf, type Schedule } from "./schedule.ts";
import { PATHS } from "./shocks.ts";
import type { PlanInput } from "../types.ts";

export interface StockBand {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** Steps simulated at most; more periods share steps, and the band runs straight between their ends. */
const MOST_STEPS = 20;
/** Orders and their likeliest arrival: the middle of what is believed. */
const MEDIAN = 0.5;

export function projectStock(
  input: PlanInput,
  quantity: number,
  periods: number,
  prepared: Prepared = prepare(input),
): StockBand[] {
  const count = Math.max(0, Math.floor(periods));
  if (count === 0) return [];
  const width = Math.ceil(count / MOST_STEPS);
  const schedule = evenSchedule(Math.ceil(count / width), width, prepared.bin);
  const source = { ...sourceOf(input, prepared), ratio: criticalRatio(input.costs) };
  const { demand, steps } = simulate(input, prepared, schedule, source);
  const arrivals = arrivalsOf(input, quantity, schedule);
  const stock = new Float64Array(PATHS).fill(input.onHand - input.backordered);
  let before = band(stock);
  const bands: StockBand[] = [];
  for (let step = 0; step < steps; step++) {
    for (let path = 0; path < PATHS; path++) {
      const after = stock[path]! + arrivals[step]! - demand[step * PATHS + path]!;
      stock[path] = input.unmet === "lost" ? Math.max(Math.min(stock[path]!, 0), after) : after;
    }
    const next = band(stock);
    for (let part = 1; part <= width && bands.length < count; part++) bands.push(between(before, next, part / width));
    before = next;
  }
  return bands;
}

function evenSchedule(steps: number, width: number, bin: number): Schedule {
  return {
    bin,
    leadSteps: 0,
    steps,
    duration: Array.from({ length: steps }, () => width / bin),
    start: Array.from({ length: steps }, (_, step) => step * width),
  };
}

function arrivalsOf(input: PlanInput, quantity: number, schedule: Schedule): Float64Array {
  const belief = leadBelief(input.leadTime, input.openOrders);
  const arrivals = new Float64Array(schedule.steps + 1);
  for (const order of [...input.openOrders, { quantity, age: 0 }]) {
    const remaining = remainingAt(belief, order.age, MEDIAN);
    if (Number.isFinite(remaining)) arrivals[arrivalStepOf(schedule, remaining)]! += Math.max(0, order.quantity);
  }
  return arrivals;
}

/** On-hand stock is never less than nothing, whatever is owed. */
function band(stock: Float64Array): StockBand {
  const at = (probability: number): number => Math.max(0, quantileOf(stock, probability));
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function between(from: StockBand, to: StockBand, share: number): StockBand {
  const mix = (a: number, b: number): number => a + share * (b - a);
  return { p10: mix(from.p10, to.p10), p50: mix(from.p50, to.p50), p90: mix(from.p90, to.p90) };
}
