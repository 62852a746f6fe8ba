/** What makes a recommendation's number doubtful, in words. */
import type { Workflow } from "../workflow/types/workflow.ts";

/** Below this the question says what makes the number doubtful. */
const DOUBTFUL = 0.7;
const OLD_DAYS = 3;
const ERRATIC = 0.45;

/** Empty where the confidence is high enough to need none. */
export function doubtsOf({ decision, snapshot, recommendation }: Workflow, confidence: number): string[] {
  const evidence = decision?.evidence;
  if (evidence === undefined || confidence >= DOUBTFUL) return [];
  const { meanDemandPerDay, historyAgeDays, wished } = evidence;
  const quantity = recommendation?.quantity ?? 0;
  const doubts = [
    meanDemandPerDay === null ? "nothing is known of how it sells" : null,
    historyAgeDays != null && historyAgeDays > OLD_DAYS ? `the last known sales are ${historyAgeDays} days old` : null,
    meanDemandPerDay !== null && decision!.forecastConfidence < ERRATIC ? "its sales vary much from day to day" : null,
    wished !== undefined && wished > 0 && quantity > 1.5 * wished && snapshot.constraints.packSize > 1
      ? "the smallest order is much more than is needed"
      : null,
    wished !== undefined && quantity > 0 && quantity < 0.8 * wished ? "its limits allow less than is needed" : null,
  ].filter((doubt) => doubt !== null);
  return doubts.length > 0 ? doubts : ["sales until the next delivery may well be far from the usual"];
}
