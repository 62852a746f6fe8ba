/**
 * The steps that a plan simulates: from now until the order arrives, then one step a review while later orders refill.
 *
 * S1. Short lead times step by period; a long one is cut into a few bins, so that 2 and 90 days cost the same.
 * S2. After arrival a step is one review period, however long the bins are: what is decided stays sharp.
 */

/** Lead times of up to this many periods are not binned. */
const FINE_LEAD = 8;
/** Bins that a long lead time is cut into. */
const LEAD_BINS = 6;
/** Bins of history that models need at least, before they are made wider. */
const LEAST_BINS = 6;
/** Bins before arrival at most: what the table of shocks has columns for. */
const MOST_LEAD_STEPS = 14;
/**
 * Reviews after the arrival over which leftover stock is priced. Fewer overvalue what is left (3: -.0013 of score);
 * 8, 12 and 16 change nothing but the time it takes.
 */
export const REVIEWS_AHEAD = 6;

export interface Schedule {
  /** Periods that one observation of the models spans. */
  readonly bin: number;
  /** Steps before the order arrives; it is there at the start of step `leadSteps`. */
  readonly leadSteps: number;
  readonly steps: number;
  /** Length of each step in bins. */
  readonly duration: readonly number[];
  /** Start of each step, in periods from now. */
  readonly start: readonly number[];
}

export interface Span {
  /** Periods until the order arrives. */
  readonly lead: number;
  readonly reviewPeriod: number;
  readonly historyPeriods: number;
  readonly periodsLeft: number | null;
  /** Steps wanted at least, whatever the lead. */
  readonly leastSteps: number;
}

export function scheduleFor({ lead, reviewPeriod, historyPeriods, periodsLeft, leastSteps }: Span): Schedule {
  const bin = binFor(lead, historyPeriods);
  const leadSteps = Math.min(MOST_LEAD_STEPS, Math.ceil(lead / bin - 1e-9));
  const stepLength = leadSteps > 0 ? Math.max(bin, lead / leadSteps) : bin;
  const steps = Math.max(leastSteps, leadSteps + reviewsLeft(lead, reviewPeriod, periodsLeft));
  const duration: number[] = [];
  const start: number[] = [];
  for (let step = 0; step < steps; step++) {
    const late = step - leadSteps;
    start[step] = late < 0 ? step * stepLength : lead + late * reviewPeriod;
    duration[step] = (late < 0 ? Math.min(stepLength, lead - step * stepLength) : reviewPeriod) / bin;
  }
  return { bin, leadSteps, steps, duration, start };
}

/** The step at whose start something due in `periods` has arrived: the nearest start, of those until the order's arrival. */
export function arrivalStepOf(schedule: Schedule, periods: number): number {
  let step = 0;
  const { start, steps } = schedule;
  while (step + 1 < steps && start[step + 1]! - periods <= periods - start[step]!) step++;
  const afterLast = step === steps - 1 && periods > start[step]! + schedule.duration[step]! * schedule.bin;
  return afterLast ? steps : step;
}

function binFor(lead: number, historyPeriods: number): number {
  if (lead <= FINE_LEAD) return 1;
  const wished = Math.ceil(lead / LEAD_BINS);
  const affordable = Math.floor(historyPeriods / LEAST_BINS);
  return Math.max(1, Math.ceil(lead / MOST_LEAD_STEPS), Math.min(wished, affordable));
}

/** Reviews whose step begins before the item is withdrawn; at least the arrival's own. */
function reviewsLeft(lead: number, reviewPeriod: number, periodsLeft: number | null): number {
  if (periodsLeft === null) return 1 + REVIEWS_AHEAD;
  return Math.max(1, Math.min(1 + REVIEWS_AHEAD, Math.ceil((periodsLeft - lead) / reviewPeriod - 1e-9)));
}
