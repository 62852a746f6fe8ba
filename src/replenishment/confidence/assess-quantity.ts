/** A quantity's chances, whoever proposed it: shares of simulated paths, calibrated to probabilities that hold. */
import { calibrated, leadGroupOf } from "./calibration.ts";
import type { Outlook } from "../paths/outlook.ts";
import type { Prepared } from "../models/prepare.ts";
import { promisedLead } from "../supply/schedule.ts";
import { shareInStock, shareWithinTolerance } from "./risk.ts";
import type { PlanInput, QuantityAssessment } from "../types.ts";

/** Nothing was measured of a new item, so nothing above a coin is claimed. */
const NEWCOMER_CONFIDENCE = 0.5;
/** Another item's history is not one's own: it is worth this much at most, until there are so many days. */
const BORROWED_CONFIDENCE = 0.7;
const OWN_DAYS = 28;

export function assess(input: PlanInput, prepared: Prepared, outlook: Outlook, quantity: number): QuantityAssessment {
  const raw = shareWithinTolerance(outlook, input, quantity);
  return {
    confidence: confidenceOf(raw, input, prepared, outlook),
    inStockProbability: shareInStock(outlook, quantity),
  };
}

function confidenceOf(raw: number, input: PlanInput, { profile, past }: Prepared, outlook: Outlook): number {
  if (outlook.newcomer) return Math.min(NEWCOMER_CONFIDENCE, raw);
  const confidence = calibrated(raw, input.tolerance, {
    demandClass: profile.class,
    group: leadGroupOf(promisedLead(input)),
    ratio: outlook.ratio,
    unseenDays: past.unseenTail * input.periodDays,
    // Of an item that only a forecast is known of, the forecast is what there is to know.
    seenPeriods: profile.seen === 0 ? Number.POSITIVE_INFINITY : profile.seen,
  });
  const lent = input.borrowed?.as === "like" && past.ownSeen * input.periodDays < OWN_DAYS;
  return lent ? Math.min(BORROWED_CONFIDENCE, confidence) : confidence;
}
