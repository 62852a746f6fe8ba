/** A workflow that the plan decided alone, and an adviser's record; the other builders are in `a-workflow.ts`. */
import type { AdviceRecord } from "../../../src/workflow/advice/advice.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { aDecision, aWorkflow } from "./a-workflow.ts";

export function aDecidedWorkflow(change: Partial<Workflow> = {}): Workflow {
  const decision = aDecision({ confidence: 0.83 });
  return aWorkflow({
    version: 1,
    storeId: "main",
    productId: "SKU-1",
    status: "completed",
    decision,
    review: null,
    latencyMs: 12,
    ...change,
  });
}

export function someAdvice(change: Partial<AdviceRecord> = {}): AdviceRecord {
  return {
    model: "m",
    promptVersion: "1",
    attempts: 1,
    outcome: "advice",
    tries: ["advice"],
    latencyMs: 800,
    tokensIn: 900,
    tokensOut: 100,
    costUsd: 0.002,
    facts: "{}",
    reply: "{}",
    ...change,
  };
}
