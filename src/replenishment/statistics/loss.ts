/**
 * Expected units missing of a stock level against normal demand.
 * Snyder & Shen, Fundamentals of Supply Chain Theory, 2nd ed., appendix C.3.
 */
import { normalCdf, normalPdf } from "./normal.ts";

/** E[(Z - z)+] of a standard normal. */
export function standardLoss(z: number): number {
  return normalPdf(z) - z * normalCdf(-z);
}
