/**
 * Whether the world moved between a question and its answer, so that present facts would ask something else (I6). Facts
 * that could not be loaded change nothing.
 */
import { checkQuantity } from "../../replenishment/order/constraints.ts";
import { plan } from "../../replenishment/plan.ts";
import { inputOf } from "../advice/advice-basis.ts";
import type { Assessment } from "../assessment.ts";
import { orderMoment } from "../decision-time.ts";
import type { Facts } from "../facts.ts";
import { boundsOf } from "../guards/settings-contradict.ts";
import { isMaterial } from "../material.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";
import { fingerprintOf } from "./assess.ts";

export interface PresentWorld {
  readonly snapshot: Snapshot;
  readonly facts: Facts;
  readonly assessment: Assessment;
}

export function worldMoved(workflow: Workflow, asked: Decision, present: PresentWorld, now: number): boolean {
  const { snapshot, facts, assessment } = present;
  const position = assessment.decision.evidence.inventoryPosition;
  const bounds = boundsOf(snapshot, workflow.review?.reasons ?? []);
  if (checkQuantity(asked.quantity, bounds, position) !== null) return true;
  const { calendar } = workflow.snapshot;
  if (workflow.snapshot.unitCost !== snapshot.unitCost) return true;
  if (calendar != null && calendar.orderBy < orderMoment(snapshot, facts.world, now)) return true;
  if (!arrivesAlike(workflow.snapshot, snapshot)) return true;
  if (facts.inputs.unavailable || fingerprintOf(facts) === workflow.factsFingerprint) return false;
  return isMaterial(askedOfPlan(workflow, asked), assessment.decision, bounds, position);
}

/**
 * Present facts do not include a model's answer, so where people were asked about one, the earlier plan is compared
 * with the present one.
 */
function askedOfPlan(workflow: Workflow, asked: Decision): Pick<Decision, "action" | "quantity"> {
  const basis = workflow.advice?.basis;
  if (asked.decidedBy !== "llm" || basis === undefined) return asked;
  const { quantity } = plan(inputOf(basis));
  return { action: quantity > 0 ? "restock" : "hold", quantity };
}

/**
 * False where the lead time, the supplier or its calendar was changed: the order in question would arrive on another
 * day.
 */
function arrivesAlike(then: Snapshot, now: Snapshot): boolean {
  if (now.said?.terms.leadTimeDays !== undefined) return true;
  if (then.calendar == null || now.calendar == null)
    return then.calendar == now.calendar && then.leadTimeDays === now.leadTimeDays;
  return then.calendar.supplierId === now.calendar.supplierId && then.calendar.arrivesOn === now.calendar.arrivesOn;
}

/** True where the same quantity would be allowed and arrive as before. */
export function sameOrderTerms(then: Snapshot, now: Snapshot): boolean {
  return JSON.stringify([then.constraints, then.leadTimeDays]) === JSON.stringify([now.constraints, now.leadTimeDays]);
}
