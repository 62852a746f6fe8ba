/**
 * When the shelf is empty on the median path: if nothing is ordered, and with a quantity that is ordered now. In
 * periods from the start of the present one; null = not within the horizon, which is at most a year.
 */
import { inUnits } from "../models/counted.ts";
import { prepare, type Prepared } from "../models/prepare.ts";
import { criticalRatio } from "../statistics/newsvendor.ts";
import { quantileOf } from "./demand-paths.ts";
import { simulate, sourceOf } from "./simulated-demand.ts";
import { arrivalsOf, evenSchedule } from "./project-stock.ts";
import { arrivalStepOf, promisedLead, type Schedule } from "../supply/schedule.ts";
import { PATHS } from "./shocks.ts";
import { onCalendar } from "../supply/calendar.ts";
import type { PlanInput } from "../types.ts";

export interface RunsOut {
  /** First time that the shelf is empty, with the stock on hand and on order. */
  readonly soldOut: number | null;
  /** Until when each quantity lasts once it has arrived, in the order asked. */
  readonly lastsUntil: readonly (number | null)[];
}

/** Steps simulated at most; farther horizons have longer steps. */
const MOST_STEPS = 21;
/** Horizon in units of the time that stock would last at the usual demand: slow paths take longer. */
const SLACK = 2;
const LONGEST_DAYS = 366;

export function runsOut(input: PlanInput, quantities: readonly number[]): RunsOut {
  const prepared = prepare(input);
  const counted = onCalendar(inUnits(input, prepared.unit));
  const asked = quantities.map((quantity) => Math.max(0, quantity) / prepared.unit);
  const periods = horizon(counted, Math.max(0, ...asked), prepared);
  const width = Math.max(1, Math.ceil(periods / MOST_STEPS));
  const schedule = evenSchedule(Math.ceil(periods / width), width, Math.min(1, Math.max(0, counted.elapsed ?? 0)));
  const source = { ...sourceOf(counted, prepared), ratio: criticalRatio(counted.costs) };
  const { demand } = simulate(counted, prepared, schedule, source);
  const lead = promisedLead(counted);
  const arrival = arrivalStepOf(schedule, lead);
  return {
    soldOut: medianEnd(counted, schedule, demand, arrivalsOf(counted, 0, schedule), 0),
    lastsUntil: asked.map((quantity) =>
      arrival >= schedule.steps
        ? null
        : medianEnd(counted, schedule, demand, arrivalsOf(counted, quantity, schedule), arrival),
    ),
  };
}

/** Time of the first empty shelf from step `since` on, on the median path. */
function medianEnd(
  { onHand, backordered, unmet }: PlanInput,
  { steps, start, duration }: Schedule,
  demand: Float32Array,
  arrivals: Float64Array,
  since: number,
): number | null {
  const ends = new Float64Array(PATHS).fill(Number.POSITIVE_INFINITY);
  for (let path = 0; path < PATHS; path++) {
    let x = onHand - backordered;
    for (let step = 0; step < steps; step++) {
      x += arrivals[step]!;
      const wanted = demand[step * PATHS + path]!;
      if (step >= since && x < wanted - 1e-9) {
        ends[path] = start[step]! + duration[step]! * Math.max(0, x / wanted);
        break;
      }
      x = unmet === "lost" ? Math.max(Math.min(x, 0), x - wanted) : x - wanted;
    }
  }
  const finite = ends.reduce((count, end) => count + Number(end < Number.POSITIVE_INFINITY), 0);
  return finite * 2 > PATHS
    ? quantileOf(
        ends.map((end) => Math.min(end, 1e9)),
        0.5,
      )
    : null;
}

/**
 * Periods to simulate: past the arrival, and longer than all stock and orders last at the usual demand.
 */
function horizon(input: PlanInput, quantity: number, { profile }: Prepared): number {
  const most = Math.max(1, Math.floor(LONGEST_DAYS / input.periodDays));
  const ordered = input.openOrders.reduce((sum, order) => sum + Math.max(0, order.quantity), 0);
  const units = Math.max(0, input.onHand) + ordered + quantity;
  const points = (input.forecast?.points ?? []).flatMap((point) => (point === null ? [] : [point.mean]));
  const usual = points.length > 0 ? points.reduce((sum, mean) => sum + mean, 0) / points.length : profile.mean;
  const lasts = usual > 0 ? (SLACK * units) / usual : most;
  return Math.min(most, Math.ceil(promisedLead(input) + lasts + 2));
}
