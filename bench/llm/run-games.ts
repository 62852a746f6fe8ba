/**
 * InventoryBench instances played twice, on the same demand: by the plan alone, and with the adviser's answer on each
 * period's order. What the item is and the date are all that the adviser knows beyond the numbers.
 */
import { parsePlanInput } from "../../scripts/lib/plan/plan-input.ts";
import type { Adviser, AdviceRequest } from "../../src/adviser/adviser.ts";
import { plan } from "../../src/replenishment/plan.ts";
import type { AdviceRecord } from "../../src/workflow/advice/advice.ts";
import { type Instance, scoreOf, turns, type View } from "../plan/inventory-bench.ts";
import { lineOf, planPolicy } from "../plan/policies.ts";
import { standing } from "./run-scenarios.ts";

const WEEK_MS = 7 * 86_400_000;
/** Instances without dates start here; any fixed Monday will do. */
const FIRST_WEEK = Date.UTC(2040, 0, 2);

export interface GameResult {
  readonly id: string;
  readonly planScore: number;
  readonly advisedScore: number;
  readonly records: readonly AdviceRecord[];
  /** Periods in which a person would have been asked; the game follows the plan there. */
  readonly asked: number;
}

export async function playGame(whole: Instance, periods: number, adviser: Adviser): Promise<GameResult> {
  const instance = { ...whole, demand: whole.demand.slice(0, periods), leadTime: whole.leadTime.slice(0, periods) };
  const records: AdviceRecord[] = [];
  let asked = 0;
  const game = turns(instance);
  let turn = game.next();
  while (!turn.done) {
    const question = questionOf(turn.value);
    const outcome = await adviser.advise(question);
    records.push(outcome.kind === "advice" ? outcome.advice.record : outcome.record);
    const { quantity, asks } = standing(outcome, question.plan.quantity);
    if (asks) asked += 1;
    turn = game.next(asks ? question.plan.quantity : quantity);
  }
  return {
    id: instance.id,
    planScore: scoreOf(instance, planPolicy()),
    advisedScore: Math.max(0, turn.value),
    records,
    asked,
  };
}

function questionOf(view: View): AdviceRequest {
  const { instance, history } = view;
  const input = parsePlanInput(lineOf(view));
  const played = history.length - instance.train.length;
  const start =
    instance.startDate === null
      ? FIRST_WEEK
      : Date.parse(instance.startDate.replaceAll("/", "-").replace(/-(\d)(?!\d)/g, "-0$1"));
  const now = (Number.isNaN(start) ? FIRST_WEEK : start) + played * WEEK_MS;
  return {
    workflowId: `${instance.id}/${played}`,
    storeId: "main",
    productId: instance.id.split("/").at(-1) ?? instance.id,
    snapshot: {
      onHand: input.onHand,
      backordered: 0,
      safetyStock: 0,
      onOrder: null,
      leadTimeDays: 7 * instance.promised,
      reviewPeriodDays: 7,
      costs: input.costs,
      unitCost: null,
      constraints: input.constraints,
      shelfLifeDays: null,
      notes: instance.description === "" ? null : `The item: ${instance.description}. Periods are weeks.`,
      occurredAt: now,
      receivedAt: now,
    },
    input,
    plan: plan(input),
    recentDemand: history.slice(-28),
    usualOrder: null,
    now,
  };
}
