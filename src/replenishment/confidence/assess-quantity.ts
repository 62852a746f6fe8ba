/** Confidence in a quantity, whoever proposed it: shares of simulated paths, calibrated to observed frequencies. */
import { calibrated, leadGroupOf } from "./calibration.ts";
import type { Outlook } from "../paths/outlook.ts";
import type { Prepared } from "../models/prepare.ts";
import { meanSpoiled, soonestEnd } from "../order/spoilage.ts";
import { promisedLead } from "../supply/schedule.ts";
import { contradictionOf } from "./contradiction.ts";
import { shareInStock, shareWithinTolerance } from "./risk.ts";
import type { PlanInput, QuantityAssessment } from "../types.ts";

/** Nothing has been measured for a new item, so its confidence is no better than a coin toss. */
const NEWCOMER_CONFIDENCE = 0.5;
/** Most confidence that another item's history gives, until the item has OWN_DAYS of its own. */
const BORROWED_CONFIDENCE = 0.7;
const OWN_DAYS = 28;
/** Odds of being wrong over the usual, while a season seems early or late: the level may have moved instead. */
const SHIFTED_DOUBT = 3;
/**
 * Reduction of the log odds of being right, per squared share of the latest periods that sold out: their demand is
 * known only from below. Fitted on real sales that were played with what was on the shelf.
 */
const SOLD_OUT_DOUBT = 2;
/**
 * An order of which a larger share would be thrown away, spoiled or unsold when demand ends, is a person's to make:
 * pack, minimum or service level ask for it, and no cost of waste is stated that it could be weighed by.
 */
const MOST_WASTE = 0.5;
const WASTEFUL_CONFIDENCE = 0.5;
/** Most confidence where a first forecast contradicts the sales: either may be right. */
const CONTRADICTED_CONFIDENCE = 0.5;

export function assess(input: PlanInput, prepared: Prepared, outlook: Outlook, quantity: number): QuantityAssessment {
  const raw = shareWithinTolerance(outlook, input, quantity);
  const confidence = rounded(confidenceOf(raw, input, prepared, outlook));
  return {
    confidence: isWasteful(input, outlook, quantity) ? Math.min(WASTEFUL_CONFIDENCE, confidence) : confidence,
    inStockProbability: shareInStock(outlook, quantity),
  };
}

/** To four digits: no more are known, and every stored decision would hold seventeen. */
function rounded(confidence: number): number {
  return Math.round(confidence * 1e4) / 1e4;
}

function isWasteful(input: PlanInput, { schedule, stock, usualSale, toTheEnd }: Outlook, quantity: number): boolean {
  // A usual sale is kept for its own sake: of what sells seldom, nobody is asked about each piece.
  if (quantity <= usualSale || (input.shelfLife === null && input.periodsLeft === null)) return false;
  const end = soonestEnd(input, schedule);
  return end !== null && meanSpoiled(toTheEnd(), end, stock, quantity) > MOST_WASTE * quantity;
}

function confidenceOf(raw: number, input: PlanInput, prepared: Prepared, outlook: Outlook): number {
  const { profile, past, season } = prepared;
  if (outlook.newcomer) return Math.min(NEWCOMER_CONFIDENCE, raw);
  const calm = calibrated(raw, input.tolerance, {
    demandClass: profile.class,
    group: leadGroupOf(promisedLead(input)),
    ratio: outlook.ratio,
    unseenDays: past.unseenTail * input.periodDays,
    // An item known only by its forecast is not treated as young: the forecast is all there is to know.
    seenPeriods: profile.seen === 0 ? Number.POSITIVE_INFINITY : profile.seen,
  });
  const doubt = (season.late === 0 ? 1 : SHIFTED_DOUBT) * Math.exp(SOLD_OUT_DOUBT * past.soldOut ** 2);
  const confidence = doubt === 1 ? calm : calm / (calm + doubt * (1 - calm));
  if (contradictionOf(input, prepared) !== null) return Math.min(CONTRADICTED_CONFIDENCE, confidence);
  const lent = input.borrowed?.as === "like" && past.ownSeen * input.periodDays < OWN_DAYS;
  return lent ? Math.min(BORROWED_CONFIDENCE, confidence) : confidence;
}
