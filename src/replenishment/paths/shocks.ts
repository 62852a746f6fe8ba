/**
 * The fixed table of random numbers that every simulated path is made of.
 *
 * - Same seed, same table, on every machine: a scrambled Sobol sequence in integer arithmetic, no randomness.
 * - All items share it, so two decisions differ only by their facts, never by random draws.
 * - Rows are sorted by their first coordinate, by which paths are assigned to models: each model's paths are spread
 *   evenly.
 *
 * Sobol direction numbers: Joe & Kuo (2008), new-joe-kuo-6. Scrambling: Laine & Karras (2011), hashed Owen scrambling.
 */
import { normalQuantile } from "../statistics/normal.ts";

/** Simulated paths per decision. 128 costs .0006 of score, 512 gains .0002. */
export const PATHS = 256;
/** Steps a path can have: the columns of the table, beside the one that sorts it. */
export const MAX_STEPS = 23;
/** Columns that no schedule's demand reaches, for the other random facts of a path. */
export const ARRIVAL_COLUMN = MAX_STEPS - 1;
export const COMMON_COLUMN = MAX_STEPS - 2;
export const LEAD_COLUMN = MAX_STEPS - 3;
export const UNSEEN_COLUMN = MAX_STEPS - 4;
/** Shifts a reused column by the golden ratio, so that two orders do not draw the same luck. */
export const GOLDEN = 0.6180339887498949;

/** Keeps the most extreme shock at 3.7 deviations: the tail of 256 paths is noise beyond that. */
const CLIP = 1e-4;
/** Sigma of the lognormal that gives shocks their right skew: demand surprises upwards more than downwards. */
const SKEW = 0.2;
/** Factor on one-step errors, which understate later ones: it brings quantile coverage to its nominal value. */
const INFLATION = 1.15;

/** Columns by step, each with a number for each path, made when a plan first asks for it: most ask for a few. */
export interface ShockTable {
  /** Uniforms in (0, 1). */
  readonly uniform: Column;
  /** The same as standard normals. */
  readonly gauss: Column;
  /** The same as skewed shocks of mean 0 and deviation INFLATION. */
  readonly shock: Column;
}

type Column = (step: number) => Float64Array;

let latest: { seed: number; table: ShockTable } | null = null;

/** The table of a seed; the latest one is kept, since all of it takes about a millisecond to make. */
export function shockTable(seed: number): ShockTable {
  if (latest === null || latest.seed !== seed) latest = { seed, table: makeTable(seed) };
  return latest.table;
}

function makeTable(seed: number): ShockTable {
  const first = pointsOf(0, seed);
  const rows = Uint16Array.from(first.keys()).sort((a, b) => first[a]! - first[b]!);
  const uniform = madeByStep((step) => {
    const points = pointsOf(step + 1, seed);
    return Float64Array.from(rows, (row) => Math.min(1 - CLIP, Math.max(CLIP, points[row]!)));
  });
  const gauss = madeByStep((step) => uniform(step).map((u) => normalQuantile(u)));
  const shock = madeByStep((step) => gauss(step).map((deviate) => skewedShock(deviate)));
  return { uniform, gauss, shock };
}

function madeByStep(make: Column): Column {
  const made: (Float64Array | undefined)[] = Array.from({ length: MAX_STEPS }, () => undefined);
  return (step) => (made[step] ??= make(step));
}

const VARIANCE = SKEW * SKEW;
const LOGNORMAL_MEAN = Math.exp(VARIANCE / 2);
const LOGNORMAL_DEVIATION = Math.sqrt((Math.exp(VARIANCE) - 1) * Math.exp(VARIANCE));

/** A standardised lognormal: mean 0, deviation INFLATION, skewness about 0.6. */
function skewedShock(gauss: number): number {
  return (INFLATION * (Math.exp(SKEW * gauss) - LOGNORMAL_MEAN)) / LOGNORMAL_DEVIATION;
}

/** Primitive polynomial (degree, coefficients) and initial direction numbers of Sobol dimensions 2, 3, … */
const JOE_KUO: readonly (readonly [degree: number, coefficients: number, ...initial: number[]])[] = [
  [1, 0, 1],
  [2, 1, 1, 3],
  [3, 1, 1, 3, 1],
  [3, 2, 1, 1, 1],
  [4, 1, 1, 1, 3, 3],
  [4, 4, 1, 3, 5, 13],
  [5, 2, 1, 1, 5, 5, 17],
  [5, 4, 1, 1, 5, 5, 5],
  [5, 7, 1, 1, 7, 11, 19],
  [5, 11, 1, 1, 5, 1, 1],
  [5, 13, 1, 1, 1, 3, 11],
  [5, 14, 1, 3, 5, 5, 31],
  [6, 1, 1, 3, 3, 9, 7, 49],
  [6, 13, 1, 1, 1, 15, 21, 21],
  [6, 16, 1, 3, 1, 13, 27, 49],
  [6, 19, 1, 1, 1, 15, 7, 5],
  [6, 22, 1, 3, 1, 15, 13, 25],
  [6, 25, 1, 1, 5, 5, 19, 61],
  [7, 1, 1, 3, 7, 11, 23, 15, 103],
  [7, 4, 1, 3, 7, 13, 13, 15, 69],
  [7, 7, 1, 1, 3, 13, 7, 35, 63],
  [7, 8, 1, 3, 5, 9, 1, 25, 53],
  [7, 14, 1, 3, 1, 13, 9, 35, 107],
];

/** A point's bits are those of the point without its lowest bit, and one direction: a cold isolate makes these. */
function pointsOf(column: number, seed: number): Float64Array {
  const direction = directionsOf(column);
  const scramble = hash(seed * 31 + column + 1);
  const bits = new Uint32Array(PATHS);
  const points = new Float64Array(PATHS);
  for (let index = 0; index < PATHS; index++) {
    if (index > 0) bits[index] = bits[index & (index - 1)]! ^ direction[31 - Math.clz32(index & -index)]!;
    points[index] = (scrambled(bits[index]!, scramble) + 0.5) / 2 ** 32;
  }
  return points;
}

function directionsOf(column: number): Uint32Array {
  const made = new Uint32Array(32);
  const [degree, coefficients, ...initial] = JOE_KUO[column - 1] ?? [0, 0];
  for (let bit = 0; bit < 32; bit++) {
    if (column === 0) made[bit] = 2 ** (31 - bit);
    else if (bit < degree) made[bit] = (initial[bit] ?? 1) << (31 - bit);
    else {
      const back = made[bit - degree] ?? 0;
      let value = back ^ (back >>> degree);
      for (let term = 1; term < degree; term++) {
        if ((coefficients >>> (degree - 1 - term)) & 1) value ^= made[bit - term] ?? 0;
      }
      made[bit] = value;
    }
  }
  return made;
}

function scrambled(bits: number, seed: number): number {
  let x = reversed(bits);
  x = (x + seed) >>> 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reversed(x >>> 0);
}

function reversed(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}

/** Mixes an integer to 32 unrelated bits (the finaliser of MurmurHash3). */
function hash(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
