/**
 * A model of the bank over several periods at once: the summed effect of the states it passes through.
 *
 * Within a span of n periods the level moves with each period's error, and later periods of the span feel it. The sum
 * over the span therefore varies more than n independent periods would, and a level that reverts has mostly done so by
 * its end. A span of one period is the model's own recursion; spans between whole numbers are interpolated linearly.
 */
import { MODELS } from "../models/bank.ts";

/** Longest span that is computed period by period; a longer one is treated as this long. */
const LONGEST = 400;

/** x = level less mean, b = trend, e = the span's summed error. */
export interface SpanCoefficients {
  /** Sum of forecasts over the span, less n times the mean: per x and per b. */
  readonly sumPerLevel: number;
  readonly sumPerTrend: number;
  /** State after the span without error. */
  readonly levelPerLevel: number;
  readonly levelPerTrend: number;
  readonly trendPerTrend: number;
  /** Deviation of the summed error over that of n independent ones. */
  readonly widening: number;
  /** How far the state moves per unit of summed error. */
  readonly levelPerError: number;
  readonly trendPerError: number;
  /** Deviation of the level after the span, in deviations of one period's error. */
  readonly levelDeviation: number;
}

interface Known {
  readonly gain: number;
  readonly span: number;
  readonly coefficients: SpanCoefficients;
}

/** The latest result for each model: neighbouring steps mostly have the same length. */
const latest: Known[] = [];

/** `gain`: of the level, already raised for a young item. */
export function spanCoefficients(model: number, gain: number, span: number): SpanCoefficients {
  const known = latest[model];
  if (known !== undefined && known.gain === gain && known.span === span) return known.coefficients;
  const coefficients = workedOut(model, gain, span);
  latest[model] = { gain, span, coefficients };
  return coefficients;
}

function workedOut(model: number, gain: number, span: number): SpanCoefficients {
  if (span <= 1 + 1e-9) return part(model, gain, span);
  const whole = Math.min(LONGEST, Math.floor(span + 1e-9));
  const low = overPeriods(model, gain, whole);
  const share = Math.min(LONGEST, span) - whole;
  if (share <= 1e-9) return low;
  const high = overPeriods(model, gain, whole + 1);
  const mix = (key: keyof SpanCoefficients): number => low[key] + share * (high[key] - low[key]);
  return {
    sumPerLevel: mix("sumPerLevel"),
    sumPerTrend: mix("sumPerTrend"),
    levelPerLevel: mix("levelPerLevel"),
    levelPerTrend: mix("levelPerTrend"),
    trendPerTrend: mix("trendPerTrend"),
    widening: mix("widening"),
    levelPerError: mix("levelPerError"),
    trendPerError: mix("trendPerError"),
    levelDeviation: mix("levelDeviation"),
  };
}

/** A span of at most one period: its share of what a whole period changes. */
function part(model: number, gain: number, span: number): SpanCoefficients {
  const persistence = MODELS.persistence[model]!;
  const damping = MODELS.damping[model]!;
  return {
    sumPerLevel: span * persistence,
    sumPerTrend: span * damping,
    levelPerLevel: 1 + span * (persistence - 1),
    levelPerTrend: span * damping,
    trendPerTrend: 1 + span * (damping - 1),
    widening: 1,
    levelPerError: gain,
    trendPerError: MODELS.trendGain[model]! * gain,
    levelDeviation: gain * Math.sqrt(span),
  };
}

function overPeriods(model: number, gain: number, periods: number): SpanCoefficients {
  const persistence = MODELS.persistence[model]!;
  const damping = MODELS.damping[model]!;
  // Follows three starts: x = 1, b = 1, and a period's error of 1.
  let ofLevel = 1;
  let [ofTrend, trend] = [0, 1];
  let [felt, feltTrend, feltSum] = [gain, MODELS.trendGain[model]! * gain, 1];
  let [sumPerLevel, sumPerTrend, sums, levels, trends] = [0, 0, 0, 0, 0];
  for (let period = 0; period < periods; period++) {
    ofLevel *= persistence;
    sumPerLevel += ofLevel;
    trend *= damping;
    ofTrend = persistence * ofTrend + trend;
    sumPerTrend += ofTrend;
    sums += feltSum * feltSum;
    levels += felt * felt;
    trends += feltTrend * feltTrend;
    feltTrend *= damping;
    felt = persistence * felt + feltTrend;
    feltSum += felt;
  }
  return {
    sumPerLevel,
    sumPerTrend,
    levelPerLevel: ofLevel,
    levelPerTrend: ofTrend,
    trendPerTrend: trend,
    widening: Math.sqrt(sums / periods),
    levelPerError: Math.sqrt(levels / sums),
    trendPerError: Math.sqrt(trends / sums),
    levelDeviation: Math.sqrt(levels),
  };
}
