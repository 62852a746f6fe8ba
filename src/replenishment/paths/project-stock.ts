/**
 * On-hand stock at the end of each coming period if a quantity is ordered now and nothing after it, as a band for a
 * chart.
 */
import { quantileOf } from "./demand-paths.ts";
import { ageOf, leadBelief, remainingAt } from "../supply/lead-times.ts";
import { criticalRatio } from "../statistics/newsvendor.ts";
import { simulate, sourceOf } from "./simulated-demand.ts";
import { prepare } from "../models/prepare.ts";
import { inUnits } from "../models/counted.ts";
import { arrivalStepOf, promisedLead, type Schedule } from "../supply/schedule.ts";
import { PATHS } from "./shocks.ts";
import { onCalendar } from "../supply/calendar.ts";
import type { PlanInput } from "../types.ts";

export interface StockBand {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/**
 * Steps simulated at most. More periods share the demand of a step evenly; each order still comes in its own period, as
 * in the plan, so stock runs out before a delivery and not beside it.
 */
const MOST_STEPS = 20;
/** Open orders are drawn at the median of their believed arrival. */
const MEDIAN = 0.5;

export function projectStock(input: PlanInput, quantity: number, periods: number): StockBand[] {
  const count = Math.max(0, Math.floor(periods));
  if (count === 0) return [];
  const prepared = prepare(input);
  const width = Math.ceil(count / MOST_STEPS);
  const schedule = evenSchedule(Math.ceil(count / width), width, input.elapsed ?? 0);
  const counted = onCalendar(inUnits(input, prepared.unit));
  const source = { ...sourceOf(counted, prepared), ratio: criticalRatio(counted.costs) };
  const { demand } = simulate(counted, prepared, schedule, source);
  const arrivals = arrivalsOf(counted, quantity / prepared.unit, evenSchedule(count, 1, input.elapsed ?? 0));
  const stock = new Float64Array(PATHS).fill(counted.onHand - counted.backordered);
  const bands: StockBand[] = [];
  for (let period = 0; period < count; period++) {
    const step = Math.floor(period / width);
    const left = period === 0 ? 1 - schedule.start[0]! : 1;
    const share = left > 0 ? left / schedule.duration[step]! : 0;
    for (let path = 0; path < PATHS; path++) {
      const before = stock[path]! + arrivals[period]!;
      const after = before - share * demand[step * PATHS + path]!;
      stock[path] = input.unmet === "lost" ? Math.max(Math.min(before, 0), after) : after;
    }
    bands.push(band(stock, prepared.unit));
  }
  return bands;
}

/** `elapsed`: share of the present period that is over. */
function evenSchedule(steps: number, width: number, elapsed: number): Schedule {
  const start = Array.from({ length: steps }, (_, step) => Math.max(elapsed, step * width));
  return { leadSteps: 0, steps, duration: start.map((from, step) => (step + 1) * width - from), start };
}

function arrivalsOf(input: PlanInput, quantity: number, schedule: Schedule): Float64Array {
  const promised = promisedLead(input);
  const belief = leadBelief({ ...input.leadTime, promised }, input.openOrders);
  const arrivals = new Float64Array(schedule.steps + 1);
  const arrive = (age: number, units: number): void => {
    const remaining = remainingAt(belief, age, MEDIAN);
    if (Number.isFinite(remaining)) arrivals[arrivalStepOf(schedule, remaining)]! += Math.max(0, units);
  };
  for (const order of input.openOrders) arrive(ageOf(order, promised), order.quantity);
  arrive(0, quantity);
  return arrivals;
}

/** On-hand stock is never below zero, even with backorders. */
function band(stock: Float64Array, unit: number): StockBand {
  const at = (probability: number): number => Math.max(0, quantileOf(stock, probability)) * unit;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}
