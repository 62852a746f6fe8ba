/** The chart's numbers from an assessment of present facts: the same input that the plan reads. Pure. */
import { projectStock } from "../replenishment/paths/project-stock.ts";
import type { PlanInput } from "../replenishment/types.ts";
import type { Assessment } from "../workflow/assessment.ts";
import { itemTime } from "../workflow/decision-time.ts";
import { DAY_MS } from "../workflow/facts.ts";
import type { DemandHistory } from "../world/history.ts";
import type { Workflow } from "../workflow/types.ts";
import { recentDemand, type Band, type ChartData, type Projection } from "./chart-data.ts";
import { quantityText } from "./wording.ts";

/** Four weeks show a weekly rhythm without crowding a phone. */
const DEMAND_DAYS = 28;
/** The chart looks past the arrival of an order placed now, between these limits. */
const LEAST_DAYS = 14;
const MOST_DAYS = 60;

/** Null under the plain rule: without demand there is nothing to project. */
export function chartOf(
  assessment: Pick<Assessment, "input">,
  workflow: Workflow,
  history: DemandHistory | null,
  triedQuantity: number | null,
  now: number,
): ChartData | null {
  const { input } = assessment;
  if (input === null) return null;
  const days = Math.min(
    MOST_DAYS,
    Math.max(LEAST_DAYS, Math.ceil((workflow.snapshot.leadTimeDays + input.reviewPeriod * input.periodDays) * 2)),
  );
  const project = (label: string, quantity: number): Projection => ({
    label,
    quantity,
    days: byDay(projectStock(input, quantity, Math.ceil(days / input.periodDays)), input, days),
  });
  const isOpen = workflow.status === "awaiting_human_review";
  const asked = isOpen ? (workflow.recommendation?.quantity ?? 0) : 0;
  return {
    today: Math.floor(itemTime(workflow.snapshot, now) / DAY_MS) * DAY_MS,
    onHand: input.onHand,
    safetyStock: workflow.snapshot.safetyStock,
    arrivalDay: Math.round(input.leadTime.promised * input.periodDays),
    demand: recentDemand(history, DEMAND_DAYS),
    approve: project(approveLabel(isOpen, asked), asked),
    reject: project("Reject (order nothing)", 0),
    tried:
      triedQuantity === null || triedQuantity === asked
        ? null
        : project(`Order ${quantityText(triedQuantity)}`, triedQuantity),
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

function approveLabel(isOpen: boolean, asked: number): string {
  if (!isOpen) return "As it is, with open orders";
  return asked > 0 ? `Approve ${quantityText(asked)}` : "Approve (order nothing)";
}
