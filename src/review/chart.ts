/** The chart's numbers from an assessment of present facts: the same input that the plan reads. Pure. */
import { projectStock } from "../replenishment/paths/project-stock.ts";
import type { PlanInput } from "../replenishment/types.ts";
import type { Assessment } from "../workflow/assessment.ts";
import { lastingOf } from "../workflow/world-evidence.ts";
import type { DemandHistory } from "../world/history.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { LastingFacts } from "./lasting-text.ts";
import { recentDemand, type Band, type ChartData, type Projection } from "./chart-data.ts";
import { formatsOf } from "../shared/formats.ts";

/** Four weeks show a weekly rhythm without crowding a phone. */
const DEMAND_DAYS = 28;
/** The chart ends a little after the last answer has run out, between these limits. */
const LEAST_DAYS = 7;
const MOST_DAYS = 60;

/** Days that are still drawn after the last answer has run out. */
const DAYS_AFTER = 2;

/** Null under the plain rule: without demand there is nothing to project. */
export function chartOf(
  { input, planned, decision }: Pick<Assessment, "input" | "planned" | "decision">,
  workflow: Workflow,
  history: DemandHistory | null,
  triedQuantity: number | null,
): ChartData | null {
  if (input === null || planned === null) return null;
  const mean = decision.evidence.meanDemandPerDay ?? 0;
  const isOpen = workflow.status === "awaiting_human_review";
  const asked = isOpen ? (workflow.recommendation?.quantity ?? 0) : 0;
  const tried = triedQuantity === null || triedQuantity === asked ? null : triedQuantity;
  const { today, arrivesOn } = lastingOf(planned, mean, 0);
  const isEmpty = input.onHand - input.backordered <= 0;
  const lasting = (quantity: number): LastingFacts => ({
    ...lastingOf(planned, mean, quantity),
    quantity,
    isEmpty,
  });
  const ends = [0, asked, tried ?? 0].map((quantity) => lasting(quantity).lastsUntil ?? today + MOST_DAYS);
  const last = Math.max(arrivesOn, ...ends) + DAYS_AFTER - today;
  const days = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, last));
  const periods = Math.ceil(days / input.periodDays);
  const project = (label: string, quantity: number): Projection => ({
    label,
    quantity,
    days: byDay(projectStock(input, quantity, periods), input, days),
    lasting: lasting(quantity),
  });
  const { quantity: text } = formatsOf(workflow.shownAs ?? {});
  return {
    today,
    onHand: input.onHand,
    safetyStock: workflow.snapshot.safetyStock,
    arrivalDay: arrivesOn - today,
    demand: recentDemand(history, DEMAND_DAYS),
    approve: project(approveLabel(isOpen, asked, text), asked),
    reject: project("Reject (order nothing)", 0),
    tried: tried === null ? null : project(`Order ${text(tried)}`, tried),
  };
}

/** Stock at the end of each day, straight between the ends of weeks or months where the plan has those. */
function byDay(bands: readonly Band[], { periodDays, onHand }: PlanInput, days: number): Band[] {
  if (periodDays === 1) return [...bands];
  const now = { p10: onHand, p50: onHand, p90: onHand };
  return Array.from({ length: days }, (_, day) => {
    const periods = (day + 1) / periodDays;
    const whole = Math.floor(periods);
    const from = whole === 0 ? now : bands[whole - 1]!;
    const to = bands[whole] ?? from;
    const mix = (a: number, b: number): number => a + (periods - whole) * (b - a);
    return { p10: mix(from.p10, to.p10), p50: mix(from.p50, to.p50), p90: mix(from.p90, to.p90) };
  });
}

function approveLabel(isOpen: boolean, asked: number, text: (value: number) => string): string {
  if (!isOpen) return "As it is, with open orders";
  return asked > 0 ? `Approve ${text(asked)}` : "Approve (order nothing)";
}
