/**
 * Loss functions: expected units missing (n) and left over (n bar) of a stock level against random demand.
 * Snyder & Shen, Fundamentals of Supply Chain Theory, 2nd ed., appendix C.3.
 */
import { normalCdf, normalPdf } from "./normal.ts";

export interface ExpectedLoss {
  /** Expected demand beyond the level. */
  readonly short: number;
  /** Expected stock beyond demand. */
  readonly left: number;
}

/** E[(Z - z)+] of a standard normal. */
export function standardLoss(z: number): number {
  return normalPdf(z) - z * normalCdf(-z);
}

export function normalLoss(level: number, mean: number, sd: number): ExpectedLoss {
  const z = (level - mean) / sd;
  const short = sd * standardLoss(z);
  return { short, left: sd * z + short };
}

/** For a whole `level`: n(x) = -(x - mean) (1 - F(x)) + mean f(x). */
export function poissonLoss(level: number, mean: number): ExpectedLoss {
  let mass = Math.exp(-mean);
  let cumulative = mass;
  for (let n = 1; n <= level; n++) {
    mass *= mean / n;
    cumulative += mass;
  }
  const short = -(level - mean) * (1 - cumulative) + mean * mass;
  return { short, left: level - mean + short };
}
