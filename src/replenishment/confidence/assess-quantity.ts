/** A quantity's chances, whoever proposed it: shares of simulated paths, calibrated to probabilities that hold. */
import { calibrated, leadGroupOf } from "./calibration.ts";
import type { Outlook } from "../paths/outlook.ts";
import type { Prepared } from "../models/prepare.ts";
import { shareInStock, shareWithinTolerance } from "./risk.ts";
import type { PlanInput, QuantityAssessment } from "../types.ts";

/** Nothing was measured of a new item, so nothing above a coin is claimed. */
const NEWCOMER_CONFIDENCE = 0.5;

export function assess(input: PlanInput, prepared: Prepared, outlook: Outlook, quantity: number): QuantityAssessment {
  const raw = shareWithinTolerance(outlook, input, quantity);
  return {
    confidence: outlook.newcomer
      ? Math.min(NEWCOMER_CONFIDENCE, raw)
      : calibrated(raw, input.tolerance, {
          demandClass: prepared.profile.class,
          group: leadGroupOf(input.leadTime.promised),
          ratio: outlook.ratio,
        }),
    inStockProbability: shareInStock(outlook, quantity),
  };
}
