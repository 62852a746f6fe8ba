/**
 * The steps that a plan simulates: from now until the order arrives, then one step a review while later orders refill.
 *
 * - A short lead time has one step per period; a longer one is divided into MOST_LEAD_STEPS steps. Step lengths grow
 *   smoothly with the lead time, and 2 and 90 days cost nearly the same.
 * - After arrival a step is one review: from one arrival to the next.
 * - The arrival's own step ends sooner where its goods spoil, or demand ends, before the next arrival.
 */
import type { PlanInput } from "../types.ts";

/** Steps before the arrival at most; lead times of up to as many periods have one for each period. */
const MOST_LEAD_STEPS = 8;
/**
 * Reviews after the arrival over which leftover stock is priced. Fewer overvalue what is left (3: -.0013 of score);
 * 8, 12 and 16 change nothing but the time it takes.
 */
const REVIEWS_AHEAD = 6;
/** Arrivals closer than this, in periods, count as one. */
const LEAST_REVIEW = 1e-2;

export interface Schedule {
  /** Steps before the order arrives; it is there at the start of step `leadSteps`. */
  readonly leadSteps: number;
  readonly steps: number;
  /** Length of each step in periods. */
  readonly duration: readonly number[];
  /** Start of each step, in periods from the start of the present one. */
  readonly start: readonly number[];
}

export interface Span {
  /** Periods until the order arrives. */
  readonly lead: number;
  /** Periods from its arrival to those of the orders after it, ascending; the last distance repeats. */
  readonly reviews: readonly number[];
  readonly periodsLeft: number | null;
  readonly shelfLife: number | null;
  /** Share of the present period that is over. */
  readonly elapsed: number;
  /** Least number of steps, at any lead time. */
  readonly leastSteps: number;
}

/** Periods until an order placed now arrives, as promised. */
export function promisedLead({ arrivals, leadTime }: Pick<PlanInput, "arrivals" | "leadTime">): number {
  return Math.max(0, arrivals?.[0] ?? leadTime.promised);
}

/** Periods from the order's arrival to the next order's. */
export function reviewOf({ arrivals, reviewPeriod }: Pick<PlanInput, "arrivals" | "reviewPeriod">): number {
  const [first, second] = arrivals ?? [];
  const given = first === undefined || second === undefined ? reviewPeriod : second - first;
  return Number.isFinite(given) ? Math.max(LEAST_REVIEW, given) : 1;
}

/** Distances from the order's arrival to those after it. */
export function reviewsOf(input: Pick<PlanInput, "arrivals" | "reviewPeriod">): readonly number[] {
  const [first, ...later] = input.arrivals ?? [];
  if (first === undefined || later.length === 0) return [reviewOf(input)];
  return later.map((arrival) => arrival - first);
}

export function scheduleFor(span: Span): Schedule {
  const { lead, elapsed, leastSteps } = span;
  const leadSteps = Math.min(MOST_LEAD_STEPS, Math.ceil(lead - 1e-9));
  const stepLength = leadSteps > 0 ? Math.max(1, lead / leadSteps) : 1;
  const steps = Math.max(leastSteps, leadSteps + reviewsLeft(span));
  const duration: number[] = [];
  const start: number[] = [];
  for (let step = 0; step < steps; step++) {
    const late = step - leadSteps;
    const from = late < 0 ? step * stepLength : lead + reviewStart(span.reviews, late);
    const to = late < 0 ? Math.min(lead, from + stepLength) : lead + reviewStart(span.reviews, late + 1);
    start[step] = Math.max(from, elapsed);
    duration[step] = Math.max(0, (late === 0 ? lastUse(span, from, to) : to) - start[step]!);
  }
  return { leadSteps, steps, duration, start };
}

/**
 * The step at whose start something due in `periods` counts as arrived: the nearest start up to the order's arrival.
 */
export function arrivalStepOf({ start, duration, steps }: Schedule, periods: number): number {
  let step = 0;
  while (step + 1 < steps && start[step + 1]! - periods <= periods - start[step]!) step++;
  const afterLast = step === steps - 1 && periods > start[step]! + duration[step]!;
  return afterLast ? steps : step;
}

/** The schedule where the time up to the arrival takes `by` times as long; what follows keeps its distances. */
export function stretchedBy(schedule: Schedule, by: number): Schedule {
  const { leadSteps, steps } = schedule;
  const from = schedule.start[0]!;
  const arrival = schedule.start[leadSteps]!;
  const later = (arrival - from) * (by - 1);
  return {
    leadSteps,
    steps,
    duration: schedule.duration.map((length, step) => (step < leadSteps ? length * by : length)),
    start: schedule.start.map((at, step) => (step < leadSteps ? from + (at - from) * by : at + later)),
  };
}

/** The same time with each step before the arrival divided into `parts`. */
export function divided(schedule: Schedule, parts: number): Schedule {
  if (parts === 1) return schedule;
  const { leadSteps, steps, start, duration } = schedule;
  const split = (part: number): [number, number] => [Math.floor(part / parts), (part % parts) / parts];
  const count = Array.from({ length: leadSteps * parts }, (_, part) => split(part));
  return {
    leadSteps: leadSteps * parts,
    steps: steps + leadSteps * (parts - 1),
    start: [...count.map(([step, share]) => start[step]! + share * duration[step]!), ...start.slice(leadSteps)],
    duration: [...count.map(([step]) => duration[step]! / parts), ...duration.slice(leadSteps)],
  };
}

function reviewStart(reviews: readonly number[], index: number): number {
  if (index === 0) return 0;
  const known = reviews[Math.min(index, reviews.length) - 1]!;
  const last = reviews.length === 1 ? known : known - reviews[reviews.length - 2]!;
  return index <= reviews.length ? known : known + (index - reviews.length) * Math.max(LEAST_REVIEW, last);
}

/** When the arrival's own step ends: with the next arrival, its goods' shelf life, or demand. */
function lastUse({ periodsLeft, shelfLife }: Span, from: number, to: number): number {
  return Math.min(
    to,
    from + (shelfLife ?? Number.POSITIVE_INFINITY),
    Math.max(from + LEAST_REVIEW, periodsLeft ?? Number.POSITIVE_INFINITY),
  );
}

/** Reviews whose step begins before demand ends; at least the arrival's own. */
function reviewsLeft({ lead, reviews, periodsLeft }: Span): number {
  if (periodsLeft === null) return 1 + REVIEWS_AHEAD;
  let count = 1;
  while (count <= REVIEWS_AHEAD && lead + reviewStart(reviews, count) < periodsLeft - 1e-9) count++;
  return count;
}
