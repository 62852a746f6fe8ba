/** How far apart two recommendations are, in the numbers that the wire shows of each. */
import { withoutDust } from "../shared/without-dust.ts";
import type { Recommendation } from "../workflow/types/decision.ts";
import { recommendationToWire } from "./to-wire.ts";

type Compared = Pick<Recommendation, "action" | "quantity" | "confidence">;

export function differenceToWire(before: Compared, after: Compared): { quantity: number; confidence: number } {
  const [from, to] = [recommendationToWire(before), recommendationToWire(after)];
  return {
    quantity: withoutDust(to.quantity - from.quantity),
    confidence: withoutDust(to.confidence - from.confidence),
  };
}
